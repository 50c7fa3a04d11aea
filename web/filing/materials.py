"""The materials of a filing: what is still to be handed in, and what has been."""

from typing import Any

from flask import Blueprint, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from forms.filing import AttachForm, OtherProofForm
from web import plan
from web.clock import now
from web.filing.frame import Draft, draft
from web.filing.points import OTHER
from web.guards import allow
from web.refusalwords import refusal_words
from web.typed import AUTOSAVE
from web.uploads import KEPT, kept
from workflow.core.filings import Made
from workflow.core.refusals import Reason, Refusal
from workflow.core.roles import Role
from workflow.store.contents import MAX_BYTES
from workflow.usecases import filing


def add(door: Blueprint, *roles: Role) -> None:
    """Adds the pages of materials to a door."""

    @door.get("/cases/<int:case_id>/materials")
    @allow(*roles)
    def materials(case_id: int) -> str:
        return _page(draft(case_id, door.name), "", None)

    @door.post("/cases/<int:case_id>/materials/<key>")
    @allow(*roles)
    def attach(case_id: int, key: str) -> Any:
        """Takes a file for a material or, as ``other``, for a requirement chosen in the form."""
        found = draft(case_id, door.name)
        form = _form(found, key)
        status = _attached(case_id, key, form) if form.validate_on_submit() else 422
        if status == KEPT:
            done = url_for(f"{door.name}.materials", case_id=case_id) + f"#{key}"
            return jsonify({"url": done}) if AUTOSAVE in request.headers else redirect(done)
        if AUTOSAVE in request.headers:
            return jsonify({"error": "；".join(_errors(form))}), status
        return _page(found, key, form), status

    @door.post("/cases/<int:case_id>/materials/<int:attachment_id>/remove")
    @allow(*roles)
    def remove(case_id: int, attachment_id: int) -> Any:
        filing.detach(case_id, attachment_id, g.actor, now())
        return redirect(url_for(f"{door.name}.materials", case_id=case_id))


def _page(found: Draft, key: str, tried: AttachForm | None) -> str:
    pack, case = found.case.catalogue.pack, found.case
    asked = pack.materials(case.kind, found.facts)
    files = plan.attached(case.attachments)
    papers = [one for one in asked if one.made is Made.FILE]
    forms = {one.key: tried if tried and one.key == key else AttachForm() for one in papers}
    other = tried if tried and key == OTHER else _form(found, OTHER)
    named = {code for one in papers for code in ({one.key} | one.proves)}
    return render_template(
        "filing/materials.html",
        papers=[(one, _of(files, {one.key} | one.proves), forms[one.key]) for one in papers],
        others=[one for one in files if not named & set(one.codes)],
        lacking={one.key for one in pack.lacking(case.kind, found.facts, _codes(files))},
        other=other,
        tried=tried,
        most_bytes=MAX_BYTES,
        too_big=refusal_words(Refusal(Reason.FILE_TOO_BIG, (str(MAX_BYTES // 1024 // 1024),))),
        texts={row.code: row.requirement.text for row in found.rows},
        onward=found.after("materials"),
        **found.page("materials"),
    )


def _form(found: Draft, key: str) -> AttachForm:
    if key != OTHER:
        return AttachForm()
    form = OtherProofForm()
    form.code.choices = [("", _("请选"))] + [
        (row.code, row.requirement.text) for row in found.rows if not row.material
    ]
    return form


def _attached(case_id: int, key: str, form: AttachForm) -> int:
    """Keeps the file; the status of the answer."""
    code = form.code.data if isinstance(form, OtherProofForm) else key
    name, data = form.to_name(), form.file.data.read()
    return kept(
        form.file,
        lambda: filing.attach(case_id, name, data, frozenset({code}), g.actor, now()),
    )


def _errors(form: AttachForm) -> list[str]:
    return [str(one) for found in form.errors.values() for one in found]


def _of(files: list[plan.Given], names: set[str]) -> list[plan.Given]:
    return [one for one in files if names & set(one.codes)]


def _codes(files: list[plan.Given]) -> set[str]:
    return {code for one in files for code in one.codes}
