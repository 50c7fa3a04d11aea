"""The town is divided: one field for each class of each village, and only the office divides."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy.exc import DBAPIError

from tests.cast import AT, Cast, submitted
from tests.usecases.test_handing_over import pass_on
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Actor
from workflow.store import duty
from workflow.store.db import db
from workflow.usecases import dividing, founding
from workflow.usecases.dividing import FieldWords


def words(name: str = "第三责任田", *villages: str, **other: object) -> FieldWords:
    told: dict[str, object] = {
        "name": name,
        "villages": frozenset(villages),
        "classes": frozenset(),
        "liaison_id": None,
        "stand_in_id": None,
    }
    return FieldWords(**(told | other))


def refused(do: Callable[[], object]) -> tuple[Refusal, ...]:
    with pytest.raises(Refused) as caught:
        do()
    return caught.value.refusals


def test_a_place_finds_its_field(cast: Cast) -> None:
    assert duty.field_for("西示村", "factory").name == "第一责任田"
    assert duty.field_for("北示村", "site").name == "第二责任田"
    assert duty.field_for("南示村", "site") is None


def test_classes_of_a_village_may_belong_to_different_fields(cast: Cast) -> None:
    dividing.add_village("南示村", "100", cast.office)
    sites = frozenset({"site", "road"})
    dividing.save_field(None, words("工地组", "南示村", classes=sites), cast.office)
    dividing.save_field(
        None, words("工厂组", "南示村", classes=frozenset({"factory"})), cast.office
    )
    assert duty.field_for("南示村", "road").name == "工地组"
    assert duty.field_for("南示村", "factory").name == "工厂组"
    assert duty.field_for("南示村", "shop") is None
    everything = words("全管组", "南示村")
    assert refused(lambda: dividing.save_field(None, everything, cast.office)) == (
        Refusal(Reason.FIELDS_OVERLAP, ("南示村", "工厂组")),
    )


def test_what_overlaps_is_refused_and_changes_nothing(cast: Cast) -> None:
    clash = words("第二责任田", "北示村", "东示村", liaison_id=cast.zhou.account_id)
    assert refused(lambda: dividing.save_field(2, clash, cast.office)) == (
        Refusal(Reason.FIELDS_OVERLAP, ("东示村", "第一责任田")),
    )
    db.session.rollback()
    assert duty.duty_of(2, AT.date()).field.villages == ["北示村"]
    assert refused(lambda: founding.add_field("再一个", None, ["北示村"]))


def test_a_field_is_laid_out_anew(cast: Cast) -> None:
    lin, zhou = cast.lin.account_id, cast.zhou.account_id
    told = words("北片", "北示村", liaison_id=lin, stand_in_id=zhou)
    assert dividing.save_field(2, told, cast.office) == 2
    found = duty.duty_of(2, AT.date())
    assert (found.field.name, found.liaison.name, found.stand_in.name) == (
        "北片",
        "林示例",
        "周示例",
    )


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"name": "第一责任田"}, Reason.NAME_TAKEN),
        ({"liaison_id": 8}, Reason.NOT_A_LIAISON),
        ({"stand_in_id": 3}, Reason.NOT_A_LIAISON),
        ({"liaison_id": 999}, Reason.NOT_A_LIAISON),
        ({"liaison_id": 1, "stand_in_id": 1}, Reason.OWN_STAND_IN),
    ],
)
def test_who_answers_is_one_of_the_liaisons(
    cast: Cast, other: dict[str, object], reason: Reason
) -> None:
    found = refused(lambda: dividing.save_field(None, words(**other), cast.office))
    assert [one.reason for one in found] == [reason]


@pytest.mark.parametrize("other", [{"villages": frozenset({"无村"})}, {"classes": frozenset("x")}])
def test_villages_and_classes_are_those_of_the_town(cast: Cast, other: dict[str, object]) -> None:
    with pytest.raises(NotFound):
        dividing.save_field(None, words(**other), cast.office)
    with pytest.raises(NotFound):
        dividing.save_field(99, words(), cast.office)


def test_a_village_is_added_once(cast: Cast) -> None:
    dividing.add_village("南示村", "100", cast.office)
    for name, code in (("南示村", ""), ("新示村", "100")):
        assert refused(lambda n=name, c=code: dividing.add_village(n, c, cast.office)) == (
            Refusal(Reason.NAME_TAKEN, (name,)),
        )
    dividing.add_village("新示村", "", cast.office)
    assert [one.name for one in duty.villages()][:2] == ["南示村", "东示村"]


@pytest.mark.parametrize("who", ["lin", "he", "issuer", "command", "auditor", "admin", "staff"])
def test_only_the_office_divides(cast: Cast, who: str) -> None:
    actor: Actor = getattr(cast, who)
    for do in (
        lambda: dividing.save_field(1, words(), actor),
        lambda: dividing.add_village("南示村", None, actor),
    ):
        assert refused(do) == (Refusal(Reason.NOT_YOUR_ROLE),)


def test_of_two_fields_laid_out_at_once_one_is_refused(app: Flask, cast: Cast) -> None:
    dividing.add_village("南示村", None, cast.office)
    start, outcomes = Barrier(2), []

    def save(name: str) -> None:
        with app.app_context():
            start.wait()
            try:
                dividing.save_field(None, words(name, "南示村"), cast.office)
                outcomes.append("done")
            except Refused:
                outcomes.append("refused")

    threads = [Thread(target=save, args=(name,)) for name in ("甲", "乙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "refused"]


def test_handovers_are_never_changed(cast: Cast) -> None:
    pass_on(submitted(cast.he), cast.lin)
    with pytest.raises(DBAPIError, match="never changed"):
        db.session.execute(db.text("UPDATE handovers SET words = ''"))
    db.session.rollback()
