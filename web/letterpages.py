"""The documents (文书) of a case as every door lists them: which there are, and how each stands."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from workflow.core.letters import LetterKind
from workflow.issuing.content import DocumentContent
from workflow.store import documents
from workflow.store.cases import Case
from workflow.store.documents import Document

ADVERSE = frozenset({LetterKind.REFUSAL, LetterKind.NON_ACCEPTANCE})
HELD, SIGNING, ISSUED = _l("待签发"), _l("正在签名"), _l("已签发")
VOIDED, REPLACED = _l("已作废"), _l("已被代替")


@dataclass(frozen=True, slots=True)
class Letter:
    """One document. ``tag`` is the kind of its status tag. A notice that is held back has neither
    number nor day yet, and nothing to open; one that is being signed has no file.
    """

    kind: LetterKind
    title: str
    number: str
    day: date | None
    tag: str
    state: str
    by: str = ""  # the number of the one that took its place
    pdf: str = ""
    picture: str = ""
    verify: str = ""


def letters_of(case: Case, door: str) -> list[Letter]:
    """Every document of a case, newest first, with its addresses at a door (a blueprint with
    ``case_views``). The case must have come from a scope.
    """
    found = sorted(documents.all_of_case(case.id), key=_newest, reverse=True)
    return [_letter(one, door) for one in found if one.released_at or not one.voided_at]


def _newest(document: Document) -> tuple[datetime, bool, int]:
    """A decision goes before the record of the inspection that it ends."""
    is_decision = document.kind in {LetterKind.NOTICE, LetterKind.REFUSAL}
    return document.created_at, is_decision, document.id


def refusal_of(case: Case) -> DocumentContent | None:
    """What the document says that refused a case; None where there is none."""
    found = [one for one in documents.all_of_case(case.id) if one.kind in ADVERSE]
    return DocumentContent.from_json(found[-1].content) if found else None


def _letter(document: Document, door: str) -> Letter:
    kind, title = document.kind, DocumentContent.from_json(document.content).title
    if not document.released_at:
        return Letter(kind, title, "", None, "with", str(HELD))
    tag, state = _standing(document)
    by = document.superseded_by
    return Letter(
        kind,
        title,
        document.full_number,
        document.issued_on,
        tag,
        str(state),
        by.full_number if by else "",
        **(_addresses(document, door) if document.sha256 else {}),
    )


def _addresses(document: Document, door: str) -> dict[str, str]:
    at: dict[str, Any] = {"case_id": document.case_id, "document_id": document.id}
    return {
        "pdf": url_for(f"{door}.letter_pdf", **at),
        "picture": url_for(f"{door}.letter_preview", **at),
        "verify": url_for("public.by_token", token=document.token),
    }


def _standing(document: Document) -> tuple[str, object]:
    if document.voided_at:
        return "stop", VOIDED
    if document.superseded_by_id:
        return "old", REPLACED
    return ("ok", ISSUED) if document.sha256 else ("with", SIGNING)
