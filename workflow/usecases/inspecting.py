"""现场核查: the liaison goes there or calls by video, marks item by item, takes photographs."""

from datetime import date, datetime

from workflow.core.checklist import Verdict
from workflow.core.corrections import Anchor, Fault, RequestKind
from workflow.core.days import day_of
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Actor
from workflow.core.states import Action, State
from workflow.core.transitions import against_reviewing
from workflow.core.visits import Mode
from workflow.store import cases, files, inspections, proofs
from workflow.store.cases import Case
from workflow.store.contents import JPEG, PNG
from workflow.store.corrections import CorrectionPoint
from workflow.store.db import transaction
from workflow.store.inspecting import inspected
from workflow.store.inspections import Inspection, InspectionPhoto
from workflow.store.submissions import CheckResult
from workflow.usecases import confirming
from workflow.usecases.correcting import ask
from workflow.usecases.letters import NewCodes
from workflow.usecases.steps import refuse_unless, step
from workflow.usecases.unused import drop_unless_used
from workflow.usecases.views import review_view
from workflow.usecases.visits import written_down

MAX_PHOTOS = 60


def begin(
    case_id: int, mode: Mode, where: str, others: str, version: int, actor: Actor, at: datetime
) -> int:
    """Begins an inspection; its id. ``where``: the place's address unless said otherwise."""
    with transaction() as session:
        case = cases.get(case_id, actor, lock=True)
        view = review_view(case, at)
        refuse_unless(view, Action.INSPECT, actor)
        inspection = Inspection(
            case_id=case.id,
            submission_id=case.submission.id,
            seq=len(inspections.of_case(case.id)) + 1,
            mode=mode,
            began_at=at,
            where=where.strip() or case.place.address,
            others=others.strip(),
            inspector_id=actor.account_id,
        )
        session.add(inspection)
        session.flush()
        fact = {"inspection": inspection.id, "mode": mode.value}
        step(case, view, Action.INSPECT, actor, at, version=version, fact=fact)
        return inspection.id


def add_photo(case_id: int, code: str, name: str, data: bytes, actor: Actor, at: datetime) -> None:
    """Keeps a photograph of one requirement, or of the place ("")."""
    content = inspected(data)
    if content.media_type not in {JPEG, PNG}:
        raise Refused(Refusal(Reason.FILE_NOT_ACCEPTED))
    with transaction() as session:
        case, inspection = _under_way(case_id, actor, at)
        if code and code not in {one.code for one in review_view(case, at).held}:
            raise Refused(Refusal(Reason.NOT_IN_LIST, (code,)))
        if len(inspection.photos) >= MAX_PHOTOS:
            raise Refused(Refusal(Reason.TOO_MANY_FILES, (str(MAX_PHOTOS),)))
        files.hold(files.name_of(content.data))
        sha256 = files.put(content.data)
        files.record(sha256, len(content.data), content.media_type, at)
        if any(one.sha256 == sha256 and one.code == code for one in inspection.photos):
            return
        session.add(
            InspectionPhoto(
                inspection_id=inspection.id,
                code=code,
                sha256=sha256,
                name=name,
                added_by=actor.account_id,
                added_at=at,
            )
        )


def drop_photo(case_id: int, photo_id: int, actor: Actor, at: datetime) -> None:
    """Takes a photograph out of the inspection under way."""
    with transaction() as session:
        _, inspection = _under_way(case_id, actor, at)
        found = next((one for one in inspection.photos if one.id == photo_id), None)
        if found is None:
            raise NotFound(photo_id)
        session.delete(found)
        session.flush()
        drop_unless_used(found.sha256)


def rectify(
    case_id: int, mend_by: date, version: int, actor: Actor, at: datetime, new_codes: NewCodes
) -> None:
    """Ends the inspection and asks the enterprise to mend what failed (整改) by a day; the
    现场核查记录 says so.
    """
    with transaction() as session:
        case = cases.get(case_id, actor, lock=True)
        view = review_view(case, at)
        refuse_unless(view, Action.RECTIFY, actor)
        if mend_by < day_of(at):
            raise Refused(Refusal(Reason.DAYS_PAST))
        confirming.keep(case, view, actor, at)
        points = [_to_mend(case, check.code, check.note, actor, at) for check in _failed(case)]
        session.add_all(points)
        asked = ask(case, RequestKind.RECTIFICATION, points, mend_by, actor, at)
        opinion = "有不合格项，请整改后复查。"
        fact = written_down(case, opinion, at, new_codes, [], mend_by)
        fact |= proofs.of_checked(case.submission)
        fact["request"] = asked.id
        step(case, view, Action.RECTIFY, actor, at, version=version, due=mend_by, fact=fact)


def _failed(case: Case) -> list[CheckResult]:
    return [one for one in case.submission.checks if one.verdict is Verdict.FAIL]


def _to_mend(case: Case, code: str, note: str, actor: Actor, at: datetime) -> CorrectionPoint:
    return CorrectionPoint(
        case_id=case.id,
        anchor=Anchor.REQUIREMENT,
        key=code,
        fault=Fault.NOT_MET,
        words=note,
        raised_by=actor.account_id,
        raised_at=at,
    )


def _under_way(case_id: int, actor: Actor, at: datetime) -> tuple[Case, Inspection]:
    case = cases.get(case_id, actor, lock=True)
    against = against_reviewing(review_view(case, at), actor)
    if against:
        raise Refused(*against)
    if case.state is not State.INSPECTING:
        raise Refused(Refusal(Reason.NO_SUCH_STEP, (case.state.value,)))
    return case, inspections.open_one(case_id)
