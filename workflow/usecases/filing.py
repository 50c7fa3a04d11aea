"""The enterprise files: open a case, answer by sections, attach files, submit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select

from workflow.core.codes import document_number
from workflow.core.days import day_of
from workflow.core.facts import FactKind, FactValue, to_json
from workflow.core.merging import merged
from workflow.core.packs import Pack
from workflow.core.refusals import NotFound, Reason, Refusal, Refused, Stale
from workflow.core.roles import Actor
from workflow.core.states import Action, State
from workflow.core.transitions import decide
from workflow.store import audit, cases, catalogues, documents, drafts, files, proofs, rosters
from workflow.store.cases import Attachment, Case, Submission
from workflow.store.db import transaction
from workflow.store.inspecting import inspected
from workflow.store.towns import Stop, held_place, this_town
from workflow.usecases.views import SCAN, draft_facts, draft_view, told_with_it

MAX_FILES = 40
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Saved:
    """The version of the case then, and the answers that somebody else had changed meanwhile."""

    version: int
    clashes: tuple[str, ...] = ()


def open_case(place_id: int, stop_id: int, key: str, actor: Actor, at: datetime) -> int:
    """The id of the place's filing for a stop; made on the first call, found on every other.

    ``key`` names the kind of filing. What the place told in its latest filing is taken over,
    except for days: nothing known is asked again.
    """
    with transaction() as session:
        place, stop = held_place(place_id), session.get(Stop, stop_id)
        if not stop or place.enterprise_id != actor.enterprise_id or not stop.open:
            raise NotFound(place_id)
        same = select(Case.id).where(Case.place_id == place.id, Case.stop_id == stop.id)
        found = session.scalar(same.order_by(Case.id).limit(1))
        if found is not None:
            return found
        catalogue = catalogues.in_force(stop.campaign)
        if key not in {one.key for one in catalogue.pack.filings}:
            raise NotFound(key)
        case = Case(
            place_id=place.id,
            enterprise_id=place.enterprise_id,
            field_id=place.field_id,
            stop_id=stop.id,
            filing=key,
            catalogue_id=catalogue.id,
            state=State.DRAFT,
            version=1,
            answers=_taken_over(place.id, catalogue.pack),
            saved_at=at,
        )
        session.add(case)
        session.flush()
        drafts.record(case.id, 1, case.answers, actor.account_id, at)
        audit.record(case.id, actor, "open", at, {"place": place.id, "stop": stop.id})
        return case.id


def change_kind(case_id: int, key: str, actor: Actor, at: datetime) -> None:
    """Makes a draft another kind of filing (提前复工报备 or 复工报备); its answers stay."""
    with transaction():
        case = _draft(case_id, actor)
        if key not in {one.key for one in case.catalogue.pack.filings}:
            raise NotFound(key)
        cases.touch(case, case.version)
        case.filing, case.saved_at = key, at


def save_answers(
    case_id: int, told: Mapping[str, FactValue | None], version: int, actor: Actor, at: datetime
) -> Saved:
    """Keeps the answers of one section as one; None takes an answer back, others stay as they are.

    ``version`` is that of the page. What the page left as it was gives way to what somebody else
    saved since; where both changed an answer, theirs stays and the key is among the clashes.
    """
    return _save(case_id, dict.fromkeys(told) | to_json(_given(told)), version, actor, at)


def save_part(
    case_id: int, key: str, text: str | None, version: int, actor: Actor, at: datetime
) -> Saved:
    """Keeps the text of a part (防控方案 …); None takes it back to the model text."""
    return _save(case_id, {drafts.PART + key: text}, version, actor, at)


def _save(case_id: int, mine: dict[str, object], version: int, actor: Actor, at: datetime) -> Saved:
    with transaction():
        case = _draft(case_id, actor)
        if version > case.version:
            raise Stale(case_id)
        found = merged(drafts.as_of(case_id, version, mine), mine, case.answers, mine)
        if not found.taken:
            return Saved(case.version, found.clashes)
        taken = cases.touch(case, case.version)
        kept = {key: value for key, value in case.answers.items() if key not in found.taken}
        case.answers = kept | _given(found.taken)
        case.saved_at = at
        drafts.record(case_id, taken, found.taken, actor.account_id, at)
        return Saved(taken, found.clashes)


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
        if not (drafts.refers_to(found.sha256) or documents.was_handed_out(found.sha256)):
            files.forget(found.sha256)
            files.discard(found.sha256)


def submit(case_id: int, version: int, actor: Actor, at: datetime) -> str:
    """Hands the filing in: an immutable submission and an acceptance number, which it returns."""
    with transaction() as session:
        case = cases.get(case_id, actor, lock=True)
        facts, seq = draft_facts(case), rosters.latest_seq(case.place_id)
        target = decide(draft_view(case, facts, at), Action.SUBMIT, actor)
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
            told=to_json(told_with_it(case, seq)),
            roster_seq=seq,
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


def _taken_over(place_id: int, pack: Pack) -> dict[str, object]:
    """What the place told before and is asked again, as JSON; a day is another one each time."""
    told = drafts.latest_answers(place_id)
    lasting = (fact for fact in pack.facts if fact.kind is not FactKind.DATE)
    return {fact.key: told[fact.key] for fact in lasting if fact.key in told}


def _given(values: Mapping[str, Value | None]) -> dict[str, Value]:
    return {key: value for key, value in values.items() if value is not None}


def _may_take(case: Case, codes: frozenset[str]) -> None:
    pack, facts = case.catalogue.pack, draft_facts(case)
    listed = {held.code for held in pack.held(facts)}
    listed |= {one.key for one in pack.materials(case.kind, facts)}
    listed |= {SCAN} if case.recorded_by else set()
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
