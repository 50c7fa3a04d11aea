"""Hostile tails: whatever is appended but one timestamp of ours is refused, and never parsed."""

import asyncio
import re
from datetime import timedelta
from io import BytesIO

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfTimeStamper

from tests.issuing.places import AT, LATER
from tests.issuing.test_verification import annotate, sign_again
from tests.issuing.timeservice import TimeService
from workflow.issuing import stamping
from workflow.issuing.signing import Signed
from workflow.issuing.stamping import Unstampable
from workflow.issuing.verification import Reason, verify


def tail(stamped: Signed, signed: Signed) -> bytes:
    return stamped.pdf[len(signed.pdf) :]


def refusal(pdf, anchors, tsa):
    verdict = verify(pdf, anchors, AT, [tsa.cert])
    assert (verdict.valid, verdict.level, verdict.timestamp) == (False, None, None)
    return verdict.reasons[0]


def by_pyhanko(pdf: bytes, tsa: TimeService) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    return PdfTimeStamper(tsa.stamper).timestamp_pdf(writer, "sha256").getvalue()


@pytest.mark.parametrize("more", [b"\n", b"%%EOF\n", b"garbage", bytes(4096)])
def test_anything_after_it_is_refused(stamped, anchors, tsa, more):
    assert refusal(stamped.pdf + more, anchors, tsa) is Reason.SEVERAL_SIGNATURES


def test_an_annotation_between_or_after_is_refused(signed, stamped, stamper, anchors, tsa):
    assert refusal(annotate(stamped.pdf), anchors, tsa) is Reason.SEVERAL_SIGNATURES
    annotated = annotate(signed.pdf)
    with pytest.raises(Unstampable):
        stamper.stamp(annotated, LATER)
    forced = by_pyhanko(annotated, tsa)
    assert refusal(forced, anchors, tsa) is Reason.SEVERAL_SIGNATURES


def test_a_second_timestamp_is_refused(signed, stamped, stamper, anchors, tsa):
    with pytest.raises(Unstampable):
        stamper.stamp(stamped.pdf, LATER)
    twice = by_pyhanko(stamped.pdf, tsa)
    assert refusal(twice, anchors, tsa) is Reason.SEVERAL_SIGNATURES
    doubled = stamped.pdf + tail(stamped, signed)
    assert refusal(doubled, anchors, tsa) is Reason.SEVERAL_SIGNATURES


def test_a_timestamp_another_program_appended_is_refused(signed, anchors, tsa):
    """Sound as it may be: nobody but us appends to our files, and no parser need look at it."""
    assert refusal(by_pyhanko(signed.pdf, tsa), anchors, tsa) is Reason.SEVERAL_SIGNATURES


def test_a_second_signature_is_refused(stamped, signed, key, anchors, tsa):
    for pdf in (sign_again(stamped.pdf, key), sign_again(signed.pdf, key)):
        assert refusal(pdf, anchors, tsa) is Reason.SEVERAL_SIGNATURES


def test_a_timestamp_is_refused_on_a_file_that_has_one(rendered, stamper, anchors, tsa):
    timed = stamper.sign(rendered, AT)
    assert timed.level == "B-T"
    with pytest.raises(Unstampable):
        stamper.stamp(timed.pdf, LATER)
    layout = stamping.with_room(timed.pdf, 4000)
    token = asyncio.run(tsa.stamper.async_timestamp(layout.digest, "sha256"))
    assert verify(timed.pdf, anchors, AT, [tsa.cert]).valid
    assert refusal(layout.filled(token.dump()), anchors, tsa) is Reason.SEVERAL_SIGNATURES


def test_a_token_about_something_else_is_refused(signed, anchors, tsa):
    layout = stamping.with_room(signed.pdf, 4000)
    token = asyncio.run(tsa.stamper.async_timestamp(bytes(32), "sha256"))
    assert refusal(layout.filled(token.dump()), anchors, tsa) is Reason.TIMESTAMP_BROKEN


def test_a_token_of_another_file_is_refused(rendered, sealer, stamped, signed, anchors, tsa):
    other = sealer.sign(rendered, AT + timedelta(seconds=1))
    assert len(other.pdf) == len(signed.pdf)
    moved = other.pdf + tail(stamped, signed)
    assert refusal(moved, anchors, tsa) in {Reason.TIMESTAMP_BROKEN, Reason.SEVERAL_SIGNATURES}
    mixed = stamping.with_room(other.pdf, 4000)
    token = asyncio.run(
        tsa.stamper.async_timestamp(stamping.with_room(signed.pdf, 4000).digest, "sha256")
    )
    assert refusal(mixed.filled(token.dump()), anchors, tsa) is Reason.TIMESTAMP_BROKEN


@pytest.mark.parametrize("contents", [b"", b"00", b"30", b"30" * 5000, b"3080" * 2, b"zz"])
def test_a_token_that_is_none_is_refused(signed, stamped, anchors, tsa, contents):
    forged = re.sub(rb"/Contents <[0-9A-F]+>", b"/Contents <%s>" % contents, tail(stamped, signed))
    assert not verify(signed.pdf + forged, anchors, LATER, [tsa.cert]).valid
    if len(contents) >= 2 and contents != b"zz":
        layout = stamping.with_room(signed.pdf, len(contents) // 2)
        filled = layout.filled(bytes.fromhex(contents.decode()))
        assert not verify(filled, anchors, LATER, [tsa.cert]).valid


def test_a_stranger_gains_nothing_by_a_real_timestamp(rendered, stamper, tsa, signed):
    stamped = stamper.stamp(signed.pdf, LATER)
    assert verify(stamped.pdf, (), LATER, [tsa.cert]).reasons == (Reason.STRANGER,)


@pytest.mark.parametrize("bomb", [b"[" * 2_000_000, b"/Contents <" + b"30" * 4_000_000 + b">"])
def test_a_bomb_after_a_genuine_file_never_reaches_a_parser(signed, anchors, tsa, bomb):
    assert refusal(signed.pdf + bomb, anchors, tsa) is Reason.APPENDED
