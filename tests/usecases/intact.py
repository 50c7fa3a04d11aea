"""What must hold of all cases at any moment, read from the tables."""

from collections import defaultdict

from sqlalchemy import text

from tests.usecases.living import Known
from workflow.core.states import State
from workflow.store.db import db
from workflow.store.turns import STAGE_OF

WITH_NOTICE = (State.AWAITING_RELEASE, State.APPROVED, State.ISSUED, State.SUPERSEDED)
Numbers = dict[int, tuple[str, int, int]]


def rows(statement: str) -> list[tuple]:
    return [tuple(row) for row in db.session.execute(text(statement))]


def as_known(known: list[Known]) -> None:
    """Every case stands where the table of the tests says."""
    stand = {row[0]: row[1:] for row in rows("SELECT id, state, level, accepted_at FROM cases")}
    for one in known:
        state, level, accepted_at = stand[one.id]
        assert (State(state), accepted_at is not None) == (one.state, one.accepted), one
        assert level == one.level, one


def one_of_each() -> None:
    """Live notice, open inspection, running turn: there where it must be, one and no more."""
    counted = rows(
        "SELECT c.state,"
        " (SELECT count(*) FROM documents d WHERE d.case_id = c.id AND d.kind = 'notice'"
        "  AND d.voided_at IS NULL),"
        " (SELECT count(*) FROM inspections i WHERE i.case_id = c.id AND i.ended_at IS NULL),"
        " (SELECT count(*) FROM case_turns t WHERE t.case_id = c.id AND t.ended_on IS NULL),"
        " (SELECT min(t.due_on) FROM case_turns t WHERE t.case_id = c.id AND t.ended_on IS NULL)"
        "  IS NOT DISTINCT FROM c.due_on"
        " FROM cases c"
    )
    for word, notices, inspections, turns, due in counted:
        state = State(word)
        assert notices == (state in WITH_NOTICE), state
        assert inspections == (state is State.INSPECTING), state
        assert turns == (state in STAGE_OF), state
        assert due, state


def numbered(before: Numbers) -> Numbers:
    """The numbers given so far: without a gap, none twice, and none other than before."""
    given = {
        number_id: (agency, year, number)
        for number_id, agency, year, number in rows(
            "SELECT id, agency, year, number FROM documents"
        )
    }
    assert before.items() <= given.items()
    series = defaultdict(list)
    for agency, year, number in given.values():
        series[agency, year].append(number)
    filed = rows("SELECT filing_number FROM cases WHERE filing_number IS NOT NULL")
    last = {(agency, year): n for agency, year, n in rows("SELECT agency, year, last FROM series")}
    for key, numbers in series.items():
        assert sorted(numbers) == list(range(1, last.pop(key) + 1)), key
    ((agency, year),) = last.keys() if last else [("样申", 2026)]
    expected = {f"{agency}〔{year}〕{n}号" for n in range(1, last.get((agency, year), 0) + 1)}
    assert sorted(one for (one,) in filed) == sorted(expected)
    return given
