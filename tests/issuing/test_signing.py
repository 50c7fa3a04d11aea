"""Sealing: what the signature says, and that no timestamp is ever pretended."""

import hashlib
import socket
from datetime import timedelta
from io import BytesIO

import pytest
from asn1crypto import tsp
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.issuing.clock import make_clock
from tests.issuing.places import AT, FONTS
from workflow.issuing import signing
from workflow.issuing.rendering import SEAL_DIAMETER
from workflow.issuing.seal import placeholder_seal
from workflow.issuing.signing import Sealer
from workflow.issuing.specimen import SPECIMEN
from workflow.issuing.verification import Reason, verify


@pytest.fixture
def seal():
    return placeholder_seal(FONTS, SPECIMEN.issuer)


@pytest.fixture(scope="module")
def clock():
    return make_clock(AT)


@pytest.fixture
def timed_sealer(key, seal, clock, monkeypatch):
    monkeypatch.setattr(signing, "HTTPTimeStamper", lambda *_, **__: clock[0])
    return Sealer(key, seal, "http://127.0.0.1/tsa")


@pytest.fixture
def closed_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


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


def test_a_timestamp_is_embedded_and_proves_the_time(timed_sealer, rendered, anchors, clock):
    signed = timed_sealer.sign(rendered, AT)
    assert signed.level == "B-T"
    years_later = AT + timedelta(days=4 * 365)
    verdict = verify(signed.pdf, anchors, years_later, timestamp_anchors=[clock[1]])
    assert (verdict.valid, verdict.level, verdict.timestamp) == (True, "B-T", AT)


def test_a_timestamp_cannot_be_taken_off(timed_sealer, rendered, anchors, clock):
    pdf = timed_sealer.sign(rendered, AT).pdf
    kind = bytes.fromhex("060b2a864886f70d010910020e").hex().upper().encode()
    assert pdf.count(kind) == 1
    without = pdf.replace(kind, kind[:-1] + b"F")
    verdict = verify(without, anchors, AT, timestamp_anchors=[clock[1]])
    assert (verdict.valid, verdict.reasons) == (False, (Reason.ALTERED,))


def test_a_timestamp_of_a_stranger_proves_nothing(timed_sealer, rendered, anchors):
    signed = timed_sealer.sign(rendered, AT)
    verdict = verify(signed.pdf, anchors, AT)
    assert (verdict.valid, verdict.level, verdict.timestamp) == (True, "B-B", None)
    assert verdict.reasons == (Reason.TIMESTAMP_UNTRUSTED,)
    late = verify(signed.pdf, anchors, AT + timedelta(days=4 * 365))
    assert late.reasons == (Reason.OUTSIDE_VALIDITY,)


def test_a_timestamp_authority_may_not_sign_notices(signed, clock):
    assert verify(signed.pdf, [clock[1]], AT).reasons == (Reason.STRANGER,)


def test_a_service_that_does_not_answer_leaves_an_honest_b_b(
    key, seal, rendered, anchors, closed_port
):
    sealer = Sealer(key, seal, f"http://127.0.0.1:{closed_port}/tsa")
    signed = sealer.sign(rendered, AT)
    assert signed.level == "B-B"
    assert verify(signed.pdf, anchors, AT).level == "B-B"


def test_a_token_about_something_else_is_not_taken_for_a_timestamp(
    timed_sealer, rendered, clock, monkeypatch
):
    wrong = clock[0].request_tsa_response
    replaced = []

    def answer(req):
        replaced.append(req)
        req["message_imprint"] = tsp.MessageImprint(
            {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes(32)}
        )
        return wrong(req)

    monkeypatch.setattr(clock[0], "request_tsa_response", answer)
    assert timed_sealer.sign(rendered, AT).level == "B-B"
    assert replaced


def test_a_failing_service_is_left_alone_for_a_while(key, seal, rendered, monkeypatch):
    asked = []

    class Broken:
        async def async_dummy_response(self, algorithm):
            asked.append(algorithm)
            raise ValueError("not a timestamp")

    monkeypatch.setattr(signing, "HTTPTimeStamper", lambda *_, **__: Broken())
    sealer = Sealer(key, seal, "http://127.0.0.1/tsa")
    for minutes in (0, 1, 4):
        assert sealer.sign(rendered, AT + timedelta(minutes=minutes)).level == "B-B"
    assert len(asked) == 1
    sealer.sign(rendered, AT + timedelta(minutes=5))
    assert len(asked) == 2
