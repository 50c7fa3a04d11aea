"""Hostile and unlucky files, sent as an ordinary form and as the page's script sends them."""

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from tests.cast import PAPER, Cast, draft
from tests.pages import Visitor
from tests.usecases.pictures import exif, halves, saved
from tests.usecases.test_contents import TYPES, encrypted_pdf, package
from tests.web.test_bad_answers import beside
from workflow.store import cases
from workflow.store.contents import DOCX, JPEG, PDF, PNG, XLSX
from workflow.store.db import db
from workflow.store.files import StoredFile, Vault

BAD = {
    "a renamed program": ("方案.pdf", b"MZ\x90\x00" + b"\0" * 200, "请传 PDF、照片"),
    "a page called a photo": ("现场.jpg", b"<html><script>1</script></html>", "请传 PDF、照片"),
    "a broken PDF": ("方案.pdf", b"%PDF-1.7 but not really", "打不开，可能没传完整"),
    "nothing": ("方案.pdf", b"", "是空的"),
    "half a photo": ("现场.jpg", saved(halves(), "JPEG")[:300], "打不开，可能没传完整"),
}


def zip_bomb() -> bytes:
    return package(TYPES, "word/document.xml", body=b"\0" * (101 * 1024 * 1024))


def hundred_megapixels() -> bytes:
    return saved(Image.new("1", (10_000, 10_000)), "PNG")


BIG = {
    "a zip bomb": ("方案.docx", zip_bomb, "太大，最大能收 200\u00a0MB"),
    "100 megapixels": ("现场.png", hundred_megapixels, "太大，最大能收 5000 万像素"),
    "an encrypted PDF": ("方案.pdf", encrypted_pdf, "设了密码。请去掉密码"),
    "21 megabytes": (
        "现场.jpg",
        lambda: b"\xff\xd8\xff" + b"0" * (21 << 20),
        "太大，最大能收 20\u00a0MB",
    ),
}


def refused(app: Flask, cast: Cast, name: str, data: bytes, words: str) -> None:
    """Both ways: the words stand beside the field, and nothing at all is kept."""
    case_id = draft(cast.he)
    path = f"/enterprise/cases/{case_id}/materials"
    clerk = Visitor(app, "yunque")
    page = clerk.post(f"{path}/commitment", {"file": (BytesIO(data), name)}, path)
    assert page.status_code == 422
    assert words in beside(page.text, "file-commitment")
    script = clerk.send(f"{path}/commitment", {"file": (BytesIO(data), name)}, path)
    assert script.status_code == 422
    assert words in script.json["error"]
    assert cases.get(case_id, cast.he).attachments == []
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 0
    assert [one for one in Path(Vault.root()).rglob("*") if one.is_file()] == []


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_in_words(app: Flask, cast: Cast, kind: str) -> None:
    refused(app, cast, *BAD[kind])


@pytest.mark.parametrize("kind", BIG)
def test_a_file_that_would_grow_or_is_locked_is_refused_in_words(
    app: Flask, cast: Cast, kind: str
) -> None:
    name, made, words = BIG[kind]
    refused(app, cast, name, made(), words)


def test_a_photo_of_forty_megabytes_is_refused_unread_in_words(app: Flask, cast: Cast) -> None:
    path = f"/enterprise/cases/{draft(cast.he)}/materials"
    clerk = Visitor(app, "yunque")
    photo = b"\xff\xd8\xff" + b"0" * (40 << 20)
    page = clerk.post(f"{path}/commitment", {"file": (BytesIO(photo), "现场.jpg")}, path)
    assert page.status_code == 413
    assert "一个最大 20 MB；照片可以调小" in page.text
    assert f'href="{path}"' in page.text
    script = clerk.send(f"{path}/commitment", {"file": (BytesIO(photo), "现场.jpg")}, path)
    assert script.status_code == 413
    assert script.json["error"] == "传的太大"
    assert "一个最大 20 MB" in script.json["advice"]


def test_the_page_tells_its_script_how_large_a_file_may_be(app: Flask, cast: Cast) -> None:
    page = Visitor(app, "yunque").get(f"/enterprise/cases/{draft(cast.he)}/materials").text
    assert f'data-most="{20 * 1024 * 1024}"' in page
    assert 'data-too-big="这个文件太大，最大能收 20\u00a0MB。' in page


def given(clerk: Visitor, case_id: int, name: str, data: bytes, key: str = "commitment") -> None:
    path = f"/enterprise/cases/{case_id}/materials"
    answer = clerk.post(f"{path}/{key}", {"file": (BytesIO(data), name)}, path)
    assert answer.status_code == 302, answer.text


def test_a_photo_loses_the_place_where_it_was_taken(app: Flask, cast: Cast) -> None:
    case_id = draft(cast.he)
    clerk = Visitor(app, "yunque")
    photo = saved(halves(), "JPEG", exif=exif(1))
    assert Image.open(BytesIO(photo)).getexif().get_ifd(0x8825)
    given(clerk, case_id, "现场.jpg", photo)
    sha256 = cases.get(case_id, cast.he).attachments[0].sha256
    answer = clerk.get(f"/enterprise/cases/{case_id}/files/{sha256}")
    assert dict(Image.open(BytesIO(answer.data)).getexif()) == {}
    assert b"SECRET" not in answer.data
    (kept,) = [one for one in Path(Vault.root()).rglob("*") if one.is_file()]
    assert b"Exif" not in kept.read_bytes()
    assert kept.name == sha256


SHOWN = {
    "现场.jpg": (saved(halves(), "JPEG"), JPEG, "inline"),
    "平面图.png": (saved(halves(), "PNG"), PNG, "inline"),
    "方案.pdf": (PAPER, PDF, "attachment"),
    "方案.docx": (package(TYPES, "word/document.xml"), DOCX, "attachment"),
    "物资.xlsx": (package(TYPES, "xl/workbook.xml"), XLSX, "attachment"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_picture_is_shown_in_place_and_the_rest_is_saved(
    app: Flask, cast: Cast, name: str
) -> None:
    data, media_type, how = SHOWN[name]
    case_id = draft(cast.he)
    clerk = Visitor(app, "yunque")
    given(clerk, case_id, name, data)
    sha256 = cases.get(case_id, cast.he).attachments[0].sha256
    answer = clerk.get(f"/enterprise/cases/{case_id}/files/{sha256}")
    assert answer.mimetype == media_type
    assert answer.headers["Content-Disposition"].startswith(how)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "sandbox" in answer.headers["Content-Security-Policy"] or media_type == PDF


def test_the_same_file_is_stored_once_however_often_it_is_given(app: Flask, cast: Cast) -> None:
    mine, theirs = draft(cast.he), draft(cast.zhe)
    clerk = Visitor(app, "yunque")
    given(clerk, mine, "承诺书.pdf", PAPER)
    given(clerk, mine, "又一份.pdf", PAPER)
    given(Visitor(app, "boli"), theirs, "也是它.pdf", PAPER)
    assert len(cases.get(mine, cast.he).attachments) == 1
    assert len(cases.get(theirs, cast.zhe).attachments) == 1
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 1
    assert len([one for one in Path(Vault.root()).rglob("*") if one.is_file()]) == 1
