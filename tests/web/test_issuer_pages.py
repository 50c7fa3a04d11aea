"""The issuer's and the command's doors through HTTP, and the previews of documents."""

import re
from collections.abc import Callable

from flask import Flask

from tests.cast import AT, Cast, checked, submitted, version_of
from tests.holding import held_notices, referred
from tests.pages import Visitor
from workflow.core.states import State
from workflow.jobs.tasks import ISSUING
from workflow.store import cases
from workflow.usecases import deciding

Drain = Callable[..., None]
QUEUE = "/issuer/"


def ticked(*ids: int) -> list[str]:
    return [f"{one}:{version_of(one)}" for one in ids]


def test_everyone_lands_at_their_own_door(app: Flask, cast: Cast) -> None:
    assert Visitor(app, "qianfa").get("/", 302).location == "/issuer/"
    assert Visitor(app, "zhihuibu").get("/", 302).location == "/command/"


def test_ticked_notices_are_released_together(app: Flask, cast: Cast, drain: Drain) -> None:
    ids = held_notices(cast)
    issuer = Visitor(app, "qianfa")
    page = issuer.get(QUEUE).text
    assert page.count('name="chosen"') == 3
    assert "轮到您签发" in page
    chosen = {"chosen": ticked(*ids[:2]), "row": ticked(*ids), "which": "ticked"}
    check = issuer.post("/issuer/batches/check", chosen, QUEUE)
    assert "签发这 2 件？" in check.text
    sent = issuer.post("/issuer/batches", {"chosen": ticked(*ids[:2])}, QUEUE)
    progress = issuer.get(sent.location)
    assert "签发了 0 件，还有 2 件等着办" in progress.text
    assert f'data-progress-url="{sent.location}/progress"' in progress.text
    assert '<meta http-equiv="refresh"' in progress.text
    drain(ISSUING)
    done = issuer.get(sent.location).text
    assert "都办完了：签发 2 件" in done
    assert "data-progress-url" not in done
    assert "refresh" not in done
    assert "样复工〔2026〕1号" in done
    assert "2 件" in issuer.get("/issuer/batches").text
    assert issuer.get(QUEUE).text.count('name="chosen"') == 1
    assert cases.get(ids[0], cast.issuer).state is State.ISSUED


def test_all_of_the_page_are_checked_once_more(app: Flask, cast: Cast) -> None:
    ids = held_notices(cast)
    chosen = {"row": ticked(*ids), "which": "page"}
    deciding.send_back(ids[0], "人数不对", version_of(ids[0]), cast.issuer, AT)
    check = Visitor(app, "qianfa").post("/issuer/batches/check", chosen, QUEUE)
    assert "签发这 2 件？" in check.text
    assert "另有 1 件刚才已经办过" in check.text


def test_what_became_of_each_is_said_in_words(app: Flask, cast: Cast, drain: Drain) -> None:
    ids = held_notices(cast)
    issuer = Visitor(app, "qianfa")
    first = issuer.post("/issuer/batches", {"chosen": ticked(*ids)}, QUEUE)
    again = issuer.post("/issuer/batches", {"chosen": ticked(*ids[:2])}, QUEUE)
    deciding.send_back(ids[2], "人数不对", version_of(ids[2]), cast.issuer, AT)
    drain(ISSUING)
    told = issuer.get(first.location).text
    assert told.count("签发了</span>") == 2
    assert "有人先退回了" in told
    told = issuer.get(again.location).text
    assert told.count(f"已由{cast.issuer.name}签发") == 2
    assert "没有重复签发" in told


def test_nothing_ticked_is_said(app: Flask, cast: Cast) -> None:
    held_notices(cast)
    issuer = Visitor(app, "qianfa")
    for sent in ({}, {"chosen": "x"}, {"chosen": "1"}, {"chosen": "99999999999:1"}):
        answer = issuer.post("/issuer/batches/check", sent, QUEUE)
        assert answer.status_code == 422
        assert "没有勾选" in answer.text
        assert issuer.post("/issuer/batches", sent, QUEUE).location == QUEUE
    issuer.get("/issuer/batches/99", 404)


def test_the_command_sees_what_waits_for_its_decision(app: Flask, cast: Cast) -> None:
    referred(cast.he, cast.lin)
    command = Visitor(app, "zhihuibu").get("/command/").text
    assert "云雀" in command
    assert "轮到您审定" in command
    office = Visitor(app, "qiyeban")
    assert "<tbody" not in office.get("/office/queue?turn=decide").text
    assert "轮到指挥部审定" in office.get("/office/queue?turn=others").text


def test_a_document_is_looked_at_before_it_goes_out(app: Flask, cast: Cast, drain: Drain) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    lin, page = Visitor(app, "zhuanyuan"), f"/liaison/cases/{case_id}/preview?kind=notice"
    asked = lin.get(page, 302).location
    waiting = lin.get(asked).text
    assert "正在排版" in waiting
    assert f'data-progress-url="{asked}/progress"' in waiting
    assert lin.post(page, {"words": "只开一个班"}, asked).location != asked
    drain(ISSUING)
    shown = lin.get(asked).text
    pictures = re.findall(r'src="([^"]+\.png)"', shown)
    assert len(pictures) >= 2
    assert "没有签发" in shown
    assert lin.get(pictures[0]).data.startswith(b"\x89PNG")
    assert "data-progress-url" not in lin.get(f"{asked}/progress").text
    lin.get(f"{asked}/0.png", 404)
    lin.get(f"{asked}/99.png", 404)
    lin.get(f"/liaison/cases/{case_id}/preview?kind=x", 404)
    Visitor(app, "qiyeban").get(asked.replace("liaison", "office"), 404)


def test_the_held_notice_is_looked_at_by_its_issuer(app: Flask, cast: Cast, drain: Drain) -> None:
    case_id = held_notices(cast)[0]
    issuer = Visitor(app, "qianfa")
    asked = issuer.get(f"/issuer/cases/{case_id}/preview?kind=notice", 302).location
    drain(ISSUING)
    assert ".png" in issuer.get(asked).text


def test_the_towns_words_are_set_by_the_office(app: Flask, cast: Cast) -> None:
    office, page = Visitor(app, "qiyeban"), "/office/wording"
    told = {"hearing": "三日内可以陈述。", "remedies": "可以申请复核。"}
    assert office.post(page, told, page).status_code == 302
    shown = office.get(page).text
    assert "三日内可以陈述。</textarea>" in shown
    assert "卫" in shown or "还没有部门" in shown
    assert office.post(page, {"hearing": "长" * 1001, "remedies": ""}, page).status_code == 422
    assert Visitor(app, "zhuanyuan").get(page, 403)
