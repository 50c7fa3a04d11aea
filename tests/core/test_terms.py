"""Conditions with three answers: yes, no, and not told yet."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.core.facts import FactDefinition, FactKind, Facts
from workflow.core.terms import All, AnyOf, Leaf, Not, Term, parse

STEADY = settings(deadline=None, max_examples=150, derandomize=True)
BOOLS, CHOICES = ("dorm", "canteen"), ("dust", "lifting", "hot_work")
DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 9))
FACTS = st.fixed_dictionaries(
    {},
    optional={
        **{key: st.booleans() for key in BOOLS},
        "people": st.integers(0, 60),
        "hazards": st.frozensets(st.sampled_from(CHOICES)),
        "class": st.sampled_from(CHOICES),
        "day": DAYS,
    },
)
LEAVES = st.one_of(
    st.builds(Leaf, st.sampled_from(BOOLS), st.just("is"), st.booleans()),
    st.builds(
        Leaf, st.just("people"), st.sampled_from(["at_least", "at_most"]), st.integers(0, 60)
    ),
    st.builds(
        Leaf,
        st.sampled_from(["hazards", "class"]),
        st.just("in"),
        st.lists(st.sampled_from(CHOICES), min_size=1).map(tuple),
    ),
    st.builds(Leaf, st.just("day"), st.sampled_from(["before", "after"]), DAYS),
    st.builds(Leaf, st.sampled_from(["people", "hazards", *BOOLS]), st.just("present")),
)


def _larger(smaller: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    parts = st.lists(smaller, min_size=1, max_size=3).map(tuple)
    return st.one_of(st.builds(All, parts), st.builds(AnyOf, parts), st.builds(Not, smaller))


TERMS = st.recursive(LEAVES, _larger, max_leaves=8)
YES, NO, UNTOLD = Leaf("yes", "is", True), Leaf("no", "is", True), Leaf("untold", "is", True)
TOLD: Facts = {"yes": True, "no": False}


@pytest.mark.parametrize(
    ("term", "answer"),
    [
        (All((YES, YES)), True),
        (All((YES, NO)), False),
        (All((YES, UNTOLD)), None),
        (All((NO, UNTOLD)), False),
        (All((UNTOLD, NO)), False),
        (All((UNTOLD, UNTOLD)), None),
        (AnyOf((NO, NO)), False),
        (AnyOf((NO, YES)), True),
        (AnyOf((NO, UNTOLD)), None),
        (AnyOf((YES, UNTOLD)), True),
        (AnyOf((UNTOLD, YES)), True),
        (AnyOf((UNTOLD, UNTOLD)), None),
        (Not(YES), False),
        (Not(NO), True),
        (Not(UNTOLD), None),
        (Not(All((NO, UNTOLD))), True),
    ],
)
def test_three_answers_combine(term: Term, answer: bool | None) -> None:
    assert term.holds(TOLD) is answer


@pytest.mark.parametrize(
    ("op", "value", "told", "answer"),
    [
        ("is", True, True, True),
        ("is", True, False, False),
        ("is", "site", "site", True),
        ("in", ("site", "road"), "road", True),
        ("in", ("site", "road"), "shop", False),
        ("in", ("dust", "lifting"), frozenset({"lifting"}), True),
        ("in", ("dust", "lifting"), frozenset({"hot_work"}), False),
        ("in", ("dust",), frozenset(), False),
        ("at_least", 51, 50, False),
        ("at_least", 51, 51, True),
        ("at_most", 50, 50, True),
        ("at_most", 50, 51, False),
        ("before", "2026-11-30", date(2026, 11, 29), True),
        ("before", "2026-11-30", date(2026, 11, 30), False),
        ("after", date(2026, 11, 30), date(2026, 11, 30), False),
        ("after", date(2026, 11, 30), date(2026, 12, 1), True),
        ("present", None, 0, False),
        ("present", None, 1, True),
        ("present", None, frozenset(), False),
        ("present", None, "", False),
    ],
)
def test_each_comparison(op: str, value: object, told: object, answer: bool) -> None:
    assert Leaf("x", op, value).holds({"x": told}) is answer
    assert Leaf("x", op, value).holds({}) is None


def test_what_cannot_be_compared_raises() -> None:
    with pytest.raises(ValueError, match="cannot compare 'many' at_least 3"):
        Leaf("x", "at_least", 3).holds({"x": "many"})


@STEADY
@given(TERMS, FACTS)
def test_every_condition_has_an_answer_for_any_facts(term: Term, facts: Facts) -> None:
    assert term.holds(facts) in (True, False, None)


@STEADY
@given(TERMS, FACTS, st.data())
def test_telling_more_never_turns_an_answer_around(
    term: Term, facts: Facts, data: st.DataObject
) -> None:
    fewer = data.draw(st.sets(st.sampled_from(sorted(facts)))) if facts else set()
    before = term.holds({key: facts[key] for key in fewer})
    assert before is None or term.holds(facts) is before


@STEADY
@given(TERMS, FACTS)
def test_an_explanation_agrees_with_its_answer(term: Term, facts: Facts) -> None:
    deciders = term.deciders(facts)
    named = {leaf.fact for leaf in deciders}
    assert deciders
    assert set(deciders) <= set(term.leaves())
    assert term.holds({key: facts[key] for key in named & set(facts)}) is term.holds(facts)


@STEADY
@given(TERMS, FACTS)
def test_an_open_question_names_only_what_is_untold(term: Term, facts: Facts) -> None:
    if term.holds(facts) is None:
        assert not {leaf.fact for leaf in term.deciders(facts)} & set(facts)


@STEADY
@given(TERMS)
def test_nothing_told_decides_nothing(term: Term) -> None:
    assert term.holds({}) is None


def _tree(term: Term) -> dict[str, object]:
    match term:
        case All(parts):
            return {"all": [_tree(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [_tree(part) for part in parts]}
        case Not(part):
            return {"not": _tree(part)}
        case Leaf(fact, op, value):
            asked = list(value) if isinstance(value, tuple) else value
            return {"fact": fact, "op": op} | ({} if asked is None else {"value": asked})
    raise AssertionError(term)


@STEADY
@given(TERMS)
def test_a_tree_is_read_as_the_condition_it_stands_for(term: Term) -> None:
    assert parse(_tree(term)) == term


@pytest.mark.parametrize(
    "tree",
    [
        {},
        {"all": []},
        {"any": []},
        {"all": {"fact": "x", "op": "present"}},
        {"all": [{"fact": "x", "op": "present"}], "any": []},
        {"not": [{"fact": "x", "op": "present"}]},
        {"fact": "x"},
        {"fact": 3, "op": "present"},
        {"fact": "x", "op": "resembles", "value": 3},
        {"fact": "x", "op": "is", "value": 3, "unless": 4},
        {"any": [{"not": {"fact": "x", "op": "equals"}}]},
    ],
    ids=str,
)
def test_a_tree_that_is_no_condition_is_refused(tree: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not a condition"):
        parse(tree)


KINDS = {
    kind: FactDefinition("x", "x", kind, "x?", choices=(("a", "甲"), ("b", "乙")))
    for kind in FactKind
}
FITTING = {
    (FactKind.BOOL, "is", True),
    (FactKind.INT, "is", 3),
    (FactKind.INT, "at_least", 3),
    (FactKind.INT, "at_most", 3),
    (FactKind.DECIMAL, "is", 3),
    (FactKind.DECIMAL, "at_least", 3),
    (FactKind.DECIMAL, "at_most", 3),
    (FactKind.ENUM, "is", "a"),
    (FactKind.ENUM, "in", ("a", "b")),
    (FactKind.SET, "in", ("a", "b")),
    (FactKind.DATE, "before", "2026-11-30"),
    (FactKind.DATE, "after", "2026-11-30"),
    *((kind, "present", None) for kind in FactKind),
}
VALUES = (True, 3, "a", "c", ("a", "b"), ("a", "c"), (), "2026-11-30", "2026-13-01", None)


@pytest.mark.parametrize("kind", FactKind)
@pytest.mark.parametrize("op", ["is", "in", "at_least", "at_most", "before", "after", "present"])
@pytest.mark.parametrize("value", VALUES, ids=str)
def test_a_comparison_fits_only_what_it_can_be_asked_of(
    kind: FactKind, op: str, value: object
) -> None:
    expected = any(
        (kind, op) == fitting[:2] and type(value) is type(fitting[2]) and value == fitting[2]
        for fitting in FITTING
    )
    assert Leaf("x", op, value).fits(KINDS[kind]) is expected
