"""Files by their content: the name of a file is the SHA-256 of its bytes, so none is kept twice."""

import hashlib
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Protocol

import fsspec
from sqlalchemy import String, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from workflow.core.refusals import NotFound
from workflow.store.db import Model, db


class NotKept(Exception):
    """The file store could not take a file: no room, no permission, no answer. Nothing is left."""


class StoredFile(Model):
    """What is known of one file; its bytes lie in the file store."""

    __tablename__ = "stored_files"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(120))
    stored_at: Mapped[datetime]


class FileSystem(Protocol):
    """The part of an fsspec file system that is used here."""

    def makedirs(self, path: str, exist_ok: bool) -> None: ...
    def open(self, path: str, mode: str) -> Any: ...
    def find(self, path: str, detail: bool) -> dict[str, Any]: ...
    def cat_file(self, path: str) -> bytes: ...
    def rm_file(self, path: str) -> None: ...
    def mv(self, path1: str, path2: str) -> None: ...


class Vault:
    """The file store of this process: a local folder, or whatever fsspec can reach."""

    _root: ClassVar[str] = ""
    _fs: ClassVar[FileSystem | None] = None

    @classmethod
    def configure(cls, url: str) -> None:
        cls._fs, cls._root = fsspec.core.url_to_fs(url)
        if "://" not in url:  # a folder of this machine: for nobody else on it
            Path(url).mkdir(mode=0o700, parents=True, exist_ok=True)

    @classmethod
    def filesystem(cls) -> FileSystem:
        if cls._fs is None:
            raise RuntimeError("the file store is not configured")
        return cls._fs

    @classmethod
    def root(cls) -> str:
        return cls._root

    @classmethod
    def path(cls, sha256: str) -> str:
        return f"{cls._root}/{sha256[:2]}/{sha256}"


def hold(sha256: str) -> None:
    """Nobody else may give or take away this content until the commit.

    Else a clerk could take out a file in the moment in which another gives the same one.
    """
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(sha256, 0))))


def name_of(content: bytes) -> str:
    """What a content is called here: its SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def put(content: bytes) -> str:
    """Writes the bytes and returns their SHA-256. Whole or not at all: written aside, then moved.

    Raises ``NotKept`` where the store can't take them. Safe to repeat, and before the transaction
    that records it: a file nobody refers to is harmless, a reference to a missing file would not
    be.
    """
    sha256 = name_of(content)
    path = Vault.path(sha256)
    aside = f"{path}.{os.getpid()}.{os.urandom(4).hex()}"
    try:
        _write(content, aside, path)
    except OSError as error:
        with suppress(OSError):  # half a file would take up the room that is lacking
            Vault.filesystem().rm_file(aside)
        raise NotKept(sha256) from error
    return sha256


def _write(content: bytes, aside: str, path: str) -> None:
    fs = Vault.filesystem()
    fs.makedirs(path.rpartition("/")[0], exist_ok=True)
    with fs.open(aside, "wb") as out:
        out.write(content)
        out.flush()
        if hasattr(out, "fileno"):  # a folder of ours, not a service that keeps its own promise
            os.fsync(out.fileno())
    fs.mv(aside, path)  # also over one that is there: it is young again, and no stray


def record(sha256: str, size: int, media_type: str, at: datetime) -> None:
    """Notes a file in the database; a file already known stays as it is."""
    row = {"sha256": sha256, "size": size, "media_type": media_type, "stored_at": at}
    db.session.execute(insert(StoredFile).values(row).on_conflict_do_nothing())


def forget(sha256: str) -> None:
    """Takes back the note of a file that nothing refers to."""
    db.session.execute(delete(StoredFile).where(StoredFile.sha256 == sha256))


def discard(sha256: str) -> None:
    """Deletes the bytes of a file whose note has been taken back."""
    Vault.filesystem().rm_file(Vault.path(sha256))


def read(sha256: str) -> bytes:
    """The bytes again, checked against their name. Raises ``NotFound`` if lost or altered."""
    try:
        content = Vault.filesystem().cat_file(Vault.path(sha256))
    except FileNotFoundError as error:
        raise NotFound(sha256) from error
    if name_of(content) != sha256:
        raise NotFound(sha256)
    return content


def discard_strays(before: datetime) -> int:
    """Deletes files older than ``before`` that no row knows, left by a crash; how many."""
    fs = Vault.filesystem()
    old = {
        path.rpartition("/")[2]: path
        for path, about in fs.find(Vault.root(), detail=True).items()
        if about.get("mtime", before.timestamp()) < before.timestamp()
    }
    known_ones = set(
        db.session.scalars(select(StoredFile.sha256).where(StoredFile.sha256.in_(old)))
    )
    strays = [path for name, path in old.items() if name not in known_ones]
    for path in strays:
        fs.rm_file(path)
    return len(strays)
