"""Lists of staff made for a test. The people are fictitious: no region has the code 990000."""

from io import BytesIO

import xlsxwriter

from workflow.core.papers import check_digit

HEADINGS = ("姓名", "证件号码", "岗位", "从哪里来", "住宿", "手机号", "用工单位")


def number(i: int, born: str = "19900101") -> str:
    """A resident's number of nobody."""
    first = f"990000{born}{i % 1000:03d}" if i < 1000 else f"99{i // 1000:04d}{born}{i % 1000:03d}"
    return first + check_digit(first)


def row(i: int, **other: object) -> list[object]:
    told = {
        "姓名": f"员工{i}",
        "证件号码": number(i),
        "岗位": "操作工",
        "从哪里来": "本县",
        "住宿": "宿舍",
        "手机号": "",
        "用工单位": "",
    } | other
    return list(told.values())


def rows(*numbers: int, **other: object) -> list[list[object]]:
    return [list(HEADINGS), *(row(i, **other) for i in numbers)]


def text(lines: list[list[object]], separator: str = "\t") -> str:
    return "\n".join(separator.join(str(cell) for cell in line) for line in lines)


def workbook(lines: list[list[object]], name: str = "花名册") -> bytes:
    """An xlsx with one sheet."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(name)
        for index, line in enumerate(lines):
            sheet.write_row(index, 0, line)
    return buffer.getvalue()
