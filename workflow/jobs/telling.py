"""Tasks that tell people: clocks that run out, and mail. On a queue of its own, so that a mail
server that does not answer holds up neither signing nor the rescue of stalled jobs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

import structlog

from workflow.notify.mail import Post
from workflow.store.outbox import queue
from workflow.usecases import escalating, mailing, telling
from workflow.usecases.mailing import Write

TELLING = "telling"
KEPT = timedelta(days=365)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Postroom:
    """What the tasks need that is not in the database. ``post`` is None where no mail is set up."""

    post: Post | None
    write: Write
    now: Callable[[], datetime]

    _here: ClassVar["Postroom | None"] = None

    @classmethod
    def configure(cls, room: "Postroom") -> None:
        """Sets the one of this process, once for each worker."""
        cls._here = room

    @classmethod
    def here(cls) -> "Postroom":
        if cls._here is None:
            raise RuntimeError("the postroom is not configured")
        return cls._here


@queue.periodic(cron="*/10 * * * *")
@queue.task(name="escalate", queue=TELLING)
def escalate(timestamp: int) -> None:
    """Tells of clocks that run out. Done again, it does nothing."""
    escalated = escalating.escalate(Postroom.here().now())
    log.info("escalated", turns=escalated)


@queue.periodic(cron="*/5 * * * *")
@queue.task(name="mail_news", queue=TELLING)
def mail_news(timestamp: int) -> None:
    """Writes to people what they have not read. Two at once share the work."""
    room = Postroom.here()
    if room.post is not None:
        mailing.write_to_all(room.post, room.write, room.now())


@queue.periodic(cron="57 18 * * *")  # 02:57 in the town
@queue.task(name="forget_news", queue=TELLING)
def forget_news(timestamp: int) -> None:
    """Deletes what people were told a year ago."""
    log.info("news", forgotten=telling.forget(Postroom.here().now() - KEPT))
