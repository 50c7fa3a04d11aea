"""补正: points are collected while reviewing and told the enterprise in one notice (一次性告知)."""

from datetime import date, datetime

from workflow.core import clocks
from workflow.core.clocks import Stage
from workflow.core.corrections import Anchor, Fault, RequestKind, could_have_come_first
from workflow.core.days import day_of
from workflow.core.letters import LetterKind
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Actor
from workflow.core.states import Action
from workflow.core.transitions import refusals
from workflow.issuing import wording
from workflow.issuing.content import DocumentContent
from workflow.issuing.wording import CorrectionLine, Heading
from workflow.store import cases, corrections
from workflow.store.calendar import calendar
from workflow.store.cases import Case
from workflow.store.corrections import CorrectionPoint, CorrectionRequest
from workflow.store.db import db, transaction
from workflow.store.submissions import handed
from workflow.usecases import letters
from workflow.usecases.anchors import label
from workflow.usecases.letters import NewCodes
from workflow.usecases.steps import refuse_unless, step
from workflow.usecases.views import review_view
from workflow.usecases.visits import written_down


def raise_point(
    case_id: int, anchor: Anchor, key: str, fault: Fault, words: str, actor: Actor, at: datetime
) -> int:
    """Notes something to correct, to be told with everything else; its id.

    ``late`` is set for a point of a later round that the first round showed already.
    """
    with transaction() as session:
        case = _collecting(case_id, actor, at)
        if label(case, anchor, key) is None:
            raise Refused(Refusal(Reason.NOT_IN_LIST, (key,)))
        if not words.strip():
            raise Refused(Refusal(Reason.WORDS_NEEDED))
        point = CorrectionPoint(
            case_id=case.id,
            anchor=anchor,
            key=key,
            fault=fault,
            words=words.strip(),
            late=comes_late(case, anchor, key),
            raised_by=actor.account_id,
            raised_at=at,
        )
        session.add(point)
        cases.touch(case, case.version)
        session.flush()
        return point.id


def drop_point(case_id: int, point_id: int, actor: Actor, at: datetime) -> None:
    """Takes a point back that has not been told yet."""
    with transaction() as session:
        case = _collecting(case_id, actor, at)
        found = next((one for one in corrections.untold(case.id) if one.id == point_id), None)
        if found is None:
            raise NotFound(point_id)
        session.delete(found)
        cases.touch(case, case.version)


def return_case(case_id: int, version: int, actor: Actor, at: datetime, new_codes: NewCodes) -> str:
    """Tells all points in one 一次性补正告知书 and gives the filing back; the document's number."""
    with transaction():
        case = cases.get(case_id, actor, lock=True)
        view = review_view(case, at)
        refuse_unless(view, Action.RETURN, actor)
        points = corrections.untold(case.id)
        due_on = last_day(case, at)
        asked = ask(case, RequestKind.CORRECTION, points, due_on, actor, at)
        notice = notice_of(case, points, due_on, rounds(case.id))
        made = letters.write(case, LetterKind.CORRECTION, notice, at, new_codes())
        fact = written_down(case, "申报需要补正。", at, new_codes, [made])
        fact["request"] = asked.id
        step(case, view, Action.RETURN, actor, at, version=version, due=due_on, fact=fact)
        return made.full_number


def ask(
    case: Case,
    kind: RequestKind,
    points: list[CorrectionPoint],
    due_on: date,
    actor: Actor,
    at: datetime,
) -> CorrectionRequest:
    """Makes one request of these points."""
    request = CorrectionRequest(
        case_id=case.id,
        submission_id=case.submission.id,
        seq=len(corrections.requests(case.id)) + 1,
        kind=kind,
        due_on=due_on,
        made_by=actor.account_id,
        made_at=at,
    )
    db.session.add(request)
    db.session.flush()
    for point in points:
        point.request_id = request.id
    db.session.flush()
    return request


def notice_of(
    case: Case, points: list[CorrectionPoint], due_on: date, round_: int
) -> letters.Compose:
    """一次性补正告知书 with these points; ``round_`` counts from 1."""
    told = tuple(
        CorrectionLine(label(case, one.anchor, one.key) or one.key, one.words) for one in points
    )

    def compose(head: Heading) -> DocumentContent:
        return wording.correction(head, points=told, due_on=due_on, round_number=round_)

    return compose


def rounds(case_id: int) -> int:
    """How often the enterprise was asked to correct."""
    return sum(one.kind is RequestKind.CORRECTION for one in corrections.requests(case_id))


def last_day(case: Case, at: datetime) -> date:
    """Until when the enterprise may correct what it is told now."""
    return clocks.due_on(day_of(at), case.kind.limits[Stage.CORRECT], (), calendar())


def _collecting(case_id: int, actor: Actor, at: datetime) -> Case:
    """The case, if this actor may give it back: but for the points that are being collected."""
    case = cases.get(case_id, actor, lock=True)
    against = refusals(review_view(case, at), Action.RETURN, actor)
    real = [one for one in against if one.reason is not Reason.NO_POINTS]
    if real:
        raise Refused(*real)
    return case


def comes_late(case: Case, anchor: Anchor, key: str) -> bool:
    """Whether a point raised now could have been raised in the first round."""
    told = [one for one in corrections.requests(case.id) if one.kind is RequestKind.CORRECTION]
    if not told:
        return False
    first, now = handed(case.submissions[0]), handed(case.submission)
    return could_have_come_first(first, now, anchor, key)
