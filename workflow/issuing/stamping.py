"""A document timestamp appended to a signed file, written by us and recognised byte for byte.

What is appended follows from the signed file and the token alone. So a verifier writes it once
more and compares: no parser ever sees what a stranger appended, and nothing but the timestamp
can be there. The form of it is therefore part of every file handed out and must not change.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from asn1crypto import cms
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import extract_signer_info

from workflow.issuing.signature import detach, strict_token

_CONTENTS = re.compile(rb"/Contents <([0-9A-F]{2,131072})>")
_RANGE = 48  # characters; what they say is known only when everything is laid out


class Unstampable(Exception):
    """The file is not laid out as our signer does it, so no timestamp can be appended."""


@dataclass(frozen=True, slots=True)
class LateStamp:
    """A timestamp appended to a file: the token, and the digest of what it has to be about."""

    token: cms.SignedData
    digest: bytes


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a timestamp has to be tied in: numbers of objects, all of generation 0."""

    root: int
    info: int
    form: int
    fields: Sequence[int]
    page: int
    notes: int
    noted: Sequence[int]
    size: int
    previous: int
    identity: bytes


def prepare(writer: IncrementalPdfFileWriter, page: int) -> None:
    """Keep the list of a page's annotations apart, so that a timestamp changes no page later."""
    ref, _ = writer.find_page_for_modification(page)
    found = ref.get_object()
    notes = generic.ArrayObject(found.get("/Annots", ()))
    found["/Annots"] = writer.add_object(notes)
    writer.mark_update(ref)


def refuse_stamped(pdf: bytes) -> None:
    """Raise `Unstampable` for a file that has a timestamp or is not as our signer makes it."""
    signature = detach(pdf)
    if signature.flaw is not None or len(extract_signer_info(signature.cms)["unsigned_attrs"]):
        raise Unstampable("the file has a timestamp already, or more than its signature")
    _frame(pdf)


def with_room(pdf: bytes, room: int) -> "Layout":
    """Lay out a timestamp of up to ``room`` bytes. Raises ``Unstampable``.

    Only for files that our own key has signed: they are parsed here.
    """
    return Layout(pdf, bytes(room).hex().encode())


def appended(pdf: bytes, tail: bytes) -> LateStamp | None:
    """The timestamp of which ``tail`` consists; None for anything more, less or else.

    ``pdf`` must be a file that our own key has signed.
    """
    found = _CONTENTS.search(tail)
    if found is None:
        return None
    try:
        layout = Layout(pdf, found[1])
    except Unstampable:
        return None
    if layout.tail != tail:
        return None
    return LateStamp(strict_token(bytes.fromhex(found[1].decode("ascii"))), layout.digest)


class Layout:
    """A signed file with the update that holds the timestamp; ``digest`` is what to ask for."""

    def __init__(self, pdf: bytes, contents: bytes) -> None:
        self._pdf, self._contents = pdf, contents
        self.tail = _write(_frame(pdf), len(pdf), contents)
        begin = _begin(self.tail)
        covered = self.tail[:begin], self.tail[begin + len(contents) + 2 :]
        self.digest = sha256(pdf + covered[0] + covered[1]).digest()

    def filled(self, token: bytes) -> bytes:
        """The whole file with its token. Raises ``Unstampable`` when the token is too long."""
        contents = token.hex().upper().encode().ljust(len(self._contents), b"0")
        if len(contents) != len(self._contents):
            raise Unstampable("the token is longer than the room kept for it")
        begin = _begin(self.tail) + 1
        return self._pdf + self.tail[:begin] + contents + self.tail[begin + len(contents) :]


def _write(frame: _Frame, start: int, contents: bytes) -> bytes:
    field, stamp, xref = frame.size, frame.size + 1, frame.size + 2
    tail, offsets = b"", {}
    for number, body in (
        (frame.form, b"<</Fields %s/SigFlags 3>>" % _refs((*frame.fields, field))),
        (frame.notes, _refs((*frame.noted, field))),
        (field, _FIELD % (frame.page, stamp)),
        (stamp, _STAMP % (contents, b"?" * _RANGE)),
    ):
        offsets[number] = start + len(tail)
        tail += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    offsets[xref] = start + len(tail)
    table = b"".join(
        b"\x01" + offsets[number].to_bytes(4, "big") + bytes(2) for number in sorted(offsets)
    )
    index = b" ".join(b"%d 1" % number for number in sorted(offsets))
    second = sha256(frame.identity + b"%d" % start).hexdigest()[:32].encode()
    ids = frame.identity.hex().encode(), second
    told = (xref, index, xref + 1, frame.root, frame.info, *ids, frame.previous, len(table))
    tail += _XREF % (*told, table) + b"startxref\n%d\n%%%%EOF\n" % offsets[xref]
    begin = start + _begin(tail)
    end = begin + len(contents) + 2
    range_ = b"[0 %d %d %d]" % (begin, end, start + len(tail) - end)
    return tail.replace(b"?" * _RANGE, range_.ljust(_RANGE), 1)


def _begin(tail: bytes) -> int:
    """Where the token's hexadecimal string begins; nothing before it can be taken for it."""
    return tail.index(b"/Contents <") + len(b"/Contents ")


_FIELD = (
    b"<</FT /Sig/T (Timestamp)/Type /Annot/Subtype /Widget/F 132/Rect [0 0 0 0]/P %d 0 R/V %d 0 R>>"
)
_STAMP = (
    b"<</Type /DocTimeStamp/Filter /Adobe.PPKLite/SubFilter /ETSI.RFC3161\n"
    b"/Contents <%s>\n/ByteRange %s>>"
)
_XREF = (
    b"%d 0 obj\n<</Type /XRef/W [1 4 2]/Index [%s]/Size %d/Root %d 0 R/Info %d 0 R"
    b"/ID [<%s><%s>]/Prev %d/Length %d>>\nstream\n%s\nendstream\nendobj\n"
)


def _refs(numbers: Sequence[int]) -> bytes:
    return b"[" + b" ".join(b"%d 0 R" % number for number in numbers) + b"]"


def _frame(pdf: bytes) -> _Frame:
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=True)
        trailer, root = reader.trailer, reader.root
        form = root["/AcroForm"]
        if set(form) != {"/Fields", "/SigFlags"} or len(form["/Fields"]) != 1:
            raise Unstampable("the form is not the one our signer makes")
        field = form["/Fields"][0]
        page = field["/P"]
        return _Frame(
            root=_number(trailer.raw_get("/Root")),
            info=_number(trailer.raw_get("/Info")),
            form=_number(root.raw_get("/AcroForm")),
            fields=_numbers(form["/Fields"]),
            page=_number(field.raw_get("/P")),
            notes=_number(page.raw_get("/Annots")),
            noted=_numbers(page["/Annots"]),
            size=int(trailer["/Size"]),
            previous=int(reader.last_startxref or 0),
            identity=bytes(trailer["/ID"][0].original_bytes),
        )
    except Unstampable:
        raise
    except Exception as error:
        raise Unstampable(str(error)) from error


def _numbers(array: generic.ArrayObject) -> tuple[int, ...]:
    return tuple(_number(array.raw_get(place)) for place in range(len(array)))


def _number(reference: generic.PdfObject) -> int:
    if not isinstance(reference, generic.IndirectObject) or reference.generation:
        raise Unstampable("a part of the file is not where our signer puts it")
    return int(reference.idnum)
