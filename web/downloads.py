"""Hands out files: never as active content, pictures in place, the rest to be saved."""

from io import BytesIO

import pypdfium2
from flask import Response, send_file

from workflow.core.refusals import NotFound
from workflow.core.roles import Actor
from workflow.store import cases, documents, files, inspections
from workflow.store.cases import Case
from workflow.store.contents import DOCX, JPEG, PDF, PDFIUM, PNG, XLSX
from workflow.store.documents import Document
from workflow.usecases.releasing import issued_file

ENDINGS = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png", DOCX: ".docx", XLSX: ".xlsx"}
PREVIEW_SCALE = 1.5  # 108 dpi: readable on a phone, 100–200 kB


def notice_of(case_id: int, actor: Actor) -> Document:
    """The issued notice of a case in the actor's scope. Raises ``NotFound``."""
    case = cases.get(case_id, actor)
    document = documents.of_case(case.id)
    if document is None or document.sha256 is None:
        raise NotFound(case_id)
    return document


def letter_of(case_id: int, document_id: int, actor: Actor) -> Document:
    """A signed document of a case in the actor's scope. Raises ``NotFound``, also for one that is
    held back or not signed yet.
    """
    case = cases.get(case_id, actor)
    found = (one for one in documents.all_of_case(case.id) if one.id == document_id)
    document = next(found, None)
    if document is None or document.sha256 is None:
        raise NotFound(document_id)
    return document


def signed_pdf(document: Document) -> Response:
    """The signed PDF of a document."""
    name = f"{document.full_number} {document.case.place.enterprise.name}.pdf"
    return answer(issued_file(document), PDF, name, inline=True)


def preview(document: Document) -> Response:
    """The first page of the signed PDF as a picture, for phones that don't show PDFs in place."""
    with PDFIUM:
        pdf = pypdfium2.PdfDocument(issued_file(document))
        try:
            pdf.init_forms()  # else the seal, which the signature draws, would be missing
            picture = pdf[0].render(scale=PREVIEW_SCALE).to_pil()
        finally:
            pdf.close()
    page = BytesIO()
    picture.save(page, "PNG")
    return answer(page.getvalue(), PNG, "preview.png", inline=True)


def case_file(case_id: int, sha256: str, actor: Actor) -> Response:
    """A file given with a case the actor may see. Raises ``NotFound`` for any other hash."""
    case = cases.get(case_id, actor)
    name, media_type = _named(case).get(sha256, ("", ""))
    if not name:
        raise NotFound(sha256)
    return answer(files.read(sha256), media_type, name, inline=media_type in {JPEG, PNG})


def _named(case: Case) -> dict[str, tuple[str, str]]:
    """Every file of the case by its hash: of the draft, of what was submitted, of inspections."""
    seen = {
        photo.sha256: (photo.name, photo.file.media_type)
        for inspection in inspections.of_case(case.id)
        for photo in inspection.photos
    }
    drafted = {one.sha256: (one.name, one.file.media_type) for one in case.attachments}
    handed_in = {
        one["sha256"]: (one["name"], one["media_type"])
        for submission in case.submissions
        for one in submission.attachments
    }
    return seen | handed_in | drafted


def answer(data: bytes, media_type: str, name: str, *, inline: bool) -> Response:
    """The bytes as a file to save, or to be shown in place."""
    # The ending tells a computer what to do with a file, so it says what the file is, whatever
    # its sender called it.
    stem = name.rpartition(".")[0] or name
    response = send_file(
        BytesIO(data),
        mimetype=media_type,
        as_attachment=not inline,
        download_name=stem + ENDINGS[media_type],
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    if media_type != PDF:  # the browser's own reader of PDFs does not open in a sandbox
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
