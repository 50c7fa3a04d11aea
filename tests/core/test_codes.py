"""Codes that people type from paper."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.core.codes import (
    ALPHABET,
    TYPED_LENGTH,
    document_number,
    grouped,
    is_number,
    normalised,
)
from workflow.core.codes import typed_code as new_code

STEADY = settings(deadline=None, max_examples=100, derandomize=True)
CODES = st.text(ALPHABET, min_size=TYPED_LENGTH, max_size=TYPED_LENGTH)
CODE = "23AB9XYZKMNP"
FULL_WIDTH = {ord(char): ord(char) + 0xFEE0 for char in ALPHABET + "-"}


@pytest.mark.parametrize(
    "typed",
    [
        "23AB9XYZKMNP",
        "23AB-9XYZ-KMNP",
        "23ab-9xyz-kmnp",
        " 23AB 9XYZ KMNP ",
        "23AB\t9XYZ\nKMNP",
        "23AB—9XYZ–KMNP",
        "２３ＡＢ－９ＸＹＺ－ＫＭＮＰ",
        "２３ａｂ　９ｘｙｚ　ｋｍｎｐ",
        "(23AB·9XYZ·KMNP)",
    ],
)
def test_a_code_is_read_however_it_was_typed(typed: str) -> None:
    assert normalised(typed) == CODE


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "23AB-9XYZ-KMN",
        "23AB-9XYZ-KMNP2",
        "23AB-9XYZ-KMN0",
        "23AB-9XYZ-KMNO",
        "23AB-9XYZ-KMN1",
        "23AB-9XYZ-KMNI",
        "23AB-9XYZ-KMNL",
        "23AB-9XYZ-KMNU",
        "23AB-9XYZ-KMN码",
        "２３ＡＢ－９ＸＹＺ－ＫＭＮ０",
        "\0" * 12,
        "样复工〔2026〕1号",
    ],
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert normalised(typed) is None


def test_letters_that_are_misread_cannot_occur() -> None:
    assert set("0O1ILU") & set(ALPHABET) == set()
    assert len(ALPHABET) == len(set(ALPHABET)) == 30


@STEADY
@given(st.randoms(use_true_random=False))
def test_a_new_code_has_twelve_letters_of_the_alphabet(random: Random) -> None:
    code = new_code(random.choice)
    assert len(code) == 12
    assert set(code) <= set(ALPHABET)


@STEADY
@given(CODES)
def test_a_printed_code_is_read_back(code: str) -> None:
    assert normalised(grouped(code)) == code
    assert normalised(grouped(code).lower()) == code
    assert normalised(grouped(code).translate(FULL_WIDTH)) == code


@STEADY
@given(st.text(max_size=40))
def test_anything_typed_is_a_code_or_none(typed: str) -> None:
    code = normalised(typed)
    assert code is None or (len(code) == TYPED_LENGTH and set(code) <= set(ALPHABET))


def test_a_code_is_printed_in_groups_of_four() -> None:
    assert grouped(CODE) == "23AB-9XYZ-KMNP"


def test_a_document_number_has_six_corner_brackets_and_no_leading_zeros() -> None:
    assert document_number("样复工", 2026, 7) == "样复工〔2026〕7号"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("7", 7),
        ("07", 7),
        ("7号", 7),
        ("123", 123),
        ("23", 123),
        ("123号", 123),
        (" 2 3", 3),
        ("１２３", 123),
        ("样复工〔2026〕123号", 123),
        ("样复工〔2026〕 23 号", 123),
        ("05", 105),
    ],
)
def test_a_number_is_known_by_its_last_digits(typed: str, number: int) -> None:
    assert is_number(typed, number)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("", 7), ("号", 7), ("3", 123), ("12", 123), ("24", 123), ("1234", 123), ("二十三", 23)],
)
def test_a_number_is_not_guessed_from_less(typed: str, number: int) -> None:
    assert not is_number(typed, number)
