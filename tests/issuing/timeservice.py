"""A timestamp service on a port of this machine, which can be told to misbehave."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from asn1crypto import core, tsp
from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from pyhanko.sign.timestamps import DummyTimeStamper

from tests.issuing.clock import make_clock

REPLY = "application/timestamp-reply"
Answer = Callable[["TimeService", tsp.TimeStampReq], bytes]


def rightly(service: "TimeService", request: tsp.TimeStampReq) -> bytes:
    return service.stamper.request_tsa_response(request).dump()


def about_something_else(service: "TimeService", request: tsp.TimeStampReq) -> bytes:
    request["message_imprint"]["hashed_message"] = bytes(32)
    return rightly(service, request)


def with_another_nonce(service: "TimeService", request: tsp.TimeStampReq) -> bytes:
    request["nonce"] = core.Integer(7)
    return rightly(service, request)


def without_a_nonce(service: "TimeService", request: tsp.TimeStampReq) -> bytes:
    del request["nonce"]
    return rightly(service, request)


def by_a_stranger(service: "TimeService", request: tsp.TimeStampReq) -> bytes:
    stranger, _ = make_clock(service.at)
    return stranger.request_tsa_response(request).dump()


def with_a_broken_signature(service: "TimeService", request: tsp.TimeStampReq) -> bytes:
    answer = service.stamper.request_tsa_response(request)
    (signer,) = answer["time_stamp_token"]["content"]["signer_infos"]
    signer["signature"] = bytes(256)
    return answer.dump(force=True)


def off_by(**off: float) -> Answer:
    def answer(service: "TimeService", request: tsp.TimeStampReq) -> bytes:
        stamper = service.stamper
        known, stamper.fixed_dt = stamper.fixed_dt, service.at + timedelta(**off)
        try:
            return rightly(service, request)
        finally:
            stamper.fixed_dt = known

    return answer


def refusing(service: "TimeService", request: tsp.TimeStampReq) -> bytes:
    return tsp.TimeStampResp({"status": {"status": "rejection"}}).dump()


def garbage(service: "TimeService", request: tsp.TimeStampReq) -> bytes:
    return b"\x30\x80" + bytes(range(256)) * 8


def nothing(service: "TimeService", request: tsp.TimeStampReq) -> bytes:
    return b""


def without_end(service: "TimeService", request: tsp.TimeStampReq) -> bytes:
    return bytes(10_000_000)


def slowly(service: "TimeService", request: tsp.TimeStampReq) -> bytes:
    time.sleep(1)
    return rightly(service, request)


@dataclass
class TimeService:
    """It answers by ``answer`` and keeps what it was asked. ``cert`` is the root to trust it by."""

    at: datetime
    stamper: DummyTimeStamper
    cert: x509.Certificate
    url: str = ""
    answer: Answer = rightly
    status: int = 200
    kind: str = REPLY
    trickle: float = 0  # seconds between the bytes of the answer
    asked: list[tsp.TimeStampReq] = field(default_factory=list)

    def pem(self) -> bytes:
        """Its key and certificate, for a service of another make."""
        key = load_der_private_key(self.stamper.tsa_key.dump(), None)
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        cert = x509.load_der_x509_certificate(self.stamper.tsa_cert.dump())
        return private + cert.public_bytes(Encoding.PEM)


@contextmanager
def running(at: datetime) -> Iterator[TimeService]:
    stamper, cert = make_clock(at)
    service = TimeService(at, stamper, cert)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            request = tsp.TimeStampReq.load(body)
            service.asked.append(request)
            answer = service.answer(service, request)
            try:
                self.send_response(service.status)
                self.send_header("Content-Type", service.kind)
                self.send_header("Content-Length", str(len(answer)))
                self.send_header("Location", service.url)
                self.end_headers()
                step = 1 if service.trickle else len(answer) or 1
                for place in range(0, len(answer), step):
                    self.wfile.write(answer[place : place + step])
                    time.sleep(service.trickle)
            except OSError:
                pass  # who asked has gone away

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_port}/tsa"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
