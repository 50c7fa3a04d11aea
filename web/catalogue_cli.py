"""Commands on the catalogue: what a place would have to do, and whether the packs are sound."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from workflow.catalogue.loading import PackError, campaigns, load, shipped, whole
from workflow.core.deriving import derived
from workflow.core.facts import Facts, from_json
from workflow.core.packs import Pack
from workflow.core.requirements import Phase

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
