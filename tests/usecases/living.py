"""Random lives of cases: what people do, and what a case should be by the tests' own table."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from threading import Barrier, Thread

from flask import Flask

from tests.cast import ANSWERS, PLANS, ROSTER, Cast, fresh_codes, version_of
from tests.core.table import Situation, allowed
from tests.usecases.ways import of_department
from workflow.core.checklist import Check, Verdict
from workflow.core.corrections import Anchor, Fault
from workflow.core.days import day_of
from workflow.core.deciding import View
from workflow.core.refusals import NotFound, Refused, Stale
from workflow.core.roles import Actor, Role
from workflow.core.states import Action, State
from workflow.core.transitions import checkable
from workflow.core.visits import Mode
from workflow.issuing.signing import Signed
from workflow.store import cases, corrections, documents
from workflow.store.cases import NoScope
from workflow.store.db import db, transaction
from workflow.store.submissions import Attachment
from workflow.usecases import (
    accepting,
    correcting,
    deciding,
    filing,
    inspecting,
    opinions,
    releasing,
    review,
    submitting,
    talking,
)
from workflow.usecases.views import review_view

SAID_NO = (Refused, Stale, NotFound, NoScope)
PEOPLE = ("he", "zhe", "lin", "zhou", "office", "issuer", "command", "auditor", "admin", "clinic")
IN_FIELD = {Action.INSPECT, Action.RECTIFY}
OF_FILER = {Action.SUBMIT, Action.RESUBMIT, Action.WITHDRAW}


@dataclass(frozen=True)
class Known:
    """What a case should be."""

    id: int
    owner: str
    levels: tuple[Role, ...]
    issuer_releases: bool
    state: State = State.DRAFT
    level: int = 0
    accepted: bool = False
    replaces: int | None = None

    @property
    def situation(self) -> Situation:
        return Situation(self.accepted, self.levels, self.level, self.issuer_releases)

    def after(self, action: Action, who: str) -> "Known | None":
        """The case after somebody's action; None where they may not take it."""
        target = allowed(self.state, action, role_of(who), self.situation)
        if target is None or not self._theirs(action, who):
            return None
        level = self.level
        if action is Action.REFER:
            level += 1
        elif action is Action.SEND_BACK and self.state is State.REFERRED:
            level -= 1
        if target is State.ACCEPTED:
            level = 0
        if target is State.AWAITING_RELEASE and not self.issuer_releases:
            target = State.APPROVED  # the service releases it in the same moment
        accepted = self.accepted or target is State.ACCEPTED
        return replace(self, state=target, level=level, accepted=accepted)

    def _theirs(self, action: Action, who: str) -> bool:
        if who in {"zhou", "clinic"}:  # of another field, of a department
            return False
        if action in OF_FILER:
            return who == self.owner
        if who == "office":  # takes over no field: liaison and stand-in are there
            return self.state in {State.SUBMITTED, State.REFERRED}
        return True


def role_of(who: str) -> Role:
    return {
        "he": Role.ENTERPRISE,
        "zhe": Role.ENTERPRISE,
        "lin": Role.LIAISON,
        "zhou": Role.LIAISON,
        "office": Role.OFFICE,
        "clinic": Role.OFFICE,
        "issuer": Role.ISSUER,
        "command": Role.COMMAND,
        "auditor": Role.AUDITOR,
        "admin": Role.ADMIN,
        "service": Role.SYSTEM,
    }[who]


class Town:
    """The people of the town, a clock that goes on, and what they can do to a case."""

    def __init__(self, cast: Cast, at: datetime, paper: str) -> None:
        self.people: dict[str, Actor] = {
            who: of_department() if who == "clinic" else getattr(cast, who) for who in PEOPLE
        }
        self.at, self.paper = at, paper

    def fill(self, case_id: int, who: str) -> None:
        """Answers everything, and gives the one paper of this run for every requirement."""
        actor = self.people[who]
        filing.save_answers(case_id, ANSWERS, version_of(case_id), actor, self.at)
        with transaction() as session:
            session.add(
                Attachment(
                    case_id=case_id,
                    sha256=self.paper,
                    name="材料.pdf",
                    codes=sorted(PLANS | ROSTER),
                    added_by=actor.account_id,
                    added_at=self.at,
                )
            )

    def deed(self, action: Action, case_id: int, version: int, who: str) -> Callable[[], object]:
        """What somebody does who has the page of that version before them."""
        if action in {Action.MARK_ISSUED, Action.SUPERSEDE}:
            return lambda: self.sign(case_id)
        actor, at = self.people[who], self.at
        step: dict[Action, Callable[[], object]] = {
            Action.SUBMIT: lambda: submitting.submit(case_id, version, actor, at),
            Action.RESUBMIT: lambda: submitting.submit(case_id, version, actor, at),
            Action.WITHDRAW: lambda: submitting.withdraw(case_id, version, actor, at),
            Action.ACCEPT: lambda: accepting.accept(case_id, version, actor, at, fresh_codes),
            Action.NOT_ACCEPT: lambda: accepting.not_accept(
                case_id, "不属本镇", "", version, actor, at, fresh_codes
            ),
            Action.RETURN: lambda: correcting.return_case(case_id, version, actor, at, fresh_codes),
            Action.INSPECT: lambda: inspecting.begin(
                case_id, Mode.VISIT, "", "", version, actor, at
            ),
            Action.RECTIFY: lambda: inspecting.rectify(
                case_id, day_of(at), version, actor, at, fresh_codes
            ),
            Action.REFER: lambda: deciding.refer(case_id, "报", version, actor, at, fresh_codes),
            Action.APPROVE: lambda: deciding.approve(case_id, "", version, actor, at, fresh_codes),
            Action.REFUSE: lambda: deciding.refuse(
                case_id, "缺", "", version, actor, at, fresh_codes
            ),
            Action.SEND_BACK: lambda: deciding.send_back(case_id, "请再看", version, actor, at),
            Action.RELEASE: lambda: releasing.release(case_id, version, actor, at),
            Action.VOID: lambda: deciding.void(case_id, "写错", version, actor, at),
        }
        return step[action]

    def sign(self, case_id: int) -> None:
        """The worker comes back with the signed notice. Raises ``NotFound`` without one."""
        notice = documents.of_case(case_id)
        if notice is None:
            raise NotFound(case_id)
        pdf = f"%PDF-{notice.id}".encode()
        signed = Signed(pdf, sha256(pdf).hexdigest(), "B-B")
        if not releasing.mark_issued(notice.id, signed, self.at):
            raise Stale(case_id)

    def tick(self, case_id: int, who: str, failed: int | None = None) -> None:
        """A verdict on all this person may check; ``failed`` is the place of one that failed."""
        actor = self.people[who]
        listed = checkable(review_view(cases.get(case_id, actor), self.at), actor)
        checks = [
            Check(held.code, Verdict.FAIL if place == failed else Verdict.PASS, "看过了")
            for place, held in enumerate(listed)
        ]
        review.confirm(case_id, checks, version_of(case_id), actor, self.at)

    def point(self, case_id: int, who: str) -> None:
        actor = self.people[who]
        correcting.raise_point(case_id, Anchor.WHOLE, "", Fault.UNCLEAR, "不清", actor, self.at)

    def answer_points(self, case_id: int, who: str) -> None:
        for one in corrections.open_points(case_id):
            submitting.answer_point(case_id, one.id, "改好了", self.people[who], self.at)

    def say(self, case_id: int, who: str) -> None:
        talking.say(case_id, "请看一下", self.people[who], self.at)
        talking.look(case_id, self.people[who], self.at)

    def opine(self, case_id: int) -> None:
        opinions.answer(case_id, View.AGREES, "", self.people["clinic"], self.at)

    def made_ready(self, one: Known, failed: int) -> None:
        """Sees to whatever the steps of this state wait for."""
        match one.state:
            case State.SUBMITTED:
                self.tick(one.id, "office")
                self.point(one.id, "office")
            case State.INSPECTING:
                self.tick(one.id, "lin", failed)
                self.point(one.id, "lin")
            case State.RETURNED | State.RECTIFYING:
                self.answer_points(one.id, one.owner)
        tried(lambda: self.opine(one.id))


def tried(deed: Callable[[], object]) -> bool:
    """Whether it was done; False if it was refused in one of the ways that people are told of."""
    try:
        deed()
    except SAID_NO:
        db.session.rollback()
        return False
    return True


def at_once(app: Flask, *deeds: Callable[[], object]) -> list[bool]:
    """Which of the deeds were done, all begun in the same moment, each with its own session."""
    start, done, faults = Barrier(len(deeds)), [False] * len(deeds), []

    def work(place: int, deed: Callable[[], object]) -> None:
        with app.app_context():
            start.wait(20)
            try:
                done[place] = tried(deed)
            except Exception as fault:
                faults.append(fault)
            finally:
                db.session.remove()

    db.session.remove()
    threads = [Thread(target=work, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    return done
