"""Old against new: what changed from one submission to the next, or to the draft as it is now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import ndiff
from typing import Any

from flask_babel import gettext as _

from workflow.core.facts import Facts
from workflow.core.packs import Pack
from workflow.store import drafts, rosters
from workflow.store.cases import Case
from workflow.store.submissions import Submission


@dataclass(frozen=True, slots=True)
class Side:
    """What was, or would be, handed in: answers with parts, the names of files by what they are
    given for and by digest, the roster.
    """

    answers: Mapping[str, Any]
    files: Mapping[str, Mapping[str, str]]
    roster: int | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed; ``old`` or ``new`` is empty where there was, or is, nothing."""

    what: str
    old: tuple[str, ...]
    new: tuple[str, ...]


def of_submission(submission: Submission) -> Side:
    """A submission, to be compared."""
    given = ((one["sha256"], one["name"], one["codes"]) for one in submission.attachments)
    return Side(submission.answers, _by_proof(given), submission.roster_seq)


def of_draft(case: Case) -> Side:
    """The draft as it would be handed in now."""
    given = ((one.sha256, one.name, one.codes) for one in case.attachments)
    return Side(case.answers, _by_proof(given), rosters.latest_seq(case.place_id))


def _by_proof(given: Iterable[tuple[str, str, list[str]]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for sha256, name, codes in given:
        for code in codes:
            found.setdefault(code, {})[sha256] = name
    return found


def between(case: Case, old: Side, new: Side) -> list[Difference]:
    """Everything that is not as it was, in the order of the filing; nothing if nothing."""
    pack = case.catalogue.pack
    before, after = drafts.told(old.answers, pack), drafts.told(new.answers, pack)
    found = [
        Difference(fact.label, _words(pack, before, fact.key), _words(pack, after, fact.key))
        for fact in pack.facts
        if before.get(fact.key) != after.get(fact.key)
    ]
    found += _parts(case, old, new)
    found += _files(pack, old, new)
    if old.roster != new.roster:
        found.append(
            Difference(_("员工花名册"), _roster(case, old.roster), _roster(case, new.roster))
        )
    return found


def _words(pack: Pack, facts: Facts, key: str) -> tuple[str, ...]:
    return (pack.fact(key).words(facts[key]),) if key in facts else ()


def _files(pack: Pack, old: Side, new: Side) -> Iterable[Difference]:
    names = {one.code: one.text for one in pack.requirements}
    names |= {one.key: one.label for kind in pack.filings for one in kind.materials}
    for code in sorted(old.files.keys() | new.files.keys()):
        before, after = old.files.get(code, {}), new.files.get(code, {})
        gone = tuple(name for sha256, name in before.items() if sha256 not in after)
        come = tuple(name for sha256, name in after.items() if sha256 not in before)
        if gone or come:
            yield Difference(names.get(code, _("材料")), gone, come)


def _parts(case: Case, old: Side, new: Side) -> Iterable[Difference]:
    for part in case.kind.parts:
        before = drafts.text_of(part, old.answers) or ""
        after = drafts.text_of(part, new.answers) or ""
        if before != after:
            lines = list(ndiff(before.splitlines(), after.splitlines()))
            yield Difference(part.title, _marked(lines, "- "), _marked(lines, "+ "))


def _marked(lines: list[str], mark: str) -> tuple[str, ...]:
    """The paragraphs only one side has."""
    return tuple(one[2:] for one in lines if one.startswith(mark) and one[2:].strip())


def _roster(case: Case, seq: int | None) -> tuple[str, ...]:
    found = rosters.version(case.place_id, seq) if seq is not None else None
    return (_("第 %(n)s 版，%(total)s 人", n=found.seq, total=found.total),) if found else ()
