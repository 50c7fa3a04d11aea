"""Two people on one draft: what each changed is kept, nothing is overwritten unseen."""

from hypothesis import given
from hypothesis import strategies as st

from workflow.core.merging import merged

KEYS = ("a", "b", "c")
VALUES = st.dictionaries(st.sampled_from(KEYS), st.sampled_from([1, 2, 3, [1], "x"]))


@given(VALUES, VALUES, VALUES)
def test_every_answer_is_taken_kept_or_asked_about(base, mine, theirs) -> None:
    found = merged(base, mine, theirs, KEYS)
    for key in KEYS:
        was, told, kept = base.get(key), mine.get(key), theirs.get(key)
        assert (key in found.clashes) == (told not in (kept, was) and kept != was)
        assert (key in found.taken) == (told not in (kept, was) and kept == was)


@given(VALUES, VALUES)
def test_alone_one_overwrites_whatever_one_changed(base, mine) -> None:
    found = merged(base, mine, base, KEYS)
    assert found.clashes == ()
    assert {key: base.get(key) for key in KEYS} | dict(found.taken) == {
        key: mine.get(key) for key in KEYS
    }


@given(VALUES, VALUES, VALUES)
def test_the_order_of_two_savings_does_not_matter_where_they_do_not_clash(base, mine, theirs):
    def saved(first, second):
        kept = dict(base) | dict(merged(base, first, base, KEYS).taken)
        second_one = merged(base, second, kept, KEYS)
        return kept | dict(second_one.taken), set(second_one.clashes)

    one, clashes = saved(mine, theirs)
    other, same_clashes = saved(theirs, mine)
    assert clashes == same_clashes
    agreed = set(KEYS) - clashes
    assert {key: one.get(key) for key in agreed} == {key: other.get(key) for key in agreed}


@given(VALUES, VALUES, VALUES)
def test_what_was_seen_to_clash_may_then_be_replaced(base, mine, theirs) -> None:
    kept = dict(theirs) | dict(merged(base, mine, theirs, KEYS).taken)
    assert merged(kept, mine, kept, KEYS).clashes == ()


@given(VALUES, VALUES, VALUES)
def test_saving_again_changes_nothing_more(base, mine, theirs) -> None:
    kept = dict(theirs) | dict(merged(base, mine, theirs, KEYS).taken)
    assert merged(base, mine, kept, KEYS).taken == {}
