"""A file is what it is, not what it is called; what is kept holds nothing hidden."""

import struct
import zipfile
import zlib
from contextlib import suppress
from io import BytesIO
from random import Random

import pypdfium2
import pytest
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

from tests.cast import PAPER
from workflow.core.refusals import Reason, Refused
from workflow.store import contents
from workflow.store.contents import DOCX, JPEG, PDF, PNG, XLSX, Content, checked

RED, BLUE = (254, 0, 0), (0, 0, 254)


def why(data: bytes) -> Reason:
    with pytest.raises(Refused) as caught:
        checked(data)
    (refusal,) = caught.value.refusals
    return refusal.reason


def opened(content: Content) -> Image.Image:
    picture = Image.open(BytesIO(content.data))
    picture.load()
    return picture


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def halves() -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", (80, 40), RED)
    picture.paste(BLUE, (40, 0, 80, 40))
    return picture


def exif(orientation: int) -> Image.Exif:
    told = Image.Exif()
    told[ExifTags.Base.Orientation] = orientation
    told[ExifTags.Base.Make] = "SECRET phone"
    told.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (31.0, 22.0, 33.0)
    return told


def test_a_photo_loses_its_place_its_device_and_its_remarks() -> None:
    photo = saved(halves(), "JPEG", exif=exif(1), comment=b"SECRET remark", xmp=b"<x>SECRET</x>")
    assert b"SECRET" in photo
    content = checked(photo)
    assert content.media_type == JPEG
    assert dict(opened(content).getexif()) == {}
    assert b"SECRET" not in content.data
    assert b"Exif" not in content.data


# Where red lies in the upright picture, for each way a camera may have been held.
RED_LIES = {
    1: (0.25, 0.5),
    2: (0.75, 0.5),
    3: (0.75, 0.5),
    4: (0.25, 0.5),
    5: (0.5, 0.25),
    6: (0.5, 0.25),
    7: (0.5, 0.75),
    8: (0.5, 0.75),
}


@pytest.mark.parametrize("orientation", RED_LIES)
def test_a_photo_stands_upright(orientation: int) -> None:
    picture = opened(checked(saved(halves(), "JPEG", exif=exif(orientation), quality=100)))
    assert picture.size == ((80, 40) if orientation < 5 else (40, 80))
    across, down = RED_LIES[orientation]
    red, _, blue = picture.getpixel((int(across * picture.width), int(down * picture.height)))
    assert red > 200 > 60 > blue


def test_a_photo_with_odd_exif_is_still_taken() -> None:
    photo = saved(halves(), "JPEG", exif=exif(6))
    odd = photo.replace(b"SECRET phone\0", b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")
    assert opened(checked(odd)).size == (40, 80)


def test_a_png_loses_its_texts() -> None:
    texts = PngInfo()
    texts.add_text("Author", "SECRET")
    texts.add_itxt("Comment", "SECRET", zip=False)
    content = checked(saved(halves(), "PNG", pnginfo=texts, exif=exif(1)))
    assert content.media_type == PNG
    assert b"SECRET" not in content.data
    assert opened(content).text == {}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_of_every_kind_keeps_its_picture(mode: str) -> None:
    grey = Image.new("L", (4, 4), 255)
    grey.paste(0, (0, 0, 2, 4))
    if mode == "I;16":
        picture = Image.new("I;16", (4, 4), 0x7FFF)
        picture.paste(0, (0, 0, 2, 4))
        bright = 0x7F
    else:
        picture, bright = grey.convert(mode), 255
    shown = opened(checked(saved(picture, "PNG"))).convert("RGB")
    assert shown.getpixel((0, 0)) == (0, 0, 0)
    assert shown.getpixel((3, 3)) == (bright, bright, bright)


def test_a_transparent_ground_stays_transparent() -> None:
    stamp = Image.new("P", (4, 4), 0)
    stamp.putpalette([0, 0, 0, 255, 0, 0])
    stamp.paste(1, (0, 0, 2, 4))
    shown = opened(checked(saved(stamp, "PNG", transparency=0)))
    assert shown.getpixel((3, 3))[3] == 0
    assert shown.getpixel((0, 0)) == (255, 0, 0, 255)


def test_a_picture_checked_again_stays_the_same_kind() -> None:
    for kind in ("JPEG", "PNG"):
        once = checked(saved(halves(), kind))
        assert checked(once.data).media_type == once.media_type


def png_header(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [7_072, 10_000, 20_000, 2**31 - 1])
def test_a_picture_of_too_many_pixels_is_refused_by_its_header(
    side: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unpacks(*_: object) -> None:
        raise AssertionError("it must not be decoded")

    monkeypatch.setattr(Image.Image, "convert", unpacks)
    assert why(png_header(side, side)) is Reason.FILE_TOO_BIG


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_half_a_picture_is_broken(kind: str) -> None:
    picture = saved(Image.effect_noise((80, 40), 50), kind)
    assert why(picture[: len(picture) // 2]) is Reason.FILE_BROKEN
    assert why(picture[:12]) is Reason.FILE_BROKEN


def test_a_pdf_is_kept_as_it_is() -> None:
    assert checked(PAPER) == Content(PAPER, PDF)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"x" * 4000, PAPER[:40]])
def test_a_broken_pdf_is_refused(data: bytes) -> None:
    assert why(data) is Reason.FILE_BROKEN


def test_a_pdf_without_pages_is_refused() -> None:
    empty = PAPER.replace(b"/Kids[3 0 R]/Count 1", b"/Kids[]/Count 0")
    assert why(empty) is Reason.FILE_BROKEN


def test_an_encrypted_pdf_is_refused_as_such() -> None:
    writer = PdfFileWriter()
    writer.insert_page(
        PageObject(writer.add_object(StreamObject(stream_data=b"n")), (0, 0, 595, 842))
    )
    writer.encrypt(owner_pass="owner", user_pass="user")
    buffer = BytesIO()
    writer.write(buffer)
    assert why(buffer.getvalue()) is Reason.FILE_ENCRYPTED


def test_pdfs_are_opened_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = []

    class Watched(pypdfium2.PdfDocument):
        def __init__(self, data: bytes) -> None:
            alone.append(contents.PDFIUM.locked())
            super().__init__(data)

        def close(self) -> None:
            alone.append(contents.PDFIUM.locked())
            super().close()

    monkeypatch.setattr(contents.pypdfium2, "PdfDocument", Watched)
    checked(PAPER)
    assert alone == [True, True]
    assert not contents.PDFIUM.locked()


def package(*names: str, **bodies: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, bodies.get("body", b"<x/>"))
    return buffer.getvalue()


TYPES = "[Content_Types].xml"


@pytest.mark.parametrize(
    ("names", "media_type"), [(("word/document.xml",), DOCX), (("xl/workbook.xml",), XLSX)]
)
def test_word_and_excel_are_kept_as_they_are(names: tuple[str, ...], media_type: str) -> None:
    data = package(TYPES, *names)
    assert checked(data) == Content(data, media_type)


@pytest.mark.parametrize(
    "names",
    [
        (TYPES, "word/document.xml", "word/vbaProject.bin"),
        (TYPES, "xl/workbook.xml", "XL/VBAPROJECT.BIN"),
        ("word/document.xml",),
        (TYPES,),
        (TYPES, "word/document.xml", "xl/workbook.xml"),
        (TYPES, "ppt/presentation.xml"),
        ("run.exe",),
    ],
    ids=str,
)
def test_any_other_package_is_not_accepted(names: tuple[str, ...]) -> None:
    assert why(package(*names)) is Reason.FILE_NOT_ACCEPTED


def test_a_zip_bomb_is_refused_without_unpacking(monkeypatch: pytest.MonkeyPatch) -> None:
    def unpacks(*_: object) -> None:
        raise AssertionError("it must not be unpacked")

    bomb = package(TYPES, "word/document.xml", body=b"\0" * (101 * 1024 * 1024))
    monkeypatch.setattr(zipfile.ZipFile, "open", unpacks)
    assert len(bomb) < contents.MAX_BYTES
    assert why(bomb) is Reason.FILE_TOO_BIG


def test_a_package_of_too_many_parts_is_refused() -> None:
    names = (f"word/{number}.xml" for number in range(contents.MAX_PARTS))
    assert why(package(TYPES, "word/document.xml", *names)) is Reason.FILE_TOO_BIG


def test_half_a_package_is_broken() -> None:
    data = package(TYPES, "word/document.xml")
    assert why(data[: len(data) // 2]) is Reason.FILE_BROKEN


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00" + b"\0" * 200,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html><script>1</script></html>",
        b"GIF89a" + b"\0" * 60,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512,
        b" " + PAPER,
        "员工名册".encode(),
    ],
    ids=["exe", "svg", "html", "gif", "old word", "shifted pdf", "text"],
)
def test_what_it_is_called_makes_no_difference(data: bytes) -> None:
    assert why(data) is Reason.FILE_NOT_ACCEPTED


def test_nothing_is_refused() -> None:
    assert why(b"") is Reason.FILE_EMPTY


def test_twenty_one_megabytes_are_too_many() -> None:
    assert why(PAPER + b"\0" * (21 * 1024 * 1024)) is Reason.FILE_TOO_BIG
    exactly = PAPER + b"\0" * (contents.MAX_BYTES - len(PAPER))
    assert why(exactly + b"\0") is Reason.FILE_TOO_BIG


SOUND = {
    "jpeg": saved(halves(), "JPEG", exif=exif(6)),
    "png": saved(halves().convert("P"), "PNG", exif=exif(6), transparency=1),
    "pdf": PAPER,
    "docx": package(TYPES, "word/document.xml"),
}


@pytest.mark.parametrize("kind", SOUND)
def test_a_damaged_file_is_taken_or_refused_and_nothing_else(kind: str) -> None:
    random = Random(1)
    for _ in range(500):
        damaged = bytearray(SOUND[kind])
        for _ in range(random.randint(1, 6)):
            damaged[random.randrange(len(damaged))] = random.randrange(256)
        if random.random() < 0.3:
            del damaged[random.randrange(len(damaged)) :]
        with suppress(Refused):
            checked(bytes(damaged))
