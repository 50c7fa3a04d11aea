"""The enterprise files: open a case, answer by sections, attach files, submit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from workflow.core.facts import FactKind, FactValue, to_json
from workflow.core.merging import merged
from workflow.core.packs import Pack
from workflow.core.refusals import NotFound, Reason, Refusal, Refused, Stale
from workflow.core.roles import Actor
from workflow.core.states import State
from workflow.store import audit, cases, catalogues, drafts, files
from workflow.store.cases import Case
from workflow.store.catalogues import CatalogueVersion
from workflow.store.db import db, transaction
from workflow.store.inspecting import inspected
from workflow.store.submissions import Attachment
from workflow.store.towns import Place, Stop, held_place
from workflow.usecases.steps import writable
from workflow.usecases.unused import drop_unless_used
from workflow.usecases.views import SCAN, draft_facts

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
        found = cases.alive(place.id, stop.id)
        if found is not None:
            return found.id
        catalogue = catalogues.in_force(stop.campaign)
        if key not in {one.key for one in catalogue.pack.openings}:
            raise NotFound(key)
        return _opened(place, stop, key, catalogue, actor, at).id


def open_change(case_id: int, actor: Actor, at: datetime) -> int:
    """变更: opens the filing that changes what an issued notice allows; its id. The notice counts
    until the new one is issued. The second call finds the first one's.
    """
    with transaction():
        place = held_place(cases.get(case_id, actor).place_id)
        case = cases.get(case_id, actor, lock=True)
        if case.enterprise_id != actor.enterprise_id:
            raise Refused(Refusal(Reason.NOT_YOUR_ENTERPRISE))
        if case.state is not State.ISSUED:
            raise Refused(Refusal(Reason.NO_SUCH_STEP, (case.state.value,)))
        found = cases.alive(place.id, case.stop_id)
        if found is not None and found.id != case.id:
            return found.id
        catalogue = catalogues.in_force(case.stop.campaign)
        change = catalogue.pack.change
        if change is None:
            raise Refused(Refusal(Reason.NO_CHANGE_FILING))
        opened = _opened(place, case.stop, change.key, catalogue, actor, at)
        opened.replaces_id = case.id
        parts = {key: text for key, text in case.answers.items() if key.startswith(drafts.PART)}
        opened.answers = opened.answers | parts
        return opened.id


def _opened(
    place: Place, stop: Stop, key: str, catalogue: CatalogueVersion, actor: Actor, at: datetime
) -> Case:
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
    db.session.add(case)
    db.session.flush()
    drafts.record(case.id, 1, case.answers, actor.account_id, at)
    audit.record(case.id, actor, "open", at, {"place": place.id, "stop": stop.id})
    return case


def change_kind(case_id: int, key: str, actor: Actor, at: datetime) -> None:
    """Makes a draft another kind of filing (提前复工报备 or 复工报备); its answers stay."""
    with transaction():
        case = writable(case_id, actor)
        if case.state is not State.DRAFT or case.kind.changes:
            raise Refused(Refusal(Reason.NOT_A_DRAFT))
        if key not in {one.key for one in case.catalogue.pack.openings}:
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
        case = writable(case_id, actor)
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
        case = writable(case_id, actor)
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
        case = writable(case_id, actor)
        found = next((one for one in case.attachments if one.id == attachment_id), None)
        if found is None:
            raise NotFound(attachment_id)
        session.delete(found)
        session.flush()
        cases.touch(case, case.version)
        case.saved_at = at
        drop_unless_used(found.sha256)


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
