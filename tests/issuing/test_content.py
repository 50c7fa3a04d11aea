"""The frozen input of a page survives its stored form, and nothing else is taken for one."""

import json

import pytest

from workflow.issuing.content import DocumentContent
from workflow.issuing.specimen import SPECIMEN


def test_content_survives_its_stored_form():
    assert DocumentContent.from_json(SPECIMEN.to_json()) == SPECIMEN


def test_equal_contents_are_equal_strings():
    assert DocumentContent.from_json(SPECIMEN.to_json()).to_json() == SPECIMEN.to_json()


def test_stored_form_is_readable_chinese():
    assert "复工通知单" in SPECIMEN.to_json()


@pytest.mark.parametrize("damage", [{"unknown": 1}, {"issued_on": "昨天"}])
def test_a_damaged_stored_form_is_refused(damage):
    with pytest.raises((TypeError, ValueError)):
        DocumentContent.from_json(json.dumps(json.loads(SPECIMEN.to_json()) | damage))


def test_a_missing_field_is_refused():
    values = json.loads(SPECIMEN.to_json())
    del values["conditions"]
    with pytest.raises(KeyError):
        DocumentContent.from_json(json.dumps(values))


def test_what_was_written_before_rosters_were_counted_is_still_read() -> None:
    before = json.loads(SPECIMEN.to_json())
    del before["staff"]
    assert DocumentContent.from_json(json.dumps(before)) == SPECIMEN
