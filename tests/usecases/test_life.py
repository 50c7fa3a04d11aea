"""Random people act on several cases, often two in the same moment: nothing forbidden happens."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.cast import AT, PAPER, PLANS, Cast, draft, version_of
from tests.core.table import ONE, THREE
from tests.usecases.intact import as_known, numbered, one_of_each
from tests.usecases.living import PEOPLE, Known, Town, at_once, tried
from tests.usecases.ways import CLINIC, decided_by, state_of
from workflow.core.roles import Role
from workflow.core.states import CLOSED, Action, State
from workflow.issuing.keys import SigningKey
from workflow.store import cases, decisions
from workflow.store.db import db
from workflow.store.towns import places_of
from workflow.usecases import filing, founding, ledger

ACTIONS = sorted(set(Action) - {Action.SUPERSEDE}, key=lambda one: one.value)
WAYS = (
    (ONE, False, {}),
    ((Role.LIAISON, Role.COMMAND), True, {CLINIC: "waits"}),
    (THREE, False, {}),
)
actions, people = st.sampled_from(ACTIONS), st.sampled_from(PEOPLE)
EVERYONE = (*PEOPLE, "service")
whose, anyone = st.sampled_from(("he", "zhe")), st.sampled_from(EVERYONE)
OTHER_WAYS = ("", "", "", "", "", "return", "rectify", "back", "void")
any_item = st.integers(0, 12)


class Life(RuleBasedStateMachine):
    """One stop with the filings of two places. The database lives on from run to run."""

    app: ClassVar[Flask]
    town: ClassVar[Town]
    key: ClassVar[SigningKey]
    numbers: ClassVar[dict[int, tuple[str, int, int]]]
    runs: ClassVar[int] = 0
    met: ClassVar[Counter[str]]

    @initialize(way=st.sampled_from(WAYS))
    def begin(self, way: tuple) -> None:
        type(self).runs, self.town.at = self.runs + 1, AT
        self.levels, self.issuer, asked = way
        above = (role.value for role in self.levels[1:])
        decided_by(*above, issuer=self.issuer, asked=asked, further=f"# {self.runs}")
        self.stop = founding.open_stop("epidemic", f"停工{self.runs}", AT.date())
        self.known: dict[str, Known] = {}
        self.past: list[Known] = []
        for who in ("he", "zhe"):
            self.open(who)

    def open(self, who: str) -> None:
        actor = self.town.people[who]
        place = places_of(actor.enterprise_id)[0].id
        case_id = filing.open_case(place, self.stop, "ep_reopen", actor, self.town.at)
        if who in self.known:
            self.past.append(self.known[who])
        in_force = next((one for one in self.past if one.id == case_id), None)
        if in_force:  # a change of it has ended, and it still counts
            assert in_force.state is State.ISSUED
            self.past.remove(in_force)
        else:
            self.town.fill(case_id, who)
        self.known[who] = in_force or Known(case_id, who, self.levels, self.issuer)

    def took(self, one: Known, now: Known) -> None:
        """The model goes on; a change that is issued takes the place of what it changed."""
        self.known[one.owner] = now
        type(self).met[now.state.value] += 1
        if now.state is State.ISSUED and one.state is not State.ISSUED and one.replaces:
            (old,) = (old for old in self.past if old.id == one.replaces)
            self.past.remove(old)
            self.past.append(replace(old, state=State.SUPERSEDED))

    @rule(owner=whose, action=actions, who=anyone)
    def anyone_does_anything(self, owner: str, action: Action, who: str) -> None:
        one = self.known[owner]
        self.attempt(one, *self.fitting(one, action, who))

    def fitting(self, one: Known, action: Action, who: str) -> tuple[Action, str]:
        if action is Action.MARK_ISSUED:
            return action, "service"
        if action in {Action.SUBMIT, Action.RESUBMIT}:
            action = Action.SUBMIT if one.state is State.DRAFT else Action.RESUBMIT
        return action, "lin" if who == "service" else who

    def attempt(self, one: Known, action: Action, who: str, *, must: bool = False) -> None:
        self.town.at += timedelta(minutes=1)
        expected = one.after(action, who)
        deed = self.town.deed(action, one.id, version_of(one.id), who)
        if must:
            deed()
        elif not tried(deed):
            return
        assert expected is not None, (one, action, who)
        self.took(one, expected)

    @rule(owner=whose, who=people, failed=any_item)
    def somebody_gives_verdicts(self, owner: str, who: str, failed: int) -> None:
        tried(lambda: self.town.tick(self.known[owner].id, who, failed))

    @rule(owner=whose, who=people)
    def somebody_raises_a_point_and_speaks(self, owner: str, who: str) -> None:
        tried(lambda: self.town.point(self.known[owner].id, who))
        tried(lambda: self.town.say(self.known[owner].id, who))

    @rule(owner=whose, ways=st.lists(st.sampled_from(OTHER_WAYS), min_size=2, max_size=6))
    def whoever_has_the_ball_goes_on(self, owner: str, ways: list[str]) -> None:
        for other_way in ways:
            self.goes_on(owner, other_way)

    def goes_on(self, owner: str, other_way: str) -> None:
        """The sensible next step, which must succeed."""
        one, town = self.known[owner], self.town
        match one.state:
            case State.DRAFT:
                self.attempt(one, Action.SUBMIT, owner, must=True)
            case State.SUBMITTED | State.INSPECTING if other_way == "return":
                who = "office" if one.state is State.SUBMITTED else "lin"
                town.point(one.id, who)
                self.attempt(one, Action.RETURN, who, must=True)
            case State.SUBMITTED:
                town.tick(one.id, "office")
                self.attempt(one, Action.ACCEPT, "office", must=True)
            case State.RETURNED | State.RECTIFYING:
                town.answer_points(one.id, owner)
                self.attempt(one, Action.RESUBMIT, owner, must=True)
            case State.ACCEPTED:
                self.attempt(one, Action.INSPECT, "lin", must=True)
            case State.INSPECTING if other_way == "rectify":
                town.tick(one.id, "lin", 3)
                self.attempt(one, Action.RECTIFY, "lin", must=True)
            case State.INSPECTING:
                town.tick(one.id, "lin")
                self.decides(one, "lin")
            case State.REFERRED | State.AWAITING_RELEASE if other_way == "back":
                self.attempt(one, Action.SEND_BACK, self.above(one), must=True)
            case State.REFERRED:
                self.decides(one, self.above(one))
            case State.AWAITING_RELEASE:
                self.attempt(one, Action.RELEASE, "issuer", must=True)
            case State.APPROVED:
                self.attempt(one, Action.MARK_ISSUED, "service", must=True)
            case State.ISSUED if other_way == "void":
                self.attempt(one, Action.VOID, "issuer", must=True)
            case State.ISSUED:
                self.changes(one)
            case state:
                assert state in CLOSED
                self.open(owner)

    def above(self, one: Known) -> str:
        return "issuer" if one.state is State.AWAITING_RELEASE else one.situation.turn.value

    def decides(self, one: Known, who: str) -> None:
        if any(asked.view is None for asked in decisions.opinions(one.id)):
            self.town.opine(one.id)
        action = Action.APPROVE if one.situation.last else Action.REFER
        self.attempt(one, action, who, must=True)

    def changes(self, one: Known) -> None:
        case_id = filing.open_change(one.id, self.town.people[one.owner], self.town.at)
        self.town.fill(case_id, one.owner)
        self.past.append(one)
        self.known[one.owner] = Known(case_id, one.owner, ONE, False, replaces=one.id)

    @rule(owner=whose, first=st.integers(0, 99), second=st.integers(0, 99), failed=any_item)
    def two_act_at_once(self, owner: str, first: int, second: int, failed: int) -> None:
        """Two different people or steps, of those that the table allows now, on one page."""
        one, town = self.known[owner], self.town
        town.at += timedelta(minutes=1)
        town.made_ready(one, failed)
        may = [(does, who) for does in ACTIONS for who in EVERYONE if one.after(does, who)]
        if not may:
            return
        pairs = [may[first % len(may)], may[second % len(may)]]
        seen = version_of(one.id)
        done = at_once(self.app, *(town.deed(does, one.id, seen, who) for does, who in pairs))
        self.explain(one, [pair for pair, was_done in zip(pairs, done, strict=True) if was_done])

    def explain(self, one: Known, happened: list[tuple[Action, str]]) -> None:
        """What was done must be possible in one order or the other."""
        state = state_of(one.id)
        for order in (happened, happened[::-1]):
            now: Known | None = one
            for action, who in order:
                now = now.after(action, who) if now else None
            if now and now.state is state:
                if happened:
                    self.took(one, now)
                type(self).met[f"{len(happened)} at once"] += 1
                return
        raise AssertionError(f"{one} became {state} by {happened}")

    @invariant()
    def all_is_as_it_should_be(self) -> None:
        db.session.rollback()
        as_known([*self.known.values(), *self.past])
        one_of_each()
        type(self).numbers = numbered(self.numbers)

    def teardown(self) -> None:
        db.session.rollback()
        assert list(ledger.breaks(self.key)) == []


def live(app: Flask, cast: Cast, key: SigningKey, profile: settings) -> Counter[str]:
    """Lets the town live; how often cases came to each state, and how often two acted at once."""
    first = draft(cast.lv)
    filing.attach(first, "材料.pdf", PAPER, PLANS, cast.lv, AT)
    paper = cases.get(first, cast.lv).attachments[0].sha256
    Life.app, Life.key, Life.town = app, key, Town(cast, AT, paper)
    Life.numbers, Life.met = {}, Counter()
    run_state_machine_as_test(Life, settings=profile)
    return Life.met


# Two threads never do quite the same again: the first fault is told as it was met.

QUIET = settings(deadline=None, phases=[Phase.generate], suppress_health_check=[*HealthCheck])


def test_random_people_never_bring_a_case_where_it_may_not_be(
    app: Flask, cast: Cast, key: SigningKey
) -> None:
    quick = settings(QUIET, max_examples=12, stateful_step_count=30, derandomize=True)
    met = live(app, cast, key, quick)
    assert {"issued", "returned", "referred", "1 at once"} <= set(met)


@pytest.mark.slow
def test_a_long_life(app: Flask, cast: Cast, key: SigningKey) -> None:
    met = live(app, cast, key, settings(QUIET, max_examples=150, stateful_step_count=80))
    assert {one.value for one in State} - {State.DRAFT.value, State.SUPERSEDED.value} <= set(met)
