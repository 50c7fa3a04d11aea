"""A real browser on a real server: what a page asks for, says and hides is watched throughout."""

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from tests.browser.screens import WIDTHS, build
from tests.conftest import PASSWORD

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
    " --disable-background-networking --disable-component-update"
)
_checked: set[tuple[int, str]] = set()  # builds that axe has found accessible


@dataclass
class Person:
    """One person at one screen."""

    page: Page
    address: str
    pictures: Path
    scripts: bool = True
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.look()

    def sign_in(self, username: str) -> None:
        self.open("/sign-in")
        self.page.get_by_label("手机号或用户名").fill(username)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.press("登录")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        self.look()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()
        self.look()

    def look(self, name: str = "") -> None:
        """Looks at the page as it is: accessible, nothing wider than the screen."""
        self.page.wait_for_load_state("load")
        built = build(self.page)
        if self.scripts and built not in _checked:  # axe is a script, and slow
            violations = Axe().run(self.page).response["violations"]
            self.faults += [
                f"{self.page.url}: {one['id']} {one['nodes'][0]['html'][:160]}"
                for one in violations
            ]
            if not violations:
                _checked.add(built)
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if wide > 0:
            self.faults.append(f"{self.page.url}: {wide} px wider than the screen")
        if name:
            self.page.screenshot(path=self.pictures / f"{name}.png", full_page=True)


@pytest.fixture(scope="module")  # its event loop must be gone before other tests run theirs
def chromium() -> Iterator[Browser]:
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET.split())
        yield browser
        browser.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def person(chromium: Browser, address: str, tmp_path: Path) -> Iterator[Callable[..., Person]]:
    """Makes people; at the end none of their pages may have had a fault."""
    made: list[Person] = []

    def make(screen: str, *, scripts: bool = True) -> Person:
        context = chromium.new_context(
            viewport=WIDTHS[screen],
            locale="zh-CN",
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        page = context.new_page()
        one = Person(page, address, tmp_path, scripts)
        host = urlsplit(address).netloc
        page.on("console", lambda said: _heard(one, said.type, said.text))
        page.on("pageerror", lambda error: one.faults.append(f"script: {error}"))
        page.on(
            "request",
            lambda request: (
                None
                if urlsplit(request.url).netloc in {host, ""}
                else one.faults.append(f"asked another host: {request.url}")
            ),
        )
        made.append(one)
        return one

    yield make
    for one in made:
        one.page.context.close()
    assert [fault for one in made for fault in one.faults] == []


def _heard(person: Person, kind: str, text: str) -> None:
    # Chromium itself logs every answer of 4xx as an error; which answer was right, tests say.
    if kind in {"error", "warning"} and "Failed to load resource" not in text:
        person.faults.append(f"console {kind}: {text}")


@pytest.fixture
def drain_aside(app: Flask, drain) -> Callable[..., None]:
    """Runs the waiting jobs in a thread of their own: the browser has the main one."""

    def run(*queues: str) -> None:
        def work() -> None:
            with app.app_context():
                drain(*queues)

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()

    return run
