"""Whether something to correct was there to be seen in the first round (一次性告知)."""

import pytest

from workflow.core.corrections import Anchor, Handed, at, could_have_come_first

FIRST = Handed(
    answers={"headcount": 30, "has_dorm": False, "part.plan": "照此办"},
    files={"roster": frozenset({"aa", "bb"}), "plan": frozenset({"cc"})},
    roster=3,
)


def handed(**changes: object) -> Handed:
    return Handed(**{"answers": FIRST.answers, "files": FIRST.files, "roster": 3} | changes)


@pytest.mark.parametrize(
    ("anchor", "key", "found"),
    [
        (Anchor.FACT, "headcount", 30),
        (Anchor.FACT, "has_dorm", False),
        (Anchor.FACT, "hazards", None),
        (Anchor.PART, "plan", "照此办"),
        (Anchor.PART, "card", None),
        (Anchor.REQUIREMENT, "roster", frozenset({"aa", "bb"})),
        (Anchor.MATERIAL, "plan", frozenset({"cc"})),
        (Anchor.MATERIAL, "release", None),
        (Anchor.ATTACHMENT, "bb", "bb"),
        (Anchor.ATTACHMENT, "dd", None),
        (Anchor.ROSTER_ROW, "12", 3),
        (Anchor.WHOLE, "", FIRST),
    ],
)
def test_what_was_handed_in_at_an_anchor(anchor: Anchor, key: str, found: object) -> None:
    assert at(FIRST, anchor, key) == found


def test_no_files_is_nothing_handed_in() -> None:
    empty = handed(files={"roster": frozenset()})
    assert at(empty, Anchor.MATERIAL, "roster") is None
    assert could_have_come_first(empty, handed(files={}), Anchor.MATERIAL, "roster")


EACH = {
    Anchor.FACT: ("headcount", {"answers": {"headcount": 31}}),
    Anchor.PART: ("plan", {"answers": {"part.plan": "另行安排"}}),
    Anchor.REQUIREMENT: ("roster", {"files": {"roster": frozenset({"aa"})}}),
    Anchor.MATERIAL: ("plan", {"files": {"plan": frozenset({"cc", "dd"})}}),
    Anchor.ATTACHMENT: ("dd", {"files": {"plan": frozenset({"dd"})}}),
    Anchor.ROSTER_ROW: ("12", {"roster": 4}),
    Anchor.WHOLE: ("", {"roster": 4}),
}


@pytest.mark.parametrize("anchor", Anchor)
def test_a_point_comes_late_unless_what_it_hangs_on_has_changed(anchor: Anchor) -> None:
    key, change = EACH[anchor]
    assert could_have_come_first(FIRST, handed(**change), anchor, key) is False
    if anchor is not Anchor.ATTACHMENT:
        assert could_have_come_first(FIRST, handed(), anchor, key) is True


def test_a_file_of_the_first_round_could_have_been_seen_then() -> None:
    assert could_have_come_first(FIRST, handed(), Anchor.ATTACHMENT, "cc") is True


def test_what_is_still_lacking_could_have_been_seen_then() -> None:
    elsewhere = handed(answers={**FIRST.answers, "headcount": 31})
    assert could_have_come_first(FIRST, elsewhere, Anchor.FACT, "hazards") is True
    assert could_have_come_first(FIRST, elsewhere, Anchor.FACT, "headcount") is False
