"""How a clerk walks through a filing in the browser; what a person has to put in is counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Person
from tests.entry import FILLED, MOBILE, SECRET
from tests.rosters import lists
from tests.whole import SHOP

ON = "存下，下一步"


@dataclass
class Clerk:
    """Somebody who files; ``inputs`` counts each field filled and each choice ticked."""

    one: Person
    inputs: int = 0

    def section(self, told: Mapping[str, object] = SHOP) -> None:
        """Answers every question that the page shows, once, from top to bottom."""
        page = self.one.page
        done: set[str] = set()
        while open_now := [key for key in self._shown() if key not in done]:
            done.add(open_now[0])
            self.answer(page.locator(f"#q-{open_now[0]}"), told[open_now[0]])

    def _shown(self) -> list[str]:
        boxes = self.one.page.locator("[id^='q-']:visible").all()
        return [str(box.get_attribute("id"))[2:] for box in boxes]

    def answer(self, question: Locator, value: object) -> None:
        """One question, as its control wants it."""
        match value:
            case bool():
                self._tick(question, ["yes" if value else "no"])
            case frozenset():
                self._tick(question, sorted(value) or ["none"])
            case str() if question.locator("input[type=radio]").count():
                self._tick(question, [value])
            case date():
                self._type(question, value.isoformat())
            case _:
                self._type(question, str(value))

    def _tick(self, question: Locator, values: Iterable[str]) -> None:
        for value in values:
            self.inputs += 1
            question.locator(f"input[value='{value}']").check()

    def _type(self, question: Locator, text: str) -> None:
        self.inputs += 1
        question.locator("input, textarea").fill(text)

    def heading(self) -> str:
        return self.one.page.get_by_role("heading", level=1).inner_text()


def register(clerk: Person, liaison: Person) -> None:
    """A shop registers; the liaison, who was there, confirms it; its owner signs in."""
    page = clerk.page
    clerk.open("/register")
    for key in ("code", "enterprise", "legal_rep", "place", "address", "name", "mobile", "until"):
        page.locator(f"#{key}").fill(FILLED[key])
    page.locator("#password").fill(SECRET)
    page.locator("#village").select_option(FILLED["village"])
    for key in ("place_class", "relation", "scope"):
        page.locator(f"input[name={key}][value={FILLED[key]}]").check()
    clerk.press("交上去")
    liaison.sign_in("zhuanyuan")
    liaison.follow("登记")
    liaison.follow(FILLED["enterprise"])
    liaison.page.get_by_label("当面见到本人").check()
    liaison.press("确认")
    clerk.open("/sign-in")
    page.get_by_label("手机号或用户名").fill(MOBILE)
    page.get_by_label("密码").fill(SECRET)
    clerk.press("登录")


def onward(one: Person) -> None:
    """A section's button, which first waits for what is being saved."""
    with one.page.expect_navigation():
        one.page.get_by_role("button", name=ON).click()


def answer_sections(clerk: Clerk) -> list[str]:
    """All sections, to the list; the headings passed on the way."""
    passed = []
    while clerk.one.page.locator("form[data-since]").count():
        passed.append(clerk.heading())
        clerk.section()
        if clerk.one.scripts:
            expect(clerk.one.page.locator("[data-sync]")).to_contain_text("已保存")
            clerk.one.look(f"section-{len(passed)}")
        onward(clerk.one)
    return passed


def list_people(clerk: Clerk) -> None:
    """The roster: pasted, looked at, taken; then back to the filing."""
    page = clerk.one.page
    clerk.one.follow("粘贴或传表格")
    page.get_by_label("粘贴").fill(lists.text(lists.rows(1, 2, 3, 住宿="租房")))
    clerk.one.press("看看读得对不对")
    clerk.one.press("收下这 3 人")


def photo(folder: Path, side: int = 400) -> Path:
    """A picture of that many pixels each way, about 100 kB."""
    buffer = BytesIO()
    Image.effect_noise((side, side), 60).convert("RGB").save(buffer, "JPEG", quality=80)
    path = folder / "承诺书.jpg"
    path.write_bytes(buffer.getvalue())
    return path
