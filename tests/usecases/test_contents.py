"""A file is what it is, not what it is called; what is kept holds nothing hidden."""

import zipfile
from contextlib import suppress
from io import BytesIO
from random import Random

import pypdfium2
import pytest
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

from tests.cast import PAPER
from tests.usecases.pictures import exif, halves, saved, why
from workflow.core.refusals import Reason, Refused
from workflow.store import contents
from workflow.store.contents import DOCX, PDF, XLSX, Content, checked


def test_a_pdf_is_kept_as_it_is() -> None:
    assert checked(PAPER) == Content(PAPER, PDF)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"x" * 4000, PAPER[:40]])
def test_a_broken_pdf_is_refused(data: bytes) -> None:
    assert why(data) is Reason.FILE_BROKEN


def test_a_pdf_without_pages_is_refused() -> None:
    empty = PAPER.replace(b"/Kids[3 0 R]/Count 1", b"/Kids[]/Count 0")
    assert why(empty) is Reason.FILE_BROKEN


def encrypted_pdf() -> bytes:
    writer = PdfFileWriter()
    writer.insert_page(
        PageObject(writer.add_object(StreamObject(stream_data=b"n")), (0, 0, 595, 842))
    )
    writer.encrypt(owner_pass="owner", user_pass="user")
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_an_encrypted_pdf_is_refused_as_such() -> None:
    assert why(encrypted_pdf()) is Reason.FILE_ENCRYPTED


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
