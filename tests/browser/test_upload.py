"""A file that can't be taken: said beside its field, before it is sent if its size tells."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import Person
from tests.browser.screens import BOTH
from tests.cast import PAPER, Cast, draft
from tests.conftest import DATABASE, Server
from workflow.store import cases
from workflow.store.db import db

pytestmark = pytest.mark.browser
ENDED = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{DATABASE}'"


@BOTH
def test_what_is_wrong_with_a_file_stands_beside_it(
    app: Flask, cast: Cast, person: Callable[[str], Person], tmp_path: Path, screen: str
) -> None:
    case_id = draft(cast.he)
    large, broken, sound = tmp_path / "大.jpg", tmp_path / "坏.pdf", tmp_path / "好.pdf"
    large.write_bytes(b"\xff\xd8\xff" + b"0" * (21 << 20))
    broken.write_bytes(b"%PDF-1.7 but not really")
    sound.write_bytes(PAPER)
    clerk = person(screen)
    clerk.sign_in("yunque")
    clerk.open(f"/enterprise/cases/{case_id}/materials")
    sent: list[str] = []
    clerk.page.on("request", lambda one: one.method == "POST" and sent.append(one.url))
    section = clerk.page.get_by_role("region", name="承诺书")
    words, button = section.locator(".invalid-feedback"), section.get_by_role("button").last
    section.get_by_label("选文件").set_input_files(large)
    expect(words).to_contain_text("最大能收 20 MB")
    button.click()
    clerk.look(f"too-large-{screen}")
    assert sent == []
    section.get_by_label("选文件").set_input_files(broken)
    expect(words).to_have_text("")
    button.click()
    expect(words).to_contain_text("打不开")
    clerk.look(f"broken-{screen}")
    section.get_by_label("选文件").set_input_files(sound)
    button.click()
    expect(section.get_by_role("link", name="好.pdf")).to_be_visible()
    assert len(sent) == 2


@BOTH
def test_a_form_that_could_not_be_stored_is_sent_again_by_one_button(
    app: Flask, cast: Cast, person: Callable[[str], Person], server: Server, screen: str
) -> None:
    case_id = draft(cast.he)
    clerk = person(screen)
    clerk.sign_in("yunque")
    clerk.open(f"/enterprise/cases/{case_id}/sections/plan")
    clerk.page.evaluate("document.querySelector('[data-autosave]').elements.headcount.value = 212")
    db.session.remove()
    server.run(f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS false")
    try:
        server.run(ENDED)
        clerk.page.get_by_role("button", name="存下，下一步").click()
        expect(clerk.page.get_by_role("heading", level=1)).to_have_text("没存上")
        clerk.look(f"away-{screen}")
    finally:
        server.run(f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS true")
    clerk.press("再存一次")
    assert cases.get(case_id, cast.he).answers["headcount"] == 212


@BOTH
def test_what_was_typed_comes_back_after_signing_in(
    app: Flask, cast: Cast, person: Callable[[str], Person], screen: str
) -> None:
    case_id = draft(cast.he)
    clerk = person(screen)
    clerk.sign_in("yunque")
    clerk.open(f"/enterprise/cases/{case_id}/sections/plan")
    clerk.page.evaluate("document.querySelector('[data-autosave]').elements.headcount.value = 212")
    clerk.page.context.clear_cookies()
    clerk.page.get_by_role("button", name="存下，下一步").click()
    expect(clerk.page.get_by_text("您刚才填的先替您留着")).to_be_visible()
    clerk.look(f"sign-in-{screen}")
    clerk.page.get_by_label("手机号或用户名").fill("yunque")
    clerk.page.get_by_label("密码").fill("correct-horse")
    clerk.press("登录")
    expect(clerk.page.get_by_text("这是您退出前填的，还没存")).to_be_visible()
    expect(clerk.page.get_by_label("从业人员数")).to_have_value("212")
    clerk.look(f"again-{screen}")
