"""代报: the clerk tells for several people, or for one who is unwell."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forms.healthday import OneForm, SeveralForm, TypedRow, lines_in, read_row
from web.clock import now
from web.enterprise.blueprint import bp
from web.enterprise.healthpages import here
from web.guards import allow
from web.rosterpages import number_in
from workflow.core.days import day_of
from workflow.core.health import CheckIn, Half, Symptom, ToldBy, half_of
from workflow.core.refusals import NotFound
from workflow.core.roles import Role
from workflow.store import checkins, placehealth, rosterlines, rosters
from workflow.store.healthlines import Line
from workflow.store.placehealth import PAGE, Shown
from workflow.store.rosters import Engagement
from workflow.store.towns import Place
from workflow.usecases.health import checking_in
from workflow.usecases.health.campaign import rules_on

Rows = dict[int, TypedRow]


@bp.route("/places/<int:place_id>/health/check-in", methods=["GET", "POST"])
@allow(Role.ENTERPRISE)
def health_check_in(place_id: int) -> ResponseReturnValue:
    """A row for everybody who has not told for a half day of today; who is unwell goes apart."""
    place, form = here(place_id), SeveralForm()
    half = form.to_half(day_of(now())) if form.is_submitted() else _asked_half()
    if not form.validate_on_submit():
        return _several(place, half or half_of(now()), {}), 422 if form.is_submitted() else 200
    if half is None:
        flash(_("这一页是以前打开的，没有收。请看清日期再填。"))
        return redirect(url_for(".health_check_in", place_id=place_id))
    rows = _typed(half)
    kept, told = _keep(place, rows), [one for one, row in rows.items() if row.told]
    if any(row.error for row in rows.values()):
        hot = rosterlines.standing_lines(place_id, [one for one in told if rows[one].apart])
        _say_feverish([rosters.one(place_id, one) for one in sorted(hot)])
        left = {one: row for one, row in rows.items() if one not in told}
        return _several(place, half, left, kept), 422
    apart = [one for one, row in rows.items() if row.apart]
    return _on(place, half, apart, rows, kept)


@bp.route("/places/<int:place_id>/health/people/<int:line>/check-in", methods=["GET", "POST"])
@allow(Role.ENTERPRISE)
def health_check_in_one(place_id: int, line: int) -> ResponseReturnValue:
    """One person's half day, with what they feel."""
    place, one = here(place_id), rosters.one(place_id, line)
    day, form = day_of(now()), OneForm()
    half = _asked_half()
    if form.is_submitted() and form.day.data != day.isoformat():
        raise NotFound(form.day.data)
    if form.validate_on_submit():
        told = {line: form.to_check_in(day, half)}
        checking_in.check_in_for(place_id, told, g.actor, now())
        flash(_("已报：%(name)s", name=one.name))
        return redirect(url_for(".health_person", place_id=place_id, line=line))
    fever = not form.is_submitted() and _fill_again(form, place_id, line, half)
    page = _one(place, one, form, half, fever=fever)
    return page, 422 if form.is_submitted() else 200


def _fill_again(form: OneForm, place_id: int, line: int, half: Half) -> bool:
    """Whether the enterprise told of a fever and of nothing felt: that can be added to it."""
    day = day_of(now())
    rows = checkins.told_for(place_id, line, day, half)
    told = checkins.as_told(rows[-1]) if rows and rows[-1].told_by is ToldBy.ENTERPRISE else None
    if told is None or told.symptoms or (told.temperature or 0) < rules_on(day).fever:
        return False
    assert told.temperature is not None, "a fever has a figure"
    form.temperature.data = f"{told.temperature // 10}.{told.temperature % 10}"
    form.absence.data = told.absence.value if told.absence else ""
    return True


def _asked_half() -> Half:
    """The half day in the address or the form; the afternoon can't be told in the morning."""
    asked = {one.value: one for one in Half}.get(request.values.get("half", ""))
    return Half.MORNING if asked is Half.MORNING else half_of(now())


def _typed(half: Half) -> Rows:
    day = day_of(now())
    fever = rules_on(day).fever
    read = {line: read_row(request.form, line, day, half, fever) for line in lines_in(request.form)}
    return {line: row for line, row in read.items() if row is not None}


def _keep(place: Place, rows: Rows) -> int:
    """Keeps the rows that tell something; how many. A row with a mistake holds up no other."""
    told: dict[int, CheckIn] = {line: row.told for line, row in rows.items() if row.told}
    return len(checking_in.check_in_for(place.id, told, g.actor, now())) if told else 0


def _on(place: Place, half: Half, apart: list[int], rows: Rows, kept: int) -> ResponseReturnValue:
    """Where it goes on: to the first who is unwell, else to those who are still missing."""
    if kept:
        flash(_("已存下 %(n)s 人", n=kept))
    # Who is not kept yet goes first: a fever is safe, its symptoms can be added at any time.
    apart = sorted(
        rosterlines.standing_lines(place.id, apart), key=lambda one: rows[one].told is not None
    )
    if not apart:
        left = placehealth.people(
            place.id, _seq(place), day_of(now()), half, Shown.MISSING, limit=1
        )
        to = ".health_check_in" if left and kept else ".health"
        return redirect(url_for(to, place_id=place.id, half=half.value if left else None))
    first, *further = (rosters.one(place.id, line) for line in apart)
    unkept = "、".join(one.name for one in further if not rows[one.line].told)
    if unkept:
        flash(_("还有 %(names)s 也不舒服，还没存。填完这一位，再回去填。", names=unkept))
    _say_feverish([one for one in further if rows[one.line].told])
    row = rows[first.line]
    # Ticked beforehand, so that nobody is kept as well who was said not to be.
    felt = [Symptom.OTHER.value] if row.unwell else []
    form = OneForm(formdata=None, data={"temperature": row.temperature, "symptoms": felt})
    form.absence.data = row.absence
    return _one(place, first, form, half, fever=row.told is not None, felt=row.unwell)


def _say_feverish(people: list[Engagement]) -> None:
    """Whose fever is kept, with nothing asked yet of what else they feel."""
    if people:
        names = "、".join(one.name for one in people)
        flash(_("%(names)s 发烧，已存下。还有哪里不舒服，到他们的页面补。", names=names))


def _one(
    place: Place,
    one: Engagement,
    form: OneForm,
    half: Half,
    *,
    fever: bool = False,
    felt: bool = False,
) -> str:
    """The page of one person; ``fever``: theirs is kept, and this only adds to it; ``felt``: they
    were said to be unwell.
    """
    form.day.data, form.half.data = day_of(now()).isoformat(), half.value
    told = {"place": place, "one": one, "form": form, "half": half, "day": day_of(now())}
    told |= {"fever": fever, "felt": felt}
    return render_template("enterprise/health_check_in_one.html", **told)


def _several(place: Place, half: Half, rows: Rows, kept: int = 0) -> str:
    """The page; rows with mistakes stay as they were typed, whatever page they were on."""
    day, after = day_of(now()), number_in("after") or 0
    people = placehealth.people(
        place.id, _seq(place), day, half, Shown.MISSING, after=after, limit=PAGE + 1
    )
    form = SeveralForm(formdata=None)
    form.day.data, form.half.data = day.isoformat(), half.value
    wrong = [
        (f"#t-{one.line}", f"{one.name}：{rows[one.line].error}")
        for one in people
        if one.line in rows and rows[one.line].error
    ]
    return render_template(
        "enterprise/health_check_in.html",
        place=place,
        half=half,
        now_half=half_of(now()),
        day=day,
        form=form,
        people=people[:PAGE],
        typed=_typed_of(people, rows),
        wrong=wrong,
        kept=kept,
        after=after,
        next=people[PAGE - 1].line if len(people) > PAGE else None,
    )


def _typed_of(people: list[Line], rows: Rows) -> Rows:
    return {one.line: rows.get(one.line, TypedRow()) for one in people}


def _seq(place: Place) -> int:
    return rosters.latest_seq(place.id) or 0
