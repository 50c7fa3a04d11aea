"""Timestamps: none is ever pretended, whatever the service does."""

import logging
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.issuing import timeservice
from tests.issuing.places import AT, FONTS
from tests.issuing.timeservice import TimeService
from workflow.issuing.authority import load_anchors, make_development_authority
from workflow.issuing.keys import load_signing_key
from workflow.issuing.seal import placeholder_seal
from workflow.issuing.signing import Sealer
from workflow.issuing.specimen import SPECIMEN
from workflow.issuing.timestamps import TimestampService
from workflow.issuing.verification import Reason, verify

YEARS_LATER = AT + timedelta(days=4 * 365)
PATIENCE = 0.5


@pytest.fixture
def seal():
    return placeholder_seal(FONTS, SPECIMEN.issuer)


@pytest.fixture
def tsa() -> Iterator[TimeService]:
    with timeservice.running(AT) as service:
        yield service


@pytest.fixture
def timed(key, seal, tsa):
    return Sealer(key, seal, TimestampService(tsa.url, [tsa.cert], PATIENCE))


def test_a_timestamp_is_embedded_and_proves_the_time(timed, rendered, anchors, tsa):
    signed = timed.sign(rendered, AT)
    assert signed.level == "B-T"
    verdict = verify(signed.pdf, anchors, YEARS_LATER, [tsa.cert])
    assert (verdict.valid, verdict.level, verdict.timestamp) == (True, "B-T", AT)


def test_a_timestamp_cannot_be_taken_off(timed, rendered, anchors, tsa):
    pdf = timed.sign(rendered, AT).pdf
    kind = bytes.fromhex("060b2a864886f70d010910020e").hex().upper().encode()
    assert pdf.count(kind) == 1
    without = pdf.replace(kind, kind[:-1] + b"F")
    verdict = verify(without, anchors, AT, [tsa.cert])
    assert (verdict.valid, verdict.reasons) == (False, (Reason.ALTERED,))


def test_a_timestamp_of_a_stranger_proves_nothing(timed, rendered, anchors):
    signed = timed.sign(rendered, AT)
    verdict = verify(signed.pdf, anchors, AT)
    assert (verdict.valid, verdict.level, verdict.timestamp) == (True, "B-B", None)
    assert verdict.reasons == (Reason.TIMESTAMP_UNTRUSTED,)
    assert verify(signed.pdf, anchors, YEARS_LATER).reasons == (Reason.OUTSIDE_VALIDITY,)


def test_a_timestamp_authority_may_not_sign_notices(signed, tsa):
    assert verify(signed.pdf, [tsa.cert], AT).reasons == (Reason.STRANGER,)


@pytest.mark.parametrize("minutes", [-4, 4])
def test_a_clock_a_little_off_is_believed(timed, rendered, tsa, minutes):
    tsa.answer = timeservice.off_by(minutes=minutes)
    assert timed.sign(rendered, AT).level == "B-T"


MISBEHAVIOURS = {
    "about something else": {"answer": timeservice.about_something_else},
    "another nonce": {"answer": timeservice.with_another_nonce},
    "no nonce": {"answer": timeservice.without_a_nonce},
    "a stranger": {"answer": timeservice.by_a_stranger},
    "a broken signature": {"answer": timeservice.with_a_broken_signature},
    "a day early": {"answer": timeservice.off_by(days=-1)},
    "a day late": {"answer": timeservice.off_by(days=1)},
    "ten minutes late": {"answer": timeservice.off_by(minutes=10)},
    "a rejection": {"answer": timeservice.refusing},
    "garbage": {"answer": timeservice.garbage},
    "nothing": {"answer": timeservice.nothing},
    "far too much": {"answer": timeservice.without_end},
    "slow": {"answer": timeservice.slowly},
    "a trickle": {"trickle": 0.1},
    "an error": {"status": 500},
    "a redirect": {"status": 302},
    "a web page": {"kind": "text/html"},
}


@pytest.mark.parametrize("how", MISBEHAVIOURS)
@pytest.mark.parametrize("only_for_the_file", [False, True])
def test_without_a_sound_token_the_file_is_an_honest_b_b(
    timed, rendered, anchors, tsa, caplog, how, only_for_the_file
):
    if only_for_the_file:  # as it was when the service was first asked, then
        timed.sign(rendered, AT)
        tsa.asked.clear()
    vars(tsa).update(MISBEHAVIOURS[how])
    began = time.perf_counter()
    with caplog.at_level(logging.WARNING, "workflow"):
        signed = timed.sign(rendered, AT)
    assert time.perf_counter() - began < PATIENCE + 1
    assert len(tsa.asked) == 1
    assert signed.level == "B-B"
    verdict = verify(signed.pdf, anchors, AT, [tsa.cert])
    assert (verdict.valid, verdict.level, verdict.reasons) == (True, "B-B", ())
    (line,) = [one.getMessage() for one in caplog.records if one.name.startswith("workflow")]
    assert line.startswith(f"no timestamp from {tsa.url}: ")


def test_a_service_that_is_down_leaves_an_honest_b_b(key, seal, rendered, anchors, tsa):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed = probe.getsockname()[1]
    service = TimestampService(f"http://127.0.0.1:{closed}/tsa", [tsa.cert])
    signed = Sealer(key, seal, service).sign(rendered, AT)
    assert signed.level == verify(signed.pdf, anchors, AT).level == "B-B"


def test_a_failing_service_is_left_alone_for_five_minutes(timed, rendered, tsa):
    tsa.answer = timeservice.garbage
    for minutes in (0, 1, 4):
        assert timed.sign(rendered, AT + timedelta(minutes=minutes)).level == "B-B"
    assert len(tsa.asked) == 1
    tsa.answer = timeservice.rightly
    assert timed.sign(rendered, AT + timedelta(minutes=5)).level == "B-T"


def test_another_make_of_service_is_understood(rendered, seal, tmp_path):
    """OpenSSL's, since the one above shares its code with the reader."""
    now = datetime.now(UTC)
    make_development_authority(tmp_path / "keys", now)
    with timeservice.running(now) as service:
        (tmp_path / "tsa.pem").write_bytes(service.pem())
        (tmp_path / "ts.cnf").write_text(TS_CONFIG.format(folder=tmp_path))
        (tmp_path / "serial").write_text("01")

        def answer(_: TimeService, request) -> bytes:
            (tmp_path / "query").write_bytes(request.dump())
            words = ["ts", "-reply", "-config", "ts.cnf", "-queryfile", "query", "-out", "reply"]
            subprocess.run(["openssl", *words], cwd=tmp_path, check=True, capture_output=True)
            return (tmp_path / "reply").read_bytes()

        service.answer = answer
        sealer = Sealer(
            load_signing_key(tmp_path / "keys"), seal, TimestampService(service.url, [service.cert])
        )
        signed = sealer.sign(rendered, now)
    assert signed.level == "B-T"
    later = now + timedelta(days=4 * 365)
    assert verify(signed.pdf, load_anchors(tmp_path / "keys"), later, [service.cert]).valid


TS_CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
