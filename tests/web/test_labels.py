"""Every member of every closed set has its word, and days are written as people write them."""

import string
from datetime import UTC, date, datetime
from itertools import chain

import pytest

from tests.packs import TEN
from web import labels
from web.public.verification import ANSWERS
from web.refusalwords import refusal_words
from workflow.catalogue.loading import load
from workflow.core.checklist import Verdict
from workflow.core.facts import CLASS, contradictions
from workflow.core.papers import DocumentKind
from workflow.core.refusals import Reason, Refusal
from workflow.core.requirements import CheckedBy, EvidenceKind, Phase, Severity
from workflow.core.roles import Role
from workflow.core.rostering import EmployerKind, Lodging
from workflow.core.states import Action, State
from workflow.core.tables import Column
from workflow.usecases.verifying import Kind

SETS = (
    *(State, Action, Verdict, Severity, Phase, CheckedBy, EvidenceKind, Role),
    *(Column, DocumentKind, EmployerKind, Lodging),
)
MEMBERS = tuple(chain.from_iterable(SETS))
PLAIN = {
    Reason.TOO_SOON: ("2026-11-26",),
    Reason.NOT_EARLY: ("2026-11-26",),
    Reason.DECIDED_ELSEWHERE: ("由矿山监管部门验收",),
    Reason.FILE_TOO_BIG: ("20",),
    Reason.TOO_MANY_FILES: ("40",),
    Reason.FIELDS_OVERLAP: ("东示村", "第二责任田"),
    Reason.NAME_TAKEN: ("东示村",),
    Reason.NO_FIELD: ("南示村",),
    Reason.OPINIONS_AWAITED: ("镇卫生院",),
    Reason.CODE_TAKEN: ("91000000MA0000001R",),
    Reason.COLUMNS_MISSING: ("post", "origin", "lodging", "number"),
    Reason.ROSTER_TOO_LONG: ("50000",),
    Reason.MORE_UNWELL: ("2",),
    Reason.PEOPLE_AT_WORK: ("2",),
    Reason.ROSTER_HAS_PERSON: ("何样本",),
}
PACK = load(TEN)


@pytest.mark.parametrize("member", MEMBERS, ids=str)
def test_every_member_has_a_word(member):
    assert labels.label(member)


@pytest.mark.parametrize("action", Action)
def test_every_action_has_a_word_for_when_it_is_done(action):
    assert labels.done(action) == labels.done(action.value)


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_kind_of_tag(state):
    assert labels.tag_kind(state) in {"draft", "with", "ok", "stop", "hold", "late", "old"}
    assert labels.tag_kind(state, turn=True) == "you"


@pytest.mark.parametrize("kind", Kind)
def test_every_answer_of_a_verification_has_its_words(kind):
    assert ANSWERS[kind].title
    assert ANSWERS[kind].meaning


@pytest.mark.parametrize("reason", Reason)
def test_every_refusal_is_a_whole_sentence(reason):
    facts = PLAIN.get(reason, ("headcount",))
    words = refusal_words(Refusal(reason, facts))
    assert words.endswith("。")
    assert "headcount" not in words
    assert "%" not in words


@pytest.mark.parametrize("reason", Reason)
def test_with_the_pack_no_refusal_shows_a_key(reason):
    fact = {
        Reason.FACTS_MISSING: "headcount",
        Reason.FACTS_CONTRADICT: "headcount",
        Reason.TOO_SOON: "2026-11-26",
        Reason.NOT_EARLY: "2026-11-26",
        Reason.EVIDENCE_MISSING: "commitment",
        Reason.PARTS_MISSING: "commitment",
        Reason.DECIDED_ELSEWHERE: "由矿山监管部门验收。",
        Reason.CHECKS_MISSING: PACK.requirements[0].code,
        Reason.VETO_FAILED: PACK.requirements[0].code,
        Reason.NOTE_MISSING: PACK.requirements[0].code,
        Reason.NOT_IN_LIST: PACK.requirements[0].code,
        Reason.TOO_MANY_FILES: "40",
        Reason.FILE_TOO_BIG: "5000 万像素",
        Reason.COLUMNS_MISSING: "post",
        Reason.ROSTER_TOO_LONG: "50000",
    }.get(reason)
    words = refusal_words(Refusal(reason, (fact,) if fact else ()), PACK)
    for format_name in ("PDF", "JPG", "PNG", "DOCX", "XLSX", "Excel", "WPS"):
        words = words.replace(format_name, "")
    assert not set(words) & set(string.ascii_letters)


def test_a_refusal_names_three_facts_and_counts_all():
    missing = PACK.missing(PACK.filings[0], {CLASS: "factory"})
    words = refusal_words(Refusal(Reason.FACTS_MISSING, missing), PACK)
    assert words == "还有 5 处没填：拟复工日期、从业人员数、首批返岗人数等。请填好再提交。"


def test_each_known_contradiction_says_which_number_is_too_large():
    facts = contradictions({"headcount": 10, "first_batch_count": 11})
    words = refusal_words(Refusal(Reason.FACTS_CONTRADICT, facts), PACK)
    assert words == "首批返岗人数比从业人员数多。请改小，或先改从业人员数。"


LATE = datetime(2026, 11, 25, 17, 5, tzinfo=UTC)  # already the 26th in the town


def test_days_and_instants_are_the_towns():
    assert labels.day(date(2026, 11, 26)) == "11月26日（周四）"
    assert labels.day(LATE) == "11月26日（周四）"
    assert labels.full_day(LATE) == "2026年11月26日"
    assert labels.moment(LATE) == "11月26日 01:05"
    assert labels.clock(LATE) == "01:05"


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "1\u00a0KB"),
        (34_200, "34\u00a0KB"),
        (999_499, "999\u00a0KB"),
        (1_240_000, "1.2\u00a0MB"),
    ],
)
def test_sizes_are_rounded(size, words):
    assert labels.filesize(size) == words
