"""What the guards are shown of a case: gathered from the store, plain values only."""

from datetime import date, datetime

from workflow.core.days import earliest_day
from workflow.core.deriving import derived
from workflow.core.facts import CLASS, Facts, from_json
from workflow.core.filings import Made
from workflow.core.opening import earliest
from workflow.core.packs import contradictions
from workflow.core.transitions import CaseView
from workflow.store import audit, drafts, rosters
from workflow.store.cases import Case

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
    """A case as its enterprise would submit it now. ``facts`` are its ``draft_facts``."""
    pack, kind = case.catalogue.pack, case.kind
    planned = facts.get(PLANNED)
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
        earliest=first_day(case, at),
        opens=case.stop.opens_on(case.place),
        held=pack.held(facts),
        recorded_by=_recorders(case),
        scan_given=any(SCAN in one.codes for one in case.attachments),
    )


def review_view(case: Case, *, document_stored: bool = False) -> CaseView:
    """A case as its officers judge it: by the submission in force, not by the draft."""
    pack, facts = case.catalogue.pack, submitted_facts(case)
    return CaseView(
        state=case.state,
        enterprise_id=case.enterprise_id,
        field_id=case.field_id,
        held=pack.held(facts),
        verdicts={check.code: check.verdict for check in case.submission.checks},
        decided_elsewhere=tuple(one.rule for one in pack.decided_elsewhere(facts)),
        document_stored=document_stored,
        recorded_by=_recorders(case),
    )


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
