"""A pack that does not hang together is refused, and every problem is named."""

import pytest

from tests.packs import TEN
from workflow.catalogue.loading import PackError, load
from workflow.core.clocks import Stage
from workflow.core.filings import LIMITS
from workflow.core.roles import Role

TEXT = TEN


def changed(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


WHEN = 'when = { fact = "hazards", op = "in", value = ["hot_work", "high_work"'
BAD = {
    "EP-202 uses unknown fact dangers": changed('{ fact = "hazards", op', '{ fact = "dangers", op'),
    "material commitment proves unknown EP-100": changed('["EP-101", "EP-106"]', '["EP-100"]'),
    "section plan asks unknown fact heads": changed('"headcount", "first', '"heads", "first'),
    "EP-101 stands twice": changed('code = "EP-103"', 'code = "EP-101"'),
    "headcount stands twice": changed('key = "first_batch_count"', 'key = "headcount"'),
    "EP-121 needs unknown quantity gloves": changed('quantity = "masks"', 'quantity = "gloves"'),
    "EP-121 needs unknown quantity masks": TEXT.replace("[quantity.masks.", "[quantity.capes."),
    "EP-202 is for unknown class rood": changed('"site", "road"]\nsev', '"site", "rood"]\nsev'),
    "has_canteen is asked of unknown class bar": changed(
        'asked_of = ["factory", "site", "road", "shop", "market"]\n\n# 口罩',
        'asked_of = ["bar"]\n\n# 口罩',
    ),
    "EP-202 cannot ask hazards in ('hotwork', 'high_work'": changed(
        WHEN, WHEN.replace("hot_work", "hotwork")
    ),
    "EP-202 cannot ask hazards at_least 3": changed(
        WHEN, 'when = { fact = "hazards", op = "at_least", value = 3 }\nx = { y = [1'
    ),
    "EP-103 cannot ask headcount at_least '51'": changed("value = 51", 'value = "51"'),
    "not a condition: {'fact': 'hazards', 'op': 'among'": changed(
        '"hazards", op = "in"', '"hazards", op = "among"'
    ),
    "not a condition: {}": changed(WHEN, "when = { }\nx = { y = [1"),
    "the notice cannot fill {planed}": changed("{planned}", "{planed}"),
    "the notice cannot fill {planned.year}": changed("{planned}", "{planned.year}"),
    "the notice cannot fill {planned!r}": changed("{planned}", "{planned!r}"),
    "in field name": changed("{planned}", "{planned"),
    "'lead_days'": changed("lead_days = 1", ""),
    "'fatal' is not a valid Severity": changed('severity = "veto"', 'severity = "fatal"'),
    "'list' object has no attribute": changed("[quantity.masks.days]", "[[quantity.other]]"),
    "TOMLDecodeError": "campaign = ",
}


LEAD = "lead_days = 1"
OPINION = '{ department = "镇卫生院", days = 1, silence = "waits" }'
BADLY_DECIDED = {
    "has 0 levels, and not one to three": "levels = []",
    "has 4 levels, and not one to three": 'levels = ["liaison", "office", "command", "office"]',
    "is first decided by the office, and not by the liaison": 'levels = ["office", "command"]',
    "cannot be decided by the issuer": 'levels = ["liaison", "issuer"]',
    "is decided twice by the office": 'levels = ["liaison", "office", "office"]',
    "is decided twice by the liaison": 'levels = ["liaison", "liaison"]',
    "'mayor' is not a valid Role": 'levels = ["mayor"]',
    "gives no working day to inspect": "limits = { inspect = 0 }",
    "gives no working day to release": "limits = { release = -1 }",
    "gives no working day to decide": "limits = { decide = 0.5 }",
    "gives no working day to accept": 'limits = { accept = "2" }',
    "gives no working day to rectify": "limits = { rectify = true }",
    "'sleep' is not a valid Stage": "limits = { sleep = 1 }",
    "cannot be early: it changes what is allowed already": "changes = true\nearly = true",
    "asks 镇卫生院 twice": f"opinions = [{OPINION}, {OPINION}]",
    "gives no working day to 镇卫生院": f"opinions = [{OPINION.replace('1', '0')}]",
    "asks a department without a name": f"opinions = [{OPINION.replace('镇卫生院', '')}]",
    "'yes' is not a valid Silence": f"opinions = [{OPINION.replace('waits', 'yes')}]",
}
WELL_DECIDED = (
    'levels = ["liaison"]',
    'levels = ["liaison", "office"]',
    'levels = ["liaison", "command"]',
    'levels = ["liaison", "office", "command"]',
    'levels = ["liaison", "command", "office"]',
    "limits = { inspect = 1, correct = 30 }",
    "changes = true",
    "early = true",
    f"opinions = [{OPINION}, {OPINION.replace('镇卫生院', '镇应急管理办公室')}]",
)


@pytest.mark.parametrize("problem", BADLY_DECIDED)
def test_a_way_to_decide_that_cannot_be_gone_is_refused_by_name(problem: str) -> None:
    with pytest.raises(PackError) as caught:
        load(changed(LEAD, f"{LEAD}\n{BADLY_DECIDED[problem]}"))
    assert problem in str(caught.value)


@pytest.mark.parametrize("way", WELL_DECIDED)
def test_a_way_to_decide_that_can_be_gone_is_taken(way: str) -> None:
    assert load(changed(LEAD, f"{LEAD}\n{way}")).filings[0].key == "ep_reopen"


def test_what_a_filing_does_not_say_of_its_decision_is_settled() -> None:
    (filing,) = load(changed(LEAD, f"{LEAD}\nlimits = {{ inspect = 7 }}")).filings
    assert filing.levels == (Role.LIAISON,)
    assert filing.limits == LIMITS | {Stage.INSPECT: 7}
    assert (filing.issuer_releases, filing.opinions, filing.changes) == (False, (), False)


@pytest.mark.parametrize("problem", BAD)
def test_a_bad_pack_is_refused_by_name(problem: str) -> None:
    with pytest.raises(PackError) as caught:
        load(BAD[problem])
    assert problem in str(caught.value)


def test_every_problem_is_named_and_not_only_the_first() -> None:
    with pytest.raises(PackError) as caught:
        load(changed('code = "EP-123"', 'code = "EP-101"').replace("{planned}", "{planed}"))
    assert str(caught.value).splitlines() == [
        "EP-101 stands twice",
        "the notice cannot fill {planed}",
    ]
