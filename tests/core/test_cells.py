"""Cells as people fill them: what is certain is put right, the rest is said."""

from datetime import date

import pytest

from workflow.core.cells import Fault, Faulty, Lost, as_code, as_day, as_name, as_text, tidy

DAY = date(2026, 2, 10)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-02-10",
        "2026/2/10",
        "2026年2月10日",
        "2026.2.10",
        "20260210",
        " 2026－02－10 ",
        "2026/2/10 08:30",
        "46063",
        46063.0,
        DAY,
    ],
)
def test_a_day_is_read_however_it_is_written(cell: str | float | date) -> None:
    assert as_day(cell) == DAY


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("2.10", Fault.UNCLEAR_DAY),
        (2.1, Fault.UNCLEAR_DAY),
        ("2月10日", Fault.UNCLEAR_DAY),
        ("26-2-10", Fault.UNCLEAR_DAY),
        ("2026-02-30", Fault.NOT_A_DAY),
        ("1926-02-10", Fault.NOT_A_DAY),
        ("下周一", Fault.NOT_A_DAY),
        ("<b>", Fault.NOT_A_DAY),
        (Lost("#REF!"), Fault.LOST),
    ],
)
def test_a_day_that_may_be_several_is_not_guessed(cell: str | float | Lost, fault: Fault) -> None:
    with pytest.raises(Faulty) as caught:
        as_day(cell)
    assert caught.value.fault is fault


@pytest.mark.parametrize("cell", ["4.10122E+17", "4.10122e17", 4.10122199001011e17, 1e300])
def test_a_number_that_a_spreadsheet_destroyed_is_known(cell: str | float) -> None:
    with pytest.raises(Faulty) as caught:
        as_code(cell)
    assert caught.value.fault is Fault.DESTROYED
    assert "E+" in caught.value.value.upper() or "e17" in str(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "13800000001",
        13800000001.0,
        "138 0000 0001",
        "１３８０００００００１",
        "'13800000001",
        '="13800000001"',
    ],
)
def test_a_number_is_read_through_what_surrounds_it(cell: str | float) -> None:
    assert as_code(cell) == "13800000001"


def test_invisible_signs_are_taken_out() -> None:
    assert tidy("张\0三\u202e\u200b\ufeff\x07") == "张三"
    assert tidy(" a\t b\u00a0\n c ") == "a b c"
    assert tidy("\ud800x") == "x"


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("张　三", "张三"),
        ("欧 阳 𬱖", "欧阳𬱖"),
        ("Anna  Maria Muster", "Anna Maria Muster"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("<b>张三</b>", "<b>张三</b>"),
        ("张三😀", "张三😀"),
        ("㛃𬱖", "㛃𬱖"),
    ],
)
def test_a_name_stays_as_it_is_but_for_blanks_that_widen_it(cell: str, name: str) -> None:
    assert as_name(cell) == name


def test_a_whole_number_has_no_point() -> None:
    assert (as_text(7.0), as_text(7.5)) == ("7", "7.5")
