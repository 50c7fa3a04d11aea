"""Commands on the catalogue: what a place would have to do, and whether the packs are sound."""

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from workflow.catalogue.loading import PackError, campaigns, load, shipped, whole
from workflow.core.deriving import derived
from workflow.core.facts import Facts, from_json
from workflow.core.packs import Pack
from workflow.core.requirements import Phase
from workflow.store import catalogues
from workflow.usecases import founding
from workflow.usecases.founding import Situation

catalogue = AppGroup("catalogue", help="The campaigns' catalogue packs.")


@click.command("requirements")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--campaign", required=True, type=click.Choice(campaigns()))
@click.option("--phase", default="before", type=click.Choice([one.value for one in Phase]))
@click.option("--why", is_flag=True, help="Add, after a tab, true or unknown, and the reason.")
def requirements(file: Path, campaign: str, phase: str, why: bool) -> None:
    """List the requirements of a place whose facts are in FILE, a JSON object.

    Codes that hold or may hold, in the catalogue's order. Facts that belong to other campaigns
    are passed over; a fact that nobody knows is an error.
    """
    pack = load(shipped(campaign))
    facts = _facts(file, pack)
    for held in pack.held(facts, Phase(phase)):
        reason = "，".join(pack.because(held, facts))
        known = "true" if held.certain else "unknown"
        click.echo(f"{held.code}\t{known}\t{reason}" if why else held.code)


def _facts(file: Path, pack: Pack) -> Facts:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise click.BadParameter(f"{file} is not JSON: {error}") from error
    if not isinstance(told, dict):
        raise click.BadParameter(f"{file} must hold one JSON object")
    known = {fact.key for fact in pack.facts}
    elsewhere = {fact.key for one in campaigns() for fact in load(shipped(one)).facts}
    strange = sorted(set(told) - elsewhere)
    if strange:
        raise click.BadParameter(f"no campaign knows {', '.join(strange)}")
    try:
        facts = from_json({key: told[key] for key in told if key in known}, pack.facts)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    return derived(facts)


@catalogue.command("check")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Also this pack; one without facts of its own is read with those that all packs share.",
)
def check(as_json: bool, file: Path | None) -> None:
    """Check every pack that comes with the service. Exit 1 on any problem."""
    found = [_report(one, shipped(one)) for one in campaigns()]
    if file is not None:
        found.append(_report_on(file))
    problems = [f"{one['campaign']}: {words}" for one in found for words in one["problems"]]
    total = sum(one["requirements"] for one in found)
    if as_json:
        whole = {"packs": found, "requirements": total, "problems": problems}
        click.echo(json.dumps(whole, ensure_ascii=False))
    else:
        for one in found:
            click.echo(f"{one['campaign']}\t{one['requirements']}\t{len(one['problems'])}")
        click.echo("\n".join(problems) or "没有问题")
    sys.exit(1 if problems else 0)


def _report_on(file: Path) -> dict[str, Any]:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return _broken(file.name, error)
    return _report(file.name, whole(text))


def _broken(name: str, error: ValueError) -> dict[str, Any]:
    return {"campaign": name, "requirements": 0, "problems": str(error).splitlines()}


def _report(name: str, text: str) -> dict[str, Any]:
    try:
        pack = load(text)
    except PackError as error:
        return _broken(name, error)
    return {
        "campaign": pack.campaign,
        "version": pack.version,
        "requirements": len(pack.requirements),
        "facts": len(pack.facts),
        "filings": [one.key for one in pack.filings],
        "problems": [],
    }


@catalogue.command("publish")
@click.option("--campaign", type=click.Choice(campaigns()), help="A pack of the service.")
@click.option("--file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def publish(campaign: str | None, file: Path | None) -> None:
    """Put a pack in force: filings opened from now on go by it, earlier ones keep theirs."""
    if (campaign is None) == (file is None):
        raise click.UsageError("name either --campaign or --file")
    text = whole(file.read_text(encoding="utf-8")) if file else shipped(str(campaign))
    try:
        pack = load(text)
    except PackError as error:
        raise click.ClickException(str(error)) from error
    if catalogues.is_published(pack.campaign, pack.version):
        raise click.ClickException("this version has been published: raise its version")
    founding.publish_catalogue(text, None, current_app.config["CLOCK"]())
    click.echo(f"{pack.campaign} {pack.version}")


@click.command("stop")
@click.option("--campaign", required=True, type=click.Choice(campaigns()))
@click.option("--name", required=True, help="What enterprises read, e.g. 2027年春节停工")
@click.option("--began-on", required=True, type=click.DateTime(["%Y-%m-%d"]))
@click.option("--situation", type=click.File(encoding="utf-8"), help="JSON: told, opening, …")
@with_appcontext
def open_stop(campaign: str, name: str, began_on: datetime, situation: TextIO | None) -> None:
    """Open a stop: its places can file from now on, by the pack in force.

    The situation may hold "told" (facts the town tells), "opening" (for each class its days by
    tier), "local_names" and "severe_names" (how rosters write where people come from).
    """
    said = json.load(situation) if situation else {}
    try:
        words = Situation(
            told=said.get("told", {}),
            opening={
                kind: [date.fromisoformat(one) for one in days]
                for kind, days in said.get("opening", {}).items()
            },
            local_names=tuple(said.get("local_names", ())),
            severe_names=tuple(said.get("severe_names", ())),
        )
        from_json(words.told, load(shipped(campaign)).facts)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--situation") from error
    click.echo(founding.open_stop(campaign, name, began_on.date(), words))
