"""预览: a document as it would go out, page by page as pictures, before anything is decided."""

from io import BytesIO

import pypdfium2
from flask import Blueprint, Response, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.previews import PreviewForm
from web.clock import now
from web.downloads import PREVIEW_SCALE, answer
from web.guards import allow
from workflow.core.letters import LetterKind
from workflow.core.refusals import NotFound
from workflow.core.roles import Role
from workflow.store import cases, previews
from workflow.store.contents import PDFIUM, PNG
from workflow.store.previews import DocumentPreview
from workflow.usecases import previewing
from workflow.usecases.letters import Codes


def preview_views(door: Blueprint, *roles: Role) -> None:
    """Adds to a door ``.preview``, called with ``kind`` (a ``LetterKind``) and, by a form, with
    ``words`` and ``basis``; and the pages it leads to.
    """

    @door.route("/cases/<int:case_id>/preview", methods=["GET", "POST"])
    @allow(*roles)
    def preview(case_id: int) -> ResponseReturnValue:
        """Has it laid out, and goes where it is shown; asked again, the same is shown."""
        kind, form = _kind(), PreviewForm()
        words, basis = form.to_words() if form.validate_on_submit() else ("", "")
        preview_id = previewing.ask(case_id, kind, words, basis, g.actor, now(), _codes())
        return redirect(url_for(".preview_shown", case_id=case_id, preview_id=preview_id))

    @door.get("/cases/<int:case_id>/previews/<int:preview_id>")
    @allow(*roles)
    def preview_shown(case_id: int, preview_id: int) -> ResponseReturnValue:
        told = {"case": cases.get(case_id, g.actor), "door": door.name}
        found = _mine(case_id, preview_id)
        return render_template("review/preview.html", preview=found, pages=_pages(found), **told)

    @door.get("/cases/<int:case_id>/previews/<int:preview_id>/progress")
    @allow(*roles)
    def preview_progress(case_id: int, preview_id: int) -> ResponseReturnValue:
        """The part of the page that changes by itself."""
        found = _mine(case_id, preview_id)
        told = {"preview": found, "pages": _pages(found), "door": door.name}
        return render_template("review/preview_pages.html", **told)

    @door.get("/cases/<int:case_id>/previews/<int:preview_id>/<int:number>.png")
    @allow(*roles)
    def preview_page(case_id: int, preview_id: int, number: int) -> Response:
        return _picture(_mine(case_id, preview_id), number)


def _kind() -> LetterKind:
    try:
        return LetterKind(request.args.get("kind", ""))
    except ValueError as error:
        raise NotFound(request.args.get("kind")) from error


def _codes() -> Codes:
    """What a preview carries instead of what a document is verified by: it can't be."""
    address = f"{current_app.config['SETTINGS'].public_url}/verify"
    return Codes("preview", "－" * 12, address)


def _mine(case_id: int, preview_id: int) -> DocumentPreview:
    return previews.of(preview_id, cases.get(case_id, g.actor).id, g.actor.account_id)


def _pages(found: DocumentPreview) -> int:
    if found.pdf is None:
        return 0
    with PDFIUM:
        pdf = pypdfium2.PdfDocument(found.pdf)
        try:
            return len(pdf)
        finally:
            pdf.close()


def _picture(found: DocumentPreview, page: int) -> Response:
    """One page, from 1. Raises ``NotFound``."""
    if not 1 <= page <= _pages(found):
        raise NotFound(page)
    with PDFIUM:
        pdf = pypdfium2.PdfDocument(found.pdf)
        try:
            picture = pdf[page - 1].render(scale=PREVIEW_SCALE).to_pil()
        finally:
            pdf.close()
    data = BytesIO()
    picture.save(data, "PNG")
    return answer(data.getvalue(), PNG, f"preview-{page}.png", inline=True)
