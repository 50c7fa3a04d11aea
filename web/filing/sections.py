"""The sections of a filing: plain questions, and the list that grows beside them."""

from typing import Any

from flask import Blueprint, Response, flash, g, jsonify, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from forms.facts import Days, SectionForm, section_form
from web import plan
from web.clock import now
from web.filing import live
from web.filing.frame import Draft, draft, of_case
from web.guards import allow
from web.typed import AUTOSAVE, keeps_typed, shown_again
from workflow.core.days import day_of
from workflow.core.filings import Section
from workflow.core.roles import Role
from workflow.store import cases
from workflow.usecases import filing
from workflow.usecases.views import first_day

LEFT = "left"  # names answers that clash and wait for a choice: they are not saved meanwhile


def add(door: Blueprint, *roles: Role) -> None:
    """Adds the section pages to a door."""

    @door.route("/cases/<int:case_id>/sections/<key>", methods=["GET", "POST"])
    @allow(*roles)
    @keeps_typed
    def section(case_id: int, key: str) -> Any:
        """One section. Saved as one, by its button or, with scripts, as one goes."""
        found = draft(case_id, door.name)
        step = found.section(key)
        form = _form(found, step)
        if not form.is_submitted():
            typed = shown_again()
            return _page(found, step, _form(found, step, formdata=typed) if typed else form)
        if AUTOSAVE in request.headers:
            return _saved_alone(found, step, form)
        if not form.validate_on_submit():
            return _page(found, step, form), 422
        return _saved(found, step, form)

    @door.get("/cases/<int:case_id>/sections/<key>/since/<int:version>")
    @allow(*roles)
    def since(case_id: int, key: str, version: int) -> Response:
        """What others have changed in this section since a version of the case."""
        found = draft(case_id, door.name)
        step = found.section(key)
        return jsonify(live.since(found, step, version))

    @door.get("/cases/<int:case_id>/needs")
    @allow(*roles)
    def needs(case_id: int) -> str:
        """The whole requirement list of the place."""
        found = draft(case_id, door.name)
        groups: dict[str, list[plan.Row]] = {}  # in the catalogue's order
        for row in found.rows:
            groups.setdefault(row.requirement.group, []).append(row)
        onward = found.after("needs")
        return render_template(
            "filing/needs.html", groups=groups, onward=onward, **found.page("needs")
        )


def _form(found: Draft, step: Section, **formdata: MultiDict[str, str] | None) -> SectionForm:
    pack, case = found.case.catalogue.pack, found.case
    days = Days(
        day_of(now()), first_day(case, now()), case.stop.opens_on(case.place), case.kind.early
    )
    labels = {fact.key: fact.label for fact in pack.facts}
    asked = found.questions(step)
    return section_form(asked, found.facts, case.version, days, labels, **formdata)


def _page(found: Draft, step: Section, form: SectionForm) -> str:
    return render_template(
        "filing/section.html",
        form=form,
        step=step,
        asked=found.questions(step),
        shown=found.shown(step),
        **found.page(step.key),
    )


def _saved(found: Draft, step: Section, form: SectionForm) -> Any:
    """Keeps the section and goes on; stays where the answers call up more, or clash."""
    before = found.rows
    saved = filing.save_answers(found.case.id, form.to_answers(), form.to_version(), g.actor, now())
    after = of_case(cases.get(found.case.id, g.actor), found.door)
    if saved.clashes:
        fresh = _form(after, step, formdata=None)  # with what others changed, else that is undone
        live.mark(fresh, form, saved, after)
        return _page(after, step, fresh), 409
    words = live.difference(before, after.rows)
    if words:
        flash(words)
    if closed := live.closed_words(after, step):
        flash(closed)
        return redirect(after.url(step.key))
    pack = after.case.catalogue.pack
    new = set(after.shown(step)) - set(found.shown(step))
    called_up = new & set(pack.missing(after.case.kind, after.facts))
    if called_up:
        flash(_("还有几问，是按您刚才填的要问的。"))
        return redirect(after.url(step.key))
    return redirect(after.after(step.key))


def _saved_alone(found: Draft, step: Section, form: SectionForm) -> Response:
    """Keeps what is sound of a section, and tells the page's script what became of it."""
    form.validate_on_submit()
    if form.version.errors or form.csrf_token.errors:
        return jsonify({"words": _("没存上。请重新打开这一页。"), "failed": True})
    before = found.rows
    left = set(request.form.getlist(LEFT))
    told = {key: value for key, value in form.sound_answers().items() if key not in left}
    saved = filing.save_answers(found.case.id, told, form.to_version(), g.actor, now())
    after = of_case(cases.get(found.case.id, g.actor), found.door)
    return jsonify(live.answer(form, saved, before, after, step))
