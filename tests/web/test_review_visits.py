"""An inspection through HTTP: begun, photographed, ended with what is to be mended."""

from io import BytesIO

from flask import Flask
from PIL import Image

from tests.cast import PAPER, Cast, accepted, checked, inspected, submitted
from tests.pages import Visitor
from tests.web.reviewing import offered, page_of, seen
from workflow.core.checklist import Verdict
from workflow.core.states import State
from workflow.core.visits import Mode
from workflow.store import cases, inspections


def picture(colour: str = "grey") -> BytesIO:
    data = BytesIO()
    Image.new("RGB", (40, 30), colour).save(data, "JPEG")
    data.seek(0)
    return data


def shot(code: str = "EP-141", colour: str = "grey") -> dict[str, object]:
    return {code: (picture(colour), "现场.jpg")}


def test_the_liaison_begins_by_video_with_others(app: Flask, cast: Cast) -> None:
    case_id = accepted(cast.he)
    lin, page = Visitor(app, "zhuanyuan"), page_of("liaison", case_id)
    assert "inspect" in offered(lin, "liaison", case_id)
    assert "样例镇东示村工业路1号" in lin.get(f"{page}/inspect").text
    assert lin.post(f"{page}/inspect", seen(case_id), page).status_code == 422  # how?
    told = seen(case_id, mode="video", where="东门", others="镇卫生院")
    assert lin.post(f"{page}/inspect", told, page).status_code == 302
    [made] = inspections.of_case(case_id)
    assert (made.mode, made.where, made.others) == (Mode.VIDEO, "东门", "镇卫生院")
    html = lin.get(page).text
    assert "视频 · 东门" in html
    assert lin.post(f"{page}/inspect", told, page).status_code == 409


def test_nobody_begins_what_is_not_accepted_or_not_theirs(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    told = seen(case_id, mode="visit")
    lin, office = Visitor(app, "zhuanyuan"), Visitor(app, "qiyeban")
    lin.get(f"{page_of('liaison', case_id)}/inspect", 409)
    assert lin.post(f"{page_of('liaison', case_id)}/inspect", told).status_code == 409
    other = accepted(cast.zhe)
    assert (
        office.post(f"{page_of('office', other)}/inspect", seen(other, mode="visit")).status_code
        == 409
    )
    Visitor(app, "zhuanyuan2").get(page_of("liaison", other), 404)


def test_photographs_are_taken_shown_and_taken_out(app: Flask, cast: Cast) -> None:
    case_id = inspected(cast.he, cast.lin)
    lin, page = Visitor(app, "zhuanyuan"), page_of("liaison", case_id)
    said = lin.send(f"{page}/photos", shot(), page).json
    assert "<img" in said["html"]
    whole = lin.send(f"{page}/photos", shot("whole", "red"), page).json
    assert "<img" in whole["html"]
    [made] = inspections.of_case(case_id)
    assert [one.code for one in made.photos] == ["EP-141", ""]
    html = lin.get(page).text
    assert f"/files/{made.photos[0].sha256}" in html
    assert lin.get(f"{page}/files/{made.photos[0].sha256}").mimetype == "image/jpeg"
    drop = f"{page}/photos/{made.photos[0].id}/drop"
    assert lin.post(drop, {}, page).status_code == 302
    inspections.db.session.expire_all()
    assert [one.code for one in inspections.of_case(case_id)[0].photos] == [""]
    assert lin.post(drop, {}, page).status_code == 404


def test_what_is_no_photograph_is_not_kept(app: Flask, cast: Cast) -> None:
    case_id = inspected(cast.he, cast.lin)
    lin, page = Visitor(app, "zhuanyuan"), page_of("liaison", case_id)
    nothing = lin.send(f"{page}/photos", {}, page)
    assert (nothing.status_code, nothing.json["error"]) == (422, "还没选照片。")
    paper = lin.send(f"{page}/photos", {"EP-141": (BytesIO(PAPER), "方案.pdf")}, page)
    assert paper.status_code == 422
    assert "方案.pdf" in paper.json["error"]
    strange = lin.send(f"{page}/photos", shot("EP-999"), page)
    assert strange.status_code == 422
    [made] = inspections.of_case(case_id)
    assert made.photos == []


def test_nobody_photographs_without_an_inspection(app: Flask, cast: Cast) -> None:
    case_id = accepted(cast.he)
    page = page_of("liaison", case_id)
    answer = Visitor(app, "zhuanyuan").send(f"{page}/photos", shot(), page)
    assert answer.status_code == 422
    office = page_of("office", case_id)
    assert Visitor(app, "qiyeban").send(f"{office}/photos", shot(), office).status_code == 422
    assert inspections.of_case(case_id) == []


def test_what_failed_is_to_be_mended_by_a_day(app: Flask, cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin, EP_141=Verdict.FAIL)
    lin, page = Visitor(app, "zhuanyuan"), page_of("liaison", case_id)
    assert offered(lin, "liaison", case_id) == {"rectify", "refuse"}
    html = lin.get(f"{page}/rectify").text
    assert "不合格 1 项" in html
    assert "看过了" in html
    late = lin.post(f"{page}/rectify", seen(case_id, mend_by="2026-11-01"), page)
    assert late.status_code == 422
    assert "这一天已经过了" in late.text
    assert lin.post(f"{page}/rectify", seen(case_id, mend_by="2026-11-30"), page).status_code == 302
    assert cases.get(case_id, cast.lin).state is State.RECTIFYING
    assert "要求整改 1 处，最迟11月30日（周一）" in lin.get(page).text


def test_nothing_is_to_be_mended_where_nothing_failed(app: Flask, cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    lin, page = Visitor(app, "zhuanyuan"), page_of("liaison", case_id)
    assert "rectify" not in offered(lin, "liaison", case_id)
    lin.get(f"{page}/rectify", 409)
    assert lin.post(f"{page}/rectify", seen(case_id, mend_by="2026-11-30")).status_code == 409
