"""The words of one's own record: what counts, who looked and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from web.labels import label
from workflow.core.alerts import HealthReason
from workflow.core.reveals import PersonReason
from workflow.core.roles import Capability, Role
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
