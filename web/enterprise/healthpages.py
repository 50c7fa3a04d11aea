"""What the pages of staff health show of people: states in words, and no more than work needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from flask import current_app, g, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from web.clock import now
from web.healthwords import degrees, ground_words
from web.labels import label
from workflow.core.days import day_of
from workflow.core.health import Half
from workflow.core.judging import Fitness
from workflow.store import healthcampaigns, rosters
from workflow.store.healthlines import Line
from workflow.store.placehealth import Shown
from workflow.store.towns import Place
from workflow.usecases.health import watching

TAGS: Mapping[Fitness, str] = {
    Fitness.MAY_WORK: "ok",
    Fitness.ASK: "you",
    Fitness.OBSERVE: "hold",
    Fitness.STOP: "stop",
}
SHOWN_WORDS: Mapping[Enum, LazyString] = {
    Shown.ALL: _l("全部"),
    Shown.HELD: _l("先别安排上岗"),
    Shown.MISSING: _l("还没报"),
    Shown.UNWELL: _l("今天不舒服"),
    Shown.ABSENT: _l("不在岗"),
    Shown.UNREGISTERED: _l("没登记"),
    Shown.OBSERVED: _l("观察中"),
    Shown.STOPPED: _l("先别上班"),
    Shown.ASKED: _l("等核实"),
    Shown.REST: _l("其余的人"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One person in a list, in words."""

    line: int
    name: str
    post: str
    kind: str
    state: str
    why: str
    morning: str
    afternoon: str


def here(place_id: int) -> Place:
    """A place of the reader's own, while health is asked for. Raises ``NotFound``."""
    healthcampaigns.needed(day_of(now()))
    return rosters.place_of(place_id, g.actor)


def row_of(one: Line) -> Row:
    """A person as the enterprise may see them."""
    kind, state = state_of(one.fitness, registered=one.registered)
    if one.unwell and kind in {"ok", "draft"}:
        kind, state = "stop", _("今天不舒服")
    post = f"{one.post} · {one.employer}" if one.employer else one.post
    why = " ".join(ground_words(ground, brief=True) for ground in one.grounds)
    halves = (_half(one, Half.MORNING, one.morning), _half(one, Half.AFTERNOON, one.afternoon))
    return Row(one.line, one.name, post, kind, state, why if watching.is_held(one) else "", *halves)


def state_of(fitness: Fitness | None, *, registered: bool) -> tuple[str, str]:
    """The kind and the word of the tag for where somebody stands."""
    if fitness is None or (not registered and fitness in {Fitness.ASK, Fitness.MAY_WORK}):
        return "draft", _("没登记")
    return TAGS[fitness], label(fitness)


def _half(one: Line, half: Half, temperature: int | None) -> str:
    if half not in one.told:
        return _("没报")
    if temperature is not None:
        return degrees(temperature)
    if one.unwell:
        return _("不舒服")
    return label(one.absence) if one.absence else _("报了")


def chat_text(place: Place, half: Half, names: list[str], more: bool) -> str:
    """What the clerk can paste into the company's group: nothing but who is to tell."""
    words = _(
        "【%(place)s】今天%(half)s还没报体温的，请马上用自己的链接报：",
        place=place.name,
        half=label(half),
    )
    return words + "、".join(names) + (_("等") if more else "")


def link_address(code: str) -> str:
    """The whole address of a personal link."""
    return f"{current_app.config['SETTINGS'].public_url}/s/{code}"


def maybe_url(endpoint: str, **values: object) -> str:
    """The address of a page, empty where this installation does not have it."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""  # type: ignore[arg-type]
