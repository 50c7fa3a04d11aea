"""Mail by SMTP, one message at a time, always knowing whether the server took it.

The one moment in which nobody can know is after the text was sent and before it was answered;
``Unsure`` says so, and every other failure comes before the server has taken anything.
"""

import re
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

TIMEOUT = 20.0
PORTS = {"smtp": 25, "smtps": 465}
FOR_GOOD = 500  # replies from here on won't be another one tomorrow


class NotTaken(Exception):
    """The server surely did not take this mail; it may be sent again."""


class AddressRefused(NotTaken):
    """The server will never take mail for this address."""


class ServerAway(NotTaken):
    """The server takes no mail at all for now: not there, or not content with us."""


class Unsure(Exception):
    """The text was sent and not answered: sending it again might tell somebody twice."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in plain text. ``key`` names it for good: the same mail has the same Message-ID."""

    to: str
    subject: str
    text: str
    key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Post:
    """Where mail is handed in, and from whom it comes."""

    host: str
    port: int
    tls: bool
    user: str
    password: str
    sender: str
    sender_name: str = ""

    @classmethod
    def at(cls, url: str, sender: str) -> "Post":
        """Reads ``smtp[s]://[user:password@]host[:port]``. Raises ``ValueError``."""
        told = urlsplit(url)
        if told.scheme not in PORTS or not told.hostname:
            raise ValueError("smtp://host:port or smtps://user:password@host:port is wanted")
        Address(addr_spec=sender)  # raises for what is no address
        user, password = unquote(told.username or ""), unquote(told.password or "")
        port = told.port or PORTS[told.scheme]
        return cls(told.hostname, port, told.scheme == "smtps", user, password, sender)

    def send(self, letter: Letter) -> None:
        """Hands one mail in. Raises ``NotTaken`` or ``Unsure``."""
        if not letter.to.isascii():  # SMTP without extensions can't even name it
            raise AddressRefused("not ASCII")
        content = self.composed(letter).as_bytes(policy=SMTP)
        server = self._connected()
        try:
            _announce(server, self.sender, letter.to)
            _hand_in(server, content)
        finally:
            server.close()  # the reply has come: how the server takes leave changes nothing

    def composed(self, letter: Letter) -> EmailMessage:
        """The message with its headers."""
        message = EmailMessage(policy=SMTP)
        local, _, domain = self.sender.rpartition("@")
        message["From"] = Address(self.sender_name, local, domain)
        message["To"] = letter.to
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(letter.at)
        message["Message-ID"] = f"<{letter.key}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text, charset="utf-8", cte="base64")
        return message

    def _connected(self) -> smtplib.SMTP:
        trusted = ssl.create_default_context()
        server: smtplib.SMTP | None = None
        try:
            if self.tls:
                server = smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT, context=trusted)
            else:
                server = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)
                server.ehlo_or_helo_if_needed()
                if server.has_extn("starttls"):
                    server.starttls(context=trusted)
                elif self.user:
                    raise ServerAway("a password is never sent in clear")
            if self.user:
                server.login(self.user, self.password)
        except (OSError, smtplib.SMTPException) as error:
            if server is not None:
                server.close()
            raise ServerAway(type(error).__name__) from error
        except ServerAway:
            if server is not None:
                server.close()
            raise
        return server


def _announce(server: smtplib.SMTP, sender: str, to: str) -> None:
    """Up to the text: until then the server has taken nothing."""
    try:
        server.ehlo_or_helo_if_needed()
        code, _ = server.mail(sender)
        if code != 250:
            raise ServerAway(f"MAIL {code}")
        code, _ = server.rcpt(to)
        if code >= FOR_GOOD:
            raise AddressRefused(f"RCPT {code}")
        if code not in {250, 251}:
            raise NotTaken(f"RCPT {code}")
        code, _ = server.docmd("DATA")
        if code != 354:
            raise NotTaken(f"DATA {code}")
    except (OSError, smtplib.SMTPException) as error:
        raise ServerAway(type(error).__name__) from error


def _hand_in(server: smtplib.SMTP, content: bytes) -> None:
    stuffed = re.sub(rb"(?m)^\.", b"..", content)
    try:
        server.send(stuffed + (b"" if stuffed.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        code, _ = server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise Unsure(type(error).__name__) from error
    if code != 250:
        raise NotTaken(f"text {code}")
