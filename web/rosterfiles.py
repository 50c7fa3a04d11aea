"""Workbooks that we write: the empty roster to fill in, and rows that could not be taken."""

from collections.abc import Sequence
from io import BytesIO

from flask_babel import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from forms.rosterwords import COLUMN_WORDS, EMPLOYER_WORDS, KIND_WORDS, LODGING_WORDS, fault_words
from workflow.core.tables import REQUIRED, Column
from workflow.store.rosterimports import Understood

# What people type is text, whatever it begins with: a name may not become a formula or a link.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
READY_ROWS = 2000
LISTS = {
    Column.KIND: KIND_WORDS,
    Column.EMPLOYER_KIND: EMPLOYER_WORDS,
    Column.LODGING: LODGING_WORDS,
}
WIDTHS = {Column.NUMBER: 24, Column.EMPLOYER: 24, Column.KIND: 22, Column.ORIGIN: 18}
ORDER = (
    *(Column.NAME, Column.KIND, Column.NUMBER, Column.POST, Column.ORIGIN, Column.LODGING),
    *(Column.MOBILE, Column.EMPLOYER_KIND, Column.EMPLOYER, Column.RETURNS_ON),
)


def template() -> bytes:
    """An empty roster: every column is text, so that no number is destroyed."""
    buffer = BytesIO()
    with Workbook(buffer, OPTIONS) as book:
        sheet, text = book.add_worksheet(_("员工名册")), book.add_format({"num_format": "@"})
        _head(book, sheet, [_title(column) for column in ORDER])
        for at, column in enumerate(ORDER):
            sheet.set_column(at, at, WIDTHS.get(column, 14), text)
            if column in LISTS:
                words = [str(one) for one in LISTS[column].values()]
                rule = {"validate": "list", "source": words}
                sheet.data_validation(1, at, READY_ROWS, at, rule)
    return buffer.getvalue()


def left_over(said: Understood) -> bytes:
    """The rows that could not be taken, as they were, with the reasons and the cells marked."""
    buffer = BytesIO()
    with Workbook(buffer, OPTIONS) as book:
        sheet, text = book.add_worksheet(_("没收的行")), book.add_format({"num_format": "@"})
        wrong = book.add_format({"num_format": "@", "bg_color": "#fde7e4"})
        titles = [*said.titles, _("哪里不对"), _("原来第几行")]
        sheet.set_column(0, len(titles) - 1, 18, text)
        sheet.set_column(len(said.titles), len(said.titles), 60, text)
        _head(book, sheet, titles)
        for line, bad in enumerate(said.reading.bad, 1):
            marked = {
                said.columns[one.column] for one in bad.mistakes if one.column in said.columns
            }
            cells = [*bad.cells, *[""] * (len(said.titles) - len(bad.cells))][: len(said.titles)]
            for at, cell in enumerate(cells):
                sheet.write_string(line, at, cell, wrong if at in marked else text)
            reasons = " ".join(
                f"{COLUMN_WORDS[one.column]}：{fault_words(one.fault, one.value)}"
                for one in bad.mistakes
            )
            sheet.write_string(line, len(said.titles), reasons, text)
            sheet.write_number(line, len(said.titles) + 1, bad.row)
    return buffer.getvalue()


def _title(column: Column) -> str:
    words = str(COLUMN_WORDS[column])
    return words if column in REQUIRED else _("%(column)s（选填）", column=words)


def _head(book: Workbook, sheet: Worksheet, titles: Sequence[str]) -> None:
    bold: Format = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
    for at, title in enumerate(titles):
        sheet.write_string(0, at, title, bold)
    sheet.freeze_panes(1, 0)
