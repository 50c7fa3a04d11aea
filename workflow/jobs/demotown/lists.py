"""Lists of fictitious staff, as an enterprise would paste them: agencies, renters, outsiders."""

from collections.abc import Iterator
from datetime import date, timedelta

from workflow.core.papers import check_digit

HEADINGS = ("姓名", "证件号码", "岗位", "从哪里来", "住宿", "用工方式", "用工单位")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
GIVEN = "瑢喆昇堃犇垚赟镕翀㛃𬱖明芳强敏军"
POSTS = {
    "factory": ("操作工", "班长", "质检员", "仓管员", "电工"),
    "site": ("钢筋工", "木工", "瓦工", "塔吊司机", "安全员"),
    "road": ("压路机手", "摊铺工", "测量员", "安全员", "普工"),
    "shop": ("店员", "收银员", "店长"),
    "market": ("管理员", "保洁员", "保安", "检测员", "收费员"),
}
FIRST_BORN = date(1968, 1, 1)
BORN_WITHIN = 12_800  # days
AGENCY, SUBCONTRACTOR = "虚构蓝领劳务派遣有限公司", "虚构样安劳务分包有限公司"


def staff(first: int, many: int, place_class: str) -> str:
    """A list of ``many`` people to be pasted; ``first`` is the number of the first in the town."""
    lines = [HEADINGS, *(_row(number, place_class) for number in range(first, first + many))]
    return "\n".join("\t".join(line) for line in lines)


def _row(number: int, place_class: str) -> tuple[str, ...]:
    posts = POSTS[place_class]
    return (
        f"{_pick(SURNAMES, number)}{_pick(GIVEN, number // 3)}样本",
        resident(number),
        posts[number % len(posts)],
        _origin(number),
        ("自家", "自家", "宿舍", "租房", "自家")[number % 5],
        *_employed(number, place_class),
    )


def resident(number: int) -> str:
    """A resident's number of nobody: no region has the code 990000."""
    born = FIRST_BORN + timedelta(days=number * 11 % BORN_WITHIN)
    body = f"990000{born:%Y%m%d}{number % 1000:03d}"
    return body + check_digit(body)


def _origin(number: int) -> str:
    if number % 97 == 96:
        return "虚构疫区"
    return "虚构省外县" if number % 9 == 8 else ("本镇", "本县", "示例市")[number % 3]


def _employed(number: int, place_class: str) -> Iterator[str]:
    if place_class in {"site", "road"} and number % 4 == 1:
        return iter(("劳务分包", SUBCONTRACTOR))
    return iter(("劳务派遣", AGENCY) if number % 7 == 3 else ("本单位", ""))


def _pick(signs: str, number: int) -> str:
    return signs[number % len(signs)]
