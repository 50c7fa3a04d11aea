"""A timestamp added later: a new revision of the same file, and nothing else may be in it."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import (
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import ModificationLevel

from tests.issuing import timeservice
from tests.issuing.clock import make_clock
from tests.issuing.places import AT, FONTS, LATER
from tests.issuing.test_verification import annotate
from workflow.issuing import stamping
from workflow.issuing.seal import placeholder_seal
from workflow.issuing.signing import Sealer, Signed
from workflow.issuing.timestamps import TimestampService, as_asn1, trusting
from workflow.issuing.verification import Reason, verify

YEARS_LATER = AT + timedelta(days=4 * 365)


def tail(stamped: Signed, signed: Signed) -> bytes:
    return stamped.pdf[len(signed.pdf) :]


def test_it_is_the_same_file_with_a_little_more(signed, stamped):
    assert stamped.pdf.startswith(signed.pdf)
    assert stamped.sha256 == sha256(stamped.pdf).hexdigest()
    assert stamped.level == "B-T"
    assert len(tail(stamped, signed)) < 10_000


def test_it_proves_the_time_and_outlives_the_certificate(stamped, signed, anchors, tsa):
    for at in (LATER, YEARS_LATER):
        verdict = verify(stamped.pdf, anchors, at, [tsa.cert])
        assert (verdict.valid, verdict.level, verdict.timestamp) == (True, "B-T", LATER)
        assert (verdict.covers_whole_file, verdict.reasons) == (True, ())
    assert verify(signed.pdf, anchors, YEARS_LATER, [tsa.cert]).reasons == (
        Reason.OUTSIDE_VALIDITY,
    )


def test_the_file_without_it_stays_valid(signed, anchors, tsa):
    verdict = verify(signed.pdf, anchors, LATER, [tsa.cert])
    assert (verdict.valid, verdict.level) == (True, "B-B")


def test_pyhanko_takes_it_for_an_update_the_certification_allows(stamped, anchors, tsa):
    reader = PdfFileReader(BytesIO(stamped.pdf), strict=True)
    (seal,) = reader.embedded_regular_signatures
    (stamp,) = reader.embedded_timestamp_signatures
    ours, times = trusting(as_asn1(anchors), LATER), trusting(as_asn1([tsa.cert]), LATER)
    usage = KeyUsageConstraints(key_usage={"non_repudiation"})
    told = asyncio.run(async_validate_pdf_signature(seal, ours, key_usage_settings=usage))
    assert told.bottom_line
    assert told.docmdp_ok
    assert told.modification_level is ModificationLevel.LTA_UPDATES
    time = asyncio.run(async_validate_pdf_timestamp(stamp, times))
    assert time.intact
    assert time.valid
    assert time.trusted
    assert time.coverage.name == "ENTIRE_FILE"


def test_other_tools_read_it(stamped, tool):
    told = tool(stamped.pdf, "pdfsig", "-nocert", "{pdf}")
    assert told.count("Signature is Valid.") == 1  # poppler does not judge timestamps
    assert "Signature Field Name: Timestamp" in told
    assert told.count("Total document signed") == 1
    assert "Pages:" in tool(stamped.pdf, "pdfinfo", "{pdf}")


def test_a_page_with_annotations_of_its_own_is_stamped_too(rendered, stamper, sealer, anchors, tsa):
    linked = replace(rendered, pdf=annotate(rendered.pdf))
    signed = sealer.sign(linked, AT)
    stamped = stamper.stamp(signed.pdf, LATER)
    for pdf, level in ((signed.pdf, "B-B"), (stamped.pdf, "B-T")):
        verdict = verify(pdf, anchors, LATER, [tsa.cert])
        assert (verdict.valid, verdict.level) == (True, level)


def test_a_timestamp_of_another_authority_is_not_accepted(stamped, anchors, tsa):
    assert verify(stamped.pdf, anchors, LATER).reasons == (Reason.TIMESTAMP_UNTRUSTED,)


def test_when_its_certificate_has_ended_it_proves_nothing_and_harms_nothing(
    key, signed, anchors, tsa
):
    stamper, cert = make_clock(LATER, life=timedelta(days=90))
    known, tsa.stamper = tsa.stamper, stamper
    try:
        service = TimestampService(tsa.url, [cert])
        stamped = Sealer(key, placeholder_seal(FONTS, "样"), service).stamp(signed.pdf, LATER)
    finally:
        tsa.stamper = known
    verdict = verify(stamped.pdf, anchors, AT + timedelta(days=100), [cert])
    assert (verdict.valid, verdict.level, verdict.timestamp) == (True, "B-B", None)
    assert verdict.reasons == (Reason.TIMESTAMP_UNTRUSTED,)
    assert verify(stamped.pdf, anchors, YEARS_LATER, [cert]).reasons == (Reason.OUTSIDE_VALIDITY,)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_no_byte_of_it_can_be_changed(stamped, signed, anchors, tsa, data):
    changed = bytearray(stamped.pdf)
    place = data.draw(st.integers(len(signed.pdf), len(changed) - 1))
    changed[place] ^= data.draw(st.integers(1, 255))
    assert not verify(bytes(changed), anchors, LATER, [tsa.cert]).valid


@pytest.mark.slow
def test_really_none(stamped, signed, anchors, tsa):
    for place in range(len(signed.pdf), len(stamped.pdf)):
        changed = bytearray(stamped.pdf)
        changed[place] ^= 1
        assert not verify(bytes(changed), anchors, LATER, [tsa.cert]).valid, place


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_cut_anywhere_it_is_refused(stamped, signed, anchors, tsa, data):
    length = data.draw(st.integers(len(signed.pdf) + 1, len(stamped.pdf) - 1))
    assert not verify(stamped.pdf[:length], anchors, LATER, [tsa.cert]).valid


@pytest.mark.parametrize("how", [timeservice.garbage, timeservice.by_a_stranger])
def test_without_a_sound_answer_there_is_no_new_revision(key, signed, tsa, how):
    sealer = Sealer(key, placeholder_seal(FONTS, "样"), TimestampService(tsa.url, [tsa.cert]))
    tsa.answer = how
    try:
        assert sealer.stamp(signed.pdf, LATER) is None
    finally:
        tsa.answer = timeservice.rightly
    assert sealer.stamp(signed.pdf, LATER) is None  # left alone for a while
    later = LATER + timedelta(minutes=5)
    tsa.stamper.fixed_dt = later
    try:
        assert sealer.stamp(signed.pdf, later) is not None
    finally:
        tsa.stamper.fixed_dt = LATER


def test_a_service_whose_tokens_have_grown_is_measured_anew(key, signed, tsa):
    sealer = Sealer(key, placeholder_seal(FONTS, "样"), TimestampService(tsa.url, [tsa.cert]))
    assert sealer.stamp(signed.pdf, LATER) is not None
    known = list(tsa.stamper.certs_to_embed)
    tsa.stamper.certs_to_embed += [make_clock(LATER)[0].tsa_cert for _ in range(2)]
    try:
        assert sealer.stamp(signed.pdf, LATER) is None
        assert sealer.stamp(signed.pdf, LATER + timedelta(minutes=5)) is not None
    finally:
        tsa.stamper.certs_to_embed = known


def test_without_a_service_there_is_no_new_revision(sealer, signed):
    assert sealer.stamp(signed.pdf, LATER) is None


def test_what_is_appended_follows_from_the_file_and_the_token_alone(signed):
    """Files handed out are recognised by it: another form would make them all invalid."""
    tail = stamping.with_room(signed.pdf, 32).tail
    form = re.sub(rb"stream\n.*?\nendstream", b"stream", tail, flags=re.DOTALL)
    form = re.sub(rb"<[0-9a-f]{32}>", b"<id>", form)
    form = re.sub(rb" +", b" ", re.sub(rb"\d+", b"9", form))
    assert form == (
        b"9 9 obj\n<</Fields [9 9 R 9 9 R]/SigFlags 9>>\nendobj\n"
        b"9 9 obj\n[9 9 R 9 9 R]\nendobj\n"
        b"9 9 obj\n<</FT /Sig/T (Timestamp)/Type /Annot/Subtype /Widget/F 9/Rect [9 9 9 9]"
        b"/P 9 9 R/V 9 9 R>>\nendobj\n"
        b"9 9 obj\n<</Type /DocTimeStamp/Filter /Adobe.PPKLite/SubFilter /ETSI.RFC9\n"
        b"/Contents <9>\n/ByteRange [9 9 9 9] >>\nendobj\n"
        b"9 9 obj\n<</Type /XRef/W [9 9 9]/Index [9 9 9 9 9 9 9 9 9 9]/Size 9/Root 9 9 R/Info 9 9 R"
        b"/ID [<id><id>]/Prev 9/Length 9>>\nstream\nendobj\nstartxref\n9\n%%EOF\n"
    )
