"""Verification: our own file is valid, and everything else is refused with its reason."""

import zlib
from datetime import timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from tests.issuing.places import AT, FONTS
from workflow.issuing.authority import load_anchors, make_development_authority
from workflow.issuing.keys import load_signing_key
from workflow.issuing.seal import placeholder_seal
from workflow.issuing.signing import KeptKeySigner, Sealer
from workflow.issuing.verification import MAX_BYTES, Reason, verify


def refusal(pdf, anchors, at=AT):
    verdict = verify(pdf, anchors, at)
    assert not verdict.valid
    assert verdict.level is verdict.timestamp is None
    assert not verdict.covers_whole_file
    (reason,) = verdict.reasons
    assert reason.sentence.endswith("。")
    return reason


class Careless(PdfSigner):
    """Signs although the certification forbids it, as an attacker would."""

    def _enforce_certification_constraints(self, reader):
        pass


def sign_again(pdf, key, field="Second"):
    metadata = PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES)
    signer = Careless(metadata, KeptKeySigner(key), new_field_spec=SigFieldSpec(field))
    return signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf))).getvalue()


def annotate(pdf):
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Contents"): generic.pdf_string("同意扩大范围"),
            generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 9, 9))),
        }
    )
    writer.register_annotation(writer.root["/Pages"]["/Kids"].raw_get(0), writer.add_object(note))
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def test_our_own_file_is_valid(signed, anchors):
    verdict = verify(signed.pdf, anchors, AT)
    assert verdict.valid
    assert verdict.covers_whole_file
    assert verdict.signer == "样例镇企业复工指导工作组（演示）"
    assert (verdict.level, verdict.timestamp, verdict.reasons) == ("B-B", None, ())


def test_the_answer_for_the_command_line_has_codes_and_sentences(signed, anchors):
    assert verify(signed.pdf, anchors, AT).as_json()["valid"] is True
    told = verify(b"", anchors, AT).as_json()["reasons"]
    assert told == [{"code": "empty", "sentence": "文件是空的。"}]


def test_every_reason_has_a_sentence():
    assert all(reason.sentence for reason in Reason)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_byte_can_be_changed(signed, anchors, data):
    changed = bytearray(signed.pdf)
    place = data.draw(st.integers(0, len(changed) - 1))
    changed[place] ^= data.draw(st.integers(1, 255))
    assert not verify(bytes(changed), anchors, AT).valid


@pytest.mark.slow
def test_no_byte_around_the_signature_can_be_changed(signed, anchors):
    start = signed.pdf.index(b"/Contents <") - 200
    for place in range(start, len(signed.pdf)):
        for bit in (1, 4, 32):
            changed = bytearray(signed.pdf)
            changed[place] ^= bit
            assert not verify(bytes(changed), anchors, AT).valid, place - start


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_file_cut_anywhere_is_refused(signed, anchors, data):
    length = data.draw(st.integers(0, len(signed.pdf) - 1))
    assert not verify(signed.pdf[:length], anchors, AT).valid


@settings(max_examples=60, deadline=None)
@given(noise=st.binary(max_size=400), range_=st.lists(st.integers(0, 9999), min_size=4, max_size=4))
def test_no_noise_raises(anchors, noise, range_):
    numbers = b" ".join(b"%d" % number for number in range_)
    for pdf in (noise, b"%PDF-1.7\n" + noise, b"%PDF-/ByteRange [" + numbers + b"]" + noise):
        assert not verify(pdf, anchors, AT).valid


def test_an_empty_file(anchors):
    assert refusal(b"", anchors) is Reason.EMPTY


def test_something_that_is_no_pdf(anchors):
    assert refusal(b"PK\x03\x04" + bytes(500), anchors) is Reason.NOT_PDF


def test_a_file_far_too_large(anchors):
    assert refusal(b"%PDF-" + bytes(MAX_BYTES), anchors) is Reason.TOO_LARGE


def test_the_page_before_signing(rendered, signed, anchors):
    assert signed.pdf[: len(rendered.pdf)] == rendered.pdf
    assert refusal(rendered.pdf, anchors) is Reason.UNSIGNED


def test_a_file_without_its_end(signed, anchors):
    assert refusal(signed.pdf[:-30], anchors) is Reason.TRUNCATED


def test_an_encrypted_file(rendered, anchors):
    assert refusal(rendered.pdf + b"trailer <</Encrypt 7 0 R>>", anchors) is Reason.ENCRYPTED


@pytest.mark.parametrize("tail", [b"\n", b"%%EOF\n", b"garbage", b"\x00" * 4096])
def test_anything_after_the_end(signed, anchors, tail):
    assert refusal(signed.pdf + tail, anchors) is Reason.APPENDED


def test_an_annotation_appended_after_signing(signed, anchors, tool):
    annotated = annotate(signed.pdf)
    assert refusal(annotated, anchors) is Reason.APPENDED
    # poppler does not enforce the certification, so its word is not enough.
    assert "Signature is Valid." in tool(annotated, "pdfsig", "-nocert", "{pdf}")


def test_a_second_signature(signed, anchors, key):
    assert refusal(sign_again(signed.pdf, key), anchors) is Reason.SEVERAL_SIGNATURES


def test_our_key_without_a_certification(rendered, anchors, key):
    assert refusal(sign_again(rendered.pdf, key), anchors) is Reason.NOT_CERTIFIED


def test_a_stranger_with_the_same_names(rendered, anchors, key, tmp_path):
    make_development_authority(tmp_path / "other", AT)
    stranger = load_signing_key(tmp_path / "other")
    assert stranger.cert.subject == key.cert.subject
    forged = Sealer(stranger, placeholder_seal(FONTS, "样例镇"), None).sign(rendered, AT)
    assert refusal(forged.pdf, anchors) is Reason.STRANGER
    assert verify(forged.pdf, load_anchors(tmp_path / "other"), AT).valid


def test_a_genuine_signature_on_an_altered_file_still_names_its_signer(signed, anchors, key):
    changed = signed.pdf.replace(b"%PDF-1.7", b"%PDF-1.6")
    for pdf in (changed, signed.pdf + b"\n", sign_again(signed.pdf, key), signed.pdf[:-9]):
        assert verify(pdf, anchors, AT).signer == "样例镇企业复工指导工作组（演示）"
        assert verify(pdf, (), AT).signer is None


def test_no_anchors_trust_nobody(signed):
    assert refusal(signed.pdf, ()) is Reason.STRANGER


@pytest.mark.parametrize("days", [-2, 4 * 365])
def test_a_certificate_outside_its_time(signed, anchors, days):
    moment = AT + timedelta(days=days)
    assert refusal(signed.pdf, anchors, moment) is Reason.OUTSIDE_VALIDITY


def test_a_broken_cross_reference_is_an_altered_file(signed, anchors):
    broken = signed.pdf.replace(b"startxref", b"startxxxx")
    assert refusal(broken, anchors) is Reason.ALTERED


@pytest.mark.parametrize("body", [b"[" * 2_000_000, b"<<" * 1_000_000, zlib.compress(bytes(10**8))])
def test_a_bomb_never_reaches_the_parser(anchors, body):
    head = b"%PDF-1.7\n1 0 obj\n"
    contents = b"<" + b"30" * 4000 + b">"
    begin = len(head) + 60
    end = begin + len(contents)
    size = end + len(body)
    signed_range = b"/ByteRange [0 %d %d %d]" % (begin, end, size - end)
    pdf = (head + signed_range).ljust(begin) + contents + body
    assert refusal(pdf, anchors) is Reason.ALTERED
