"""The commands on the catalogue: what they print and how they end."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.core.by_hand import GARMENTS, LABOUR, NOODLES
from tests.core.places import PROFILES, SCENARIOS, Told, codes, place
from tests.packs import TEN
from workflow.catalogue.loading import PACKS as FOLDER

Run = Callable[..., Result]


@pytest.fixture
def run(whole_app: Flask) -> Run:
    """The command line of the application."""
    return lambda *words: whole_app.test_cli_runner().invoke(args=[str(word) for word in words])


@pytest.fixture
def requirements(run: Run, tmp_path: Path) -> Run:
    """``requirements`` on a file that holds what was told."""

    def invoke(told: object, *words: str, campaign: str = "epidemic") -> Result:
        file = tmp_path / "facts.json"
        file.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
        return run("requirements", file, "--campaign", campaign, *words)

    return invoke


@pytest.mark.parametrize("name", PROFILES)
@pytest.mark.parametrize("campaign", ["epidemic", "post_holiday"])
def test_the_command_prints_the_lists_of_the_profiles(
    requirements: Run, name: str, campaign: str
) -> None:
    profile = PROFILES[name]
    for phase, expected in profile["expected"][campaign].items():
        done = requirements(profile["facts"], "--phase", phase, campaign=campaign)
        assert (done.exit_code, done.stdout) == (0, "".join(f"{c}\n" for c in expected.split()))


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_command_prints_the_lists_of_the_scenarios(requirements: Run, name: str) -> None:
    scenario = SCENARIOS[name]
    told = PROFILES[scenario["base"]]["facts"] | scenario["overrides"]
    for phase, expected in scenario["expected"].items():
        done = requirements(told, "--phase", phase, campaign=scenario["campaign"])
        assert (done.exit_code, done.stdout.split()) == (0, expected.split())


def test_before_is_the_phase_unless_another_is_named(requirements: Run) -> None:
    assert requirements(NOODLES).stdout == requirements(NOODLES, "--phase", "before").stdout
    daily = requirements(place("factory"), "--phase", "daily").stdout.split()
    assert daily == codes("epidemic", "301 302 303 304")


WHY = """\
EP-101\ttrue\t建筑工地都要
EP-106\ttrue\t建筑工地都要
EP-111\ttrue\t建筑工地都要
EP-121\ttrue\t建筑工地都要
EP-122\ttrue\t建筑工地都要
EP-163\ttrue\t建筑工地都要
EP-202\ttrue\t有高处作业
EP-203\ttrue\t建筑工地都要
EP-215\ttrue\t建筑工地都要
"""


def test_why_gives_code_answer_and_reason_between_tabs(requirements: Run) -> None:
    done = requirements(LABOUR, "--why")
    assert (done.exit_code, done.stdout) == (0, WHY)


@pytest.mark.parametrize(
    ("told", "campaign", "line"),
    [
        (NOODLES, "epidemic", "EP-105\ttrue\t从业人员数 31 人，不超过 50 人"),
        (NOODLES, "epidemic", "EP-137\ttrue\t接待顾客，从业人员数 31 人，满 31 人"),
        (NOODLES, "epidemic", "EP-244\ttrue\t对外堂食，检查日期 2020年2月24日，早于 2020年3月20日"),
        (
            NOODLES | {"planned_reopen_date": "2020-03-20"},
            "epidemic",
            "EP-245\ttrue\t对外堂食，检查日期 2020年3月20日，不早于 2020年3月20日",
        ),
        (
            GARMENTS | {"local_risk_level": "high"},
            "epidemic",
            "EP-181\ttrue\t有集体宿舍，高风险",
        ),
        (
            place("factory"),
            "post_holiday",
            "PH-113\ttrue\t从业人员数 20 人，不超过 100 人，高危行业类型：不属于",
        ),
        (place("factory"), "post_holiday", "PH-131\ttrue\t连续停工天数 35 天，满 7 天"),
        ({"class": "shop"}, "epidemic", "EP-103\tunknown\t还没填“从业人员数”"),
        ({"class": "shop"}, "epidemic", "EP-114\tunknown\t要看花名册：“外地返岗人数”"),
        ({"class": "shop"}, "epidemic", "EP-116\tunknown\t镇里还没定“本地已启用健康码”"),
        ({"class": "shop"}, "disaster_recovery", "DR-113\tunknown\t还没填“灾害种类”"),
        ({}, "epidemic", "EP-101\tunknown\t还没填“企业类别”"),
    ],
)
def test_a_reason_is_told_in_words(requirements: Run, told: Told, campaign: str, line: str) -> None:
    done = requirements(told, "--why", campaign=campaign)
    assert done.exit_code == 0
    assert line in done.stdout.splitlines()


def test_why_has_the_same_codes_in_the_same_order(requirements: Run) -> None:
    told = {"class": "market", "headcount": 60}
    plain, why = requirements(told), requirements(told, "--why")
    rows = [line.split("\t") for line in why.stdout.splitlines()]
    assert [row[0] for row in rows] == plain.stdout.split()
    assert {len(row) for row in rows} == {3}
    assert {row[1] for row in rows} == {"true", "unknown"}


def test_an_answer_of_null_is_none(requirements: Run) -> None:
    told = {"class": "shop", "headcount": None}
    assert requirements(told).stdout == requirements({"class": "shop"}).stdout


def test_what_belongs_to_other_campaigns_is_passed_over(requirements: Run) -> None:
    told = {"class": "shop", "headcount": 9}
    more = told | {"flooded_parts": ["dorm"], "order_no": "x", "stopped_days": "of no concern"}
    assert requirements(more).stdout == requirements(told).stdout


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"class": "shop", "heads": 3}, "no campaign knows heads"),
        ({"class": "shop", "zeal": 3, "heads": 3}, "no campaign knows heads, zeal"),
        ({"class": "bakery"}, "class cannot be 'bakery'"),
        ({"class": "shop", "headcount": "12"}, "headcount cannot be '12'"),
        ({"class": "shop", "headcount": 12.5}, "headcount cannot be 12.5"),
        ({"class": "shop", "headcount": True}, "headcount cannot be True"),
        ({"class": "shop", "has_dorm": "no"}, "has_dorm cannot be 'no'"),
        ({"class": "shop", "hazards": ["dragons"]}, "hazards cannot be ['dragons']"),
        ({"planned_reopen_date": "24.2.2020"}, "planned_reopen_date cannot be '24.2.2020'"),
        ('{"stock_alcohol_l": NaN}', "stock_alcohol_l cannot be nan"),
        ('{"class": ', "is not JSON"),
        ("", "is not JSON"),
        ('[{"class": "shop"}]', "must hold one JSON object"),
        ("null", "must hold one JSON object"),
    ],
    ids=str,
)
def test_what_cannot_be_read_is_refused_by_name(requirements: Run, told: object, said: str) -> None:
    done = requirements(told)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


WRONG = [("--campaign", "picnic"), ("--campaign", "epidemic", "--phase", "monthly"), ()]


@pytest.mark.parametrize("words", WRONG, ids=str)
def test_another_campaign_or_phase_is_refused(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "facts.json").write_text("{}", encoding="utf-8")
    assert run("requirements", tmp_path / "facts.json", *words).exit_code == 2


def test_a_file_that_is_missing_or_no_text_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "picture").write_bytes(b"\xff\xd8\xff\xe0")
    for name in ("missing", "picture"):
        done = run("requirements", tmp_path / name, "--campaign", "epidemic")
        assert (done.exit_code, done.stdout) == (2, "")
        assert name in done.stderr


SHIPPED = {
    "disaster_recovery": 51,
    "epidemic": 113,
    "post_holiday": 88,
    "shutdown_rectification": 15,
}


def test_the_shipped_packs_are_sound(run: Run) -> None:
    done = run("catalogue", "check", "--json")
    said = json.loads(done.stdout)
    assert done.exit_code == 0
    assert set(said) == {"packs", "requirements", "problems"}
    assert (said["requirements"], said["problems"]) == (267, [])
    assert {one["campaign"]: one["requirements"] for one in said["packs"]} == SHIPPED
    assert all(one["problems"] == [] for one in said["packs"])


def test_without_json_a_line_for_each_pack_is_printed(run: Run) -> None:
    done = run("catalogue", "check")
    rows = [f"{campaign}\t{count}\t0\n" for campaign, count in SHIPPED.items()]
    assert (done.exit_code, done.stdout) == (0, "".join(rows) + "没有问题\n")


EPIDEMIC = (FOLDER / "epidemic.toml").read_text(encoding="utf-8")
BROKEN = {
    "uses unknown fact heads": EPIDEMIC.replace('{ fact = "headcount"', '{ fact = "heads"', 1),
    "EP-101 stands twice": EPIDEMIC.replace('code = "EP-102"', 'code = "EP-101"', 1),
    "needs unknown quantity gloves": EPIDEMIC.replace('quantity = "masks"', 'quantity = "gloves"'),
    "TOMLDecodeError": "campaign = ",
    "KeyError: 'campaign'": "",
}


@pytest.mark.parametrize("problem", BROKEN)
def test_a_broken_pack_is_named_with_what_is_wrong(run: Run, tmp_path: Path, problem: str) -> None:
    file = tmp_path / "local.toml"
    file.write_text(BROKEN[problem], encoding="utf-8")
    done = run("catalogue", "check", "--json", "--file", file)
    said = json.loads(done.stdout)
    assert done.exit_code == 1
    assert said["problems"][0].startswith("local.toml: ")
    assert problem in said["problems"][0]
    assert len(said["packs"]) == 5
    assert said["requirements"] == 267
    told = run("catalogue", "check", "--file", file)
    assert (told.exit_code, problem in told.stdout) == (1, True)


def test_a_file_that_is_no_text_is_a_broken_pack(run: Run, tmp_path: Path) -> None:
    (tmp_path / "local.toml").write_bytes(b"\xff\xfe")
    done = run("catalogue", "check", "--json", "--file", tmp_path / "local.toml")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["problems"][0].startswith("local.toml: 'utf-8' codec")


@pytest.mark.parametrize(("text", "count"), [(EPIDEMIC, 113), (TEN, 10)], ids=["shared", "own"])
def test_a_sound_pack_of_the_town_is_counted(
    run: Run, tmp_path: Path, text: str, count: int
) -> None:
    (tmp_path / "local.toml").write_text(text, encoding="utf-8")
    done = run("catalogue", "check", "--json", "--file", tmp_path / "local.toml")
    said = json.loads(done.stdout)
    assert (done.exit_code, said["problems"]) == (0, [])
    assert said["packs"][-1]["requirements"] == count
    assert said["requirements"] == 267 + count
