"""A place with several people who stand and told differently."""

from datetime import datetime, timedelta

from tests.cast import Cast
from tests.health.town import AT, STAYED_HOME, TODAY, came_from, entry, last_line, place_of
from workflow.core.health import Absence, CheckIn, Half, Registration, Symptom
from workflow.core.papers import check_digit
from workflow.usecases import rostering
from workflow.usecases.health import checking_in, declaring

NAMES = ("赵甲", "钱乙", "孙丙", "李丁", "周戊", "吴己", "郑庚", "王辛")


def number(at: int) -> str:
    """A valid number of a resident; each ``at`` has its own."""
    body = f"410122{1960 + at // 336}{at // 28 % 12 + 1:02}{at % 28 + 1:02}{at % 1000:03}"
    return body + check_digit(body)


def hired(cast: Cast, count: int = 8) -> list[int]:
    """So many people on the roster; their lines."""
    lines = []
    for at in range(count):
        rostering.add_person(place_of(cast), entry(NAMES[at], number(at)), cast.he, AT)
        lines.append(last_line(place_of(cast)))
    return lines


def registers(cast: Cast, line: int, told: Registration = STAYED_HOME, at: datetime = AT) -> None:
    declaring.register_for(place_of(cast), line, told, cast.he, at)


def tells(
    cast: Cast,
    line: int,
    temperature: int | None = 365,
    *symptoms: Symptom,
    half: Half = Half.MORNING,
    absence: Absence | None = None,
    at: datetime = AT,
) -> None:
    told = CheckIn(TODAY, half, temperature, frozenset(symptoms), absence)
    checking_in.check_in_for(place_of(cast), {line: told}, cast.he, at)


def everybody(cast: Cast) -> list[int]:
    """Well; feverish; observed; at rest; silent; unregistered; well all day; ill, unregistered."""
    lines = hired(cast)
    for line in (*lines[:2], *lines[3:5], lines[6]):
        registers(cast, line)
    registers(cast, lines[2], came_from("420112", "甲市东区", TODAY))
    tells(cast, lines[0])
    tells(cast, lines[1], 384)
    tells(cast, lines[3], None, absence=Absence.REST)
    tells(cast, lines[6], 366)
    tells(cast, lines[6], 367, half=Half.AFTERNOON, at=AT + timedelta(hours=4))
    tells(cast, lines[7], 365, Symptom.COUGH)
    return lines
