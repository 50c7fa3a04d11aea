"""The queues of officers: whose turn, how long, what changed; and filters that are kept."""

import re

import pytest
from flask import Flask
from sqlalchemy import event, select

from tests.cast import AT, Cast, accept, accepted, approved, checked, submitted
from tests.conftest import Clock
from tests.pages import Visitor
from workflow.core.days import day_of
from workflow.core.states import State
from workflow.store import caselists
from workflow.store.caselists import Key, Narrow
from workflow.store.db import db
from workflow.store.keptfilters import KeptFilter
from workflow.usecases import talking

WAITING = Narrow(frozenset({State.SUBMITTED}))


def table(page: str) -> str:
    """The rows of a list, without what narrows it."""
    return page[page.index("<tbody") : page.index("</tbody>")] if "<tbody" in page else ""


def test_each_officer_sees_what_waits_for_them(app: Flask, cast: Cast) -> None:
    submitted(cast.he)
    accepted(cast.zhe)
    office, lin = Visitor(app, "qiyeban"), Visitor(app, "zhuanyuan")
    first = table(office.get("/office/queue").text)
    assert ("云雀" in first, "瑢喆堃" in first) == (True, False)
    assert "轮到您初审" in first
    assert "还有 1 个工作日" in first
    mine = table(lin.get("/liaison/").text)
    assert ("云雀" in mine, "瑢喆堃" in mine) == (False, True)
    assert "轮到您核查" in mine
    others = table(lin.get("/liaison/?turn=others").text)
    assert ("云雀" in others, "瑢喆堃" in others) == (True, False)
    assert "轮到企业办初审" in others
    assert table(Visitor(app, "zhuanyuan2").get("/liaison/").text) == ""


def test_what_is_done_is_listed_newest_first(app: Flask, cast: Cast) -> None:
    approved(cast.he, cast.lin)
    approved(cast.zhe, cast.lin)
    done = table(Visitor(app, "zhuanyuan").get("/liaison/?turn=done").text)
    assert done.index("瑢喆堃") < done.index("云雀")
    assert "正在签发通知单" in done


def test_what_is_late_says_so_and_can_be_listed_alone(app: Flask, cast: Cast, clock: Clock) -> None:
    submitted(cast.he)
    clock.forward(days=2)
    submitted(cast.zhe, clock())
    office = Visitor(app, "qiyeban")
    page = table(office.get("/office/queue").text)
    assert "超了 1 个工作日" in page
    assert page.index("云雀") < page.index("瑢喆堃")
    late = table(office.get("/office/queue?late=y").text)
    assert ("云雀" in late, "瑢喆堃" in late) == (True, False)
    command = Visitor(app, "zhihuibu")
    escalated = table(command.get("/command/?turn=late").text)
    assert ("云雀" in escalated, "瑢喆堃" in escalated) == (True, False)


def test_a_day_off_makes_nothing_late(app: Flask, cast: Cast, clock: Clock) -> None:
    clock.forward(days=3)  # Thursday: due on Friday
    submitted(cast.he, clock())
    clock.forward(days=2)  # Saturday
    office = Visitor(app, "qiyeban")
    assert "今天到期" in table(office.get("/office/queue").text)
    assert table(office.get("/office/queue?late=y").text) == ""


def test_what_changed_since_one_looked_is_told(app: Flask, cast: Cast, clock: Clock) -> None:
    case_id = accepted(cast.he)
    lin = Visitor(app, "zhuanyuan")
    assert "新</span>" in table(lin.get("/liaison/").text)
    clock.forward(minutes=5)
    talking.look(case_id, cast.lin, clock())
    assert "看过以后没有变化" in table(lin.get("/liaison/").text)
    clock.forward(minutes=5)
    talking.say(case_id, "几点来？", cast.he, clock())
    assert "新留言 1 条" in table(lin.get("/liaison/").text)
    db.session.execute(db.text("UPDATE cases SET version = version + 1"))
    db.session.commit()
    assert "有变化" in table(lin.get("/liaison/").text)
    talking.look(case_id, cast.lin, clock())
    assert "看过以后没有变化" in table(lin.get("/liaison/").text)


def test_what_others_did_is_told_in_words(app: Flask, cast: Cast, clock: Clock) -> None:
    case_id = submitted(cast.he)
    talking.look(case_id, cast.lin, clock())
    clock.forward(minutes=5)
    accept(case_id, clock())
    told = table(Visitor(app, "zhuanyuan").get("/liaison/").text)
    assert "企业办受理；企业办记下核查结果" in told


def test_a_list_is_narrowed_by_all_that_is_asked(app: Flask, cast: Cast) -> None:
    for clerk in (cast.he, cast.zhe, cast.lv):
        submitted(clerk)
    office = Visitor(app, "qiyeban")

    def shown(query: str) -> tuple[bool, bool, bool]:
        page = table(office.get(f"/office/queue?{query}").text)
        return "云雀" in page, "瑢喆堃" in page, "青禾" in page

    assert shown("turn=todo") == (True, True, True)
    assert shown("field=2") == (False, False, True)
    assert shown("words=云雀") == (True, False, False)
    assert shown("words=雀精") == shown("words=云") == shown("words=不存在") == (False,) * 3
    assert shown("words=云雀&field=2") == (False,) * 3
    assert shown("place_class=site") == (False,) * 3
    assert shown("place_class=factory&filing=ep_reopen") == (True, True, True)
    assert shown("state=issued&field=x&place_class=99&filing=__&after=x&newest=1") == (True,) * 3


def test_pages_follow_each_other_without_gap_or_double(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [submitted(clerk) for clerk in (cast.he, cast.zhe, cast.lv)]
    db.session.execute(db.text("UPDATE cases SET due_on = NULL WHERE id = :id"), {"id": ids[0]})
    db.session.commit()
    monkeypatch.setattr("workflow.store.caselists.MOST_LISTED", 1)
    found, after = [], None
    while True:
        page = caselists.sliced(cast.office, WAITING, after)
        found += [one.id for one in page.cases]
        after = page.after
        if after is None:
            break
    assert found == [ids[1], ids[2], ids[0]]  # what has no last day comes last
    newest = caselists.sliced(cast.office, WAITING, newest=True)
    assert [one.id for one in newest.cases] == [ids[2]]
    assert newest.after == Key(day_of(AT).replace(day=24), ids[2])
    office = Visitor(app, "qiyeban")
    more = re.findall(r'href="(/office/queue\?[^"]*after=[^"]+)"', office.get("/office/queue").text)
    assert "青禾" in table(office.get(more[0].replace("&amp;", "&")).text)


def test_a_filter_is_kept_used_preset_and_dropped(app: Flask, cast: Cast) -> None:
    submitted(cast.he)
    office, queue = Visitor(app, "qiyeban"), "/office/queue"
    narrowed = "/office/lists/queue/filters?turn=todo&field=2"
    kept = office.post(narrowed, {"name": " 第二 田 "}, queue)
    assert kept.location == "/office/queue?turn=todo&field=2"
    page = office.get(queue).text
    assert 'href="/office/queue?turn=todo&amp;field=2">第二 田</a>' in page
    (change,) = set(re.findall(r'action="(/office/lists/queue/filters/\d+)"', page))
    assert office.post(change, {"do": "preset"}, queue).status_code == 302
    assert office.get(queue, 302).location == kept.location
    assert "云雀" in office.get("/office/queue?turn=todo").text
    office.post(change, {"do": "unset"}, queue)
    assert "云雀" in office.get(queue).text
    theirs = change.replace("office", "command")
    assert Visitor(app, "zhihuibu").post(theirs, {"do": "drop"}).status_code == 404
    office.post(change, {"do": "drop"}, queue)
    office.get(queue)  # says that it was dropped
    assert "第二 田" not in office.get(queue).text


def test_a_filter_needs_a_name_and_there_are_so_many(app: Flask, cast: Cast) -> None:
    office, queue = Visitor(app, "qiyeban"), "/office/queue"
    keep = "/office/lists/queue/filters?field=1"
    assert office.post(keep, {"name": "  "}, queue).location == "/office/queue?field=1"
    assert "没存上" in office.get(queue).text
    for number in range(20):
        assert office.post(keep, {"name": f"第{number}"}, queue).status_code == 302
    full = office.post(keep, {"name": "再来"}, queue)
    assert full.status_code == 409
    assert "最多存 20 个" in full.text
    assert office.post(keep, {"name": "第3"}, queue).status_code == 302
    assert office.post("/office/lists/x/filters", {"name": "x"}, queue).status_code == 404


def test_a_longer_queue_costs_no_more_queries(app: Flask, cast: Cast) -> None:
    asked: list[str] = []

    @event.listens_for(db.engine, "before_cursor_execute")
    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    office = Visitor(app, "qiyeban")
    costs = []
    for clerk in (cast.he, cast.zhe, cast.lv):
        submitted(clerk)
        asked.clear()
        office.get("/office/queue")
        costs.append(len(asked))
    assert costs[0] == costs[2]
    assert sum("calendar_days" in one for one in asked) == 1


def test_a_place_in_hand_is_the_liaisons_to_decide(app: Flask, cast: Cast) -> None:
    checked(submitted(cast.he), cast.lin)
    assert "轮到您核查、决定" in table(Visitor(app, "zhuanyuan").get("/liaison/").text)


@pytest.mark.parametrize("asked", ["words=%00", "words=ab%00c", "turn=%00", "state=%00done"])
def test_a_filter_of_control_characters_is_kept_without_them(app: Flask, asked: str) -> None:
    lin = Visitor(app, "zhuanyuan")
    told = {"name": "名\0称\u202e\u200b"}
    assert lin.post(f"/liaison/lists/queue/filters?{asked}", told, "/liaison/").status_code == 302
    [kept] = db.session.scalars(select(KeptFilter)).all()
    assert kept.name == "名称"
    assert all(one.isprintable() for one in kept.asked.values())


def test_a_filter_that_asks_for_nothing_does_not_lead_in_circles(app: Flask) -> None:
    lin = Visitor(app, "zhuanyuan")
    lin.post("/liaison/lists/queue/filters", {"name": "都看"}, "/liaison/")
    [kept] = db.session.scalars(select(KeptFilter)).all()
    lin.post(f"/liaison/lists/queue/filters/{kept.id}", {"do": "preset"}, "/liaison/")
    lin.get("/liaison/", 200)
