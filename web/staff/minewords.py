"""The words of one's own record: what counts, who looked and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from web.labels import day, label
from web.staff.words import told_words
from workflow.core.alerts import HealthReason
from workflow.core.health import ToldBy
from workflow.core.reveals import PersonReason
from workflow.core.roles import Capability, Role
from workflow.store.checkins import CheckInRow, as_told
from workflow.store.registrations import HealthReveal
from workflow.usecases.health.ownrecord import Counts

COUNTS: Mapping[Counts, LazyString] = {
    Counts.NOW: _l("现在算数"),
    Counts.WAITING: _l("等专员核实"),
    Counts.EARLIER: _l("以前报的"),
}


# A department looks as what it does; the enterprise gives the reasons that it gives on its roster.
_ROLES: Mapping[str, Enum] = {one.value: one for one in (*Role, *Capability)}
_REASONS: Mapping[str, Enum] = {one.value: one for one in (*PersonReason, *HealthReason)}


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody who looked at the details."""

    at: datetime
    who: str
    why: str


def looked(reveal: HealthReveal) -> Looked:
    """Who looked by their office, never by name, and the reason that they gave."""
    why = label(_REASONS[reveal.reason])
    if reveal.words:
        why = _("%(why)s：%(words)s", why=why, words=reveal.words)
    return Looked(reveal.at, label(_ROLES[reveal.role]), why)


def told_then(row: CheckInRow) -> str:
    """One check-in in a line, and who told it if it was not the person."""
    when = _("%(day)s%(half)s", day=day(row.day), half=label(row.half))
    said = _("%(when)s：%(told)s", when=when, told=told_words(as_told(row)))
    return (
        said
        if row.told_by is ToldBy.SELF
        else _("%(said)s（%(by)s）", said=said, by=label(row.told_by))
    )
