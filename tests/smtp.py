"""A real mail server on a port of this machine, which does as a test tells it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 OK"


@dataclass
class Town:
    """What the server answers, and what it took. "lose": it hangs up instead of answering."""

    at_recipient: str = OK
    at_text: str = OK
    wrong: frozenset[str] = frozenset()  # addresses it never takes mail for
    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the library looks for this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.tried.append(address)
        if address in self.wrong:
            return "550 no such user"
        if self.at_recipient == "lose":
            server.transport.close()
        elif self.at_recipient == OK:
            envelope.rcpt_tos.append(address)
        return self.at_recipient

    async def handle_DATA(  # noqa: N802 - the library looks for this name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.at_text == OK or self.at_text == "lose":
            assert isinstance(envelope.content, bytes)
            found = message_from_bytes(envelope.content, policy=default)
            assert isinstance(found, EmailMessage)
            self.taken.append(found)
        if self.at_text == "lose":
            server.transport.close()
        return self.at_text

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server() -> Iterator[Town]:
    town = Town(port=free_port())
    controller = Controller(town, hostname="127.0.0.1", port=town.port)
    controller.start()
    try:
        yield town
    finally:
        controller.stop()
