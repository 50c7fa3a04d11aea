"""What the enterprise changed since its last submission, in words and side by side."""

from dataclasses import dataclass
from datetime import datetime

from forms.rosterwords import COLUMN_WORDS
from web import plan
from web.casepages import masked
from web.plan import Given
from web.rosterpages import Named, in_words
from workflow.core.comparing import Line, differences, marked
from workflow.core.facts import Facts
from workflow.core.rostering import Told, changes, difference
from workflow.core.tables import Column
from workflow.store import drafts, rosters
from workflow.store.cases import Case
from workflow.store.rosters import Listed
from workflow.store.submissions import Submission, handed

MOST_READ = 1000
MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class Answer:
    """A fact as it was and as it is now; empty for nothing told."""

    key: str
    label: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Text:
    """A part, both versions in one."""

    key: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class People:
    """What became of the roster. ``more``: there is more than was looked at."""

    added: tuple[Named, ...]
    changed: tuple[Named, ...]
    gone: tuple[Named, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """All of it, against the submission ``before``, handed in at that instant."""

    count: int
    before: datetime
    answers: list[Answer]
    texts: list[Text]
    added: list[Given]
    gone: list[Given]
    people: People | None


def changed(case: Case) -> Changed | None:
    """What the latest submission changed; None while there is only one."""
    if len(case.submissions) < 2:
        return None
    before, after = case.submissions[-2:]
    found = differences(handed(before), handed(after))
    had, has = plan.submitted(before.attachments), plan.submitted(after.attachments)
    return Changed(
        count=found.count,
        before=before.submitted_at,
        answers=_answers(case, found.facts, before, after),
        texts=_texts(case, found.parts, before, after),
        added=[one for one in has if one.sha256 in found.files_added],
        gone=[one for one in had if one.sha256 in found.files_gone],
        people=_people(case.place_id, before, after) if found.roster else None,
    )


def _answers(
    case: Case, keys: tuple[str, ...], before: Submission, after: Submission
) -> list[Answer]:
    pack = case.catalogue.pack
    had, has = drafts.told(before.answers, pack), drafts.told(after.answers, pack)

    def words(facts: Facts, key: str) -> str:
        return pack.fact(key).words(facts[key]) if key in facts else ""

    return [
        Answer(key, pack.fact(key).label, words(had, key), words(has, key))
        for key in keys
        if key in pack.keys
    ]


def _texts(case: Case, keys: tuple[str, ...], before: Submission, after: Submission) -> list[Text]:
    return [
        Text(
            one.key,
            one.title,
            marked(
                drafts.text_of(one, before.answers) or "", drafts.text_of(one, after.answers) or ""
            ),
        )
        for one in case.kind.parts
        if one.key in keys
    ]


def _people(place_id: int, before: Submission, after: Submission) -> People:
    was, now = rosters.between(place_id, before.roster_seq or 0, after.roster_seq or 0, MOST_READ)
    # Where there was more to read, only lines that were read on both sides can be compared.
    ends = [one[-1].line for one in (was, now) if len(one) == MOST_READ]
    had = {one.line: one for one in was if not ends or one.line <= min(ends)}
    has = {one.line: one for one in now if not ends or one.line <= min(ends)}
    found = difference(
        {line: one.told for line, one in had.items()}, {line: one.told for line, one in has.items()}
    )
    return People(
        added=tuple(_named(has[line]) for line in found.added[:MOST_NAMED]),
        changed=tuple(_named(has[line], had[line]) for line in found.changed[:MOST_NAMED]),
        gone=tuple(_named(had[line]) for line in found.gone[:MOST_NAMED]),
        more=bool(ends) or max(map(len, (found.added, found.changed, found.gone))) > MOST_NAMED,
    )


def _named(one: Listed, was: Listed | None = None) -> Named:
    before = was or one
    pairs = tuple(
        (str(COLUMN_WORDS[column]), _cell(column, before.told), _cell(column, one.told))
        for column in changes(before.told, one.told)
    )
    return Named(masked(one.told.name), one.number, one.told.post, pairs)


def _cell(column: Column, told: Told) -> str:
    return masked(told.name) if column is Column.NAME else in_words(column, told)
