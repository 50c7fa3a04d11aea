"""The tasks that tell people, in real workers: nothing twice, whatever happens to a worker."""

import signal
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask

from tests.cast import AT, Cast, accepted, submitted
from tests.conftest import Clock
from tests.jobs.conftest import Workers, wait_until
from tests.jobs.evidence import sql
from tests.smtp import Town, mail_server
from tests.told import everything
from tests.usecases.test_escalating import due
from web.newswords import write_mail
from workflow.core.days import day_of
from workflow.core.telling import CLOCK, News
from workflow.jobs.tasks import UPKEEP
from workflow.jobs.telling import TELLING, Postroom
from workflow.notify.mail import Post
from workflow.store import outbox
from workflow.store.db import db, transaction
from workflow.usecases import telling

Drain = Callable[..., None]
SENDER = "fugong@town.example"


@pytest.fixture
def box(app: Flask, clock: Clock) -> Iterator[Town]:
    with mail_server() as town:
        Postroom.configure(Postroom(Post.at(town.url, SENDER), write_mail, clock))
        yield town


@pytest.fixture
def waiting(cast: Cast, clock: Clock) -> None:
    """The office is to be written to."""
    telling.set_address("office@town.example", cast.office)
    submitted(cast.he)
    clock.forward(minutes=11)


def ask(task: str) -> None:
    with transaction():
        outbox.add(task, timestamp=0)


def count(query: str) -> int:
    found = db.session.scalars(db.text(f"SELECT count(*) FROM {query}")).one()
    db.session.rollback()
    return int(found)


def rescue(drain: Drain) -> None:
    sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    ask("rescue_stalled")
    drain(UPKEEP)


@pytest.mark.usefixtures("waiting")
def test_a_worker_writes_once_however_often_it_is_asked(drain: Drain, box: Town) -> None:
    for _ in range(3):
        ask("mail_news")
    drain(TELLING)
    assert [mail["To"] for mail in box.taken] == ["office@town.example"]


@pytest.mark.usefixtures("waiting")
def test_without_a_mail_server_nothing_is_claimed(drain: Drain, clock: Clock) -> None:
    Postroom.configure(Postroom(None, write_mail, clock))
    ask("mail_news")
    drain(TELLING)
    assert count("notifications WHERE mailed_at IS NOT NULL") == 0


@pytest.mark.usefixtures("waiting")
@pytest.mark.parametrize(("step", "mails"), [("claimed", 1), ("composed", 0)])
def test_a_worker_that_was_killed_never_leads_to_a_second_mail(
    workers: Workers, drain: Drain, box: Town, step: str, mails: int
) -> None:
    workers.env |= {"MAIL_URL": box.url, "MAIL_FROM": SENDER}
    ask("mail_news")
    assert workers.start(TELLING, step=step, event="die").ended() == -signal.SIGKILL
    rescue(drain)
    drain(TELLING)
    assert len(box.taken) == mails
    told = count("notifications WHERE read_at IS NULL")
    assert told == 1, "the site shows it all the same"


def test_two_worker_processes_escalate_once(workers: Workers, cast: Cast, clock: Clock) -> None:
    case_id = accepted(cast.he)
    due(case_id, day_of(AT - timedelta(days=3)))  # the Friday before
    for _ in range(2):
        ask("escalate")
    for _ in range(2):
        workers.start(TELLING)
    left = "procrastinate_jobs WHERE task_name = 'escalate' AND status <> 'succeeded'"
    wait_until(lambda: not count(left), "both")
    heard = [one for one in everything(case_id) if one[1] in CLOCK]
    assert heard == [("zhuanyuan", News.OVERDUE), ("zhuanyuan2", News.REMIND)]
