"""Ten villages, ten liaisons and their fields: every class of every village has one who answers."""

from datetime import timedelta

from workflow.core.duty import AbsenceReason
from workflow.core.roles import Role
from workflow.jobs import demo
from workflow.jobs.demotown.stage import Stage
from workflow.store import duty
from workflow.store.accounts import named
from workflow.usecases import attendance, dividing, founding
from workflow.usecases.dividing import FieldWords

# Beyond those of the base; the division 990001100 does not exist.
VILLAGES = {
    "南示村": "990001100204",
    "中示村": "990001100205",
    "上样村": "990001100206",
    "下样村": "990001100207",
    "前例村": "990001100208",
    "后例村": "990001100209",
    "样桥村": "990001100210",
}
LIAISONS = ("瑢示例", "昇示例", "堃示例", "犇示例", "垚示例", "赟示例", "镕示例", "翀示例")
OF_VILLAGES = frozenset({"factory", "shop", "market"})
# Field, its villages, and by number among zhuanyuan … zhuanyuan10 its liaison and the stand-in.
FIELDS = (
    ("第一责任田", ("东示村", "西示村"), 1, 2),
    ("第二责任田", ("北示村",), 2, 1),
    ("第三责任田", ("南示村",), 3, 4),
    ("第四责任田", ("中示村",), 4, 3),
    ("第五责任田", ("上样村",), 5, 6),
    ("第六责任田", ("下样村",), 6, 5),
    ("第七责任田", ("前例村", "后例村"), 7, 6),
    ("第八责任田", ("样桥村",), 8, 7),
)
SITES, ROADS = "工地责任田", "道路责任田"
AWAY = ((7, AbsenceReason.DUTY, 6), (8, AbsenceReason.LEAVE, 13))  # liaison, why, days from today


def username(number: int) -> str:
    """zhuanyuan, zhuanyuan2, zhuanyuan3 …"""
    return f"zhuanyuan{number if number > 1 else ''}"


def divide(stage: Stage) -> None:
    """Lays the town out anew, the two fields of the base first: they covered all classes."""
    office = stage.office
    for village, code in VILLAGES.items():
        dividing.add_village(village, code, office)
    for number, name in enumerate(LIAISONS, start=3):
        phone = f"000-0000-{number + 2:04d}"
        founding.add_account(Role.LIAISON, name, username(number), stage.secret, phone=phone)
    known = {one.name: one.id for one in duty.fields()}
    for name, villages, liaison, stand_in in FIELDS:
        words = _words(name, villages, OF_VILLAGES, liaison, stand_in)
        dividing.save_field(known.get(name), words, office)
    everywhere = (*demo.VILLAGES, *VILLAGES)
    for name, place_class, liaison, stand_in in ((SITES, "site", 9, 10), (ROADS, "road", 10, 9)):
        words = _words(name, everywhere, frozenset({place_class}), liaison, stand_in)
        dividing.save_field(None, words, office)


def note_absences(stage: Stage) -> None:
    """The seventh liaison is away, and the sixth stands in; the eighth is away too, for whom the
    seventh would stand in: there the office acts.
    """
    for number, reason, days in AWAY:
        account_id, last_day = named(username(number)).id, stage.today + timedelta(days=days)
        attendance.note_absence(account_id, stage.today, last_day, reason, stage.office, stage.at)


def _words(
    name: str, villages: tuple[str, ...], classes: frozenset[str], liaison: int, stand_in: int
) -> FieldWords:
    who = named(username(liaison)).id, named(username(stand_in)).id
    return FieldWords(name, frozenset(villages), classes, *who)
