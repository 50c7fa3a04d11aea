"""What the pages of a registration share: places found by words, answers filled in, in words."""

from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext as _

from forms.healthquestions import NO, YES
from forms.healthstays import AS_TYPED, Find
from web.healthwords import degrees
from web.labels import day, full_day, label
from workflow.catalogue import riskpack
from workflow.catalogue.divisions import Division, found, named
from workflow.core.health import Home, Journey, Registration, Stay
from workflow.store import duty
from workflow.usecases.health import campaign

MORE = "more"  # the button that asks for one more place to fill in
Lines = list[tuple[str, str]]


def asks_more() -> bool:
    """Whether the form was sent only to have one more place to fill in."""
    return request.method == "POST" and MORE in request.form


def at_first(filled: dict[str, Any]) -> dict[str, Any]:
    """What to fill in: only in a form that was not sent, which says itself what is in it."""
    return filled if request.method == "GET" else {}


def villages() -> list[str]:
    return [one.name for one in duty.villages()]


def finder(today: date) -> Find:
    """Finds divisions, those of a fictitious outbreak among them."""
    invented = riskpack.invented(campaign.rules_on(today))

    def find(words: str) -> tuple[Division, ...]:
        by_code = {one.code: one for one in reversed(found(words, invented))}
        return tuple(reversed(by_code.values()))

    return find


def filled_again(told: Registration) -> dict[str, Any]:
    """The answers of a registration for its form. How somebody feels and what colour their code
    has are asked anew every time.
    """
    journey, home = told.journey, told.home
    filled: dict[str, Any] = {
        "away": YES if told.stays or journey else NO,
        "stays": [
            {
                "words": one.words,
                "since": one.since,
                "until": one.until,
                "code": one.code or AS_TYPED,
            }
            for one in told.stays
        ],
        "met_any": YES if told.met else NO,
        "lodging": home.lodging.value,
        "address": home.address,
        "village": home.village,
        "landlord": home.landlord,
        "together": home.together,
        "code_source": told.code_source,
        "observed_until": told.observed_until,
        "observed_by": told.observed_by,
    }
    if journey:
        filled["arrived"], filled["transport"] = journey.arrived, journey.transport.value
        filled["number"], filled["seat"] = journey.number, journey.seat
    return filled | {f"met_{one.kind.value}": one.day for one in told.met}


def in_words(told: Registration) -> Lines:
    """A registration as pairs of what was asked and what was said; nothing that was not said."""
    felt = "、".join(label(one) for one in sorted(told.symptoms, key=lambda one: one.value))
    colour = label(told.code)
    if told.code_source:
        colour = _("%(colour)s（%(source)s）", colour=colour, source=told.code_source)
    lines = [
        (_("去过"), "；".join(_stay(one) for one in told.stays) or _("没离开过")),
        (_("怎么来的"), _journey(told.journey) if told.journey else ""),
        (_("见过"), "；".join(f"{label(one.kind)} {day(one.day)}" for one in told.met)),
        (_("体温"), degrees(told.temperature) if told.temperature is not None else ""),
        (_("不舒服"), felt or _("没有")),
        (_("住"), _home(told.home)),
        (_("健康码"), colour),
        (_("正在观察"), _observed(told)),
    ]
    return [(asked, said) for asked, said in lines if said]


def _stay(stay: Stay) -> str:
    place = named(stay.code) if stay.code else None
    words = stay.words if not place or place == stay.words else f"{stay.words}（{place}）"
    return _(
        "%(where)s，%(since)s到%(until)s", where=words, since=day(stay.since), until=day(stay.until)
    )


def _journey(journey: Journey) -> str:
    parts = (day(journey.arrived), label(journey.transport), journey.number, journey.seat)
    return " ".join(one for one in parts if one)


def _home(home: Home) -> str:
    landlord = _("房东 %(name)s", name=home.landlord) if home.landlord else ""
    together = _("和 %(n)s 人一起", n=home.together) if home.together else ""
    unwell = _("有人不舒服") if home.together_unwell else ""
    parts = (label(home.lodging), home.village, home.address, landlord, together, unwell)
    return "，".join(one for one in parts if one)


def _observed(told: Registration) -> str:
    if told.observed_until is None:
        return ""
    until = _("到%(day)s", day=full_day(told.observed_until))
    return f"{until}，{told.observed_by}" if told.observed_by else until
