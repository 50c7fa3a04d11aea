"""What the guards are shown of a case: gathered from the store, plain values only."""

from datetime import date, datetime

from workflow.core.corrections import Anchor, Handed, RequestKind
from workflow.core.corrections import at as at_anchor
from workflow.core.days import day_of, earliest_day
from workflow.core.deriving import derived
from workflow.core.facts import CLASS, Facts, contradictions, from_json
from workflow.core.filings import Made
from workflow.core.guards import CaseView
from workflow.core.opening import earliest
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.store import audit, corrections, decisions, drafts, inspections, rosters
from workflow.store.cases import Case
from workflow.store.submissions import by_proof, handed
from workflow.store.towns import this_town
from workflow.usecases import confirming

PLANNED = "planned_reopen_date"
ESSENTIAL = "essential_type"
RECORD = "record"  # the event of a filing taken in hand by the office
SCAN = "scan"  # what the picture of a paper filing proves: that it is what the enterprise handed in


def told_with_it(case: Case, seq: int | None) -> Facts:
    """What a filing tells beside its answers: its kind, the town, and a version of the roster."""
    pack = case.catalogue.pack
    town = from_json(
        {key: value for key, value in case.stop.told.items() if key in pack.keys}, pack.facts
    )
    roster = {key: value for key, value in _of_roster(case, seq).items() if key in pack.keys}
    return {**case.kind.tells, **town, **roster}


def _of_roster(case: Case, seq: int | None) -> Facts:
    """What a version of the roster tells of the place; nothing while there is none."""
    if seq is None:
        return {}
    stop = case.stop
    found = rosters.summary(
        case.place_id, seq, frozenset(stop.local_names), frozenset(stop.severe_names)
    )
    return {
        "outside_staff_count": found.outside,
        "severe_area_staff_count": found.severe,
        "renting_staff_count": found.renting,
    }


def draft_facts(case: Case) -> Facts:
    """All that is known of a place while its filing is a draft."""
    told = drafts.told(case.answers, case.catalogue.pack)
    with_it = told_with_it(case, rosters.latest_seq(case.place_id))
    return derived({**told, **with_it, CLASS: case.place.place_class})


def submitted_facts(case: Case) -> Facts:
    """The facts of the submission in force, those of the roster and the town as they were then."""
    pack, submission = case.catalogue.pack, case.submission
    told = drafts.told(submission.answers, pack)
    with_it = from_json(submission.told, pack.facts)
    return derived({**told, **with_it, CLASS: case.place.place_class})


def first_day(case: Case, at: datetime) -> date:
    """The first day that this filing may plan for, when it is submitted now."""
    by_lead = earliest_day(at, case.kind.lead_days)
    return earliest(by_lead, case.stop.opens_on(case.place), early=case.kind.early)


def draft_view(case: Case, facts: Facts, at: datetime) -> CaseView:
    """A case as its enterprise would submit it now. ``facts`` are its ``draft_facts``.

    What comes back corrected is measured by the day it was first handed in.
    """
    pack, kind = case.catalogue.pack, case.kind
    planned = facts.get(PLANNED)
    by_lead = first_day(case, case.submitted_at or at)
    return CaseView(
        state=case.state,
        enterprise_id=case.enterprise_id,
        field_id=case.field_id,
        missing_facts=pack.missing(kind, facts),
        contradictions=contradictions(facts),
        missing_evidence=tuple(one.key for one in pack.lacking(kind, facts, given(case))),
        missing_parts=tuple(
            part.key
            for part in pack.parts(kind, facts)
            if drafts.text_of(part, case.answers) is None
        ),
        roster_missing=not roster_given(case),
        closed=pack.is_closed(facts),
        early=kind.early,
        essential=facts.get(ESSENTIAL) != "none",
        planned=planned if isinstance(planned, date) else None,
        earliest=max(by_lead, day_of(at)) if case.submitted_at else by_lead,
        opens=case.stop.opens_on(case.place),
        held=pack.held(facts),
        recorded_by=_recorders(case),
        scan_given=any(SCAN in one.codes for one in case.attachments),
        accepted=case.accepted_at is not None,
        unanswered=unanswered(case) if case.submitted_at else (),
    )


def review_view(case: Case, at: datetime, *, document_stored: bool = False) -> CaseView:
    """A case as its officers judge it: by the submission in force, not by the draft.

    Raises ``Refused`` for one that was never handed in: there is nothing to judge.
    """
    if not case.submissions:
        raise Refused(Refusal(Reason.NO_SUCH_STEP, (case.state.value,)))
    pack, facts, town = case.catalogue.pack, submitted_facts(case), this_town()
    held = pack.held(facts)
    from_data = confirming.from_data(case, held, facts, at)
    verdicts = {check.code: check.verdict for check in case.submission.checks}
    return CaseView(
        state=case.state,
        enterprise_id=case.enterprise_id,
        field_id=case.field_id,
        held=held,
        verdicts=verdicts | {code: one.verdict for code, one in from_data.items()},
        from_data=from_data,
        decided_elsewhere=tuple(one.rule for one in pack.decided_elsewhere(facts)),
        document_stored=document_stored,
        recorded_by=_recorders(case),
        accepted=case.accepted_at is not None,
        levels=case.kind.levels,
        level=case.level,
        deciders=decisions.deciders(case.id, case.level),
        issuer_releases=case.kind.issuer_releases,
        inspected=_inspected(case),
        points=len(corrections.untold(case.id)),
        awaited=tuple(
            one.department.name for one in decisions.opinions(case.id) if one.awaited(day_of(at))
        ),
        remedies_known=bool(town.hearing.strip() and town.remedies.strip()),
    )


def drafted(case: Case) -> Handed:
    """What would be handed in now, to be compared with what was."""
    files = ({"sha256": one.sha256, "codes": one.codes} for one in case.attachments)
    return Handed(case.answers, by_proof(files), rosters.latest_seq(case.place_id))


def unanswered(case: Case) -> tuple[str, ...]:
    """Ids of the points the enterprise was told and has neither answered nor changed anything at.

    A point on a line of the roster, or on the filing as a whole, is seen to by any change of it.
    """
    was, now = handed(case.submission), drafted(case)
    return tuple(
        str(one.id)
        for one in corrections.open_points(case.id)
        if one.answer is None
        and all(
            at_anchor(was, one.anchor, name) == at_anchor(now, one.anchor, name)
            for name in _names(case, one.anchor, one.key)
        )
    )


def _names(case: Case, anchor: Anchor, key: str) -> set[str]:
    """What a file may be given for to meet a point: a requirement is proved by its material too."""
    if anchor is not Anchor.REQUIREMENT:
        return {key}
    return {key} | {one.key for one in case.kind.materials if key in one.proves}


def _inspected(case: Case) -> bool:
    """Whether an inspection has been made since the place was last to be mended."""
    made = inspections.of_case(case.id)
    mended = [
        one.made_at
        for one in corrections.requests(case.id)
        if one.kind is RequestKind.RECTIFICATION
    ]
    return any(not mended or one.began_at >= mended[-1] for one in made)


def given(case: Case) -> frozenset[str]:
    """Keys of materials and codes of requirements that the draft has files for."""
    return frozenset(code for attachment in case.attachments for code in attachment.codes)


def roster_given(case: Case) -> bool:
    """Whether the roster is there that this filing asks; of a recorded one it is on the paper."""
    if case.recorded_by or not any(one.made is Made.ROSTER for one in case.kind.materials):
        return True
    latest = rosters.version(case.place_id)
    return latest is not None and latest.total > 0


def _recorders(case: Case) -> frozenset[int]:
    """Everyone of the office who had this filing in hand; nobody for an enterprise's own."""
    if case.recorded_by is None:
        return frozenset()
    return audit.who_did(case.id, RECORD) | {case.recorded_by}
