"""Commands on the keys that personal data are encrypted with."""

import json
import sys
from collections import Counter

import click
from flask.cli import AppGroup, with_appcontext

from workflow.store import rotation
from workflow.store.crypto import Keyring
from workflow.store.rotation import Sealed
from workflow.usecases import rotating

keys = AppGroup("keys", help="The keys of personal data: ENCRYPTION_KEYS, the first one writes.")


@keys.command("status")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@with_appcontext
def status(as_json: bool) -> None:
    """Say how many values each key holds. Exit 1 while a value has no key that is configured."""
    found = rotating.held()
    total = sum(found.values(), Counter[str]())
    known = list(Keyring.keys().encryption)
    lost = {key: n for key, n in total.items() if key not in known}
    if as_json:
        columns = {_name(one): dict(counted) for one, counted in found.items()}
        said = {"writes": rotation.first_key(), "keys": {key: total[key] for key in known}}
        click.echo(json.dumps(said | {"without_key": lost, "columns": columns}))
    else:
        for key in known:
            click.echo(f"{key}\t{total[key]}\t{_note(key, total[key])}")
        for key, n in lost.items():
            click.echo(f"{key}\t{n}\tnot configured: these values can't be read")
    sys.exit(1 if lost else 0)


@keys.command("rotate")
@click.option("--batch", default=rotating.BATCH, show_default=True, type=click.IntRange(1, 10_000))
@with_appcontext
def rotate(batch: int) -> None:
    """Write what older keys hold with the first one, while the service runs.

    Begin only when every process has been started with the new key first in ENCRYPTION_KEYS. May be
    stopped at any time and run again. Exit 0 when nothing is left, 1 otherwise.
    """
    for done in rotating.rotate(batch):
        unreadable = f", {done.unreadable} unreadable" if done.unreadable else ""
        click.echo(f"{_name(done.sealed)}\t{done.written}{unreadable}", err=True)
    left = rotating.left(rotating.held())
    click.echo(f"left\t{left}")
    sys.exit(1 if left else 0)


def _name(sealed: Sealed) -> str:
    return f"{sealed.table}.{sealed.column}"


def _note(key: str, values: int) -> str:
    if key == rotation.first_key():
        return "writes"
    return "older: run keys rotate" if values else "holds nothing: may be taken away"
