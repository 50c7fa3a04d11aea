"""Codes by which a document is found: long and unguessable in the QR, short enough to type."""

import re
from collections.abc import Callable
from unicodedata import normalize

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without 0 O, 1 I L, U: they are misread on paper
TYPED_LENGTH = 12  # 30^12 ≈ 5·10^17
FEWEST_DIGITS = 2  # of the document's number, beside the code
LONGEST_NUMBER = 10
_DIGITS = re.compile(r"[0-9]+")


def typed_code(choose: Callable[[str], str]) -> str:
    """A new typed code, twelve characters; ``choose`` picks one character of an alphabet."""
    return "".join(choose(ALPHABET) for _ in range(TYPED_LENGTH))


def grouped(code: str) -> str:
    """A typed code as it is printed: in groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def normalised(typed: str) -> str | None:
    """What somebody typed, brought to the stored form; None if it cannot be a code."""
    plain = normalize("NFKC", typed).upper()
    text = "".join(char for char in plain if char.isascii() and char.isalnum())
    return text if len(text) == TYPED_LENGTH and set(text) <= set(ALPHABET) else None


def is_number(typed: str, number: int) -> bool:
    """Whether somebody typed n of 样复工〔2026〕n号, or at least its last two digits: of the whole
    number only what stands last counts.
    """
    runs = _DIGITS.findall(normalize("NFKC", typed))
    digits = runs[-1] if runs else ""
    if len(digits) > LONGEST_NUMBER:
        return False
    return bool(digits) and (int(digits) == number or _ends(str(number), digits))


def _ends(number: str, digits: str) -> bool:
    return len(digits) >= FEWEST_DIGITS and number.endswith(digits)


def document_number(agency: str, year: int, number: int) -> str:
    """机关代字〔年〕n号, as GB/T 9704-2012 writes it: no leading zeros, six-corner brackets."""
    return f"{agency}〔{year}〕{number}号"
