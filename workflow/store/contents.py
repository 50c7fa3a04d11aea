"""What a file really is: judged by its content, never by its name. Pictures are re-encoded."""

import warnings
import zipfile
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

import pypdfium2
from PIL import ExifTags, Image, ImageFile
from PIL.Image import Transpose

from workflow.core.refusals import Reason, Refusal, Refused

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_SIDE = 20_000
MAX_PAGES = 300
MAX_UNPACKED = 200 * 1024 * 1024
MAX_PARTS = 5_000
PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
PDFIUM = Lock()  # hold it to open a PDF: PDFium must not be called from two threads
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
    # WeasyPrint turns this on for the whole process; half a photo would pass for a whole one.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=("JPEG", "PNG")) as picture:
                sides = picture.size
                if max(sides) > MAX_SIDE or sides[0] * sides[1] > MAX_PIXELS:
                    raise _too_many_pixels()
                return _encoded(_upright(picture), "PNG" if picture.format == "PNG" else "JPEG")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _too_many_pixels() from error
    except Refused:
        raise
    except Exception as error:
        # The parsers were not written for hostile files: what they stumble over is broken.
        raise _refused(Reason.FILE_BROKEN) from error


def _too_many_pixels() -> Refused:
    return _refused(Reason.FILE_TOO_BIG, f"{MAX_PIXELS // 10_000} 万像素")


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as taken. Pillow's own way also writes the EXIF again, and fails on odd ones."""
    turn = _TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    return picture if turn is None else picture.transpose(turn)


def _encoded(picture: Image.Image, kind: str) -> Content:
    clean = BytesIO()
    if picture.mode.startswith("I;16"):  # converted as it is, all but black would become white
        picture = picture.convert("I").point(lambda level: level * (1 / 256))
        picture = picture.convert("L")
    if kind == "PNG":
        bare = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
        bare.info.clear()
        bare.save(clean, "PNG", optimize=False)
        return Content(clean.getvalue(), PNG)
    bare = picture.convert("RGB")
    bare.info.clear()
    bare.save(clean, "JPEG", quality=85)
    return Content(clean.getvalue(), JPEG)


def _pdf(data: bytes) -> Content:
    try:
        with PDFIUM:
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
    except Exception as error:
        # As with pictures: a broken package has more ways to fail than BadZipFile.
        raise _refused(Reason.FILE_BROKEN) from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise _refused(Reason.FILE_TOO_BIG, str(MAX_UNPACKED // 1024 // 1024))
    names = {part.filename for part in parts}
    kinds = [kind for name, kind in _OFFICE.items() if name in names]
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    if "[Content_Types].xml" not in names or len(kinds) != 1 or macros:
        raise _refused(Reason.FILE_NOT_ACCEPTED)
    return Content(data, kinds[0])


def _refused(reason: Reason, *facts: str) -> Refused:
    return Refused(Refusal(reason, facts))
