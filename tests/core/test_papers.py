"""Numbers of documents: check digit and date are hard, the region is a word, all are masked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.core.cells import Fault, Faulty
from workflow.core.papers import (
    Document,
    DocumentKind,
    as_document,
    as_kind,
    as_mobile,
    check_digit,
    masked_mobile,
    masked_number,
    remarks,
)

TODAY = date(2026, 11, 23)
K = DocumentKind


def resident(first: str) -> str:
    return first + check_digit(first)


GOOD = resident("99000019900101001")


def fault_of(kind: DocumentKind | None, number: str | float) -> Fault:
    with pytest.raises(Faulty) as caught:
        as_document(kind, number, TODAY)
    return caught.value.fault


def test_the_check_digit_is_that_of_the_standard() -> None:
    assert check_digit("11010519491231002") == "X"  # the example of GB 11643-1999


@pytest.mark.parametrize("told", [GOOD, f" {GOOD[:6]} {GOOD[6:14]} {GOOD[14:]} ", f"'{GOOD}"])
def test_a_residents_number_is_read_without_its_kind(told: str) -> None:
    assert as_document(None, told, TODAY) == Document(K.RESIDENT, GOOD)


def test_a_small_x_and_full_width_digits_are_the_same_number() -> None:
    number = "11010519491231002x"
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in number)
    assert as_document(None, wide, TODAY).number == "11010519491231002X"


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (GOOD[:-1] + str((int(GOOD[-1]) + 1) % 10), Fault.WRONG_CHECK_DIGIT),
        ("99000019900101002" + GOOD[-1], Fault.WRONG_CHECK_DIGIT),
        (GOOD[:17], Fault.WRONG_LENGTH),
        (GOOD + "1", Fault.WRONG_LENGTH),
        ("990000900101001", Fault.OLD_NUMBER),
        ("99000019901301001X", Fault.WRONG_BIRTH),
        (resident("99000019900230001"), Fault.WRONG_BIRTH),
        (resident("99000018990101001"), Fault.WRONG_BIRTH),
        (resident("99000020261124001"), Fault.WRONG_BIRTH),
        ("9900001990O101001X", Fault.WRONG_SIGNS),
        ("410122199001010000"[:15] + "000", Fault.DESTROYED),
        (4.10122199001011e17, Fault.DESTROYED),
        ("E1234567", Fault.KIND_NEEDED),
        ("", Fault.BLANK),
    ],
)
def test_what_is_wrong_with_a_residents_number_is_told_apart(
    number: str | float, fault: Fault
) -> None:
    assert fault_of(None, number) is fault


@pytest.mark.parametrize(
    ("kind", "number", "kept"),
    [
        (K.HK_MACAU, "h12345678", "H12345678"),
        (K.HK_MACAU, "M1234567801", "M1234567801"),
        (K.HK_MACAU, "H12345678(01)", "H1234567801"),
        (K.TAIWAN, 12345678.0, "12345678"),
        (K.PASSPORT, "E-12345678", "E12345678"),
        (K.FOREIGN, "ABC123456789012", "ABC123456789012"),
        (K.FOREIGN, "911124198108030024", "911124198108030024"),
    ],
)
def test_other_documents_have_their_shapes(
    kind: DocumentKind, number: str | float, kept: str
) -> None:
    assert as_document(kind, number, TODAY) == Document(kind, kept)


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        (K.HK_MACAU, Fault.NOT_HK_MACAU),
        (K.TAIWAN, Fault.NOT_TAIWAN),
        (K.PASSPORT, Fault.NOT_PASSPORT),
        (K.FOREIGN, Fault.NOT_FOREIGN),
        (K.RESIDENCE, Fault.NOT_RESIDENCE),
    ],
)
def test_another_shape_is_refused_by_its_kind(kind: DocumentKind, fault: Fault) -> None:
    assert fault_of(kind, resident("41012219900101001")) is fault


def test_a_residence_permit_is_one_whatever_it_was_called() -> None:
    permit = resident("83000019900101001")
    known = {as_document(kind, permit, TODAY) for kind in (None, K.RESIDENT, K.RESIDENCE)}
    assert known == {Document(K.RESIDENCE, permit)}


def test_the_region_and_the_age_are_remarks_only() -> None:
    assert remarks(Document(K.RESIDENT, resident("41012219900101001")), TODAY) == ()
    assert remarks(Document(K.RESIDENT, GOOD), TODAY) == (Fault.UNKNOWN_REGION,)
    young = as_document(None, resident("41012220101124001"), TODAY)
    assert remarks(young, TODAY) == (Fault.UNDER_AGE,)
    assert remarks(Document(K.PASSPORT, "E12345678"), TODAY) == ()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("", None),
        ("身份证", K.RESIDENT),
        ("居民身份证", K.RESIDENT),
        ("二代身份证", K.RESIDENT),
        ("港澳通行证", K.HK_MACAU),
        ("港澳居民来往内地通行证", K.HK_MACAU),
        ("回乡证", K.HK_MACAU),
        ("台胞证", K.TAIWAN),
        ("台湾居民来往大陆通行证", K.TAIWAN),
        ("外国护照", K.PASSPORT),
        ("外国人永久居留身份证", K.FOREIGN),
        ("外国人永居证", K.FOREIGN),
        ("港澳台居民居住证", K.RESIDENCE),
        ("taiwan_pass", K.TAIWAN),
    ],
)
def test_a_kind_is_known_by_the_words_people_use(words: str, kind: DocumentKind | None) -> None:
    assert as_kind(words) is kind


def test_an_unknown_kind_is_said() -> None:
    with pytest.raises(Faulty) as caught:
        as_kind("驾驶证")
    assert (caught.value.fault, caught.value.value) == (Fault.UNKNOWN_KIND, "驾驶证")


@pytest.mark.parametrize(
    "told", ["13800000001", "+86 138-0000-0001", "8613800000001", 13800000001.0]
)
def test_a_mobile_number_is_eleven_digits(told: str | float) -> None:
    assert as_mobile(told) == "13800000001"


@pytest.mark.parametrize("told", ["12800000001", "1380000000", "0371-6000000", "没有"])
def test_anything_else_is_no_mobile_number(told: str) -> None:
    with pytest.raises(Faulty):
        as_mobile(told)


def test_no_mobile_number_is_none() -> None:
    assert as_mobile("") == ""


def test_an_error_shows_the_number_masked() -> None:
    with pytest.raises(Faulty) as caught:
        as_document(None, GOOD[:-1] + "0", TODAY)
    assert caught.value.value == masked_number(GOOD[:-1] + "0")
    assert "19900101" not in caught.value.value


@given(st.text(alphabet="0123456789ABCX", min_size=1, max_size=20))
def test_a_mask_always_hides_something(number: str) -> None:
    shown = masked_number(number)
    assert "*" in shown
    assert len([sign for sign in shown if sign != "*"]) <= 7


def test_a_masked_mobile_number_keeps_its_ends() -> None:
    assert (masked_mobile("13812345678"), masked_mobile("")) == ("138****5678", "")


@given(st.one_of(st.text(), st.floats(allow_nan=False, allow_infinity=False)))
def test_no_cell_breaks_the_reading(cell: str | float) -> None:
    for kind in (None, *DocumentKind):
        try:
            document = as_document(kind, cell, TODAY)
        except Faulty:
            continue
        assert document.number.isascii()
