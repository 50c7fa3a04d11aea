"""Numbers by which enterprises and people are known, checked as far as they check themselves."""

import re
from enum import Enum
from unicodedata import normalize

CREDIT_CODE_LENGTH = 18
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: without I O S V Z
_MODULUS = 31
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_TOWN_NUMBER = re.compile(r"([^\W\d]{1,12})[〔\[(（【]([0-9]{4})[〕\])）】]第?([0-9]{1,6})号?")


class CodeFault(Enum):
    """Why a text is no unified social credit code."""

    LENGTH = "length"
    LETTER = "letter"
    CHECK_DIGIT = "check_digit"


def plain_code(typed: str) -> str:
    """A code as it is stored: half-width capitals without blanks, dots and dashes."""
    text = normalize("NFKC", typed).upper()
    return "".join(char for char in text if char.isalnum())


def credit_code_fault(code: str) -> CodeFault | None:
    """What is wrong with a code brought to plain form; None if it holds (GB 32100-2015).

    Codes that begin with a letter (N1, N2, N3: village collectives) are as good as any. A code
    that holds need not be registered.
    """
    if len(code) != CREDIT_CODE_LENGTH:
        return CodeFault.LENGTH
    if set(code) - set(_CREDIT_ALPHABET):
        return CodeFault.LETTER
    return None if code[-1] == _check_digit(code[:-1]) else CodeFault.CHECK_DIGIT


def _check_digit(body: str) -> str:
    weighed = sum(
        _CREDIT_ALPHABET.index(char) * pow(3, place, _MODULUS) for place, char in enumerate(body)
    )
    return _CREDIT_ALPHABET[-weighed % _MODULUS]


def town_number(typed: str) -> str | None:
    """A number the town gave, brought to the form 样镇个〔2026〕3号; None if it can't be one."""
    text = "".join(typed.split())
    found = _TOWN_NUMBER.fullmatch(text.translate(_DIGITS))
    return f"{found[1]}〔{found[2]}〕{int(found[3])}号" if found else None


def mobile_number(typed: str) -> str | None:
    """Eleven digits of a mainland mobile number, however it was typed; None if it is none."""
    digits = bare_number(typed)
    return digits if _MOBILE.fullmatch(digits) else None


def bare_number(typed: str) -> str:
    """The digits of a telephone number, without the country's code."""
    digits = "".join(
        char for char in normalize("NFKC", typed) if char.isascii() and char.isdecimal()
    )
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits


def masked_number(number: str) -> str:
    """A telephone number with its middle hidden: 138****0001."""
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 11 else "****"


_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
