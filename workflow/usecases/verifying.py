"""Anyone asks whether a document holds: by its QR, its typed code or the file itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from hashlib import sha256

from cryptography.x509 import Certificate

from workflow.core.codes import is_number, normalised
from workflow.core.letters import LetterKind
from workflow.core.refusals import NotFound
from workflow.issuing.content import DocumentContent
from workflow.issuing.verification import Reason, Verdict, verify
from workflow.store import documents
from workflow.store.documents import Document


class Kind(Enum):
    """What can be said of a document that somebody holds."""

    VALID = "valid"
    PENDING = "pending"
    UNKNOWN = "unknown"
    ALTERED = "altered"
    NOT_OURS = "not_ours"
    UNSIGNED = "unsigned"
    SUPERSEDED = "superseded"  # by a later file of the same document
    REPLACED = "replaced"  # by the notice of a change filing
    VOIDED = "voided"


@dataclass(frozen=True, slots=True)
class Shown:
    """What anyone may know of a document: nothing about people. ``successor``: the number of the
    notice that took its place.
    """

    kind: LetterKind
    full_number: str
    title: str
    issuer: str
    addressee: str
    place: str
    address: str
    conditions: tuple[str, ...]
    issued_on: date
    mark: str
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The kind of answer, the document where there is one, and why a file is refused."""

    kind: Kind
    document: Shown | None = None
    reasons: tuple[str, ...] = ()
    compared: bool = False  # with a file that was sent, and is the one we issued


# Photographs, scans and broken downloads, of a genuine document as well as of a forged one.
NOTHING_TO_COMPARE = frozenset(
    {Reason.EMPTY, Reason.NOT_PDF, Reason.TRUNCATED, Reason.UNSIGNED, Reason.ENCRYPTED}
)
UNKNOWN = Answer(Kind.UNKNOWN)  # one answer for every miss: nothing is learnt from it


def by_token(token: str) -> Answer:
    """The live status of the document whose QR carries ``token``."""
    try:
        return _live(documents.by_token(token))
    except NotFound:
        return UNKNOWN


def by_code(typed: str, number: str) -> Answer:
    """The live status by the code printed beside the QR, however it was typed, together with the
    last digits of the document's number.
    """
    code = normalised(typed)
    if code is None:
        return UNKNOWN
    try:
        document = documents.by_typed_code(code)
    except NotFound:
        return UNKNOWN
    return _live(document) if is_number(number, document.number) else UNKNOWN


def by_file(
    data: bytes,
    anchors: Sequence[Certificate],
    at: datetime,
    timestamp_anchors: Sequence[Certificate] = (),
) -> Answer:
    """Whether this very file was issued here: by its hash, and by its signature where that fails.

    A file we handed out earlier and have replaced since is genuine, and named as superseded; so is
    one whose document is void or was replaced by a change filing, and the answer says it. One that
    has outlived the certificate of its signature is what it was; the answer says so.
    """
    verdict = verify(data, anchors, at, timestamp_anchors)
    digest = sha256(data).hexdigest()
    try:
        document = documents.by_revision(digest)
    except NotFound:
        return Answer(_stranger(verdict), reasons=tuple(one.sentence for one in verdict.reasons))
    words = () if verdict.valid else tuple(reason.sentence for reason in verdict.reasons)
    if not verdict.valid and verdict.reasons != (Reason.OUTSIDE_VALIDITY,):
        return Answer(Kind.ALTERED, _shown(document), words)
    kind = _standing(document)
    if kind is Kind.VALID and document.sha256 != digest:
        kind = Kind.SUPERSEDED
    return Answer(kind, _shown(document), words, compared=True)


def _stranger(verdict: Verdict) -> Kind:
    """What can be said of a file we never handed out: a scan has nothing to compare."""
    if set(verdict.reasons) & NOTHING_TO_COMPARE:
        return Kind.UNSIGNED
    return Kind.NOT_OURS if verdict.valid or not verdict.signer else Kind.ALTERED


def _live(document: Document) -> Answer:
    """As if there were none while it is held back: what is not released says nothing to anyone."""
    if not document.released_at:
        return UNKNOWN
    return Answer(_standing(document), _shown(document))


def _standing(document: Document) -> Kind:
    if document.voided_at:
        return Kind.VOIDED
    if document.superseded_by_id:
        return Kind.REPLACED
    return Kind.VALID if document.sha256 else Kind.PENDING


def _shown(document: Document) -> Shown:
    content = DocumentContent.from_json(document.content)
    by = document.superseded_by
    return Shown(
        kind=document.kind,
        full_number=document.full_number,
        title=content.title,
        issuer=content.issuer,
        addressee=content.addressee,
        place=content.place,
        address=content.address,
        conditions=content.conditions,
        issued_on=document.issued_on,
        mark=content.mark or "",
        successor=by.full_number if by else "",
    )
