"""Divisions of the country (GB/T 2260) by what people type, and by their code.

The table, with the years in which each code was in use, comes with python-stdnum.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from stdnum import numdb

from workflow.core.regions import ABROAD

MOST = 8
LONGEST = 60  # of typed words that are read
# What stands in the table between a province and its counties, and is no place to come from.
_GROUPS = re.compile(r"市辖区|市区|县|林区|(省|自治区)直辖县级行政(单位|区划)")
_KINDS = re.compile(r"(特别行政区|自治区|自治州|自治县|自治旗|地区|林区|[省市区县旗盟])$")
_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡"
    "|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|保安"
    "|裕固|独龙|鄂伦春|各"
)
_NATIONS = re.compile(rf"(?<=..)(({_PEOPLES})族)+$")
_LAST = re.compile(r"(?<=..)(蒙古|哈萨克|维吾尔|柯尔克孜|塔吉克)$")  # named without 族
_NAME = re.compile(r"(?:\[\d*-(?P<ended>\d*)\])?(?P<name>.+)")
_SIMPLE = str.maketrans("達區嶺", "达区岭")
_ABROAD = re.compile(r"境外|国外|外国")
_NOISE = re.compile(r"[\W_]+")
_BEFORE = re.compile(r"^(从|在|去|到|住|来自|中华人民共和国|中国)+")
# After a name: that of a town, a village or a street, of which no table knows the county.
_SMALLER = re.compile(r"镇|乡(?!下)|村(?!里)|街道(?!口)")
_PARTS = re.compile(r".+?[省市州盟区县旗镇]|.+$")


@dataclass(frozen=True, slots=True)
class Division:
    """A province, prefecture or county: its two, four or six digits, and its full words."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class _Known:
    """A division with the names from its province down, each as people may write it."""

    division: Division
    chain: tuple[tuple[str, ...], ...]


# How well typed words name a division, the smaller the better: what is left over of them, whether
# the name was typed whole, whether those above it were left out, how far down it is.
_Match = tuple[int, bool, bool, int]


def named(code: str, more: Iterable[Division] = ()) -> str | None:
    """The full words of a code of any year: 湖北省武汉市东西湖区. None where there is none."""
    for one in more:
        if one.code == code:
            return one.name
    if code == ABROAD:
        return "境外"
    names = [name for name, _ in _chain(code, _table())]
    return "".join(names) or None


def found(words: str, more: Iterable[Division] = ()) -> tuple[Division, ...]:
    """The divisions of today that somebody may mean, the likeliest first, at most eight.

    ``more`` are divisions that no table has: those of a fictitious outbreak. Abroad is found only
    by saying so: the name of a country or a city there finds nothing.
    """
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", words).translate(_SIMPLE))[:LONGEST]
    invented = tuple(_invented(one) for one in more)
    # As it stands first: 从化 and 从江 are divisions, too.
    best = _best(plain, invented) or _best(_BEFORE.sub("", plain), invented)
    abroad = (Division(ABROAD, "境外"),) if _ABROAD.search(plain) else ()
    return best[: MOST - len(abroad)] + abroad


def _best(typed: str, invented: tuple[_Known, ...]) -> tuple[Division, ...]:
    if len(typed) < 2:
        return ()
    known = (*invented, *_today())
    whole = tuple(one.division for one in known if one.division.name == typed)
    if whole:
        return whole
    read = ((_matched(typed, one), at) for at, one in enumerate(known))
    matches = sorted((match, at) for match, at in read if match is not None)
    return tuple(known[at].division for match, at in matches if match[0] == matches[0][0][0])


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, bool, bool]]:
    """By six digits: the last name, whether it is in use now, whether its years are told."""
    table = {}
    for _, province, _, _, counties in numdb.get("cn/loc").prefixes:
        for _, county, _, told, _ in counties:
            last = told["county"].split(",")[-1].translate(_SIMPLE)
            read = _NAME.fullmatch(last)
            assert read is not None
            table[province + county] = (read["name"], not read["ended"], last.startswith("["))
    return table


def _chain(code: str, table: dict[str, tuple[str, bool, bool]]) -> list[tuple[str, bool]]:
    """The names from the province down to a division and whether they are in use; [] if none."""
    if len(code) not in {2, 4, 6} or code.endswith("00"):
        return []
    codes = [f"{code[:length]:0<6}" for length in range(2, len(code) + 1, 2)]
    if any(one not in table for one in codes) or _GROUPS.fullmatch(table[codes[-1]][0]):
        return []
    return [table[one][:2] for one in codes if not _GROUPS.fullmatch(table[one][0])]


@lru_cache(maxsize=1)
def _today() -> tuple[_Known, ...]:
    """The divisions of today; of two codes with the same words the one that is better vouched for.

    (神农架林区 and 随州市 stand in the table under codes long out of use, without years.)
    """
    table, chosen = _table(), {}
    for six in sorted(table, key=lambda one: (table[one][2], one.endswith("00"), one)):
        code = re.sub(r"(00){1,2}$", "", six)
        chain = _chain(code, table)
        if chain and all(used for _, used in chain):
            names = [name for name, _ in chain]
            division = Division(code, "".join(names))
            chosen[division.name] = _Known(division, tuple(_written(name) for name in names))
    return tuple(sorted(chosen.values(), key=lambda one: one.division.code))


def _written(name: str) -> tuple[str, ...]:
    """A name as people may write it, the longest first: 恩施土家族苗族自治州, 恩施州, 恩施."""
    short = _LAST.sub("", _NATIONS.sub("", _KINDS.sub("", name)))
    ways = {name}
    if len(short) > 1:
        kind = _KINDS.search(name)
        ways |= {short, short + kind[1][-1] if kind else short}
    return tuple(sorted(ways, key=len, reverse=True))


def _invented(division: Division) -> _Known:
    *above, own = (_written(part) for part in _PARTS.findall(division.name))
    return _Known(division, (*above, (division.name, *own)))


def _matched(typed: str, known: _Known) -> _Match | None:
    """How well it is named, the best of all ways to read it: higher levels may be left out."""
    *above, own = known.chain
    depth = len(known.division.code)
    best = None
    for start, levels in _starts(typed, above):
        inside, rest = levels == 0 and bool(above), typed[start:]
        for way in own:
            if rest.startswith(way) and not _SMALLER.match(rest, len(way)):
                match = (len(rest) - len(way), False, inside, depth)
                best = min(best or match, match)
            elif rest and way.startswith(rest) and len(typed) > 1:
                match = (0, True, inside, depth)
                best = min(best or match, match)
    return best


def _starts(typed: str, above: list[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Where a division's own name may begin, and how many names above it stand before it."""
    starts = {(0, 0)}
    for level in above:
        starts |= {
            (start + len(way), levels + 1)
            for start, levels in starts
            for way in level
            if typed.startswith(way, start)
        }
    yield from starts
