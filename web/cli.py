"""Commands: ``flask --app app NAME``. Each says in its help what an operator must know."""

import json
import os
import sys
from pathlib import Path

import click
from cryptography.x509 import Certificate, load_pem_x509_certificates
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from web import post, press, selftest, serving
from web.catalogue_cli import catalogue, open_stop, requirements
from web.keys_cli import keys
from web.settings import Settings
from workflow.core.roles import Role
from workflow.issuing.authority import load_anchors
from workflow.issuing.keys import KeyUnusable
from workflow.issuing.verification import verify
from workflow.jobs import demo, worker
from workflow.jobs.tasks import ISSUING
from workflow.store.db import is_empty
from workflow.store.towns import SERIES
from workflow.usecases import founding
from workflow.usecases import ledger as ledger_uses
from workflow.usecases.founding import TownWords

ledger = AppGroup("ledger", help="The audit ledger.")


def init_cli(app: Flask) -> None:
    """Adds the commands to the application."""
    groups = (ledger, catalogue, keys)
    running = (run_worker, serve, verify_file, run_selftest)
    founded = (load_demo, found_town, open_stop)
    for command in (*groups, *running, *founded, requirements):
        app.cli.add_command(command)


def belongs_to_us(_object: object, name: str | None, kind: str, *_: object) -> bool:
    """For migrations: the job queue's own tables are not compared with ours."""
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@with_appcontext
def serve(host: str, port: int) -> None:
    """Bring everything up: migrations, demo town (development), web and workers."""
    sys.exit(serving.serve(_app(), host, port))


@click.command("worker")
@click.option("--queue", "queues", multiple=True, required=True, help="issuing, upkeep or telling")
@click.option("--name", default=f"worker-{os.getpid()}")
@click.option("--drain", is_flag=True, help="Stop when nothing is left to do.")
@with_appcontext
def run_worker(queues: tuple[str, ...], name: str, drain: bool) -> None:
    """Take jobs off the queues until told to stop."""
    app = _app()
    press.configure(app, warm=ISSUING in queues)
    post.configure(app)
    worker.run(serving.conninfo(app), queues, name, app.app_context, wait=not drain)


@click.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--trust", type=click.Path(exists=True, path_type=Path), help="Another CA's PEM.")
def verify_file(file: Path, trust: Path | None) -> None:
    """Check a PDF offline by what the file itself proves. Exit 0: valid, 1: not."""
    settings: Settings = current_app.config["SETTINGS"]
    anchors = _certificates(trust) if trust else load_anchors(settings.anchors)
    config = current_app.config
    verdict = verify(file.read_bytes(), anchors, config["CLOCK"](), config["TSA_ANCHORS"])
    click.echo(json.dumps(verdict.as_json(), ensure_ascii=False))
    sys.exit(0 if verdict.valid else 1)


@click.command("town")
@click.option("--name", required=True, help="e.g. 某某镇")
@click.option("--issuer", required=True, help="Whose name stands at the head of a notice.")
@click.option("--agency", required=True, help="机关代字 of notices.")
@click.option("--agency-filed", required=True, help="机关代字 of filing numbers.")
@click.option("--phone", required=True, help="The town's telephone for enterprises.")
@click.option("--admin", required=True, help="User name of the first administrator.")
@click.password_option("--password", help="The administrator's password.")
@with_appcontext
def found_town(
    name: str,
    issuer: str,
    agency: str,
    agency_filed: str,
    phone: str,
    admin: str,
    password: str,
) -> None:
    """Make the real town of an empty database, with its first administrator."""
    if agency_filed in {f"{agency}{suffix}" for suffix in SERIES.values()}:
        raise click.BadParameter("two series of numbers need two names", param_hint="--agency")
    founding.found_town(TownWords(name, issuer, agency, agency_filed, phone))
    founding.add_account(Role.ADMIN, admin, admin, password)


def _app() -> Flask:
    """The application itself: other threads and processes cannot use the proxy for it."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return app


def _certificates(pem: Path) -> tuple[Certificate, ...]:
    try:
        return tuple(load_pem_x509_certificates(pem.read_bytes()))
    except ValueError as error:
        raise click.BadParameter(f"{pem} holds no certificate in PEM form") from error


@ledger.command("verify")
@with_appcontext
def ledger_verify() -> None:
    """Recompute every chain and anchor. Exit 1 and the first broken event if any."""
    if is_empty():
        raise click.ClickException("the database is empty: make run, or flask db upgrade, first")
    try:
        key = press.signing_key(current_app.config["SETTINGS"])
    except KeyUnusable as error:
        raise click.ClickException(str(error)) from error
    broken = next(ledger_uses.breaks(key), None)
    if broken is not None:
        click.echo(json.dumps({"intact": False, "broken": broken.as_json()}, ensure_ascii=False))
        sys.exit(1)
    chains, anchors = ledger_uses.counted()
    click.echo(json.dumps({"intact": True, "chains": chains, "anchors": anchors}))


@click.command("selftest")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
def run_selftest(out: Path) -> None:
    """Walk the main job on a throwaway instance; leaves PDF, verification and ledger in OUT."""
    sys.exit(selftest.run(out))


@click.command("demo")
@click.option("--mark", default=demo.MARK, show_default=True, help="Printed on everything.")
@click.option("--small", is_flag=True, help="Three enterprises alone, which did nothing yet.")
@with_appcontext
def load_demo(mark: str, small: bool) -> None:
    """Make the demo town in an empty database. Its mark cannot be taken away again."""
    settings: Settings = current_app.config["SETTINGS"]
    if settings.production:
        raise click.ClickException("a production database is never a demo")
    serving.load_demo(current_app.config["CLOCK"](), mark, small=small)
