"""Sealing: what the signature says and where the seal lies."""

import hashlib
from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.issuing.places import AT, FONTS
from workflow.issuing.rendering import SEAL_DIAMETER
from workflow.issuing.seal import placeholder_seal


def test_poppler_confirms_the_digest_and_the_whole_file(signed, tool):
    answer = tool(signed.pdf, "pdfsig", "-nocert", "{pdf}")
    assert "Signature is Valid." in answer
    assert "Total document signed" in answer
    assert "ETSI.CAdES.detached" in answer
    assert "样例镇企业复工指导工作组（演示）" in answer


def test_poppler_sees_a_changed_byte(signed, tool):
    changed = bytearray(signed.pdf)
    changed[5000] ^= 1
    assert "Digest Mismatch" in tool(bytes(changed), "pdfsig", "-nocert", "{pdf}")


def test_the_hash_is_that_of_the_file_and_the_level_is_plain(signed):
    assert signed.sha256 == hashlib.sha256(signed.pdf).hexdigest()
    assert signed.level == "B-B"


def test_the_signature_says_when_where_and_why(signed):
    (signature,) = PdfFileReader(BytesIO(signed.pdf)).embedded_signatures
    assert signature.field_name == "Seal"
    assert signature.sig_object["/Reason"] == "签发"
    assert "样例镇" in signature.sig_object["/Location"]
    assert signature.self_reported_timestamp == AT


def test_the_seal_lies_on_issuer_and_date_and_only_the_signature_draws_it(rendered, signed):
    (signature,) = PdfFileReader(BytesIO(signed.pdf)).embedded_signatures
    left, bottom, right, top = (float(value) for value in signature.sig_field["/Rect"])
    assert (left + right) / 2 == pytest.approx(rendered.seal.x, abs=1)
    assert (bottom + top) / 2 == pytest.approx(rendered.seal.y, abs=1)
    assert right - left == pytest.approx(SEAL_DIAMETER, abs=0.5)
    assert signed.pdf.startswith(rendered.pdf)


def test_a_seal_with_a_character_the_font_lacks_is_still_drawn():
    with_gap = placeholder_seal(FONTS, "样\U00020000镇").render()
    assert with_gap.count(b" h") > placeholder_seal(FONTS, "").render().count(b" h")
