"""The parts an enterprise writes itself, the promise it signs, and the whole plan to read."""

from typing import Any

from flask import Blueprint, g, jsonify, redirect, render_template, request
from flask_babel import gettext as _

from forms.filing import PartForm
from web import plan
from web.clock import now
from web.filing import live
from web.filing.frame import Draft, draft, of_case
from web.guards import allow
from web.labels import clock
from web.typed import AUTOSAVE, keeps_typed, shown_again
from workflow.core.refusals import NotFound
from workflow.core.roles import Role
from workflow.store import cases, drafts
from workflow.usecases import filing


def add(door: Blueprint, *roles: Role) -> None:
    """Adds the pages of parts to a door."""

    @door.route("/cases/<int:case_id>/parts/<key>", methods=["GET", "POST"])
    @allow(*roles)
    @keeps_typed
    def part(case_id: int, key: str) -> Any:
        """One part, beginning from a model text; ``?fresh`` shows that again."""
        return _part(draft(case_id, door.name), key)

    @door.get("/cases/<int:case_id>/promise")
    @allow(*roles)
    def promise(case_id: int) -> str:
        """The promise (承诺书), to be printed, signed or stamped, and photographed."""
        found = draft(case_id, door.name)
        return render_template("filing/promise.html", day=now(), **found.page("materials"))

    @door.get("/cases/<int:case_id>/plan")
    @allow(*roles)
    def whole_plan(case_id: int) -> str:
        """The place's own plan as one document to read and print (一企一策)."""
        found = draft(case_id, door.name)
        return render_template(
            "filing/plan.html",
            told=plan.told(found.case, found.facts),
            writings=plan.writings(found.case, found.facts, found.case.answers),
            **found.page("check"),
        )


def _part(found: Draft, key: str) -> Any:
    writing = _writing(found, key)
    model = plan.model_text(found.case, writing.part, found.facts)
    shown = model if "fresh" in request.args else writing.text
    typed = {} if request.method == "POST" else {"formdata": shown_again()}
    form = PartForm(**typed, data={"text": shown, "version": found.case.version})
    stale = writing.own and writing.text != model
    page = {"form": form, "writing": writing, "stale": stale, "first": found.sections[0].key}
    page |= found.page(f"part-{key}")
    if not form.validate_on_submit():
        if AUTOSAVE in request.headers:
            return jsonify(live.part_answer(form, found.case.version, None))
        return render_template("filing/part.html", **page), 422 if form.is_submitted() else 200
    return _saved(found, key, form, page)


def _writing(found: Draft, key: str) -> plan.Writing:
    for one in plan.writings(found.case, found.facts, found.case.answers):
        if one.part.key == key:
            return one
    raise NotFound(key)


def _saved(found: Draft, key: str, form: PartForm, page: dict[str, Any]) -> Any:
    text = form.text.data or None
    saved = filing.save_part(found.case.id, key, text, form.to_version(), g.actor, now())
    after = of_case(cases.get(found.case.id, g.actor), found.door)
    if not saved.clashes:
        if AUTOSAVE in request.headers:
            return jsonify(live.part_answer(form, saved.version, None))
        return redirect(after.after(f"part-{key}"))
    change = next(one for one in drafts.since(found.case.id, 0) if one.key == drafts.PART + key)
    form.version.data = saved.version
    form.text.errors = [_("%(who)s %(when)s 也改了这一篇。", who=change.who, when=clock(change.at))]
    writing = _writing(after, key)
    if AUTOSAVE in request.headers:
        return jsonify(live.part_answer(form, saved.version, writing.text))
    form.text.errors.append(_("对方的在下面。要用您写的，再存一次。"))
    return render_template("filing/part.html", **page | {"writing": writing}), 409
