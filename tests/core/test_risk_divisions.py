"""What people type finds the divisions they mean, of those that exist today."""

import pytest

from workflow.catalogue import divisions
from workflow.catalogue.divisions import Division

INVENTED = (
    Division("9901", "虚构省甲市"),
    Division("990101", "虚构省甲市东区"),
    Division("9902", "虚构省乙市"),
)

FOUND = (
    ("湖北", ["42"]),
    ("湖北省", ["42"]),
    ("湖北武汉", ["4201"]),
    (" 湖北省 · 武汉市 ", ["4201"]),
    ("中国湖北武汉", ["4201"]),
    ("从武汉来", ["4201"]),
    ("武汉市东西湖", ["420112"]),
    ("湖北省东西湖区", ["420112"]),
    ("东西", ["420112"]),
    ("武汉东", ["420112"]),
    ("湖北省武汉市东西湖区吴家山街道某小区", ["420112"]),
    ("中牟", ["410122"]),
    ("河南郑州中牟县", ["410122"]),
    ("管城区", ["410104"]),
    ("五峰县", ["420529"]),
    ("恩施", ["4228", "422801"]),
    ("恩施州", ["4228"]),
    ("仙桃", ["429004"]),
    ("神农架", ["429021"]),
    ("随州", ["4213"]),
    ("北京朝阳", ["110105"]),
    ("朝阳", ["2113", "110105", "211321", "220104"]),
    ("鼓楼区", ["320106", "320302", "350102", "410204"]),
    ("吉林", ["22", "2202"]),
    ("内蒙古", ["15"]),
    ("加格达奇", ["232761"]),
    ("从化", ["440117"]),
    ("香港", ["81"]),
    ("境外", ["00"]),
    ("从国外回来", ["00"]),
    ("武汉外国语学校", ["4201", "00"]),
    ("城关镇", []),  # of a hundred counties
    ("从城关镇来", []),
    ("朝阳镇", []),
    ("东区街道", []),
    ("海南村", []),
    ("兰州城关镇", ["6201"]),
    ("河南中牟县城关镇", ["410122"]),
    ("湖北省仙桃市沙嘴街道", ["429004"]),
    ("景德镇", ["3602"]),
    ("新乡", ["4107", "410721"]),
    ("江苏镇江", ["3211"]),
    ("周村", ["370306"]),
    ("湖北乡下", ["42"]),
    ("美国", []),
    ("郧县", []),  # until 2014
    ("老家", []),
    ("县", []),
    ("市辖区", []),
    ("", []),
    ("ＷＵＨＡＮ", []),
)


@pytest.mark.parametrize(("words", "codes"), FOUND)
def test_what_is_typed_finds_what_is_meant(words: str, codes: list[str]) -> None:
    assert [one.code for one in divisions.found(words)] == codes


def test_the_whole_name_of_a_division_means_that_one() -> None:
    """市 is left over of 济南市, and begins 市中区."""
    for one in (*divisions.found("济南市"), *divisions.found("鼓楼区")):
        assert divisions.found(one.name) == (one,)


def test_many_alike_are_cut_off() -> None:
    assert len(divisions.found("城")) == 0
    assert len(divisions.found("新")) == 0
    assert len(divisions.found("城关")) <= divisions.MOST


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("甲市", ["9901"]),
        ("虚构省", ["9901", "9902", "990101"]),
        ("虚构省甲市东", ["990101"]),
        ("东区", ["990101", "510402"]),
        ("武汉", ["4201"]),
    ],
)
def test_divisions_of_a_demo_are_found_as_well(words: str, codes: list[str]) -> None:
    assert [one.code for one in divisions.found(words, INVENTED)] == codes


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("42", "湖北省"),
        ("4201", "湖北省武汉市"),
        ("420112", "湖北省武汉市东西湖区"),
        ("110101", "北京市东城区"),
        ("429004", "湖北省仙桃市"),
        ("421023", "湖北省荆州市监利县"),  # until 2020: what was told stays readable
        ("00", "境外"),
        ("990101", "虚构省甲市东区"),
        ("1101", None),
        ("420199", None),
        ("97", None),
        ("", None),
        ("4", None),
        ("湖北", None),
    ],
)
def test_a_code_has_full_words(code: str, name: str | None) -> None:
    assert divisions.named(code, INVENTED) == name


def test_whatever_is_found_is_named_alike() -> None:
    for words, _ in FOUND:
        for one in divisions.found(words):
            assert divisions.named(one.code) == one.name
