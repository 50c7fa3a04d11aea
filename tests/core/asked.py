"""Who does what in which state, and everything that may stand against it, typed out by hand."""

from datetime import date

from tests.core.table import COMMAND_DECIDES, ONE, THREE
from workflow.core.checklist import Verdict
from workflow.core.refusals import Reason
from workflow.core.roles import Role
from workflow.core.states import Action, State

ENT, LIA, OFF, COM = Role.ENTERPRISE, Role.LIAISON, Role.OFFICE, Role.COMMAND
ISS, SYS = Role.ISSUER, Role.SYSTEM
A, S = Action, State
Spoilt = tuple[dict[str, object], Reason, tuple[str, ...]]
# What the enterprise is asked of its filing, the first time and every other.
OF_FILING: list[Spoilt] = [
    ({"closed": True}, Reason.CLOSED_FOR_NOW, ()),
    ({"missing_facts": ("headcount", "hazards")}, Reason.FACTS_MISSING, ("headcount", "hazards")),
    ({"contradictions": ("first_batch_count",)}, Reason.FACTS_CONTRADICT, ("first_batch_count",)),
    ({"planned": date(2026, 11, 23)}, Reason.TOO_SOON, ("2026-11-24",)),
    ({"early": True}, Reason.NO_REASON_TO_BE_EARLY, ()),
    (
        {"early": True, "essential": True, "opens": date(2026, 11, 30)},
        Reason.NOT_EARLY,
        ("2026-11-30",),
    ),
    ({"roster_missing": True}, Reason.ROSTER_MISSING, ()),
    ({"missing_parts": ("plan",)}, Reason.PARTS_MISSING, ("plan",)),
    ({"missing_evidence": ("roster",)}, Reason.EVIDENCE_MISSING, ("roster",)),
]
SOUND: list[Spoilt] = [
    ({"decided_elsewhere": ("市级",)}, Reason.DECIDED_ELSEWHERE, ("市级",)),
    ({"inspected": False}, Reason.NOT_INSPECTED, ()),
    ({"verdicts": {"A": Verdict.PASS}}, Reason.CHECKS_MISSING, ("B", "C")),
    (
        {"verdicts": {"A": Verdict.FAIL, "B": Verdict.FAIL, "C": Verdict.FAIL}},
        Reason.VETO_FAILED,
        ("A",),
    ),
    ({"awaited": ("镇卫生院", "镇应急办")}, Reason.OPINIONS_AWAITED, ("镇卫生院", "镇应急办")),
]
ADVERSE = [
    ({"words_given": False}, Reason.WORDS_NEEDED, ()),
    ({"remedies_known": False}, Reason.REMEDIES_UNKNOWN, ()),
]
IN_FIELD = [
    ({"field_id": 4}, Reason.NOT_YOUR_FIELD, ()),
    ({"recorded_by": frozenset({1, 9})}, Reason.RECORDED_BY_YOU, ()),
]
OWNED = [({"enterprise_id": 8}, Reason.NOT_YOUR_ENTERPRISE, ())]
RECORDED = [({"recorded_by": frozenset()}, Reason.NOT_RECORDED_HERE, ())]
SCANNED = [*RECORDED, ({"scan_given": False}, Reason.SCAN_MISSING, ())]
ANSWERED = [({"unanswered": ("4", "7")}, Reason.POINTS_UNANSWERED, ("4", "7"))]
POINTS = [({"points": 0}, Reason.NO_POINTS, ())]
TOWN = SOUND[:1]
TWO, AT_TWO = {"levels": COMMAND_DECIDES}, {"levels": COMMAND_DECIDES, "level": 1}
TWICE = [
    ({"deciders": frozenset({1})}, Reason.DECIDED_BY_YOU, ()),
    ({"recorded_by": frozenset({1})}, Reason.RECORDED_BY_YOU, ()),
]
# Who does what in which state, how the case must lie for it, and everything that may stand against.
ASKED: list[tuple[A, Role, S, dict[str, object], list[Spoilt]]] = [
    (A.SUBMIT, ENT, S.DRAFT, {}, [*OWNED, *OF_FILING]),
    (A.SUBMIT, OFF, S.DRAFT, {}, [*SCANNED, *OF_FILING]),
    *(
        (A.RESUBMIT, role, state, {"accepted": accepted}, [*who, *ANSWERED, *OF_FILING])
        for role, who in ((ENT, OWNED), (OFF, SCANNED))
        for state, accepted in ((S.RETURNED, False), (S.RETURNED, True), (S.RECTIFYING, True))
    ),
    *(
        (A.WITHDRAW, role, state, {}, who)
        for role, who in ((ENT, OWNED), (OFF, RECORDED))
        for state in (S.SUBMITTED, S.RETURNED, S.ACCEPTED, S.INSPECTING, S.RECTIFYING, S.REFERRED)
    ),
    (
        A.ACCEPT,
        OFF,
        S.SUBMITTED,
        {},
        [({"verdicts": {"A": Verdict.PASS}}, Reason.CHECKS_MISSING, ("C",))],
    ),
    (
        A.NOT_ACCEPT,
        OFF,
        S.SUBMITTED,
        {},
        [*ADVERSE, ({"recorded_by": frozenset({1})}, Reason.RECORDED_BY_YOU, ())],
    ),
    (A.RETURN, OFF, S.SUBMITTED, {}, POINTS),
    *(
        (A.RETURN, role, state, {}, [*IN_FIELD, *POINTS])
        for role in (LIA, OFF)
        for state in (S.ACCEPTED, S.INSPECTING)
    ),
    *((A.INSPECT, role, S.ACCEPTED, {}, IN_FIELD) for role in (LIA, OFF)),
    *(
        (
            A.RECTIFY,
            role,
            S.INSPECTING,
            {},
            [
                *IN_FIELD,
                ({"verdicts": {}}, Reason.NOTHING_FAILED, ()),
                ({"verdicts": {"A": Verdict.NOT_APPLICABLE}}, Reason.NOTHING_FAILED, ()),
                ({"verdicts": {"X": Verdict.FAIL}}, Reason.NOTHING_FAILED, ()),
            ],
        )
        for role in (LIA, OFF)
    ),
    *(
        (action, role, state, how, [*IN_FIELD, *against_it])
        for action, how, against_it in (
            (A.REFER, TWO, [*SOUND, ({"levels": ONE}, Reason.LAST_LEVEL, ())]),
            (A.APPROVE, {}, [*SOUND, (TWO, Reason.NOT_LAST_LEVEL, ())]),
            (A.REFUSE, {}, [*TOWN, *ADVERSE, (TWO, Reason.NOT_LAST_LEVEL, ())]),
        )
        for role in (LIA, OFF)
        for state in (S.ACCEPTED, S.INSPECTING)
    ),
    (A.REFER, OFF, S.REFERRED, {"levels": THREE, "level": 1}, [*TWICE, *SOUND]),
    (A.APPROVE, COM, S.REFERRED, AT_TWO, [*TWICE, *SOUND]),
    (A.APPROVE, COM, S.REFERRED, {"levels": THREE, "level": 2}, [*TWICE, *SOUND]),
    (A.REFUSE, COM, S.REFERRED, AT_TWO, [*TWICE, *TOWN, *ADVERSE]),
    (A.SEND_BACK, COM, S.REFERRED, AT_TWO, [*TWICE, *ADVERSE[:1]]),
    (A.SEND_BACK, ISS, S.AWAITING_RELEASE, {}, ADVERSE[:1]),
    (
        A.RELEASE,
        ISS,
        S.AWAITING_RELEASE,
        {"issuer_releases": True},
        [({"issuer_releases": False}, Reason.RELEASED_BY_APPROVAL, ())],
    ),
    (
        A.RELEASE,
        SYS,
        S.AWAITING_RELEASE,
        {},
        [({"issuer_releases": True}, Reason.RELEASED_BY_ISSUER, ())],
    ),
    (
        A.MARK_ISSUED,
        SYS,
        S.APPROVED,
        {},
        [({"document_stored": False}, Reason.NOT_STORED, ())],
    ),
    *(
        (A.VOID, ISS, state, {}, ADVERSE[:1])
        for state in (S.AWAITING_RELEASE, S.APPROVED, S.ISSUED)
    ),
    (A.SUPERSEDE, SYS, S.ISSUED, {}, [({"replaced": False}, Reason.NOT_REPLACED, ())]),
]
