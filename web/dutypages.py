"""Who is responsible, in words: what the case pages and the doors of officers share of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from forms.duty import HANDOVER_WORDS
from web.frame import this_town
from web.labels import day
from workflow.core.duty import Acting
from workflow.store.cases import Case
from workflow.store.duty import OnDuty, Person, fields, handovers, last_handovers
from workflow.store.towns import Field


@dataclass(frozen=True, slots=True)
class Responsible:
    """The accountable one as a page names them: role, name, number, and why it is they.

    ``turn`` is the title of a case that waits for them.
    """

    role: str
    name: str
    phone: str
    why: str
    turn: str


def responsible_words(found: OnDuty) -> Responsible:
    """Who acts for a field today, with the number to call. The office answers by its own."""
    why, acting = _why(found), found.acting
    if acting is None:
        town, turn = this_town(), _("轮到企业办（代管）")
        name = _("%(town)s企业办", town=town.name)
        return Responsible(_("企业办代管"), name, town.phone, why, turn)
    turn = _("轮到企业专员%(name)s", name=acting.name)
    stands_in = found.duty.acting is Acting.STAND_IN
    role = _("代班的企业专员") if stands_in else _("企业专员")
    return Responsible(role, acting.name, acting.phone, why, turn)


def _why(found: OnDuty) -> str:
    match found.duty.acting, found.liaison:
        case Acting.LIAISON, _:
            return ""
        case Acting.STAND_IN, None:
            return _("%(field)s还没定专员，先由代班人办。", field=found.field.name)
        case Acting.STAND_IN, Person(name=name):
            return _("%(who)s，由代班人办。", who=_away(found, name))
        case Acting.OFFICE, None:
            return _("%(field)s还没定专员，先由企业办办。", field=found.field.name)
        case Acting.OFFICE, Person(name=name) if found.stand_in:
            who, other = _away(found, name), found.stand_in.name
            return _("%(who)s，代班人%(other)s也不在。", who=who, other=other)
        case Acting.OFFICE, Person(name=name):
            return _("%(who)s，还没定代班人。", who=_away(found, name))
    raise AssertionError(found)


def _away(found: OnDuty, name: str) -> str:
    if found.until is None:
        return _("%(name)s不在", name=name)
    return _("%(name)s到%(day)s都不在", name=name, day=day(found.until))


def covers_words(field: Field, classes: dict[str, str]) -> str:
    """What a field covers, in one line."""
    villages = "、".join(field.villages) or _("还没划村")
    kinds = "、".join(classes.get(one, one) for one in field.classes)
    return f"{villages}（{kinds}）" if kinds else villages


def passed_on(cases: list[Case]) -> dict[int, str]:
    """By case, why it was handed to the field it lies in now (转来的); others are left out."""
    last = last_handovers(case.place_id for case in cases)
    return {
        case.id: reason_words(last[case.place_id].reason, last[case.place_id].words)
        for case in cases
        if case.place_id in last and last[case.place_id].to_field == case.field_id
    }


def reason_words(reason: str, words: str) -> str:
    """The reason of a handover, with what was added in the officer's own words."""
    known = {str(one.value): str(said) for one, said in HANDOVER_WORDS.items()}
    return f"{known[reason]}：{words}" if words else known[reason]


def handed_over(payloads: Iterable[dict[str, Any]]) -> dict[int, str]:
    """What the history says of handovers, by their id, from what the ledger noted of them."""
    found = handovers(one["handover"] for one in payloads)
    names = {one.id: one.name for one in fields()} if found else {}
    return {
        one.id: _(
            "转办：%(before)s → %(after)s（%(why)s）",
            before=names[one.from_field],
            after=names[one.to_field],
            why=reason_words(one.reason, one.words),
        )
        for one in found.values()
    }
