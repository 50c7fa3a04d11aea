"""A full run on a throwaway town: everything that is told of people goes once through the service.

    .venv/bin/python -m tests.secrecy.run FOLDER

leaves in FOLDER the database's files, a dump of every table as text and the addresses asked for;
what the application logs goes to stdout.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from flask import Flask
from psycopg import sql

from app import create_app
from tests import hurry
from tests.cast import ANSWERS, Cast, approve, checked, enter, submitted
from tests.conftest import PASSWORD
from tests.health.town import open_campaign, place_of
from tests.packs import TEN
from tests.pages import Visitor
from tests.secrecy import telling
from tests.smtp import mail_server
from web import post, press, serving
from web.instance import temporary
from web.settings import Settings
from workflow.jobs import demo, worker
from workflow.jobs.tasks import ISSUING, UPKEEP
from workflow.jobs.telling import TELLING
from workflow.store import outbox
from workflow.store.db import db, transaction
from workflow.usecases import telling as told_by_mail

MORNING = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


class Hands:
    """The application with a clock, the addresses asked of it, and its jobs."""

    def __init__(self, app: Flask) -> None:
        self.app, self.at = app, MORNING
        self.asked: list[str] = []
        app.config["CLOCK"] = lambda: self.at

    def later(self, **amount: float) -> datetime:
        self.at += timedelta(**amount)
        return self.at

    def visitor(self, username: str = "") -> Visitor:
        made = Visitor(self.app, username)
        opened = made._open

        def noted(path: str, **how: object) -> object:
            self.asked.append(path)
            answer = opened(path, **how)
            self.asked.append(answer.headers.get("Location", ""))
            return answer

        made._open = noted
        return made

    def work(self, *also: str) -> None:
        """Every job that waits, and these that the clock would have begun, as a worker does it."""
        with transaction():
            for task in also:
                outbox.add(task, timestamp=0)
        db.session.remove()
        queues = (ISSUING, UPKEEP, TELLING)
        worker.run(serving.conninfo(self.app), queues, "run", self.app.app_context, wait=False)


def main(folder: Path) -> None:
    with mail_server() as mails, temporary(folder) as made:
        env = made | {"MAIL_URL": mails.url, "MAIL_FROM": "fugong@town.example"}
        url = env["DATABASE_URL"]
        _speak_up(url)
        app = create_app(Settings.from_env(env))
        with app.app_context():
            serving.migrate()
            demo.load(PASSWORD, MORNING, catalogue=TEN)
            hands, cast = Hands(app), enter(MORNING)
            press.configure(app, warm=False)
            post.configure(app)
            walk(hands, cast)
            db.session.remove()
            db.engine.dispose()
        (folder / "mails.txt").write_text("\n".join(one.as_string() for one in mails.taken))
        (folder / "asked.json").write_text(json.dumps(hands.asked, ensure_ascii=False))
        dump(url, folder / "dump")


def walk(hands: Hands, cast: Cast) -> None:
    """The way of a place and its people."""
    told_by_mail.set_address("clerk@town.example", cast.he)
    told_by_mail.set_address("liaison@town.example", cast.lin)
    open_campaign(cast, hands.at)
    telling.list_people(hands, cast)
    ANSWERS["first_batch_count"] = 1  # nobody who comes back may be missing from the roster
    case_id = submitted(cast.he, hands.at)
    telling.register(hands, cast)
    telling.through_the_poster(hands, cast)
    telling.check_in(hands, cast)
    telling.settle(hands, cast)
    telling.send_too_late(hands)
    checked(case_id, cast.lin, hands.at)
    approve(case_id, cast.lin, hands.at)
    hands.work()
    telling.look_at(hands, case_id, place_of(cast))
    hands.later(minutes=20)
    hands.work("mail_news", "escalate", "sweep_alerts", "remind_of_check_ins")


def _speak_up(url: str) -> None:
    """PostgreSQL writes every statement with its values into its log."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET log_statement = 'all'")
        connection.execute("ALTER SYSTEM SET log_parameter_max_length_on_error = -1")
        hurry.flush_nothing(connection.execute)


def dump(url: str, folder: Path) -> None:
    """Every table as text: in the files long values are compressed. Then all of it to the disk."""
    folder.mkdir()
    with psycopg.connect(url, autocommit=True) as connection:
        names = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        ).fetchall()
        for (name,) in names:
            query = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name))
            with connection.cursor().copy(query) as rows:
                (folder / name).write_bytes(b"".join(bytes(one) for one in rows))
        connection.execute("CHECKPOINT")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
