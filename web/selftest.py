"""The self-test: walks the main job through the real views, worker and signer.

Everything is its own and thrown away afterwards: database server, keys, files, town. The page
says 自检样本·无效, so that nobody can mistake what it leaves behind for a document.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from web import serving
from web.instance import temporary
from web.settings import ROOT
from web.visitor import Page, Visitor
from workflow.core.days import day_of

MARK = "自检样本·无效"
ISSUED_WITHIN = 60.0
PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


class SelfTestFailed(Exception):
    """A step did not do what it should; the message says which."""


def run(out: Path) -> int:
    """Leaves notice.pdf, verification.json and ledger.json in ``out``; 0 if all of it verified."""
    out.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # told to stop, it still clears away
    with tempfile.TemporaryDirectory(prefix="selftest-") as folder, temporary(Path(folder)) as made:
        env = {**_environment(), **made}
        port = _free_port()
        env["PUBLIC_URL"] = f"http://127.0.0.1:{port}"
        try:
            _command(env, "db", "upgrade")
            _command(env, "demo", "--small", "--mark", MARK)
            _walk(env, port, out)
            verification = _command(env, "verify", str(out / "notice.pdf"))
            ledger = _command(env, "ledger", "verify")
        except (SelfTestFailed, LookupError, OSError) as failed:
            click.echo(f"✗ {failed}")
            return 1
    (out / "verification.json").write_text(verification, encoding="utf-8")
    (out / "ledger.json").write_text(ledger, encoding="utf-8")
    click.echo(f"✓ 自检通过：{out}")
    return 0


def _walk(env: Mapping[str, str], port: int, out: Path) -> None:
    address = f"http://127.0.0.1:{port}"
    with (out / "log.txt").open("wb") as log:
        children = serving.everything(env, "127.0.0.1", port, log)
        children.start()
        try:
            _visit(env, address, out)
        finally:
            children.stop()


def _visit(env: Mapping[str, str], address: str, out: Path) -> None:
    if not serving.wait_until_ready(address, threading.Event()):
        raise SelfTestFailed("网页没有起来")
    case = _file(address, env["DEMO_PASSWORD"])
    _accept(address, env["DEMO_PASSWORD"], case)
    pdf, verify_path = _approve(address, env["DEMO_PASSWORD"], case)
    (out / "notice.pdf").write_bytes(pdf)
    _say("查验")
    if "文件是真的" not in Visitor(address).get(verify_path).text:
        raise SelfTestFailed("查验页没有说文件有效")


def _file(address: str, password: str) -> str:
    """The clerk files; the path of the case, without the door."""
    _say("企业填报")
    clerk = Visitor(address)
    clerk.sign_in("yunque", password)
    page = clerk.get("/enterprise/").submit("/enterprise/cases")
    case = page.path.partition("/sections/")[0]
    for section, answers in _answers().items():
        page = clerk.get(f"{case}/sections/{section}").submit("", fields={}, **answers)
    roster = clerk.get("/enterprise/").link("/enterprise/places/")
    clerk.get(f"{roster}/people/new").submit("", **NOBODY)
    for part in ("plan", "emergency", "staffing"):
        page = clerk.get(f"{case}/parts/{part}").submit(part, text="自检")
    for material in ("commitment", "isolation_photo", "special_cert"):
        name = ("材料.pdf", PAPER + material.encode())
        page = clerk.get(f"{case}/materials").submit(f"/{material}", files={"file": name})
    page = clerk.get(f"{case}/check")
    page = page.submit("/submit")
    if "申报号" not in page.text:
        raise SelfTestFailed("没有提交成功")
    return page.path.removeprefix("/enterprise")


# A person of a region that does not exist.
NOBODY: dict[str, Any] = {
    "name": "自检",
    "kind": "resident_id",
    "number": "990000199001010017",
    "post": "操作工",
    "origin": "本镇",
    "lodging": "own_home",
    "employer_kind": "own",
}


def _answers() -> dict[str, dict[str, Any]]:
    """What the clerk answers, section by section: a factory of 212 without dormitory."""
    planned = day_of(datetime.now(UTC)) + timedelta(days=5)
    return {
        "unit": {"industry": "自检", "above_scale": "no"},
        "plan": {
            "planned_reopen_date": planned.isoformat(),
            "headcount": "212",
            "first_batch_count": "186",
            "work_scope": "全部",
            "shift_count": "1",
        },
        "people": {"has_contractors": "no"},
        "premises": {
            "gate_count": "1",
            "attendance_method": ["card"],
            "central_ac": "no",
            "has_elevator": "no",
        },
        "living": {
            "has_dorm": "no",
            "has_canteen": "no",
            "has_clinic": "no",
            "shuttle_bus_count": "0",
            "isolation_rooms": "1",
            "isolation_place": "门卫室旁",
        },
        "supplies": {
            "stock_masks": "2000",
            "stock_disinfectant_l": "40",
            "stock_alcohol_l": "0",
            "thermometers": "2",
        },
        "safety": {"hazards": ["hot_work"], "special_equipment": ["none"]},
    }


def _accept(address: str, password: str, case: str) -> None:
    """The office ticks off its own items and accepts."""
    _say("企业办受理")
    office = Visitor(address)
    office.sign_in("qiyeban", password)
    _pass_all(office.get(f"/office{case}"))
    office.get(f"/office{case}/accept").submit("")


def _pass_all(page: Page) -> None:
    """Passes whatever the page offers to mark; nothing may be there for the office."""
    if page.radios():
        page.submit("/checks", fields=dict.fromkeys(page.radios(), "pass"))


def _approve(address: str, password: str, case: str) -> tuple[bytes, str]:
    """The liaison inspects and approves; the signed PDF and the path that verifies it."""
    _say("专员核查、同意")
    liaison = Visitor(address)
    liaison.sign_in("zhuanyuan", password)
    liaison.get(f"/liaison{case}/inspect").submit("", mode="visit", where="自检")
    _pass_all(liaison.get(f"/liaison{case}"))
    liaison.get(f"/liaison{case}/approve").submit("", words="")
    _say("签发")
    deadline = time.monotonic() + ISSUED_WITHIN
    while time.monotonic() < deadline:
        fragment = liaison.get(f"/liaison{case}/progress")
        if "notice.pdf" in fragment.text:
            token = fragment.link("/v/")
            return liaison.get(f"/liaison{case}/notice.pdf").body, token
        time.sleep(0.2)
    raise SelfTestFailed("通知单没有签发出来")


def _command(env: Mapping[str, str], *words: str) -> str:
    """One of our own commands on the throwaway instance; what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", *words],
        cwd=ROOT,
        env=dict(env),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SelfTestFailed(f"{' '.join(words)}：{done.stdout}{done.stderr}")
    return done.stdout


def _environment() -> dict[str, str]:
    """This process's own, without settings of the installation that is being tested."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")
    return {name: value for name, value in os.environ.items() if name in kept}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _say(step: str) -> None:
    click.echo(f"▸ {step}")
