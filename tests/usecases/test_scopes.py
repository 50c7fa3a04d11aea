"""Who sees which cases: every query starts from a scope, and a forgotten check finds nothing."""

import pytest

from tests.cast import Cast, draft, submitted
from workflow.core.refusals import NotFound
from workflow.core.roles import SYSTEM, Actor, Role
from workflow.core.states import State
from workflow.store import cases
from workflow.store.cases import NoScope
from workflow.store.db import db

# Zhe's case is a draft; He and Zhe lie in Lin's field, Lü in Zhou's.
SEEN = {
    "he": {"he"},
    "zhe": {"zhe"},
    "lv": {"lv"},
    "lin": {"he"},
    "zhou": {"lv"},
    "office": {"he", "lv"},
    "issuer": {"he", "lv"},
    "command": {"he", "lv"},
    "auditor": {"he", "lv"},
    "service": {"he", "zhe", "lv"},
}
NO_SCOPE = {Role.STAFF, Role.ADMIN}


@pytest.fixture
def ids(cast: Cast) -> dict[str, int]:
    return {"he": submitted(cast.he), "zhe": draft(cast.zhe), "lv": submitted(cast.lv)}


def whom(cast: Cast, who: str) -> Actor:
    return SYSTEM if who == "service" else getattr(cast, who)


def test_every_role_is_in_the_table(cast: Cast) -> None:
    assert {whom(cast, who).role for who in SEEN} | NO_SCOPE == set(Role)


def test_everyone_sees_their_own_and_no_more(cast: Cast, ids: dict[str, int]) -> None:
    whose = {case_id: name for name, case_id in ids.items()}
    seen = {
        who: {whose[case.id] for case in db.session.scalars(cases.visible_to(whom(cast, who)))}
        for who in SEEN
    }
    assert seen == SEEN


def found(case_id: int, actor: Actor) -> bool:
    try:
        return cases.get(case_id, actor).id == case_id
    except NotFound:
        return False


def test_one_case_is_found_only_in_scope(cast: Cast, ids: dict[str, int]) -> None:
    seen = {
        who: {whose for whose, case_id in ids.items() if found(case_id, whom(cast, who))}
        for who in SEEN
    }
    assert seen == SEEN


@pytest.mark.parametrize("role", sorted(NO_SCOPE, key=lambda role: role.value))
def test_some_roles_may_not_even_ask(cast: Cast, role: Role) -> None:
    for ask in (
        lambda: cases.visible_to(cast.of(role)),
        lambda: cases.get(1, cast.of(role)),
        lambda: cases.listed(cast.of(role), frozenset(State)),
    ):
        with pytest.raises(NoScope):
            ask()


@pytest.mark.parametrize(
    "nobody",
    [Actor(1, Role.ENTERPRISE, "无主"), Actor(1, Role.LIAISON, "无田")],
    ids=["clerk of nothing", "liaison of nothing"],
)
def test_who_belongs_to_nothing_sees_nothing(ids: dict[str, int], nobody: Actor) -> None:
    assert cases.listed(nobody, frozenset(State)) == []


def test_a_list_holds_only_the_states_asked_for(cast: Cast, ids: dict[str, int]) -> None:
    assert cases.listed(SYSTEM, frozenset()) == []
    (only,) = cases.listed(SYSTEM, frozenset({State.DRAFT}))
    assert only.id == ids["zhe"]
