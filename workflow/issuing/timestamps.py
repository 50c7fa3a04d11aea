"""Ask an RFC 3161 service for the time, and believe it only what can be checked."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from asn1crypto import cms, tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from workflow.issuing.keys import KeyUnusable
from workflow.issuing.signature import strict_token

PATIENCE = 5.0  # seconds for a whole answer
_REST = timedelta(minutes=5)
_OFF = timedelta(minutes=5)  # how far the service's clock may be from ours
_ANSWER = 64 * 1024  # bytes; a token with its certificates takes three to eight thousand
_REPLY = "application/timestamp-reply"
_log = logging.getLogger(__name__)

Make = Callable[[TimeStamper, int], bytes]


class TimestampRefused(Exception):
    """The service gave no answer, or one that proves nothing."""


class TimestampService:
    """One service at ``url``, believed only where its signer chains to ``anchors``.

    Keep one per process: a service that failed is left alone for five minutes, so that it does not
    slow down every document of a batch.
    """

    def __init__(
        self, url: str, anchors: Sequence[Certificate], patience: float = PATIENCE
    ) -> None:
        self._url, self._patience = url, patience
        self._anchors = as_asn1(anchors)
        self._rests_until: datetime | None = None
        self._room = 0

    def attempt(self, at: datetime, make: Make) -> bytes | None:
        """What ``make`` makes of a timestamper and the bytes to keep free for its token.

        None, and a line in the log, where the service does not answer or not as it should.
        """
        if self._rests_until is not None and at < self._rests_until:
            return None
        asker = _Asker(self._url, self._anchors, self._patience, at)
        try:
            if not self._room:  # known beforehand: it has to be laid out before it is asked for
                token = asyncio.run(asker.async_dummy_response("sha256"))
                self._room = len(token.dump()) * 5 // 4
            return make(asker, self._room)
        except KeyUnusable:
            raise
        except Exception as error:
            # A foreign server may answer anything. An error of our own comes up again at once,
            # when the same page is signed without it.
            _log.warning("no timestamp from %s: %s %s", self._url, type(error).__name__, error)
        self._rests_until = at + _REST
        self._room = 0  # perhaps its tokens have grown
        return None


class _Asker(TimeStamper):
    """Asks once or twice for one file, at a moment of ours."""

    def __init__(
        self,
        url: str,
        anchors: Sequence[asn1_x509.Certificate],
        patience: float,
        at: datetime,
    ) -> None:
        super().__init__()
        self._url, self._anchors, self._patience, self._at = url, anchors, patience, at

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """A token that says of these bytes that they existed now. Raises ``TimestampRefused``."""
        token = await super().async_timestamp(message_digest, md_algorithm)  # checks the nonce
        signed_data = strict_token(token.dump())
        context = trusting(self._anchors, self._at)
        status = await judge_token(signed_data, message_digest, context)
        if not (status.intact and status.valid):
            raise TimestampRefused("the token is not about this file, or is broken")
        if not status.trusted:
            raise TimestampRefused("the token's signer does not chain to TSA_ANCHORS")
        if abs(status.timestamp - self._at) > _OFF:
            raise TimestampRefused(f"it says {status.timestamp}, our clock {self._at}")
        return token

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return tsp.TimeStampResp.load(self._answer(req.dump()), strict=True)

    def _answer(self, question: bytes) -> bytes:
        """The whole answer in time. A server that trickles is left to a thread that ends alone."""
        answers: SimpleQueue[bytes | Exception] = SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._post(question))
            except Exception as error:
                answers.put(error)

        Thread(target=ask, daemon=True).start()
        try:
            answer = answers.get(timeout=self._patience)
        except Empty as error:
            raise TimestampRefused(f"no answer within {self._patience} seconds") from error
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _post(self, question: bytes) -> bytes:
        headers = {"Content-Type": "application/timestamp-query", "Accept": _REPLY}
        request = Request(self._url, question, headers)
        try:
            with build_opener(_NoRedirect).open(request, timeout=self._patience) as response:
                kind = response.headers.get_content_type()
                answer: bytes = response.read(_ANSWER + 1)
        except HTTPError as error:
            error.close()
            raise TimestampRefused(f"it answers {error.code}") from error
        if kind != _REPLY:
            raise TimestampRefused(f"it answers with {kind}")
        if len(answer) > _ANSWER:
            raise TimestampRefused("its answer is far too long")
        return answer


class _NoRedirect(HTTPRedirectHandler):
    """The service of the settings is asked, and no other."""

    def redirect_request(self, *_: object) -> None:
        return None


async def judge_token(
    token: cms.SignedData, digest: bytes, context: ValidationContext
) -> TimestampSignatureStatus:
    """Whether a token is about a SHA-256 digest, sound, and of somebody the context trusts."""

    def expected(algorithm: str) -> bytes:
        return digest if algorithm == "sha256" else b""

    return TimestampSignatureStatus(**await validate_tst_signed_data(token, context, expected))


def trusting(anchors: Sequence[asn1_x509.Certificate], moment: datetime) -> ValidationContext:
    """These anchors at a moment, and no other source of trust: nothing is fetched."""
    return ValidationContext(trust_roots=list(anchors), allow_fetching=False, moment=moment)


def as_asn1(certificates: Sequence[Certificate]) -> list[asn1_x509.Certificate]:
    """The same certificates as pyHanko wants them."""
    return [asn1_x509.Certificate.load(c.public_bytes(Encoding.DER)) for c in certificates]
