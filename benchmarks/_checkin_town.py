"""Fills a database for the check-in: 2,000 places, 200,000 people with links."""

from datetime import date, datetime, timedelta
from urllib.parse import urlencode

import psycopg
from flask import Flask

from web import serving
from web.staff.seals import Seals
from workflow.core.days import day_of
from workflow.core.health import open_halves
from workflow.core.papers import DocumentKind
from workflow.core.regions import Region
from workflow.core.risk import AreaLevel, CountFrom, ObservationRule, RiskLevel, RiskRules
from workflow.core.rostering import EmployerKind, Lodging
from workflow.jobs import demo
from workflow.store.accounts import actor_of, named
from workflow.store.crypto import encrypt
from workflow.store.db import db
from workflow.store.towns import Stop
from workflow.usecases.health import campaign

PLACES, PEOPLE = 2_000, 200_000
FIRST = 10_000  # ids of the places begin above it
AREAS = 60  # dated rows about areas, as in a real spring
BASIS = "虚构县疫情防控指挥部通告第1号"
FILL = (
    "INSERT INTO places (id, enterprise_id, field_id, name, place_class, village, address,"
    " contact_name, contact_mobile, contact_index)"
    " SELECT %(first)s + n, enterprise_id, field_id, name || n, place_class, village, address,"
    " contact_name, contact_mobile, contact_index"
    " FROM (SELECT * FROM places ORDER BY id LIMIT 1) AS one, generate_series(1, %(places)s) AS n",
    "INSERT INTO roster_versions (place_id, seq, made_at, made_by, added, changed, gone, total)"
    " SELECT id, 1, %(at)s, %(by)s, %(each)s, 0, 0, %(each)s FROM places WHERE id > %(first)s",
    "INSERT INTO people (id, kind, number, number_index)"
    " SELECT n, %(kind)s, %(number)s, md5(n::text) || md5('x' || n)"
    " FROM generate_series(1, %(people)s) AS n",
    "INSERT INTO engagements (place_id, person_id, line, name, employer_kind, employer, post,"
    " origin, lodging, from_seq)"
    " SELECT place_id, line + %(each)s * (place_id - %(first)s - 1), line, %(name)s,"
    " %(employer)s, '', '操作工', '本地', %(lodging)s, 1 FROM ({people})",
    "INSERT INTO staff_links (id, place_id, line, made_by, made_at, expires_at)"
    " SELECT line + %(each)s * (place_id - %(first)s - 1), place_id, line, %(by)s, %(at)s,"
    " %(until)s FROM ({people})",
    "INSERT INTO health_standings (place_id, line, fitness, grounds, judged_on, registered_at)"
    " SELECT place_id, line, 'may_work', %(grounds)s, %(judged)s, %(at)s FROM ({people})",
    "INSERT INTO check_ins (day, place_id, line, half, seq, unwell, temperature, told_by, told_at)"
    " SELECT %(today)s::date - ago, place_id, line, half, 0, FALSE, 365, 'self', %(at)s"
    " FROM ({people}), generate_series(1, %(days)s) AS ago,"
    " unnest(ARRAY['morning', 'afternoon']) AS half",
    "INSERT INTO check_in_counts (day, place_id, half, told, unwell, absent)"
    " SELECT day, place_id, half, count(*), 0, 0 FROM check_ins GROUP BY day, place_id, half",
)
EVERYONE = (
    "(SELECT id AS place_id, line FROM places, generate_series(1, %(each)s) AS line"
    " WHERE places.id > %(first)s) AS everyone"
)


def conninfo(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


def rules(since: date) -> RiskRules:
    """A spring's worth of rows about areas, and the rules for each level."""
    areas = tuple(
        AreaLevel(
            Region(f"虚构市{n}", (f"99{n:02d}",)), RiskLevel.HIGH, since, None, BASIS, enabled=True
        )
        for n in range(AREAS)
    )
    observed = tuple(
        ObservationRule(
            f"D{level.value}", since, None, frozenset({level}), 14, CountFrom.NEXT_DAY, BASIS
        )
        for level in RiskLevel
    )
    return RiskRules(Region("虚构县", ("410122",)), areas, observed)


def _open_campaign(before: datetime, today: date) -> int:
    """Health is asked for; the officer who said so."""
    stop = db.session.scalars(db.select(Stop.id).order_by(Stop.id)).first() or 0
    actor = actor_of(named("qiyeban"), today)
    lasts = day_of(before), today + timedelta(days=30)
    campaign.open_campaign(stop, BASIS, lasts, 30, rules(lasts[0]), actor, before)
    return actor.account_id or 0


def fill(app: Flask, at: datetime, days: int) -> None:
    """The demo town, a campaign that began ten days ago, and everybody, with ``days`` of history.

    Goes without foreign keys' checks: they would take most of the time.
    """
    with app.app_context():
        serving.migrate()
        before, today = at - timedelta(days=10), day_of(at)
        demo.load("benchmark", before)
        office = _open_campaign(before, today)
        told = {
            "first": FIRST,
            "places": PLACES,
            "people": PEOPLE,
            "each": PEOPLE // PLACES,
            "at": before,
            "by": office,
            "until": at + timedelta(days=30),
            "kind": DocumentKind.RESIDENT.value,
            "employer": EmployerKind.OWN.value,
            "lodging": Lodging.OWN.value,
            "number": encrypt("410122199003074519", "people.number"),
            "name": encrypt("赵甲", "engagements.name"),
            "grounds": encrypt("[]", "health_standings.grounds"),
            "judged": today - timedelta(days=1),
            "today": today,
            "days": days,
        }
        db.session.remove()
        db.engine.dispose()
    _copy(app, told)


def _copy(app: Flask, told: dict[str, object]) -> None:
    dsn = conninfo(app.config["SQLALCHEMY_DATABASE_URI"])
    with psycopg.connect(dsn) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in FILL:
            connection.execute(statement.replace("({people})", EVERYONE), told)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def request(seals: Seals, port: int, link: int, at: datetime) -> bytes:
    """A green check-in of the holder of a link, who has come in, as their browser sends it."""
    session, _ = seals.session(link, at)
    body = urlencode(
        {
            "csrf_token": seals.token(session),
            "day": day_of(at).isoformat(),
            "half": open_halves(at)[0].value,
            "temperature": f"36.{1 + link % 9}",
            "feeling": "well",
        }
    )
    return (
        f"POST /staff/check-in HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: staff={session}"
        "\r\nContent-Type: application/x-www-form-urlencoded"
        f"\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()
