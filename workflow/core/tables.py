"""A table as somebody made it: which row holds the headings, which column means what."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from unicodedata import normalize

from workflow.core.cells import Cell, shown


class Column(Enum):
    """What a roster tells of a person, column by column."""

    NAME = "name"
    KIND = "kind"
    NUMBER = "number"
    MOBILE = "mobile"
    EMPLOYER_KIND = "employer_kind"
    EMPLOYER = "employer"
    POST = "post"
    ORIGIN = "origin"
    LODGING = "lodging"
    RETURNS_ON = "returns_on"


REQUIRED = (Column.NAME, Column.NUMBER, Column.POST, Column.ORIGIN, Column.LODGING)
Merge = tuple[int, int, int, int]  # first row, first column, last row, last column, from 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one sheet, from its very first row and column; rows may be ragged."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """What was read of a file: one sheet; ``hidden`` and ``others`` were not read."""

    sheet: Sheet
    hidden: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the headings stand and what they mean; rows and columns counted from 0."""

    heading: int
    first: int
    titles: tuple[str, ...]
    columns: Mapping[Column, int]

    @property
    def missing(self) -> tuple[Column, ...]:
        """Columns that a roster must have, and this table has not."""
        return tuple(one for one in REQUIRED if one not in self.columns)

    @property
    def unused(self) -> tuple[str, ...]:
        """Headings nothing is read under."""
        used = set(self.columns.values())
        return tuple(one for i, one in enumerate(self.titles) if one and i not in used)


SEARCHED_ROWS = 30
LONGEST_TITLE = 100  # looked at: of thousands of brackets each would be searched to the end
_ASIDE = re.compile(r"\(.*?\)|\[.*?\]|[\s*:：、/_-]|【.*?】|必填|选填")
_MEANINGS = {
    Column.NAME: r"(员工|职工|人员|工人|本人)?(姓名|名字)",
    Column.KIND: r"(身份)?证件(种类|类型|类别|名称)",
    Column.NUMBER: r"(居民|公民|本人|员工|有效)*(身份证件?(号码?|编号)?|身份号码|证件(号码?|编号))",
    Column.MOBILE: r"(本人|员工|联系|移动)*(手机|电话|联系方式)(号码?)?",
    Column.EMPLOYER_KIND: r"(用工|员工|人员)(方式|性质|形式|类型|类别)",
    Column.EMPLOYER: r"(用工|用人|派遣|所属|分包|劳务派遣?)(单位|公司|企业|队伍)(名称)?",
    Column.POST: r"(工作)?岗位(名称|工种)?|工种|职务|职位",
    Column.ORIGIN: (
        r"(从|由)(哪里|哪儿|哪|何地|何处)(来|返回|返岗)|来自(哪里|何地|何处|地区?)?"
        r"|(人员|返岗)?来源(地区?)?|(返岗|返程)?出发地|(返岗|返回)地"
    ),
    Column.LODGING: r"(住宿|居住|住房)(情况|方式|类型|种类|性质|类别)?|住哪里|住处",
    Column.RETURNS_ON: r"(预计|计划|拟)?(到岗|返岗|上岗|复工|返厂)(日期|时间|日)",
}
_PATTERNS = {column: re.compile(pattern) for column, pattern in _MEANINGS.items()}


def meaning(title: str) -> Column | None:
    """The column that a heading names; None for one we have no use for."""
    if len(title) > LONGEST_TITLE:
        return None
    plain = _ASIDE.sub("", normalize("NFKC", title))
    return next((one for one, pattern in _PATTERNS.items() if pattern.fullmatch(plain)), None)


def layout_of(sheet: Sheet) -> Layout | None:
    """The layout by the best row of headings near the top; None when there is no such row."""
    found = [_read(sheet, row) for row in range(min(len(sheet.rows), SEARCHED_ROWS))]
    best = max(found, key=lambda one: len(one.columns), default=None)
    if best is None or len(best.columns) < 2:
        return None
    return best


def _read(sheet: Sheet, row: int) -> Layout:
    titles = tuple(shown(cell) for cell in sheet.rows[row])
    columns: dict[Column, int] = {}
    for place, title in enumerate(titles):
        column = meaning(title) if title else None
        if column is not None:
            columns.setdefault(column, place)
    # Headings merged downwards have a second row, of which the first says enough.
    below = max((one[2] for one in sheet.merges if one[0] <= row <= one[2]), default=row)
    return Layout(row, below + 1, titles, columns)
