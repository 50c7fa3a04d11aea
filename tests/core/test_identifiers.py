"""Codes and numbers: what checks itself is checked, letter-initial codes as well."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.core.identifiers import (
    CodeFault,
    bare_number,
    credit_code_fault,
    masked_number,
    mobile_number,
    plain_code,
    town_number,
)

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
GOOD = ["91110000600037341L", "91000000MA0000001R", "N1410122MF0000001N"]


@pytest.mark.parametrize("code", GOOD)
def test_a_code_that_holds_is_accepted(code: str) -> None:
    assert credit_code_fault(code) is None


@given(st.sampled_from(GOOD), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_character_copied_wrong_is_noticed(code: str, place: int, char: str) -> None:
    wrong = code[:place] + char + code[place + 1 :]
    assert (credit_code_fault(wrong) is None) == (wrong == code)


@given(st.sampled_from(GOOD), st.integers(0, 16))
def test_two_neighbours_swapped_are_noticed(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (credit_code_fault(swapped) is None) == (swapped == code)


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("", CodeFault.LENGTH),
        ("91000000MA000000", CodeFault.LENGTH),
        ("91000000MA00000010R", CodeFault.LENGTH),
        ("91000000MAOOOOOO1R", CodeFault.LETTER),
        ("91000000MA0000001R".lower(), CodeFault.LETTER),
        ("91000000MA0000002R", CodeFault.CHECK_DIGIT),
    ],
)
def test_what_is_wrong_is_named(code: str, fault: CodeFault) -> None:
    assert credit_code_fault(code) is fault


@given(st.text(max_size=40))
def test_any_text_can_be_asked_about(text: str) -> None:
    credit_code_fault(plain_code(text))
    town_number(text)
    mobile_number(text)
    masked_number(text)


@pytest.mark.parametrize(
    "typed", ["９１０００００0ma0000001r", " 91000000-MA00-00001R ", "91000000MA0000001R\n"]
)
def test_a_code_is_brought_to_one_form(typed: str) -> None:
    assert plain_code(typed) == "91000000MA0000001R"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13800000001", "13800000001"),
        ("+86 138-0000-0001", "13800000001"),
        ("１３８００００００0１", "13800000001"),
        ("12800000001", None),
        ("1380000000", None),
        ("138000000011", None),
        ("电话", None),
    ],
)
def test_a_mobile_number_is_eleven_digits(typed: str, number: str | None) -> None:
    assert mobile_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("样镇个〔2026〕3号", "样镇个〔2026〕3号"),
        ("样镇个[2026]第03号", "样镇个〔2026〕3号"),
        ("样镇个（２０２６） 3", "样镇个〔2026〕3号"),
        ("91000000MA0000001R", None),
        ("3号", None),
        ("", None),
    ],
)
def test_a_town_number_is_known_by_its_brackets(typed: str, number: str | None) -> None:
    assert town_number(typed) == number


def test_the_middle_of_a_number_is_hidden() -> None:
    assert masked_number("13800000001") == "138****0001"
    assert masked_number("0371-1") == "****"
    assert bare_number("0371-0000001") == "03710000001"
