"""预览: what the real document would say, marked, without number or signature."""

import pytest

from tests.cast import AT, Cast, accepted, approve, checked, submitted, version_of
from tests.holding import held_notices
from workflow.core.corrections import Anchor, Fault
from workflow.core.letters import LetterKind
from workflow.core.refusals import NotFound, Refused
from workflow.core.roles import Actor
from workflow.issuing.content import DocumentContent
from workflow.jobs.tasks import ISSUING
from workflow.store import documents, previews
from workflow.store.db import db
from workflow.store.documents import Series
from workflow.usecases import correcting, previewing, townwords
from workflow.usecases.letters import Codes

NO_CODES = Codes("preview", "－" * 12, "http://127.0.0.1:8000/verify")


def ask(
    case_id: int, kind: LetterKind, actor: Actor, words: str = "", basis: str = ""
) -> DocumentContent:
    preview_id = previewing.ask(case_id, kind, words, basis, actor, AT, NO_CODES)
    content = previewing.awaited(preview_id)
    assert content is not None
    return content


def test_the_notice_says_what_the_real_one_will(cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    seen = ask(case_id, LetterKind.NOTICE, cast.lin, "只开一个班")
    assert (seen.number, seen.mark) == ("〔预览〕", "演示·文件无效力 预览·未签发")
    assert "只开一个班" in seen.conditions
    approve(case_id, cast.lin, words="只开一个班")
    real = DocumentContent.from_json(documents.of_case(case_id).content)
    for part in ("title", "body", "conditions", "sections", "checklist", "addressee", "issued_on"):
        assert getattr(seen, part) == getattr(real, part)


def test_a_preview_takes_no_number_and_changes_nothing(cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    numbers, version = db.session.query(Series).count(), version_of(case_id)
    ask(case_id, LetterKind.NOTICE, cast.lin)
    assert (db.session.query(Series).count(), version_of(case_id)) == (numbers, version)


def test_a_correction_notice_tells_the_points_so_far(cast: Cast) -> None:
    case_id = submitted(cast.he)
    with pytest.raises(Refused, match="no_points"):
        ask(case_id, LetterKind.CORRECTION, cast.office)
    anchor = (Anchor.FACT, "headcount", Fault.UNCLEAR, "请写清楚")
    correcting.raise_point(case_id, *anchor, cast.office, AT)
    seen = ask(case_id, LetterKind.CORRECTION, cast.office)
    assert "请写清楚" in seen.to_json()
    assert seen.kind is LetterKind.CORRECTION


def test_a_refusal_needs_the_towns_words_even_to_be_looked_at(cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    townwords.set_words("", "", cast.office, AT)
    with pytest.raises(Refused, match="remedies_unknown"):
        ask(case_id, LetterKind.REFUSAL, cast.lin, "消防通道堵了")
    townwords.set_words("三日内可以陈述", "可以申请复核", cast.office, AT)
    seen = ask(case_id, LetterKind.REFUSAL, cast.lin, "消防通道堵了", "本地要求").to_json()
    for words in ("消防通道堵了", "本地要求", "三日内可以陈述", "可以申请复核"):
        assert words in seen


def test_the_held_notice_is_shown_word_for_word(cast: Cast) -> None:
    case_id = held_notices(cast)[0]
    real = DocumentContent.from_json(documents.of_case(case_id).content)
    seen = ask(case_id, LetterKind.NOTICE, cast.issuer)
    assert (seen.number, seen.body, seen.mark) == (
        real.number,
        real.body,
        "演示·文件无效力 预览·未签发",
    )
    assert real.document_id not in seen.to_json()
    assert real.typed_code not in seen.to_json()


@pytest.mark.parametrize("who", ["zhou", "office", "issuer", "command"])
def test_only_who_may_decide_looks_ahead(cast: Cast, who: str) -> None:
    case_id = accepted(cast.he)
    with pytest.raises((Refused, NotFound)):
        ask(case_id, LetterKind.NOTICE, getattr(cast, who))


@pytest.mark.parametrize("kind", [LetterKind.ACCEPTANCE, LetterKind.INSPECTION])
def test_other_kinds_have_no_preview(cast: Cast, kind: LetterKind) -> None:
    with pytest.raises(Refused):
        ask(accepted(cast.he), kind, cast.lin)


def test_asked_again_it_is_the_same_and_changed_another(cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin)

    def once(words: str) -> int:
        told = (case_id, LetterKind.NOTICE, words, "", cast.lin, AT, NO_CODES)
        return previewing.ask(*told)

    assert once("甲") == once("甲") != once("乙")


def test_it_is_laid_out_once_and_forgotten_after_a_day(cast: Cast, drain) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    preview_id = previewing.ask(case_id, LetterKind.NOTICE, "", "", cast.lin, AT, NO_CODES)
    drain(ISSUING)
    made = previews.of(preview_id, case_id, cast.lin.account_id)
    assert made.pdf.startswith(b"%PDF-")
    assert b"/ByteRange" not in made.pdf  # nothing that could be taken for a signature
    previewing.keep(preview_id, b"other", AT)
    assert previews.of(preview_id, case_id, cast.lin.account_id).pdf == made.pdf
    with pytest.raises(NotFound):
        previews.of(preview_id, case_id, cast.office.account_id)
    assert previewing.forget(AT + previewing.KEPT) == 0
    assert previewing.forget(AT + previewing.KEPT * 2) == 1
    assert previewing.awaited(preview_id) is None
