"""Why something may not be done: one value shown alike by the page, the ledger and the tests."""

from dataclasses import dataclass
from enum import Enum


class Reason(Enum):
    """Every reason for which the rules refuse an action. Its words live in ``web/labels.py``."""

    NO_SUCH_STEP = "no_such_step"
    NOT_YOUR_ROLE = "not_your_role"
    NOT_YOUR_ENTERPRISE = "not_your_enterprise"
    NOT_YOUR_FIELD = "not_your_field"
    RECORDED_BY_YOU = "recorded_by_you"
    NOT_RECORDED_HERE = "not_recorded_here"
    SCAN_MISSING = "scan_missing"
    FACTS_MISSING = "facts_missing"
    FACTS_CONTRADICT = "facts_contradict"
    EVIDENCE_MISSING = "evidence_missing"
    PARTS_MISSING = "parts_missing"
    ROSTER_MISSING = "roster_missing"
    TOO_SOON = "too_soon"
    NOT_EARLY = "not_early"
    NO_REASON_TO_BE_EARLY = "no_reason_to_be_early"
    CLOSED_FOR_NOW = "closed_for_now"
    DECIDED_ELSEWHERE = "decided_elsewhere"
    CHECKS_MISSING = "checks_missing"
    VETO_FAILED = "veto_failed"
    NOT_STORED = "not_stored"
    NOT_INSPECTED = "not_inspected"
    NOTHING_FAILED = "nothing_failed"
    NO_POINTS = "no_points"
    POINTS_UNANSWERED = "points_unanswered"
    LAST_LEVEL = "last_level"
    NOT_LAST_LEVEL = "not_last_level"
    NOT_YOUR_LEVEL = "not_your_level"
    DECIDED_BY_YOU = "decided_by_you"
    OPINIONS_AWAITED = "opinions_awaited"
    WORDS_NEEDED = "words_needed"
    REMEDIES_UNKNOWN = "remedies_unknown"
    RELEASED_BY_APPROVAL = "released_by_approval"
    RELEASED_BY_ISSUER = "released_by_issuer"
    NOT_REPLACED = "not_replaced"
    NO_CHANGE_FILING = "no_change_filing"
    ANSWERED_ALREADY = "answered_already"
    TOO_MANY_KEPT = "too_many_kept"
    TOO_MANY_MESSAGES = "too_many_messages"
    NOT_A_DRAFT = "not_a_draft"
    SAME_FIELD = "same_field"
    WORDS_MISSING = "words_missing"
    FIELDS_OVERLAP = "fields_overlap"
    NAME_TAKEN = "name_taken"
    NOT_A_LIAISON = "not_a_liaison"
    OWN_STAND_IN = "own_stand_in"
    DAYS_REVERSED = "days_reversed"
    DAYS_PAST = "days_past"
    NO_FIELD = "no_field"
    CODE_TAKEN = "code_taken"
    HAS_ACCOUNT = "has_account"
    FILED_ALREADY = "filed_already"
    NOTE_MISSING = "note_missing"
    NOT_IN_LIST = "not_in_list"
    FILE_EMPTY = "file_empty"
    FILE_TOO_BIG = "file_too_big"
    FILE_NOT_ACCEPTED = "file_not_accepted"
    FILE_BROKEN = "file_broken"
    FILE_ENCRYPTED = "file_encrypted"
    TOO_MANY_FILES = "too_many_files"
    CODE_HELD = "code_held"
    NO_SUCH_NUMBER = "no_such_number"
    MOBILE_IN_USE = "mobile_in_use"
    PLACE_BY_OWNER = "place_by_owner"
    OWNER_NOT_ASKED = "owner_not_asked"
    HAS_AN_OWNER = "has_an_owner"
    NUMBER_NOT_KNOWN = "number_not_known"
    NOT_THE_OWNER = "not_the_owner"
    MERGED = "merged"
    AUTHORITY_EXPIRED = "authority_expired"
    SHEET_NOT_ACCEPTED = "sheet_not_accepted"
    SHEET_TOO_FULL = "sheet_too_full"
    NO_HEADINGS = "no_headings"
    COLUMNS_MISSING = "columns_missing"
    ROSTER_EMPTY = "roster_empty"
    ROSTER_TOO_LONG = "roster_too_long"
    ROSTER_CHANGED = "roster_changed"
    ROSTER_HAS_PERSON = "roster_has_person"
    BASIS_NEEDED = "basis_needed"
    CAMPAIGN_ON = "campaign_on"
    NOT_ON_ROSTER = "not_on_roster"
    WITH_CLINIC = "with_clinic"
    NOTHING_TO_RELEASE = "nothing_to_release"
    NOT_WELL = "not_well"
    MORE_UNWELL = "more_unwell"
    PEOPLE_AT_WORK = "people_at_work"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason and the facts behind it: fact keys, requirement codes or plain values, as text."""

    reason: Reason
    facts: tuple[str, ...] = ()


class Refused(Exception):
    """Raised by the rules; the transaction around it is rolled back."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(", ".join(refusal.reason.value for refusal in refusals))
        self.refusals = refusals


class Stale(Exception):
    """Someone else was first: the case is no longer as the actor saw it."""

    def __init__(self, case_id: int) -> None:
        super().__init__(str(case_id))
        self.case_id = case_id


class NotFound(Exception):
    """There is no such thing, or none that this actor may know of."""
