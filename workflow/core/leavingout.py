"""What kind of thing a later registration no longer says: enough to ask about, and not more."""

from datetime import date
from enum import Enum

from workflow.core.health import HealthCode, Registration


class LeftOut(Enum):
    """The enterprise learns the kind, never the place or the person."""

    STAYS = "stays"
    CONTACTS = "contacts"
    ARRIVAL = "arrival"
    OBSERVATION = "observation"
    CODE = "code"
    SYMPTOMS = "symptoms"
    TOGETHER = "together"


_GREEN = frozenset({HealthCode.GREEN, HealthCode.NONE})


def left_out(before: Registration, after: Registration) -> tuple[LeftOut, ...]:
    """In which respects the later one says less than the earlier one."""
    stays = {(one.code or one.words): one.until for one in after.stays}
    met = {one.kind: one.day for one in after.met}
    gone = {
        LeftOut.STAYS: any(
            stays.get(one.code or one.words, date.min) < one.until for one in before.stays
        ),
        LeftOut.CONTACTS: any(met.get(one.kind, date.min) < one.day for one in before.met),
        LeftOut.ARRIVAL: before.journey is not None
        and (after.journey is None or after.journey.arrived < before.journey.arrived),
        LeftOut.OBSERVATION: (before.observed_until or date.min)
        > (after.observed_until or date.min),
        LeftOut.CODE: before.code not in _GREEN and after.code in _GREEN,
        LeftOut.SYMPTOMS: bool(before.symptoms - after.symptoms),
        LeftOut.TOGETHER: before.home.together_unwell and not after.home.together_unwell,
    }
    return tuple(kind for kind, less in gone.items() if less)
