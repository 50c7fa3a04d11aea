"""The clerk's pages of a roster through HTTP, and the liaison's."""

import re
from io import BytesIO

import openpyxl
import pytest
from flask import Flask

from tests.cast import AT, Cast, submitted
from tests.pages import Visitor
from tests.rosters import lists
from tests.rosters.keeping import PERSON, names, took
from workflow.usecases import rostering

ROSTER = "/enterprise/places/1/roster"
PASTE = f"{ROSTER}/import"


@pytest.fixture
def clerk(app: Flask, cast: Cast) -> Visitor:
    return Visitor(app, "yunque")


def pasted(clerk: Visitor, lines: list[list[object]]) -> str:
    """The address of the page that shows what was understood."""
    answer = clerk.post(PASTE, {"text": lists.text(lines)}, PASTE)
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def test_an_empty_roster_says_what_to_do(clerk: Visitor) -> None:
    assert "名册上还没有人" in clerk.get(ROSTER).text
    assert ROSTER in clerk.get("/enterprise/").text


def test_a_paste_is_understood_taken_and_listed_masked(clerk: Visitor) -> None:
    page = pasted(clerk, lists.rows(1, 2, **{"手机号": "13800000001"}))
    shown = clerk.get(page).text
    for words in ("读出 2 人", "B 证件号码", "新增 2 人", "收下这 2 人"):
        assert words in shown
    assert 'name="mode"' not in shown
    answer = clerk.post(page, {"seen": ""}, page)
    listed = clerk.get(answer.location).text
    for words in ("已收下：新增 2 人", "员工1", "990***********", "138****0001"):
        assert words in listed
    for secret in (lists.number(1), "13800000001"):
        assert secret not in listed + shown.partition("<textarea")[0]


def test_mistakes_stand_by_row_and_column_and_the_paste_stays(clerk: Visitor) -> None:
    lines = lists.rows(1, 2)
    lines[2][1] = "4.10122E+17"
    lines.append(["<b>李四</b>\0", lists.number(3)[:-1] + "Y", "", "湖北", "天桥下", "", ""])
    page = pasted(clerk, lines)
    shown = clerk.get(page).text
    wrong = shown[shown.index('id="wrong"') : shown.index("</section>", shown.index('id="wrong"'))]
    for words in ("第 3 行", "第 4 行", "被 Excel 当成数字", "C 岗位", "空着", "“天桥下”认不出"):
        assert words in wrong
    assert "<b>李四" not in shown
    assert lists.number(3)[:-1] not in wrong
    area = re.search(r"<textarea[^>]*>(.*?)</textarea>", shown, re.DOTALL)
    assert area is not None
    assert "4.10122E+17" in area[1]
    assert "&lt;b&gt;李四&lt;/b&gt;" in area[1]


def test_bad_rows_come_back_marked_and_good_ones_are_taken(clerk: Visitor) -> None:
    lines = lists.rows(1, 2)
    lines[2][0], lines[2][4] = '=HYPERLINK("http://x")', "天桥下"
    page = pasted(clerk, lines)
    answer = clerk.get(f"{page}/left-over.xlsx")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    sheet = openpyxl.load_workbook(BytesIO(answer.data)).active
    head, bad = list(sheet.iter_rows())
    assert [cell.value for cell in head][-2:] == ["哪里不对", "原来第几行"]
    assert bad[0].data_type == "s"
    assert (bad[1].value, bad[1].number_format) == (lists.number(2), "@")
    assert bad[4].fill.fgColor.rgb == "FFFDE7E4"
    assert "住宿：“天桥下”认不出" in bad[7].value
    assert bad[8].value == 3
    taken = clerk.post(page, {"seen": ""}, page)
    assert taken.location.endswith(page)
    shown = clerk.get(page).text
    assert "已收下，名册是第 1 版" in shown
    assert "下载这 1 行" in shown
    assert names(1) == ["员工1"]


def test_mended_rows_are_given_again_as_they_were_downloaded(clerk: Visitor) -> None:
    lines = lists.rows(1, 2)
    lines[2][4] = "天桥下"
    page = pasted(clerk, lines)
    clerk.post(page, {"seen": ""}, page)
    book = openpyxl.load_workbook(BytesIO(clerk.get(f"{page}/left-over.xlsx").data))
    book.active["E2"] = "宿舍"
    buffer = BytesIO()
    book.save(buffer)
    upload = {"file": (BytesIO(buffer.getvalue()), "没收的行.xlsx")}
    again = str(clerk.post(PASTE, upload, PASTE).location)
    assert "没收的行.xlsx" in clerk.get(again).text
    clerk.post(again, {"seen": "1", "mode": "part"}, again)
    assert names(1) == ["员工1", "员工2"]


def test_the_clerk_chooses_what_a_second_list_means(clerk: Visitor, cast: Cast) -> None:
    took(1, cast.he, 1, 2)
    page = pasted(clerk, lists.rows(2, 3, **{"岗位": "电工"}))
    shown = clerk.get(page).text
    for words in (
        "这份没有的 1 人",
        "员工1",
        "只补充、修改这些人",
        "算离开",
        "操作工</span><b>电工",
    ):
        assert words in shown
    assert not re.search(r'name="mode"[^>]*checked', shown)
    silent = clerk.post(page, {"seen": "1"}, page)
    assert silent.status_code == 422
    assert "请选一种" in silent.text
    assert clerk.post(page, {"seen": "1", "mode": "whole"}, page).status_code == 302
    assert names(1) == ["员工2", "员工3"]
    assert "员工1" in clerk.get(f"{ROSTER}?version=1").text


def test_a_roster_changed_meanwhile_is_shown_anew(clerk: Visitor, cast: Cast) -> None:
    took(1, cast.he, 1)
    page = pasted(clerk, lists.rows(1))
    rostering.add_person(1, PERSON, cast.he, AT)
    answer = clerk.post(page, {"seen": "1", "mode": "whole"}, page)
    assert answer.status_code == 422
    assert "名册又变了" in answer.text
    assert 'name="seen" type="hidden" value="2"' in answer.text
    assert len(names(1)) == 2


@pytest.mark.parametrize(
    ("fields", "words", "field"),
    [
        ({}, "请粘贴名册，或者选一个文件", "text"),
        ({"text": "你好 世界"}, "没找到表头", "text"),
        ({"text": "姓名\t证件号码\n张三\t1"}, "“岗位”、“从哪里来”、“住宿”", "text"),
        ({"file": (BytesIO(b"%PDF-1.7"), "a.xlsx")}, "不是能读的表格", "file"),
        ({"text": "x", "file": (BytesIO(b"x"), "a.csv")}, "请只留一样", "file"),
    ],
)
def test_a_list_that_cannot_be_read_says_why_and_stays(
    clerk: Visitor, fields: dict[str, object], words: str, field: str
) -> None:
    answer = clerk.post(PASTE, fields, PASTE)
    assert answer.status_code == 422
    assert words in answer.text
    assert f'id="{field}-error"' in answer.text
    assert str(fields.get("text", "")) in answer.text


def test_a_long_paste_is_taken(clerk: Visitor) -> None:
    page = pasted(clerk, lists.rows(*range(1, 9001), **{"岗位": "很长的岗位名称" * 3}))
    assert "新增 9000 人" in clerk.get(page).text


def test_the_empty_table_is_understood_when_it_is_filled_in(clerk: Visitor) -> None:
    answer = clerk.get(f"{ROSTER}/template.xlsx")
    book = openpyxl.load_workbook(BytesIO(answer.data))
    sheet = book.active
    assert sheet["C2"].number_format == "@" or sheet.column_dimensions["C"].number_format == "@"
    told = ("张三", "护照", "E12345678", "技工", "德国", "租房", "", "分包", "某公司", "2026-02-10")
    sheet.append(told)
    buffer = BytesIO()
    book.save(buffer)
    upload = {"file": (BytesIO(buffer.getvalue()), "名册.xlsx")}
    shown = clerk.get(str(clerk.post(PASTE, upload, PASTE).location)).text
    assert "1 人没有问题" in shown
    assert "没用上的列" not in shown


def test_the_roster_is_paged(clerk: Visitor, cast: Cast) -> None:
    took(1, cast.he, *range(1, 61))
    first = clerk.get(ROSTER).text
    assert "员工50<" in first
    assert "员工51<" not in first
    assert "员工51<" in clerk.get(f"{ROSTER}?after=50").text
    for query in ("after=x", "after=-1", "version=9", "version=99999999999", "after=²"):
        clerk.get(f"{ROSTER}?{query}", 404)


@pytest.mark.parametrize("username", ["boli", "muye"])
def test_another_enterprises_roster_is_not_found(app: Flask, clerk: Visitor, username: str) -> None:
    page = pasted(clerk, lists.rows(1))
    clerk.post(page, {"seen": ""}, page)
    other = Visitor(app, username)
    for tail in ("", "/import", "/template.xlsx", "/people/new", "/people/1", "/people/1/remove"):
        other.get(ROSTER + tail, 404)
    other.get(page, 404)
    other.get(f"{page}/left-over.xlsx", 404)
    for tail in ("/import", "/people/new", "/people/1", "/people/1/remove", "/people/1/numbers"):
        told = {"version": "1", "reason": "check", "text": lists.text(lists.rows(2))}
        assert other.post(ROSTER + tail, told, "/privacy").status_code == 404
    assert names(1) == ["员工1"]


def test_a_list_given_for_one_place_is_not_found_at_another(app: Flask, clerk: Visitor) -> None:
    page = pasted(clerk, lists.rows(1))
    Visitor(app, "boli").get(page.replace("/places/1/", "/places/2/"), 404)


def test_the_liaison_sees_names_masked_and_one_person_for_a_reason(app: Flask, cast: Cast) -> None:
    took(1, cast.he, 1, 2, **{"手机号": "13800000001"})
    page = f"/liaison/cases/{submitted(cast.he)}/roster"
    lin = Visitor(app, "zhuanyuan")
    assert page in lin.get(page.removesuffix("/roster")).text
    listed = lin.get(page).text
    assert "员**" in listed
    assert "员工1" not in listed
    assert lin.post(f"{page}/1", {}, f"{page}/1").status_code == 422
    assert "员工1" not in lin.get(f"{page}/1").text
    shown = lin.post(f"{page}/1", {"reason": "urgent"}, f"{page}/1").text
    assert lists.number(1) in shown
    assert "员工1" in shown
    other = Visitor(app, "zhuanyuan2")
    other.get(page, 404)
    other.get(f"{page}/1", 404)
    assert other.post(f"{page}/1", {"reason": "urgent"}, "/privacy").status_code == 404
