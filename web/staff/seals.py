"""What the staff's cookie and forms carry, sealed. Knows no request: the fast lane reads it too.

A session is "link.until.seal": the row of a personal link and the second at which it ends. It is
never the link's code, and it says nothing to whoever has no key.
"""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import sha256

from workflow.core.days import TOWN

COOKIE = "staff"
LONGEST = timedelta(hours=12)
SEAL_BYTES = 18


@dataclass(frozen=True, slots=True)
class Session:
    """A session that was ours and has not ended: whose link, and the text it was read from."""

    link_id: int
    text: str


class Seals:
    """Makes and opens sessions and tokens with a key of their own."""

    def __init__(self, secret: str) -> None:
        self._key = hmac.new(secret.encode(), b"staff", sha256)

    def session(self, link_id: int, at: datetime) -> tuple[str, datetime]:
        """A session from now on, and when it ends: in twelve hours, or with the day."""
        end_of_day = datetime.combine(at.astimezone(TOWN), time.max, TOWN)
        until = min(at + LONGEST, end_of_day)
        said = f"{link_id}.{int(until.timestamp())}"
        return f"{said}.{self._seal('session', said)}", until

    def opened(self, text: str, at: datetime) -> Session | None:
        """The session of a cookie; None if it has ended, or is not ours."""
        said, _, seal = text.rpartition(".")
        if not text.isascii() or not hmac.compare_digest(seal, self._seal("session", said)):
            return None
        link_id, _, until = said.partition(".")
        return Session(int(link_id), text) if int(until) > at.timestamp() else None

    def token(self, subject: str) -> str:
        """What a form must bring along: ``subject`` is a session's text, or a day."""
        return self._seal("form", subject)

    def is_token(self, given: str, subject: str) -> bool:
        return given.isascii() and hmac.compare_digest(given, self.token(subject))

    def _seal(self, kind: str, text: str) -> str:
        made = self._key.copy()  # the key is taken in once, not for every seal
        made.update(f"{kind}\0{text}".encode())
        return urlsafe_b64encode(made.digest()[:SEAL_BYTES]).decode()
