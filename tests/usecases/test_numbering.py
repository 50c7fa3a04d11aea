"""One approval, one document, one number: without gaps, each year anew, whoever comes at once."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import (
    ANSWERS,
    AT,
    PAPER,
    PLANS,
    ROSTER,
    Cast,
    approve,
    approved,
    checked,
    fresh_codes,
    submitted,
    version_of,
)
from workflow.core.letters import LetterKind
from workflow.core.refusals import Reason, Refusal, Refused, Stale
from workflow.core.states import State
from workflow.store import audit, cases, documents, outbox
from workflow.store.db import db
from workflow.store.documents import Document
from workflow.store.towns import places_of
from workflow.usecases import deciding, filing, founding, submitting

NEW_YEAR = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)  # midnight in the town


def ready(cast: Cast, stop: int) -> int:
    """A case of He's, checked, after one more stop."""
    stop_id = founding.open_stop("epidemic", f"第{stop}次停工", AT.date())
    place_id = places_of(cast.he.enterprise_id)[0].id
    case_id = filing.open_case(place_id, stop_id, "ep_reopen", cast.he, AT)
    filing.save_answers(case_id, ANSWERS, 1, cast.he, AT)
    filing.attach(case_id, "材料.pdf", PAPER, PLANS | ROSTER, cast.he, AT)
    submitting.submit(case_id, version_of(case_id), cast.he, AT)
    return checked(case_id, cast.lin)


def numbers(kind: LetterKind = LetterKind.NOTICE) -> list[tuple[int, int]]:
    query = select(Document.year, Document.number).where(Document.kind == kind)
    ordered = query.order_by(Document.year, Document.number)
    return [tuple(row) for row in db.session.execute(ordered)]


def test_approving_twice_gives_one_document(cast: Cast) -> None:
    case_id = approved(cast.he, cast.lin)
    token = documents.of_case(case_id).token
    with pytest.raises(Refused) as caught:
        approve(case_id, cast.lin)
    assert caught.value.refusals == (Refusal(Reason.NO_SUCH_STEP, ("approved",)),)
    assert documents.of_case(case_id).token == token
    assert numbers() == numbers(LetterKind.INSPECTION) == [(2026, 1)]


def test_a_rolled_back_approval_leaves_no_trace(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    before = len(audit.of_case(case_id))
    with monkeypatch.context() as patch:
        patch.setattr(outbox, "add", fails)
        with pytest.raises(OSError, match="no queue"):
            approve(case_id, cast.lin)
    assert cases.get(case_id, cast.lin).state is State.INSPECTING
    assert numbers() == numbers(LetterKind.INSPECTION) == []
    assert len(audit.of_case(case_id)) == before


def fails(*_: object, **__: object) -> None:
    raise OSError("no queue")


def test_numbers_have_no_gaps(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    given = []
    for stop in range(1, 7):
        case_id = ready(cast, stop)
        with monkeypatch.context() as patch:
            patch.setattr(outbox, "add", fails)
            for _ in range(stop % 3):
                with pytest.raises(OSError, match="no queue"):
                    approve(case_id, cast.lin)
        given.append(approve(case_id, cast.lin))
    assert given == [f"样复工〔2026〕{number}号" for number in range(1, 7)]
    assert numbers() == [(2026, number) for number in range(1, 7)]
    assert numbers(LetterKind.INSPECTION) == numbers(LetterKind.ACCEPTANCE) == numbers()


def test_numbers_begin_anew_with_the_towns_year(cast: Cast) -> None:
    days = [AT, AT, NEW_YEAR.replace(minute=0, hour=15), NEW_YEAR, NEW_YEAR]
    given = [approve(ready(cast, stop), cast.lin, at) for stop, at in enumerate(days)]
    assert given == [
        "样复工〔2026〕1号",
        "样复工〔2026〕2号",
        "样复工〔2026〕3号",
        "样复工〔2027〕1号",
        "样复工〔2027〕2号",
    ]


def test_acceptances_and_notices_are_numbered_apart(cast: Cast) -> None:
    approved(cast.he, cast.lin)
    second = cases.get(submitted(cast.zhe), cast.zhe)
    assert second.filing_number == "样申〔2026〕2号"
    assert approve(checked(second.id, cast.lin), cast.lin) == "样复工〔2026〕2号"


def at_once(app: Flask, *tasks: Callable[[], str]) -> list[str | Exception]:
    """What each task answered or raised, all started together, each with a session of its own."""
    start, answers = Barrier(len(tasks)), []

    def work(task: Callable[[], str]) -> None:
        with app.app_context():
            start.wait(10)
            try:
                answers.append(task())
            except (Refused, Stale) as refused:
                answers.append(refused)

    threads = [Thread(target=work, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_approvals_at_once_one_wins(app: Flask, cast: Cast, attempt: int) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    seen = version_of(case_id)
    db.session.remove()

    def task() -> str:
        return deciding.approve(case_id, "", seen, cast.lin, AT, fresh_codes)

    answers = at_once(app, task, task)
    assert [one for one in answers if isinstance(one, str)] == ["样复工〔2026〕1号"]
    (lost,) = [one for one in answers if not isinstance(one, str)]
    assert isinstance(lost, Stale | Refused)
    assert numbers() == numbers(LetterKind.INSPECTION) == [(2026, 1)]
    assert approve(checked(submitted(cast.zhe), cast.lin), cast.lin) == "样复工〔2026〕2号"


def test_two_cases_approved_at_once_get_two_numbers(app: Flask, cast: Cast) -> None:
    both = [checked(submitted(who), cast.lin) for who in (cast.he, cast.zhe)]
    seen = [version_of(case_id) for case_id in both]
    db.session.remove()

    def task(which: int) -> Callable[[], str]:
        return lambda: deciding.approve(both[which], "", seen[which], cast.lin, AT, fresh_codes)

    assert sorted(at_once(app, task(0), task(1))) == ["样复工〔2026〕1号", "样复工〔2026〕2号"]
    assert numbers() == [(2026, 1), (2026, 2)]
