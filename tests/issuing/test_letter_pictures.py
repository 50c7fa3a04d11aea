"""Every kind of document looks as it was approved; see pictures.py for approving anew."""

from dataclasses import replace

import pytest
from PIL import Image

from tests.issuing.pictures import PICTURED, REFERENCES, approved, differences, drawn
from tests.issuing.places import AT
from tests.issuing.posters import NAME as POSTER
from workflow.core.letters import LetterKind
from workflow.issuing.specimen import SPECIMEN


@pytest.mark.parametrize("name", PICTURED)
def test_a_document_looks_as_it_was_approved(renderer, sealer, name):
    found = drawn(sealer.sign(renderer.render(PICTURED[name]), AT).pdf)
    assert differences(approved(name), found) == []


def test_every_kind_has_an_approved_picture_and_no_picture_is_left_over():
    pictured = {path.name.split(".")[0] for path in REFERENCES.glob("*.png")}
    assert pictured - {POSTER} == set(PICTURED) >= {kind.value for kind in LetterKind}


@pytest.mark.parametrize(
    "changed",
    [
        replace(SPECIMEN, typed_code="7K3M-9QXW-2HTE"),
        replace(SPECIMEN, body=(*SPECIMEN.body[:-1], SPECIMEN.body[-1].replace("24日", "25日"))),
        replace(SPECIMEN, mark=None),
        replace(SPECIMEN, addressee="虚构瑢喆堃玻璃制品有限责任公司"),
    ],
)
def test_the_comparison_sees_a_small_change_and_says_where(renderer, sealer, changed):
    found = drawn(sealer.sign(renderer.render(changed), AT).pdf)
    first, *_ = differences(approved("notice"), found)
    assert first.startswith("page 1, ")
    assert first.endswith(" from the top")


def test_the_comparison_sees_a_missing_seal(renderer):
    places = differences(approved("notice"), drawn(renderer.render(SPECIMEN).pdf))
    assert places
    assert all(place.startswith("page 1, ") for place in places)


def test_the_comparison_sees_a_missing_page():
    assert differences(approved("notice"), approved("notice")[:1]) == ["1 pages, approved are 2"]


def test_the_comparison_tolerates_another_antialiasing():
    paler = [page.point(lambda value: min(255, value + 40)) for page in approved("notice")]
    assert differences(approved("notice"), paler) == []
    assert differences([Image.new("L", (9, 9))], [Image.new("L", (9, 8))])
