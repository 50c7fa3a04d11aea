"""The clerk keeps the roster: reads in a list, takes it, adds, changes and removes one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from workflow.core.days import day_of
from workflow.core.papers import DocumentKind
from workflow.core.pasting import rows_of
from workflow.core.reading import read_roster
from workflow.core.refusals import Reason, Refusal, Refused, Stale
from workflow.core.reveals import PersonReason
from workflow.core.roles import Actor, Role
from workflow.core.rostering import MOST_PEOPLE, Difference, Entry, Mode, Told, difference, filled
from workflow.core.tables import Book, Sheet, layout_of
from workflow.store import rosterimports, rosters, sheets
from workflow.store.db import transaction
from workflow.store.rosterimports import Understood, understood
from workflow.store.rosters import Engagement, RosterReveal
from workflow.store.rosterwriting import Key, Standing, current, hold, key_of, name_on, write
from workflow.store.towns import Place


@dataclass(frozen=True, slots=True)
class Revealed:
    """One person in clear."""

    name: str
    kind: DocumentKind
    number: str
    mobile: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking a list did. ``seq`` is the version then; nothing may have changed at all."""

    seq: int | None
    added: int
    changed: int
    gone: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A list against the roster as it is now; ``told`` is what would be known of those listed."""

    seq: int | None
    now: Mapping[Key, Standing]
    listed: Mapping[Key, Entry]
    told: Mapping[Key, Told]
    difference: Difference[Key]


def start_import(place_id: int, name: str, given: str | bytes, actor: Actor, at: datetime) -> int:
    """Reads a list and keeps it for the clerk to look at; its id. The roster stays as it is.

    ``given``: text that was pasted, or the bytes of a file called ``name``. Raises ``Refused``
    for what can't be read as a roster at all; what is wrong in single rows is kept with the list.
    """
    house = _own(place_id, actor).enterprise.name
    pasted = given if isinstance(given, str) else ""
    book = Book(Sheet("", rows_of(given))) if isinstance(given, str) else sheets.read(given)
    said = _understood(book, pasted, at, house)
    with transaction():
        _own(place_id, actor)
        return rosterimports.keep(place_id, name, said, actor.account_id, at)


def compared(place_id: int, said: Understood) -> Comparison:
    """What a list would change. Reads only."""
    now = current(place_id)
    listed = {key_of(one.entry.document): one.entry for one in said.reading.good}
    told = {
        key: filled(now[key].told, one.told, said.columns) if key in now else one.told
        for key, one in listed.items()
    }
    unread = {key_of(one.document) for one in said.reading.bad if one.document}
    names = {one.name for one in said.reading.bad if one.name and not one.document}
    differs = difference({key: one.told for key, one in now.items()}, told, unread, names)
    return Comparison(rosters.latest_seq(place_id), now, listed, told, differs)


def take_import(
    place_id: int, import_id: int, mode: Mode, seen: int | None, actor: Actor, at: datetime
) -> Taken:
    """Takes the good rows of a list against the roster as it stands now; however often asked, once.

    ``seen`` is the version that the page was about. A whole list sends people away whom the clerk
    must have seen named, so that it is refused once the roster has changed since.
    """
    with transaction():
        _own(place_id, actor)
        hold(place_id)
        kept = rosterimports.get(import_id, place_id, at)
        if kept.taken_at is not None:
            return Taken(kept.taken_seq, 0, 0, 0)
        against = compared(place_id, kept.understood)
        if mode is Mode.WHOLE and seen != against.seq:
            raise Refused(Refusal(Reason.ROSTER_CHANGED))
        differs = against.difference
        gone = differs.gone if mode is Mode.WHOLE else ()
        seq = against.seq
        if differs.added or differs.changed or gone:
            _room_for(len(against.now) + len(differs.added) - len(gone))
            seq = write(
                place_id,
                [against.listed[key] for key in differs.added],
                [(against.now[key], against.told[key]) for key in differs.changed],
                [against.now[key] for key in gone],
                actor.account_id,
                at,
            )
        if seq is not None:  # an empty list on an empty roster leaves nothing behind
            kept.taken_at, kept.taken_seq = at, seq
        return Taken(seq, len(differs.added), len(differs.changed), len(gone))


def add_person(place_id: int, entry: Entry, actor: Actor, at: datetime) -> int:
    """Puts one person on the roster; its version then. Raises ``Refused`` if they stand there."""
    with transaction():
        _own(place_id, actor)
        hold(place_id)
        same = name_on(place_id, entry.document)
        if same is not None:
            raise Refused(Refusal(Reason.ROSTER_HAS_PERSON, (same,)))
        latest = rosters.version(place_id)
        _room_for(latest.total + 1 if latest else 1)
        return write(place_id, [entry], [], [], actor.account_id, at)


def change_person(
    place_id: int, line: int, told: Told, version: int, actor: Actor, at: datetime
) -> int | None:
    """Puts right what is told of one person; the roster's version then.

    ``version`` is since when the page's words hold; ``Stale`` if others have been told since.
    """
    with transaction():
        found = _line(place_id, line, version, actor)
        if found.told == told:
            return rosters.latest_seq(place_id)
        return write(place_id, [], [(_standing(found), told)], [], actor.account_id, at)


def remove_person(place_id: int, line: int, version: int, actor: Actor, at: datetime) -> int:
    """Takes one person off the roster, who has left; its version then."""
    with transaction():
        found = _line(place_id, line, version, actor)
        return write(place_id, [], [], [_standing(found)], actor.account_id, at)


def reveal(
    place_id: int,
    line: int,
    reason: PersonReason,
    actor: Actor,
    at: datetime,
    seq: int | None = None,
) -> Revealed:
    """One person's numbers in clear, for a stated reason that is recorded.

    The clerk sees the own staff, the liaison the staff of places in the own fields.
    """
    with transaction() as session:
        rosters.place_of(place_id, actor)
        found = rosters.one(place_id, line, seq)
        session.add(
            RosterReveal(
                place_id=place_id,
                person_id=found.person_id,
                account_id=actor.account_id,
                role=actor.role,
                reason=reason,
                at=at,
            )
        )
        person = found.person
        return Revealed(found.name, person.kind, person.number, found.mobile or "")


def forget_lists(at: datetime) -> int:
    """Deletes lists that were read in a day ago; how many. Whoever waits longer gives it again."""
    with transaction():
        return rosterimports.forget(at - rosterimports.KEPT)


def _own(place_id: int, actor: Actor) -> Place:
    """A place of the actor's own enterprise: others may look at its roster, not change it."""
    place = rosters.place_of(place_id, actor)
    if actor.role is not Role.ENTERPRISE:
        raise Refused(Refusal(Reason.NOT_YOUR_ROLE))
    return place


def _understood(book: Book, pasted: str, at: datetime, house: str) -> Understood:
    filled_rows = sum(any(row) for row in book.sheet.rows)
    if filled_rows > sheets.MAX_ROWS:
        raise Refused(Refusal(Reason.ROSTER_TOO_LONG, (str(filled_rows),)))
    layout = layout_of(book.sheet)
    if layout is None:
        empty = not filled_rows
        raise Refused(Refusal(Reason.ROSTER_EMPTY if empty else Reason.NO_HEADINGS))
    if layout.missing:
        missing = tuple(column.value for column in layout.missing)
        raise Refused(Refusal(Reason.COLUMNS_MISSING, missing))
    reading = read_roster(book.sheet, layout, day_of(at), house)
    people = len(reading.good) + len(reading.bad)
    if not people:
        raise Refused(Refusal(Reason.ROSTER_EMPTY))
    if people > MOST_PEOPLE:
        raise Refused(Refusal(Reason.ROSTER_TOO_LONG, (str(people),)))
    return understood(book, layout, reading, pasted)


def _room_for(people: int) -> None:
    if people > MOST_PEOPLE:
        raise Refused(Refusal(Reason.ROSTER_TOO_LONG, (str(people),)))


def _line(place_id: int, line: int, version: int, actor: Actor) -> Engagement:
    """A line of the own roster, held. Raises ``NotFound``, or ``Stale`` if it has been changed."""
    _own(place_id, actor)
    hold(place_id)
    found = rosters.one(place_id, line)
    if found.from_seq != version:
        raise Stale(place_id)
    return found


def _standing(found: Engagement) -> Standing:
    return Standing(found.id, found.person_id, found.line, found.told)
