"""Old against new: what changed from one submission to the next, or to the draft as it is now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from workflow.core.comparing import Mark, differences, marked
from workflow.core.corrections import Handed
from workflow.core.facts import Facts
from workflow.core.packs import Pack
from workflow.store import drafts, rosters
from workflow.store.cases import Case
from workflow.store.submissions import Submission, handed
from workflow.usecases.views import drafted


@dataclass(frozen=True, slots=True)
class Side:
    """What was, or would be, handed in, and the names of its files by digest."""

    handed: Handed
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed; ``old`` or ``new`` is empty where there was, or is, nothing."""

    what: str
    old: tuple[str, ...]
    new: tuple[str, ...]


def of_submission(submission: Submission) -> Side:
    """A submission, to be compared."""
    names = {one["sha256"]: one["name"] for one in submission.attachments}
    return Side(handed(submission), names)


def of_draft(case: Case) -> Side:
    """The draft as it would be handed in now."""
    return Side(drafted(case), {one.sha256: one.name for one in case.attachments})


def between(case: Case, old: Side, new: Side) -> list[Difference]:
    """Everything that is not as it was, in the order of the filing; nothing if nothing."""
    pack, was, now = case.catalogue.pack, old.handed, new.handed
    found = differences(was, now)
    before, after = drafts.told(was.answers, pack), drafts.told(now.answers, pack)
    listed = [
        Difference(fact.label, _words(pack, before, fact.key), _words(pack, after, fact.key))
        for fact in pack.facts
        if fact.key in found.facts and before.get(fact.key) != after.get(fact.key)
    ]
    listed += [
        _text(part.title, drafts.text_of(part, was.answers), drafts.text_of(part, now.answers))
        for part in case.kind.parts
        if part.key in found.parts
    ]
    listed += _files(pack, old, new)
    if found.roster:
        roster = _roster(case, was.roster), _roster(case, now.roster)
        listed.append(Difference(_("员工花名册"), *roster))
    return listed


def _words(pack: Pack, facts: Facts, key: str) -> tuple[str, ...]:
    return (pack.fact(key).words(facts[key]),) if key in facts else ()


def _text(title: str, before: str | None, after: str | None) -> Difference:
    """The paragraphs only one side has."""
    lines = marked(before or "", after or "")
    gone, come = (tuple(one.text for one in lines if one.mark is m) for m in (Mark.GONE, Mark.NEW))
    return Difference(title, gone, come)


def _files(pack: Pack, old: Side, new: Side) -> Iterable[Difference]:
    names = {one.code: one.text for one in pack.requirements}
    names |= {one.key: one.label for kind in pack.filings for one in kind.materials}
    none: frozenset[str] = frozenset()
    had, has = old.handed.files, new.handed.files
    for code in sorted(had.keys() | has.keys()):
        before, after = had.get(code, none), has.get(code, none)
        gone = tuple(name for sha256, name in old.names.items() if sha256 in before - after)
        come = tuple(name for sha256, name in new.names.items() if sha256 in after - before)
        if gone or come:
            yield Difference(names.get(code, _("材料")), gone, come)


def _roster(case: Case, seq: int | None) -> tuple[str, ...]:
    found = rosters.version(case.place_id, seq) if seq is not None else None
    return (_("第 %(n)s 版，%(total)s 人", n=found.seq, total=found.total),) if found else ()
