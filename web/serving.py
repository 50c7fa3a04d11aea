"""Brings the service up from one command: web and workers, watched by one parent."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import IO
from urllib.error import URLError
from urllib.request import urlopen

import click
import flask_migrate
from flask import Flask

from web.codes import new_codes, new_receipt
from web.instance import environment, folder
from web.labels import label
from web.settings import ROOT, Settings
from workflow.jobs import demo, demotown
from workflow.jobs.tasks import ISSUING, UPKEEP
from workflow.jobs.telling import TELLING
from workflow.store.db import db
from workflow.store.towns import town

WEB_WORKERS = 2
WEB_THREADS = 4
ISSUING_WORKERS = 2
RESTART_AFTER = 2.0  # seconds: a process that dies at once must not spin
STOP_WITHIN = 20.0
READY_WITHIN = 60.0
PR_SET_PDEATHSIG = 1  # from <sys/prctl.h>


def conninfo(app: Flask) -> str:
    """The database's address for psycopg itself."""
    settings: Settings = app.config["SETTINGS"]
    return settings.database_url.replace("postgresql+psycopg://", "postgresql://")


def web_command(host: str, port: int, workers: int = WEB_WORKERS) -> list[str]:
    """Granian on the application factory."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "app:create_app"),
        *("--host", host, "--port", str(port), "--workers", str(workers)),
        *("--blocking-threads", str(WEB_THREADS), "--respawn-failed-workers"),
        *("--log-level", "warning", "--no-ws"),
    ]


def worker_command(queue: str, name: str) -> list[str]:
    """A worker of ours on one queue."""
    return [
        *(sys.executable, "-m", "flask", "--app", "app", "worker"),
        *("--queue", queue, "--name", name),
    ]


@dataclass
class Processes:
    """Child processes by name: started together, started again when they die, ended together.

    What they print goes to ``log``, or where the parent prints if there is none.
    """

    env: Mapping[str, str]
    commands: Mapping[str, Sequence[str]]
    log: IO[bytes] | None = None
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self) -> None:
        for name in self.commands:
            self._start(name)

    def revive(self) -> None:
        """Starts again whatever has died."""
        for name, process in list(self.running.items()):
            if process.poll() is not None:
                click.echo(f"▸ {name} 停了（{process.returncode}），重新启动")
                time.sleep(RESTART_AFTER)
                self._start(name)

    def stop(self) -> None:
        for process in self.running.values():
            process.terminate()
        deadline = time.monotonic() + STOP_WITHIN
        for process in self.running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)  # with what it has started itself

    def _start(self, name: str) -> None:
        # A session of its own: Ctrl-C reaches the parent alone, which ends its children in order.
        self.running[name] = subprocess.Popen(
            self.commands[name],
            cwd=ROOT,
            env=dict(self.env),
            start_new_session=True,
            preexec_fn=_end_with_parent,
            stdout=self.log,
            stderr=self.log,
        )


def _end_with_parent() -> None:
    """In a child: be told to end when the parent dies, even of a SIGKILL. Linux only."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def everything(
    env: Mapping[str, str], host: str, port: int, log: IO[bytes] | None = None
) -> Processes:
    """Web, issuing workers, upkeep and telling."""
    issuing = {
        f"签发{n}": worker_command(ISSUING, f"issuing-{n}") for n in range(1, ISSUING_WORKERS + 1)
    }
    return Processes(
        env,
        {
            "网页": web_command(host, port),
            **issuing,
            "看护": worker_command(UPKEEP, "upkeep"),
            "通知": worker_command(TELLING, "telling"),
        },
        log,
    )


def migrate() -> None:
    """Brings the database of the present application up to date."""
    flask_migrate.upgrade(directory=str(ROOT / "migrations"))


def prepare(app: Flask) -> None:
    """Brings the database up to date; in development an empty one becomes the demo town."""
    click.echo("▸ 数据库")
    migrate()
    settings: Settings = app.config["SETTINGS"]
    empty = town() is None
    db.session.remove()
    # Never in a database that was named to us: a demo cannot be taken back.
    if empty and not settings.production and not os.environ.get("DATABASE_URL"):
        click.echo("▸ 演示镇（最多半分钟）")
        load_demo(app.config["CLOCK"]())


def load_demo(at: datetime, mark: str = demo.MARK, *, small: bool = False) -> None:
    """Makes the demo town in an empty database; ``small``: three enterprises that did nothing."""
    password = environment(os.environ)["DEMO_PASSWORD"]
    demo.load(password, at, mark)
    if not small:
        demotown.populate(
            password, at, new_receipt, new_codes, lambda what: click.echo(f"  {what}")
        )


def _say_below(what: str) -> None:
    click.echo(f"  {what}")


def serve(app: Flask, host: str, port: int) -> int:
    """Runs until told to stop; 0 when it ended in order."""
    if not _free(host, port):
        click.echo(f"✗ {host}:{port} 已经有别的程序在用，换一个：make run PORT=8010")
        return 1
    # What the demo signs carries the address that is served, as everything after it does.
    settings: Settings = app.config["SETTINGS"]
    public = _address(host, port).get("PUBLIC_URL", settings.public_url)
    app.config["SETTINGS"] = replace(settings, public_url=public)
    prepare(app)
    if town() is None:
        click.echo(
            "✗ 这个库里还没有镇：先用 flask --app app town 建一个（试用：flask --app app demo）"
        )
        return 1
    db.session.remove()
    env = environment(os.environ) | _address(host, port)
    production = app.config["SETTINGS"].production
    log = None if production else (folder() / "service.log").open("ab")
    children = everything(env, host, port, log)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    click.echo("▸ 启动网页和后台")
    children.start()
    try:
        if wait_until_ready(f"http://{host}:{port}", stopping):
            _announce(f"http://{host}:{port}", env)
        while not stopping.wait(1.0):
            children.revive()
    finally:
        children.stop()
        click.echo("▸ 已停止")
    return 0


def wait_until_ready(address: str, stopping: threading.Event) -> bool:
    """Waits for the web to answer; False when told to stop or out of patience."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        try:
            with urlopen(f"{address}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return True
        except (URLError, OSError):
            pass
        if stopping.wait(0.2):
            return False
    return False


def _free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _address(host: str, port: int) -> dict[str, str]:
    """In development documents carry the address that is served, unless told another."""
    if os.environ.get("PUBLIC_URL"):
        return {}
    return {"PUBLIC_URL": f"http://{host}:{port}"}


def _announce(address: str, env: Mapping[str, str]) -> None:
    click.echo(f"\n  {address}\n")
    found = town()
    db.session.remove()  # this process lives long, and must not keep a transaction open
    if found is None or not found.demo:
        return
    click.echo("  打开首页，点一下就能用任何身份登录。")
    click.echo(f"  也可以用账号登录（密码都是 {env['DEMO_PASSWORD']}）：")
    for one in (*demo.CLERKS, *demo.OFFICERS):
        click.echo(f"    {one.username:<12}{label(one.role)}\t{one.name}")
    click.echo(f"\n  日志在 {folder() / 'service.log'}；Ctrl-C 结束")
