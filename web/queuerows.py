"""The rows of a list of cases: whose turn, how long is left, what changed since one looked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from web.casepages import event_words
from web.dutypages import passed_on, responsible_words
from web.turnwords import left_words, whose
from workflow.core.clocks import Calendar
from workflow.core.days import day_of
from workflow.core.roles import Actor
from workflow.store import changes, decisions
from workflow.store.calendar import calendar
from workflow.store.cases import Case
from workflow.store.duty import duties

MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list. ``news``: what others did since the reader looked at it last, in words;
    ``fresh``: the reader has never looked. ``passed_on``: why it was handed to this field.
    """

    case: Case
    yours: bool
    turn: str
    due: date | None
    left: str
    late: bool
    fresh: bool
    news: str
    passed_on: str
    stands_in: bool


def rows(found: list[Case], actor: Actor, at: datetime) -> list[Row]:
    """Whatever the list needs is read for the whole page at once."""
    today, known = day_of(at), calendar()
    field_ids = {one.field_id for one in found}
    acting = {one.field.id: responsible_words(one) for one in duties(today, field_ids)}
    looks = changes.last_looks(actor.account_id, [one.id for one in found])
    news, relayed = _news(found, actor, looks), passed_on(found)
    asked = decisions.asked(actor.department_id, [one.id for one in found])
    made = []
    for case in found:
        yours, turn = whose(case, actor, acting[case.field_id])
        if case.id in asked:
            yours, turn = True, _("轮到您单位提意见")
        due = asked.get(case.id, case.due_on)
        left, late = left_words(due, today, known) if due else ("", False)
        fresh, stands_in = case.id not in looks, case.field_id in actor.standing_in
        told = news.get(case.id, ""), relayed.get(case.id, "")
        made.append(Row(case, yours, turn, due, left, late, fresh, *told, stands_in))
    return made


def overdue_before(today: date, known: Calendar) -> date:
    """What was due before this day is overdue: a working day has begun since."""
    while not known.is_working(today):
        today -= timedelta(days=1)
    return today


def _news(
    found: list[Case], actor: Actor, looks: dict[int, tuple[int, datetime]]
) -> dict[int, str]:
    seen = [one.id for one in found if one.id in looks]
    if not seen:
        return {}
    happened = changes.since_looked(actor.account_id, seen)
    written = changes.messages_since(actor.account_id, seen)
    moved = {one.id for one in found if one.id in looks and one.version > looks[one.id][0]}
    told: dict[int, str] = {}
    for case_id in seen:
        words = list(_words(happened.get(case_id, ())))
        if case_id in written:
            words.append(_("新留言 %(n)s 条", n=written[case_id]))
        if not words and case_id in moved:
            words = [_("内容有改动")]
        if words:
            told[case_id] = "；".join(words)
    return told


def _words(events: Iterable[tuple[str, str]]) -> list[str]:
    """The newest few things that happened, each said once."""
    said = dict.fromkeys(event_words(action, role) for action, role in events)
    return list(said)[:MOST_TOLD]
