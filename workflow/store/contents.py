"""What a file really is: judged by its content, never by its name. Pictures are re-encoded."""

import warnings
import zipfile
from dataclasses import dataclass
from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageOps

from workflow.core.refusals import Reason, Refusal, Refused

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_PAGES = 300
MAX_UNPACKED = 200 * 1024 * 1024
MAX_PARTS = 5_000
PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OFFICE = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes that are safe to keep, and what they are."""

    data: bytes
    media_type: str


def checked(data: bytes) -> Content:
    """The content as it may be kept: picture, PDF, Word or Excel. Raises ``Refused``.

    A picture comes back without anything but its pixels: no place, no device, no hidden data.
    """
    if not data:
        raise _refused(Reason.FILE_EMPTY)
    if len(data) > MAX_BYTES:
        raise _refused(Reason.FILE_TOO_BIG, str(MAX_BYTES // 1024 // 1024))
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return _picture(data)
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    raise _refused(Reason.FILE_NOT_ACCEPTED)


def _picture(data: bytes) -> Content:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=("JPEG", "PNG")) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise _refused(Reason.FILE_TOO_BIG, f"{MAX_PIXELS // 10_000} 万像素")
                upright = ImageOps.exif_transpose(picture)
                return _encoded(upright, "PNG" if picture.format == "PNG" else "JPEG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombWarning) as error:
        raise _refused(Reason.FILE_BROKEN) from error


def _encoded(picture: Image.Image, kind: str) -> Content:
    clean = BytesIO()
    if kind == "PNG":
        bare = picture.convert("RGBA" if "A" in picture.getbands() else "RGB")
        bare.info.clear()
        bare.save(clean, "PNG", optimize=False)
        return Content(clean.getvalue(), PNG)
    picture.convert("RGB").save(clean, "JPEG", quality=85, exif=b"")
    return Content(clean.getvalue(), JPEG)


def _pdf(data: bytes) -> Content:
    try:
        document = pypdfium2.PdfDocument(data)
        try:
            pages = len(document)
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        encrypted = "password" in str(error).lower()
        raise _refused(Reason.FILE_ENCRYPTED if encrypted else Reason.FILE_BROKEN) from error
    if not 1 <= pages <= MAX_PAGES:
        raise _refused(Reason.FILE_BROKEN)
    return Content(data, PDF)


def _office(data: bytes) -> Content:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise _refused(Reason.FILE_TOO_BIG, str(MAX_UNPACKED // 1024 // 1024))
            names = {part.filename for part in parts}
    except zipfile.BadZipFile as error:
        raise _refused(Reason.FILE_BROKEN) from error
    kinds = [kind for name, kind in _OFFICE.items() if name in names]
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    if "[Content_Types].xml" not in names or len(kinds) != 1 or macros:
        raise _refused(Reason.FILE_NOT_ACCEPTED)
    return Content(data, kinds[0])


def _refused(reason: Reason, *facts: str) -> Refused:
    return Refused(Refusal(reason, facts))
