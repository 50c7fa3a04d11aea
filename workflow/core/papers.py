"""Numbers of documents and telephones: what a valid one looks like, and how it is shown masked.

Of a resident's number the check digit and the date are hard errors; an unknown region is only
worth a word, since real numbers carry codes of counties that are long gone.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from workflow.core.cells import Cell, Fault, Faulty, as_code, as_text


class DocumentKind(Enum):
    """The kinds of document a person may be known by."""

    RESIDENT = "resident_id"
    RESIDENCE = "residence_permit"
    HK_MACAU = "hk_macau_pass"
    TAIWAN = "taiwan_pass"
    PASSPORT = "passport"
    FOREIGN = "foreign_permit"


@dataclass(frozen=True, slots=True)
class Document:
    """Whose document it is, nobody else has the same."""

    kind: DocumentKind
    number: str


WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
WORKING_AGE = 16
_RESIDENT = re.compile(r"[0-9]{17}[0-9X]")
_OLD = re.compile(r"[0-9]{15}")
_REGIONS = frozenset(
    f"{code}"
    for codes in ((11, 16), (21, 24), (31, 38), (41, 47), (50, 55), (61, 66), (71, 72), (81, 84))
    for code in range(*codes)
)
_PERMIT_REGIONS = ("81", "82", "83")  # residence permits of Hong Kong, Macau, Taiwan residents
_SHAPES = {
    DocumentKind.HK_MACAU: (re.compile(r"[HM][0-9]{8}([0-9]{2})?"), Fault.NOT_HK_MACAU),
    DocumentKind.TAIWAN: (re.compile(r"[0-9]{8}"), Fault.NOT_TAIWAN),
    DocumentKind.PASSPORT: (re.compile(r"[A-Z0-9]{5,17}"), Fault.NOT_PASSPORT),
    DocumentKind.FOREIGN: (re.compile(r"9[0-9]{16}[0-9X]|[A-Z]{3}[0-9]{12}"), Fault.NOT_FOREIGN),
}
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_ABROAD = re.compile(r"(\+?86|0086)(?=1[3-9][0-9]{9}$)")
_SIGNS = re.compile(r"[-()_.·/]")
_KINDS = {
    DocumentKind.RESIDENT: r"(中国|中华人民共和国|居民|公民|二代|第二代)*身份证(明|件)?",
    DocumentKind.RESIDENCE: r"(港澳台?|台湾|香港|澳门)?(居民)?居住证",
    DocumentKind.HK_MACAU: r"(港澳|香港|澳门)(居民)?(来往内地)?(通行证|回乡证)|回乡证",
    DocumentKind.TAIWAN: r"台胞证|(台湾|台胞)(居民)?(来往大陆)?(通行证|台胞证)",
    DocumentKind.PASSPORT: r"(外国|中国|外籍|普通|因私)*护照|PASSPORT",
    DocumentKind.FOREIGN: r"(外国人?|外籍人?)?(永久居留|永居)(身份)?证|外国人居留证",
}
_VALUES = {kind.value: kind for kind in DocumentKind}
_KIND_PATTERNS = {kind: re.compile(pattern) for kind, pattern in _KINDS.items()}


def as_kind(cell: Cell) -> DocumentKind | None:
    """The kind that a word names, or its value; None for none. Raises ``Faulty`` for another."""
    text = as_text(cell)
    word = text.replace(" ", "").upper()
    if not word or text in _VALUES:
        return _VALUES.get(text)
    found = next((kind for kind, one in _KIND_PATTERNS.items() if one.fullmatch(word)), None)
    if found is None:
        raise Faulty(Fault.UNKNOWN_KIND, text)
    return found


def as_document(kind: DocumentKind | None, cell: Cell, today: date) -> Document:
    """The document, in the one way we write it. Raises ``Faulty``, with the number masked.

    Without a kind it must be a resident's number, which most are and which can be checked.
    """
    number = _SIGNS.sub("", as_code(cell))
    if not number:
        raise Faulty(Fault.BLANK)
    if kind in {None, DocumentKind.RESIDENT, DocumentKind.RESIDENCE}:
        return _resident(kind, number, today)
    assert kind is not None
    shape, fault = _SHAPES[kind]
    if not shape.fullmatch(number):
        raise Faulty(fault, masked_number(number))
    return Document(kind, number)


def _resident(kind: DocumentKind | None, number: str, today: date) -> Document:
    fault = resident_fault(number, today)
    if fault is not None:
        if kind is None and _looks_like_another(number):
            fault = Fault.KIND_NEEDED
        raise Faulty(fault, masked_number(number))
    permit = number.startswith(_PERMIT_REGIONS)
    if kind is DocumentKind.RESIDENCE and not permit:
        raise Faulty(Fault.NOT_RESIDENCE, masked_number(number))
    return Document(DocumentKind.RESIDENCE if permit else DocumentKind.RESIDENT, number)


def _looks_like_another(number: str) -> bool:
    """Whether it is rather no resident's number at all than one with a slip in it."""
    fits = any(shape.fullmatch(number) for shape, _ in _SHAPES.values())
    return fits and (len(number) < 15 or number[0].isalpha())


def resident_fault(number: str, today: date) -> Fault | None:
    """What is wrong with a resident's number (GB 11643), if anything."""
    if _OLD.fullmatch(number):
        return Fault.OLD_NUMBER
    if len(number) != 18:
        return Fault.WRONG_LENGTH
    if not _RESIDENT.fullmatch(number):
        return Fault.WRONG_SIGNS
    born = birthday(number)
    if born is None or not date(1900, 1, 1) <= born <= today:
        return Fault.WRONG_BIRTH
    if number[17] != check_digit(number):
        return Fault.DESTROYED if number.endswith("000") else Fault.WRONG_CHECK_DIGIT
    return None


def check_digit(number: str) -> str:
    """The last sign that the first seventeen digits demand."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number, strict=False))
    return CHECK_DIGITS[total % 11]


def birthday(number: str) -> date | None:
    """The day of birth in a resident's number; None if there never was such a day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def remarks(document: Document, today: date) -> tuple[Fault, ...]:
    """What is odd about a valid document, but no reason to refuse it."""
    if document.kind not in {DocumentKind.RESIDENT, DocumentKind.RESIDENCE}:
        return ()
    found = () if document.number[:2] in _REGIONS else (Fault.UNKNOWN_REGION,)
    born = birthday(document.number)
    assert born is not None
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return found if age >= WORKING_AGE else (*found, Fault.UNDER_AGE)


def as_mobile(cell: Cell) -> str:
    """A mobile number of eleven digits, or nothing. Raises ``Faulty``."""
    told = as_code(cell)
    number = _ABROAD.sub("", _SIGNS.sub("", told))
    if number and not _MOBILE.fullmatch(number):
        raise Faulty(Fault.NOT_MOBILE, told)
    return number


def masked_number(number: str) -> str:
    """A document's number as lists show it: enough to tell two apart, not enough to use."""
    if len(number) >= 15:
        return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"
    kept = 2 if len(number) >= 8 else 1
    return f"{number[:1]}{'*' * max(1, len(number) - 1 - kept)}{number[-kept:]}"


def masked_mobile(number: str) -> str:
    """139****0001."""
    return f"{number[:3]}****{number[-4:]}" if number else ""
