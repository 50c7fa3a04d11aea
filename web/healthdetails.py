"""What somebody told, in full and in words: shown once, after a reason was kept."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from web.healthwords import degrees
from web.labels import day, label, moment
from workflow.core.alerts import Reached
from workflow.core.health import Registration
from workflow.store.checkins import CheckInRow, as_told
from workflow.store.healthjson import registration_of
from workflow.store.registrations import RegistrationRow, ReturnCall

Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Telling:
    """One registration: when and by whom, and what it says."""

    title: str
    waits: bool
    rows: tuple[Row, ...]


def telling(row: RegistrationRow) -> Telling:
    """A registration in words."""
    title = _("%(when)s，%(who)s填的", when=moment(row.told_at), who=label(row.told_by))
    told = registration_of(row.answers)
    return Telling(title, row.confirmed_at is None, (*_feeling(told), *_past(told), *_home(told)))


def check_in_words(row: CheckInRow) -> Row:
    """One check-in: which half of which day, and what was told."""
    told = as_told(row)
    parts = [degrees(told.temperature)] if told.temperature is not None else []
    parts += sorted(label(one) for one in told.symptoms)
    parts += [label(told.absence)] if told.absence else []
    by = _("%(who)s报的", who=label(row.told_by))
    return f"{day(told.day)}{label(told.half)}", "，".join([*parts, by])


def call_words(call: ReturnCall, *, worries: bool = True) -> Row:
    """One call of the labour office. What worries somebody is not for their employer."""
    parts = [label(Reached(call.reached))]
    if call.returns_on:
        parts.append(_("说%(day)s回来", day=day(call.returns_on)))
    if worries and call.worries:
        parts.append(call.worries)
    return moment(call.at), "，".join(parts)


def _feeling(told: Registration) -> Iterator[Row]:
    if told.temperature is not None:
        yield _("体温"), degrees(told.temperature)
    felt = "、".join(sorted(label(one) for one in told.symptoms))
    yield _("不舒服"), felt or _("没有")
    source = _("（%(source)s）", source=told.code_source) if told.code_source else ""
    yield _("健康码"), label(told.code) + source


def _past(told: Registration) -> Iterator[Row]:
    stays = [f"{one.words}，{day(one.since)}—{day(one.until)}" for one in told.stays]
    yield _("去过哪里"), "；".join(stays) or _("没出去过")
    came = told.journey
    if came is not None:
        parts = [day(came.arrived), label(came.transport), came.number, came.seat]
        yield _("怎么来的"), "，".join(one for one in parts if one)
    met = [f"{day(one.day)}，{label(one.kind)}" for one in told.met]
    yield _("见过谁"), "；".join(met) or _("没有")
    if told.observed_until:
        words = _("到%(day)s", day=day(told.observed_until))
        yield _("正在观察"), "，".join(one for one in (words, told.observed_by) if one)


def _home(told: Registration) -> Iterator[Row]:
    home = told.home
    parts = [label(home.lodging), home.village, home.address]
    if home.landlord:
        parts.append(_("房东%(name)s", name=home.landlord))
    yield _("住在哪里"), "，".join(one for one in parts if one)
    if home.together:
        unwell = _("，有人不舒服") if home.together_unwell else ""
        yield _("一起住的"), _("%(n)s 人", n=home.together) + unwell
