"""Areas in which people may have been: divisions by their code, with those excepted."""

from dataclasses import dataclass

ABROAD = "00"  # no code of GB/T 2260: everything beyond the border
CODE_LENGTHS = frozenset({2, 4, 6})  # province, prefecture, county


@dataclass(frozen=True, slots=True)
class Region:
    """An area of divisions of GB/T 2260, by the leading digits of their codes.

    ``codes`` are two, four or six digits (province, prefecture, county); ``excepted`` are taken
    out again: 湖北省(武汉以外其他市县) is ("42",) without ("4201",).
    """

    name: str
    codes: tuple[str, ...]
    excepted: tuple[str, ...] = ()

    def covers(self, code: str) -> int:
        """How closely it names a division: the digits that agree; 0 where it doesn't cover it.

        A division is covered only as a whole: a county does not cover its province.
        """
        if any(code.startswith(one) for one in self.excepted):
            return 0
        return max((len(one) for one in self.codes if code.startswith(one)), default=0)

    def parts(self, code: str) -> frozenset[str]:
        """The divisions inside a more broadly named one that it tells something of."""
        mentioned = (*self.codes, *self.excepted)
        return frozenset(one for one in mentioned if one.startswith(code) and one != code)
