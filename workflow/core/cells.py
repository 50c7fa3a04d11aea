"""What stands in the cell of a table: read as text, as a number of a document, as a day.

People type blanks, full-width signs and days in many ways; a spreadsheet turns long numbers into
something that cannot be turned back. What is certain is put right here, the rest is a fault.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from unicodedata import normalize


@dataclass(frozen=True, slots=True)
class Lost:
    """A cell with a formula that was never worked out, or that ended in an error (#N/A)."""

    shown: str = ""


Cell = str | float | date | Lost


class Fault(Enum):
    """What can be wrong with what was told of a person. Words: ``forms/rosterwords.py``."""

    BLANK = "blank"
    TOO_LONG = "too_long"
    LOST = "lost"
    MERGED = "merged"
    DESTROYED = "destroyed"
    OLD_NUMBER = "old_number"
    WRONG_LENGTH = "wrong_length"
    WRONG_SIGNS = "wrong_signs"
    WRONG_BIRTH = "wrong_birth"
    WRONG_CHECK_DIGIT = "wrong_check_digit"
    NOT_HK_MACAU = "not_hk_macau"
    NOT_TAIWAN = "not_taiwan"
    NOT_RESIDENCE = "not_residence"
    NOT_PASSPORT = "not_passport"
    NOT_FOREIGN = "not_foreign"
    UNKNOWN_KIND = "unknown_kind"
    KIND_NEEDED = "kind_needed"
    NOT_MOBILE = "not_mobile"
    UNKNOWN_EMPLOYER = "unknown_employer"
    UNCLEAR_EMPLOYER = "unclear_employer"
    UNKNOWN_LODGING = "unknown_lodging"
    UNCLEAR_DAY = "unclear_day"
    NOT_A_DAY = "not_a_day"
    TWICE = "twice"
    # Said, but no reason to leave a person out:
    UNKNOWN_REGION = "unknown_region"
    UNDER_AGE = "under_age"
    SAME_TWICE = "same_twice"


class Faulty(Exception):
    """Raised by whoever reads a cell; ``value`` is what was told, as it may be shown."""

    def __init__(self, fault: Fault, value: str = "") -> None:
        super().__init__(fault.value)
        self.fault, self.value = fault, value


_BLANKS = (*range(9, 14), 0x85, 0x00A0, 0x2028, 0x2029, 0x3000)
# Control characters, marks that turn the direction of a text round, signs that nobody sees.
_FORBIDDEN = (
    *(one for one in (*range(32), *range(127, 160)) if one not in _BLANKS),
    0x00AD,
    *(0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x061C),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    *range(0xD800, 0xE000),
)
_CLEAN = dict.fromkeys(_FORBIDDEN) | dict.fromkeys(_BLANKS, " ")
_QUOTES = "\"'‘’“”`"
MOST_SIGNS = 2_000  # of a cell are looked at: no column takes a twentieth of it
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]{1,2}", re.IGNORECASE)
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?( [0-9:]{3,8})?")
_COMPACT = re.compile(r"(20[0-9]{2})([0-9]{2})([0-9]{2})")
_WITHOUT_YEAR = re.compile(r"([0-9]{1,2}[-/.月])?[0-9]{1,2}[-/.月][0-9]{1,2}[日号]?")
_FIRST_DAY = date(1899, 12, 30)  # what a spreadsheet counts its days from
_SERIALS = range(36526, 73051)  # 2000 to 2099
EXACT = 10**15  # beyond this a spreadsheet keeps no more digits
_CHINESE = r"[\u3400-\u9fff\U00020000-\U000323af]"
_HAN = re.compile(f"(?<={_CHINESE}) (?={_CHINESE})")


def tidy(text: str) -> str:
    """Without control characters and invisible marks, single blanks, none at the ends."""
    return " ".join(text.translate(_CLEAN).split())


def as_text(cell: Cell) -> str:
    """The cell as its reader sees it. Raises ``Faulty`` for a formula without a result."""
    if isinstance(cell, str):
        return tidy(cell[:MOST_SIGNS])
    if isinstance(cell, Lost):
        raise Faulty(Fault.LOST, cell.shown)
    if isinstance(cell, date):
        return cell.isoformat()
    return str(int(cell)) if cell == int(cell) else repr(cell)


def shown(cell: Cell) -> str:
    """The cell as text whatever it is: to be shown, or handed back."""
    return cell.shown if isinstance(cell, Lost) else as_text(cell)


def as_name(cell: Cell) -> str:
    """A name: blanks between Chinese characters only widen it, as in 张　三."""
    return _HAN.sub("", as_text(cell))


def as_code(cell: Cell) -> str:
    """A number of a document or telephone: half-width, upper case, no blanks, no quotes.

    Raises ``Faulty`` for one that a spreadsheet has turned into 4.10122E+17: its end is lost.
    """
    if isinstance(cell, float) and abs(cell) >= EXACT:
        raise Faulty(Fault.DESTROYED, f"{cell:.5E}")
    text = normalize("NFKC", as_text(cell)).replace(" ", "").upper()
    text = text.removeprefix("=").strip(_QUOTES)
    if _SCIENTIFIC.fullmatch(text):
        raise Faulty(Fault.DESTROYED, text)
    return text


def as_day(cell: Cell) -> date:
    """A day of this century. Raises ``Faulty`` for one without its year, or that never was."""
    if isinstance(cell, date):
        return cell
    text = normalize("NFKC", as_text(cell))
    if isinstance(cell, float) and cell != int(cell):
        raise Faulty(Fault.UNCLEAR_DAY, text)  # 2.10, which a spreadsheet took for 2.1
    if text.isascii() and text.isdecimal() and int(text) in _SERIALS:
        return _FIRST_DAY + timedelta(days=int(text))
    found = _DAY.fullmatch(text) or _COMPACT.fullmatch(text)
    if found is None:
        unclear = _WITHOUT_YEAR.fullmatch(text)
        raise Faulty(Fault.UNCLEAR_DAY if unclear else Fault.NOT_A_DAY, text)
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise Faulty(Fault.NOT_A_DAY, text) from None
    if not 2000 <= day.year < 2100:
        raise Faulty(Fault.NOT_A_DAY, text)
    return day
