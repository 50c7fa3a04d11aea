"""The roster of a place: its lines, a list read in, looked at and taken."""

from typing import Any

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from forms.roster import FirstTakeForm, ImportForm, TakeForm
from web import downloads, rosterfiles
from web.clock import now
from web.enterprise.blueprint import bp
from web.filing.frame import of_case
from web.guards import allow
from web.refusalwords import refusal_words
from web.rosterpages import MOST_NAMED, MOST_SHOWN, PAGE, number_in, review_of
from workflow.core.refusals import NotFound, Refused
from workflow.core.roles import Role
from workflow.store import drafts, rosterimports, rosters
from workflow.store.contents import XLSX
from workflow.store.rosterimports import RosterImport
from workflow.usecases import rostering
from workflow.usecases.rostering import Taken


@bp.get("/places/<int:place_id>/roster")
@allow(Role.ENTERPRISE)
def roster(place_id: int):
    """The roster now, or as it was in an earlier version."""
    place = rosters.place_of(place_id, g.actor)
    history = rosters.versions(place_id)
    shown = rosters.version(place_id, number_in("version"))
    if shown is None and (history or "version" in request.args):
        raise NotFound(place_id)
    after = number_in("after") or 0
    return render_template(
        "enterprise/roster.html",
        place=place,
        history=history,
        shown=shown,
        latest=not history or shown is history[0],
        after=after,
        lines=rosters.entries(place_id, shown.seq, after, PAGE + 1) if shown else [],
        page=PAGE,
        summary=rosters.summary(place_id, shown.seq) if shown else None,
        **_filing_of(place_id),
    )


@bp.route("/places/<int:place_id>/roster/import", methods=["GET", "POST"])
@allow(Role.ENTERPRISE)
def roster_import(place_id: int):
    """Paste a list or give a file; what was understood is shown before anything is kept."""
    place = rosters.place_of(place_id, g.actor)
    form = ImportForm()
    if form.validate_on_submit():
        import_id = _started(place_id, form)
        if import_id is not None:
            return redirect(url_for(".roster_review", place_id=place_id, import_id=import_id))
    status = 422 if form.is_submitted() else 200
    return render_template("enterprise/roster_import.html", place=place, form=form), status


@bp.get("/places/<int:place_id>/roster/template.xlsx")
@allow(Role.ENTERPRISE)
def roster_template(place_id: int) -> Response:
    place = rosters.place_of(place_id, g.actor)
    name = _("员工名册 %(place)s.xlsx", place=place.name)
    return downloads.answer(rosterfiles.template(), XLSX, name, inline=False)


@bp.route("/places/<int:place_id>/roster/imports/<int:import_id>", methods=["GET", "POST"])
@allow(Role.ENTERPRISE)
def roster_review(place_id: int, import_id: int):
    """What was understood of a list; taken from here."""
    kept = _kept(place_id, import_id)
    form = _take_form(place_id)
    why_not: tuple[str, ...] = ()
    if form.validate_on_submit():
        taken, why_not = _taken(kept, form)
        if taken is not None:
            return redirect(_after(kept, taken))
        form = _take_form(place_id, formdata=None)  # about the roster as it has become
    status = 422 if form.is_submitted() else 200
    return _review_page(kept, form, why_not), status


@bp.get("/places/<int:place_id>/roster/imports/<int:import_id>/left-over.xlsx")
@allow(Role.ENTERPRISE)
def roster_left_over(place_id: int, import_id: int) -> Response:
    """The rows that could not be taken, marked, to be mended and given again."""
    said = _kept(place_id, import_id).understood
    if not said.reading.bad:
        raise NotFound(import_id)
    return downloads.answer(rosterfiles.left_over(said), XLSX, _("没收的行.xlsx"), inline=False)


def _filing_of(place_id: int) -> dict[str, Any]:
    """The step after the roster in the filing that is being written, empty if there is none; and
    what it was given back for.
    """
    written = drafts.of_place(place_id, g.actor)
    found = of_case(written[0], bp.name) if written else None
    if found is None or not found.lists_people:
        return {"onward": "", "corrections": None}
    return {"onward": found.after("roster"), "corrections": found.request}


def _started(place_id: int, form: ImportForm) -> int | None:
    """Reads the list; None, with the reason beside the field, when it can't be read."""
    name, given = form.to_source()
    try:
        return rostering.start_import(place_id, name, given, g.actor, now())
    except Refused as refused:
        form.given.errors = [refusal_words(one) for one in refused.refusals]
        return None


def _kept(place_id: int, import_id: int) -> RosterImport:
    rosters.place_of(place_id, g.actor)
    return rosterimports.get(import_id, place_id, now())


def _take_form(place_id: int, **formdata: None) -> TakeForm:
    """The question what the list is, which the first list of a place need not answer."""
    now_there = rosters.version(place_id)
    kind = TakeForm if now_there and now_there.total else FirstTakeForm
    return kind(data={"seen": now_there.seq if now_there else ""}, **formdata)


def _taken(kept: RosterImport, form: TakeForm) -> tuple[Taken | None, tuple[str, ...]]:
    """Takes the list; None, and why, when it may not be taken so."""
    mode, seen = form.to_mode(), form.to_seen()
    try:
        return rostering.take_import(kept.place_id, kept.id, mode, seen, g.actor, now()), ()
    except Refused as refused:
        return None, tuple(refusal_words(one) for one in refused.refusals)


def _after(kept: RosterImport, taken: Taken) -> str:
    """Back to the roster; to what is left over, if anything is."""
    numbers = {"added": taken.added, "changed": taken.changed, "gone": taken.gone}
    if any(numbers.values()):
        flash(_("已收下：新增 %(added)s 人，修改 %(changed)s 人，离开 %(gone)s 人", **numbers))
    if kept.understood.reading.bad:
        return url_for(".roster_review", place_id=kept.place_id, import_id=kept.id)
    return url_for(".roster", place_id=kept.place_id)


def _review_page(kept: RosterImport, form: TakeForm, why_not: tuple[str, ...]) -> str:
    said = kept.understood
    against = rostering.compared(kept.place_id, said)
    return render_template(
        "enterprise/roster_review.html",
        place=rosters.place_of(kept.place_id, g.actor),
        kept=kept,
        said=said,
        against=against,
        review=review_of(said, against),
        form=form,
        why_not=why_not,
        again=ImportForm(formdata=None, data={"text": said.pasted}),
        most_shown=MOST_SHOWN,
        most_named=MOST_NAMED,
    )
