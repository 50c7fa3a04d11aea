"""A pack that does not hang together is refused, and every problem is named."""

import pytest

from tests.packs import TEN
from workflow.catalogue.loading import PackError, load

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
