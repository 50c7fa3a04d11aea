"""How officers walk a filing through their pages: each step as they would take it, by name."""

import os
from collections.abc import Callable
from pathlib import Path
from shutil import copy
from urllib.request import Request, urlopen

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Person
from tests.browser.declaring import photo

Drain = Callable[[], None]
Make = Callable[..., Person]
COMPANY = "虚构云雀食品有限公司"
SAVED = "已保存"


def fetched(one: Person, path: str) -> bytes:
    """What the browser would save: asked for with its own cookies."""
    cookies = "; ".join(f"{c['name']}={c['value']}" for c in one.page.context.cookies())
    address = path if path.startswith("http") else one.address + path
    with urlopen(Request(address, headers={"Cookie": cookies}), timeout=10) as answer:
        return answer.read()


def heading(one: Person, text: str) -> None:
    expect(one.page.get_by_role("heading", level=1)).to_contain_text(text)


def item(one: Person, text: str) -> Locator:
    """A line of the checklist."""
    return one.page.locator("fieldset.check", has_text=text)


def bar(one: Person) -> Locator:
    """What may be done now."""
    return one.page.locator(".actionbar")


def enter(one: Person, username: str, company: str = COMPANY) -> None:
    """Signs in and opens the case from the list it is found in."""
    one.sign_in(username)
    if one.page.get_by_role("link", name=company).count() == 0:
        one.follow("待办")
    one.look(f"list-{username}")
    one.follow(company)


def again(one: Person, company: str = COMPANY) -> None:
    """Opens the case once more, from the list of the same door."""
    one.follow("回到列表")
    one.follow(company)


def preview(one: Person, drain: Drain, name: str, opens: Locator | None = None) -> None:
    """Has the document laid out on a second page before it is decided on, and sees it."""
    with one.page.expect_popup() as opened:
        (opens or one.page.get_by_role("button", name="看印出来的样子")).click()
    second = Person(opened.value, one.address, one.pictures, one.scripts, one.faults)
    heading(second, "的样子")
    drain()
    expect(second.page.get_by_role("img", name="第 1 页")).to_be_visible()
    second.look(name)
    opened.value.close()


def barred(one: Person, action: str) -> None:
    """The action can't be taken; on a phone its reason alone is shown."""
    expect(bar(one).get_by_text(action, exact=True)).to_be_disabled()
    expect(bar(one)).to_contain_text(f"还不能{action}")


def do(one: Person, action: str, name: str = "") -> None:
    """Takes an action of the bar, which leads to its own page."""
    found = bar(one).get_by_text(action, exact=True)
    expect(found).to_be_enabled()
    with one.page.expect_navigation():
        found.click()
    one.look(name)


def ask_to_correct(one: Person, what: str, fault: str, words: str) -> None:
    """Notes one point, from the place in the page it hangs on."""
    one.page.locator("a", has_text=f"要改：{what}").last.click()
    one.look()
    one.page.get_by_label(fault).check()
    one.page.get_by_label("请企业改什么").fill(words)
    one.press("放进补正告知")


def mark_all(one: Person, by_keys: bool) -> None:
    """Every item passes: by the keys of the desk, or by a tap on each."""
    page, items = one.page, one.page.locator("fieldset.check")
    for at in range(items.count()):
        if by_keys:
            page.keyboard.press("j")
            page.keyboard.press("1")
        else:
            items.nth(at).locator("label.pass").click()
    expect(page.locator(".syncbar")).to_contain_text(SAVED)
    expect(page.locator("[data-left]")).to_have_text("都查过了")


def begin(one: Person, name: str = "") -> None:
    do(one, "开始核查", name)
    one.page.get_by_label("到现场").check()
    one.press("开始核查")


def fail(one: Person, text: str, words: str) -> Locator:
    """An item that doesn't pass, with what was seen."""
    found = item(one, text)
    found.locator("label.fail").click()
    found.get_by_role("textbox").fill(words)
    expect(one.page.locator(".syncbar")).to_contain_text(SAVED)
    return found


def photograph(found: Locator, folder: Path, count: int) -> None:
    for at in range(count):
        found.locator("input[type=file]").set_input_files(photo(folder, 500 + at))
        expect(found.locator(".evid img")).to_have_count(at + 1)


def accept(office: Person) -> None:
    """The office ticks off its own items and accepts."""
    mark_all(office, by_keys=False)
    do(office, "受理", "accept")
    office.press("受理，发受理通知书")
    expect(office.page.get_by_text("已受理，文号")).to_be_visible()


def verify(anyone: Person, code: str, number: str) -> None:
    """By what is printed on the paper."""
    anyone.open("/verify")
    anyone.page.get_by_label("12 位码").fill(code)
    anyone.page.get_by_label("文号末几位").fill(number)
    anyone.press("查")


def verify_file(anyone: Person, file: Path) -> None:
    anyone.open("/verify")
    anyone.page.get_by_label("PDF").set_input_files(file)
    anyone.press("查")


def keep(one: Person, name: str) -> None:
    """The pictures, where somebody asked for them (``SHOTS``, a folder)."""
    if os.environ.get("SHOTS"):
        for picture in one.pictures.glob("*.png"):
            copy(picture, Path(os.environ["SHOTS"]) / f"{name}-{picture.name}")
