"""The named people of the tests, and short ways to bring a case to where a test begins."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import count
from random import Random

from sqlalchemy import select

from workflow.core.checklist import Check, Verdict
from workflow.core.codes import typed_code
from workflow.core.days import day_of
from workflow.core.roles import Actor, Role
from workflow.core.states import State
from workflow.core.transitions import checkable
from workflow.core.visits import Mode
from workflow.store import cases
from workflow.store.accounts import actor_of, named
from workflow.store.cases import Case
from workflow.store.db import db
from workflow.store.towns import Place, Stop
from workflow.usecases import accepting, deciding, filing, inspecting, review, submitting
from workflow.usecases.letters import Codes
from workflow.usecases.views import review_view

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
ANSWERS = {
    "planned_reopen_date": date(2026, 11, 30),
    "headcount": 212,
    "first_batch_count": 186,
    "stock_masks": 2000,
    "hazards": frozenset({"hot_work"}),
}
PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
PLANS = frozenset({"EP-101", "EP-103", "EP-104", "EP-106"})
ROSTER = frozenset({"EP-111", "EP-202"})


@dataclass(frozen=True)
class Cast:
    """He and Zhe are clerks of two enterprises in Lin's field; Lü's place lies in Zhou's."""

    he: Actor
    zhe: Actor
    lv: Actor
    lin: Actor
    zhou: Actor
    office: Actor
    issuer: Actor
    command: Actor
    auditor: Actor
    admin: Actor

    @property
    def staff(self) -> Actor:
        return replace(self.admin, role=Role.STAFF)

    def of(self, role: Role) -> Actor:
        return {
            Role.ENTERPRISE: self.he,
            Role.STAFF: self.staff,
            Role.LIAISON: self.lin,
            Role.OFFICE: self.office,
            Role.ISSUER: self.issuer,
            Role.COMMAND: self.command,
            Role.AUDITOR: self.auditor,
            Role.ADMIN: self.admin,
        }[role]


USERNAMES = {
    "he": "yunque",
    "zhe": "boli",
    "lv": "muye",
    "lin": "zhuanyuan",
    "zhou": "zhuanyuan2",
    "office": "qiyeban",
    "issuer": "qianfa",
    "command": "zhihuibu",
    "auditor": "shenji",
    "admin": "guanli",
}


def enter(at: datetime = AT) -> Cast:
    """Everyone, as they are on the town's day of that instant."""
    day = day_of(at)
    return Cast(**{who: actor_of(named(username), day) for who, username in USERNAMES.items()})


def codes(seed: int = 0) -> Codes:
    random = Random(seed)
    token = random.randbytes(16).hex()
    return Codes(token, typed_code(random.choice), f"http://127.0.0.1:8000/v/{token}")


_seeds = count(1000)


def fresh_codes() -> Codes:
    """Codes no document of this run has."""
    return codes(next(_seeds))


def draft(actor: Actor, at: datetime = AT) -> int:
    """An opened case of the actor's first place."""
    place = db.session.scalars(
        select(Place.id).where(Place.enterprise_id == actor.enterprise_id)
    ).first()
    stop = db.session.scalars(select(Stop.id)).one()
    return filing.open_case(place, stop, "ep_reopen", actor, at)


def filled(actor: Actor, at: datetime = AT, **answers: object) -> int:
    """A draft with all answers and two papers."""
    case_id = draft(actor, at)
    filing.save_answers(case_id, ANSWERS | answers, version_of(case_id), actor, at)
    filing.attach(case_id, "方案.pdf", PAPER + b"1", PLANS, actor, at)
    filing.attach(case_id, "名册.pdf", PAPER + b"2", ROSTER, actor, at)
    return case_id


def submitted(actor: Actor, at: datetime = AT, **answers: object) -> int:
    case_id = filled(actor, at, **answers)
    submitting.submit(case_id, version_of(case_id), actor, at)
    return case_id


def accepted(actor: Actor, at: datetime = AT, **answers: object) -> int:
    return accept(submitted(actor, at, **answers), at)


def accept(case_id: int, at: datetime = AT) -> int:
    """The office ticks off its own items and accepts."""
    office = enter(at).office
    desk = checkable(review_view(cases.get(case_id, office), at), office)
    checks = [Check(held.code, Verdict.PASS, "看过了") for held in desk]
    review.confirm(case_id, checks, version_of(case_id), office, at)
    accepting.accept(case_id, version_of(case_id), office, at, fresh_codes)
    return case_id


def inspecting_at(case_id: int, liaison: Actor, at: datetime = AT) -> int:
    """The liaison is at the place; the office has accepted it, if it had not before."""
    if cases.get(case_id, liaison).state is State.SUBMITTED:
        accept(case_id, at)
    inspecting.begin(case_id, Mode.VISIT, "", "", version_of(case_id), liaison, at)
    return case_id


def inspected(actor: Actor, liaison: Actor, at: datetime = AT, **answers: object) -> int:
    """A case under inspection, with no verdict but the office's."""
    return inspecting_at(submitted(actor, at, **answers), liaison, at)


def checked(case_id: int, liaison: Actor, at: datetime = AT, **verdicts: Verdict) -> int:
    """Every requirement passed, but for those named (EP_141=Verdict.FAIL)."""
    if cases.get(case_id, liaison).state is not State.INSPECTING:
        inspecting_at(case_id, liaison, at)
    named_codes = {code.replace("_", "-"): verdict for code, verdict in verdicts.items()}
    found = cases.get(case_id, liaison)
    checks = [
        Check(held.code, named_codes.get(held.code, Verdict.PASS), "看过了")
        for held in checkable(review_view(found, at), liaison)
    ]
    review.confirm(case_id, checks, version_of(case_id), liaison, at)
    return case_id


def approve(case_id: int, by: Actor, at: datetime = AT, words: str = "") -> str:
    """Approves the case as it is now; the number of its notice."""
    return deciding.approve(case_id, words, version_of(case_id), by, at, fresh_codes)


def approved(enterprise: Actor, liaison: Actor, at: datetime = AT) -> int:
    case_id = checked(submitted(enterprise, at), liaison, at)
    approve(case_id, liaison, at)
    return case_id


def version_of(case_id: int) -> int:
    return db.session.scalars(select(Case.version).where(Case.id == case_id)).one()
