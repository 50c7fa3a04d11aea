"""Fills a database with copies of a few real cases, by SQL: what a page costs hangs on how many.

Every copy has an enterprise, a place, a submission, a turn and the head of its chain; of issued
ones also the document. Verdicts, files and events are copied for the first twenty thousand: they
are read by the case alone, and more of them would only take the benchmark's time. All lie in two
fields, so that every list fills its page in the small town too.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import text

from web.codes import new_codes, new_receipt
from workflow.jobs import demo
from workflow.jobs.demotown import entering, officers
from workflow.jobs.demotown.filings import Filings
from workflow.jobs.demotown.stage import Stage, tables
from workflow.store.accounts import Digested, password_digest
from workflow.store.db import db

BASE = 1_000_000  # ids of the copies begin above it
DETAILED = 20_000
ROWS = 10  # enterprises of the demo town that are entered: by then there is a case in each state
EACH = 20
# Of each twenty copies one is in each of these states, the others are issued.
UNDER_WAY = ("submitted", "accepted", "inspecting", "returned", "referred", "awaiting_release")
ISSUED = "approved"  # what the copies of issued cases are made from
BY_LIAISON = "ORDER BY (SELECT username FROM accounts WHERE id = liaison_id)"
# Each its own, so that looking for one finds as many in the small town as in the large one.
NAME = (
    "'虚构' || chr((19968 + n::bigint * 7919 % 5000)::int)"
    " || chr((19968 + n::bigint * 104729 % 5000)::int) || chr(25968 + n / 5000) || '有限公司'"
)


def some_cases() -> dict[str, int]:
    """The demo town with its first filings; a case of each state."""
    at = datetime.now(UTC)
    demo.load("benchmark", at)
    secret = Digested(password_digest("benchmark"))
    stage = Stage(at, secret, new_receipt, new_codes, lambda _: None)
    officers.divide(stage)
    filings = Filings(stage)
    for row in tables().filing[:ROWS]:
        places = entering.enter(row, stage)
        for place, place_id in zip(row.places, places, strict=True):
            filings.bring(row, place, place_id, stage.actor(row.login))
    rows = db.session.execute(text("SELECT state, min(id) FROM cases GROUP BY state"))
    found = {row.state: row.min for row in rows}
    db.session.remove()
    return found


def copies(cases: Mapping[str, int], first: int, last: int) -> None:
    """Adds the copies with these numbers, all in one transaction."""
    with db.engine.begin() as connection:
        # Without the checks of foreign keys: they would take most of the time.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for turn, state in enumerate((*UNDER_WAY, ISSUED)):
            rest = f"n % {EACH} = {turn}" if state != ISSUED else f"n % {EACH} >= {turn}"
            for statement in _statements(connection, state == ISSUED, rest):
                told = {"case": cases[state], "first": first, "last": last}
                connection.execute(text(statement), told)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _statements(connection: object, issued: bool, rest: str) -> list[str]:
    field = f"(SELECT id FROM fields {BY_LIAISON} OFFSET (n / {EACH}) % 2 LIMIT 1)"  # noqa: S608 - ours
    own = f"{BASE} + n"
    case = {
        "id": own,
        "enterprise_id": own,
        "place_id": own,
        "field_id": field,
        "answers": "'{}'::jsonb",
        "filing_number": "'样申〔2026〕' || (100000 + n) || '号'",
        "due_on": "src.due_on + (n % 30 - 15)",
        "recorded_by": "NULL",
    }
    if issued:
        case |= {"state": "'issued'", "issued_at": "src.approved_at", "due_on": "NULL"}
    named = {"id": own, "name": NAME, "credit_code": "NULL", "town_number": "'副' || n"}
    of_case = "src.case_id = :case"
    plain = [
        ("enterprises", "src.id = (SELECT enterprise_id FROM cases WHERE id = :case)", named),
        (
            "places",
            "src.id = (SELECT place_id FROM cases WHERE id = :case)",
            {"id": own, "enterprise_id": own, "field_id": field},
        ),
        ("cases", "src.id = :case", case),
        ("submissions", f"{of_case} AND src.seq = 1", {"id": own, "case_id": own}),
        ("case_turns", of_case, {"case_id": own, "due_on": "src.due_on + (n % 30 - 15)"}),
        ("audit_heads", of_case, {"case_id": own}),
    ]
    if issued:
        plain += _documents(own)
    return [
        *(_copy(connection, *one, rest) for one in plain),
        *(_copy(connection, *one, f"{rest} AND n <= {DETAILED}") for one in _details(own)),
    ]


def _details(own: str) -> list[tuple[str, str, dict[str, str]]]:
    of_case = "src.case_id = :case"
    return [
        ("attachments", of_case, {"case_id": own}),
        ("audit_events", of_case, {"case_id": own}),
        ("decisions", of_case, {"case_id": own, "submission_id": own}),
        (
            "check_results",
            "src.submission_id = (SELECT min(id) FROM submissions WHERE case_id = :case)",
            {"submission_id": own},
        ),
    ]


def _documents(own: str) -> list[tuple[str, str, dict[str, str]]]:
    digest = "md5(n::text) || md5('x' || n)"
    code = "translate(lpad(n::text, 12, '0'), '01', 'AB')"
    stored = {"sha256": digest, "level": "'B-B'", "stored_at": "src.created_at"}
    numbered = {"number": "100000 + n", "token": "md5('t' || n)", "typed_code": code}
    released = {"case_id": own, "released_at": "src.created_at"}
    notice = "src.case_id = :case AND src.kind = 'notice'"
    return [("documents", notice, stored | numbered | released)]


def _copy(
    connection: object, table: str, source: str, told: Mapping[str, str], numbers: str
) -> str:
    found = connection.execute(  # type: ignore[attr-defined]
        text(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND table_name = :table ORDER BY ordinal_position"
        ),
        {"table": table},
    )
    columns = [row[0] for row in found]
    if "id" not in told and "id" in columns:
        columns.remove("id")
    values = ", ".join(told.get(one, f'src."{one}"') for one in columns)
    names = ", ".join(f'"{one}"' for one in columns)
    series = "generate_series(CAST(:first AS int), CAST(:last AS int)) AS n"
    return (
        f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} AS src,"  # noqa: S608 - ours
        f" {series} WHERE {source} AND {numbers}"
    )
