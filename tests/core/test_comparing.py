"""Old against new: what a second submission changed, counted and marked."""

from workflow.core.comparing import Differences, Line, Mark, differences, marked
from workflow.core.corrections import Handed

FIRST = Handed({"headcount": 212, "part.plan": "一\n二"}, {"EP-101": frozenset({"a", "b"})}, 1)


def test_what_was_handed_in_again_as_it_was_has_no_difference() -> None:
    assert differences(FIRST, FIRST) == Differences()
    assert differences(FIRST, FIRST).nothing


def test_facts_parts_files_and_the_roster_are_told_apart() -> None:
    second = Handed(
        {"headcount": 186, "part.plan": "一"}, {"EP-101": frozenset({"a", "c", "d"})}, 2
    )
    found = differences(FIRST, second)
    assert found == Differences(
        facts=("headcount",),
        parts=("plan",),
        files_added=frozenset({"c", "d"}),
        files_gone=frozenset({"b"}),
        roster=True,
    )
    assert found.count == 5  # b became c, and d is one more


def test_an_answer_given_or_taken_back_is_a_change() -> None:
    second = Handed({"has_dorm": True}, FIRST.files, 1)
    assert differences(FIRST, second).facts == ("has_dorm", "headcount")
    assert differences(FIRST, second).parts == ("plan",)


def test_a_file_that_proves_something_else_now_is_still_the_same_file() -> None:
    second = Handed(FIRST.answers, {"EP-202": frozenset({"a", "b"})}, 1)
    assert differences(FIRST, second).nothing


def test_a_text_is_marked_line_by_line() -> None:
    assert marked("甲\n乙\n\n丙", "甲\n乙二\n丙\n丁") == (
        Line(Mark.SAME, "甲"),
        Line(Mark.GONE, "乙"),
        Line(Mark.NEW, "乙二"),
        Line(Mark.SAME, "丙"),
        Line(Mark.NEW, "丁"),
    )


def test_a_text_written_for_the_first_time_is_all_new() -> None:
    assert marked("", "甲") == (Line(Mark.NEW, "甲"),)
