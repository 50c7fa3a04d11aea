"""The enterprise files: open a case, answer by sections, attach files, submit."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from workflow.core.codes import document_number
from workflow.core.days import day_of
from workflow.core.facts import FactValue, to_json
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Actor
from workflow.core.states import Action, State
from workflow.core.transitions import decide
from workflow.store import audit, cases, catalogues, documents, files, proofs
from workflow.store.cases import Attachment, Case, Submission
from workflow.store.db import transaction
from workflow.store.inspecting import inspected
from workflow.store.towns import Place, Stop, this_town
from workflow.usecases.views import draft_view

MAX_FILES = 40


def open_case(place_id: int, stop_id: int, actor: Actor, at: datetime) -> int:
    """The id of the place's filing for a stop; made on the first call, found on every other."""
    with transaction() as session:
        place = session.get(Place, place_id)
        stop = session.get(Stop, stop_id)
        if not place or not stop or place.enterprise_id != actor.enterprise_id or not stop.open:
            raise NotFound(place_id)
        catalogue = catalogues.in_force(stop.campaign)
        made = session.scalar(
            insert(Case)
            .values(
                place_id=place.id,
                enterprise_id=place.enterprise_id,
                field_id=place.field_id,
                stop_id=stop.id,
                filing=catalogue.pack.filing.key,
                catalogue_id=catalogue.id,
                state=State.DRAFT,
                version=1,
                answers={},
                saved_at=at,
            )
            .on_conflict_do_nothing()
            .returning(Case.id)
        )
        if made is not None:
            audit.record(made, actor, "open", at, {"place": place.id, "stop": stop.id})
            return int(made)
        same = Case.place_id == place.id, Case.stop_id == stop.id
        return session.scalars(select(Case.id).where(*same)).one()


def save_answers(
    case_id: int, told: Mapping[str, FactValue | None], version: int, actor: Actor, at: datetime
) -> None:
    """Keeps the answers of one section as one; None takes an answer back, others stay as they are.

    ``version`` is that of the page: when another device saved since, ``Stale`` is raised.
    """
    with transaction():
        case = _draft(case_id, actor)
        cases.touch(case, version)
        kept = {key: value for key, value in case.answers.items() if key not in told}
        case.answers = kept | to_json({k: v for k, v in told.items() if v is not None})
        case.saved_at = at


def attach(
    case_id: int, name: str, data: bytes, codes: frozenset[str], actor: Actor, at: datetime
) -> None:
    """Keeps a file with the draft, as proof for the requirements ``codes``.

    The same content given again is not kept twice; it takes on the further requirements.
    """
    content = inspected(data)
    with transaction() as session:
        case = _draft(case_id, actor)
        _may_take(case, codes)
        files.hold(files.name_of(content.data))
        sha256 = files.put(content.data)
        files.record(sha256, len(content.data), content.media_type, at)
        same = next((one for one in case.attachments if one.sha256 == sha256), None)
        if same is None:
            session.add(
                Attachment(
                    case_id=case.id,
                    sha256=sha256,
                    name=name,
                    codes=sorted(codes),
                    added_by=actor.account_id,
                    added_at=at,
                )
            )
        else:
            same.codes = sorted(codes | set(same.codes))
        cases.touch(case, case.version)
        case.saved_at = at


def detach(case_id: int, attachment_id: int, actor: Actor, at: datetime) -> None:
    """Takes a file out of the draft; its bytes go too, unless something else refers to them."""
    with transaction() as session:
        case = _draft(case_id, actor)
        found = next((one for one in case.attachments if one.id == attachment_id), None)
        if found is None:
            raise NotFound(attachment_id)
        session.delete(found)
        session.flush()
        cases.touch(case, case.version)
        case.saved_at = at
        files.hold(found.sha256)
        if not (cases.refers_to(found.sha256) or documents.was_handed_out(found.sha256)):
            files.forget(found.sha256)
            files.discard(found.sha256)


def submit(case_id: int, version: int, actor: Actor, at: datetime) -> str:
    """Hands the filing in: an immutable submission and an acceptance number, which it returns."""
    with transaction() as session:
        case = cases.get(case_id, actor, lock=True)
        target = decide(draft_view(case, at), Action.SUBMIT, actor)
        town, year = this_town(), day_of(at).year
        number = documents.next_number(town.agency_accepted, year)
        accepted = document_number(town.agency_accepted, year, number)
        cases.move(
            case.id,
            case.state,
            target,
            version=version,
            submitted_at=at,
            acceptance_number=accepted,
        )
        submission = Submission(
            case_id=case.id,
            seq=len(case.submissions) + 1,
            answers=case.answers,
            attachments=[_snapshot(one) for one in case.attachments],
            submitted_by=actor.account_id,
            submitted_at=at,
        )
        session.add(submission)
        session.flush()
        fact = {"submission": submission.id, "digest": proofs.of_submission(submission)}
        audit.record(case.id, actor, Action.SUBMIT.value, at, fact)
        return accepted


def _draft(case_id: int, actor: Actor) -> Case:
    case = cases.get(case_id, actor, lock=True)
    if case.state is not State.DRAFT:
        raise Refused(Refusal(Reason.NOT_A_DRAFT))
    return case


def _may_take(case: Case, codes: frozenset[str]) -> None:
    listed = {held.code for held in case.catalogue.pack.held(case.facts)}
    if not codes or codes - listed:
        raise Refused(Refusal(Reason.NOT_IN_LIST, tuple(sorted(codes - listed))))
    if len(case.attachments) >= MAX_FILES:
        raise Refused(Refusal(Reason.TOO_MANY_FILES, (str(MAX_FILES),)))


def _snapshot(attachment: Attachment) -> dict[str, object]:
    return {
        "sha256": attachment.sha256,
        "name": attachment.name,
        "codes": attachment.codes,
        "media_type": attachment.file.media_type,
        "size": attachment.file.size,
    }
