"""工作日: what is known of this year and the next, and the days the town enters itself."""

from datetime import date

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from forms.calendar import CalendarForm
from web.clock import now
from web.guards import allow
from web.office.blueprint import bp
from workflow.core.days import day_of
from workflow.core.refusals import NotFound
from workflow.core.roles import Role
from workflow.store import accounts
from workflow.store import calendar as kept
from workflow.usecases import calendar_days


@bp.route("/calendar", methods=["GET", "POST"])
@allow(Role.OFFICE)
def calendar():
    today = day_of(now())
    form = CalendarForm(today)
    if form.validate_on_submit():
        said = (*form.to_days(), form.to_working(), form.to_note())
        calendar_days.enter_days(*said, g.actor, now())
        flash(_("存好了，期限按这个算。"))
        return redirect(url_for(".calendar"))
    days = kept.entered(*form.years)
    names = accounts.names({one.entered_by for one in days})
    begun = {one.day.year for one in days}
    known = {"known": kept.announced().years, "completed": kept.completed(), "begun": begun}
    told = {"years": form.years, "days": days, "names": names, **known}
    page = render_template("office/calendar.html", form=form, **told)
    return page, 422 if form.is_submitted() else 200


@bp.post("/calendar/days/<day>/remove")
@allow(Role.OFFICE)
def calendar_remove(day: str):
    calendar_days.remove_day(_read(day), g.actor)
    flash(_("去掉了。这一天按原来的安排算。"))
    return redirect(url_for(".calendar"))


@bp.post("/calendar/years/<int:year>/complete")
@allow(Role.OFFICE)
def calendar_complete(year: int):
    _in_reach(year)
    calendar_days.complete_year(year, g.actor, now())
    flash(_("记下了，%(year)s 年的放假和调休已经填全。", year=year))
    return redirect(url_for(".calendar"))


@bp.post("/calendar/years/<int:year>/reopen")
@allow(Role.OFFICE)
def calendar_reopen(year: int):
    calendar_days.reopen_year(year, g.actor)
    flash(_("记下了，%(year)s 年的还没填全。", year=year))
    return redirect(url_for(".calendar"))


def _read(day: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError as error:
        raise NotFound(day) from error


def _in_reach(year: int) -> None:
    if year not in CalendarForm(day_of(now())).years:
        raise NotFound(year)
