"""A store read where nothing can be written: a disk that is full or read-only, a folder that is somebody else's.

SQLite opens a database with a write-ahead log only where it can make the file beside it that readers share, or where
that file is there. Where it is not, the database is read as one that nobody changes (`immutable`), if the log is empty,
and else a copy of both, made where there is room (https://sqlite.org/wal.html#readonly).
"""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from memos.database import naming_errors, require_this_version
from memos.errors import StoreFull, StoreNotWritable
from memos.store import Store, now

Opened = tuple[sqlite3.Connection, str]
"""A connection that only reads, and how it does, in words."""


@dataclass(frozen=True, slots=True)
class OnlyRead:
    """Why nothing can be written, and how the store is read all the same: "The disk is full: the memos are read …"."""

    trouble: StoreFull | StoreNotWritable
    how: str

    def __str__(self) -> str:
        line = f"{self.trouble.why}: the memos are read {self.how}, and nothing can be changed."
        return line[0].upper() + line[1:]


def open_at_least_to_read(path: Path, clock: Callable[[], dt.datetime] = now) -> tuple[Store, OnlyRead | None]:
    """The store; where the disk is full or read-only, one that can be read only, with why and how.

    Whatever would write to it then raises StoreFull or StoreNotWritable. Raises otherwise what `Store.open` does.
    """
    try:
        return Store.open(path, clock=clock), None
    except (StoreFull, StoreNotWritable) as trouble:
        if not path.exists():
            raise
        with naming_errors(path):
            conn, how = connect_to_read(path)
        return Store(conn, path, clock), OnlyRead(trouble, how)


def connect_to_read(path: Path) -> Opened:
    """Open the store at `path` so that all of it can be read, and nothing is written to its disk.

    Raises what stood in the way of the last attempt as sqlite3.Error or OSError; StoreTooOld, StoreTooNew and
    StoreDamaged as `connect` does.
    """
    log = path.with_name(f"{path.name}-wal")
    rest: list[Callable[[Path], Opened]] = [_copied, _without_log] if _size(log) else [_immutable]
    for way in (_with_log, *rest[:-1]):
        try:
            return _tried(way, path)
        except (sqlite3.OperationalError, OSError):
            continue
    return _tried(rest[-1], path)


def _tried(way: Callable[[Path], Opened], path: Path) -> Opened:
    conn, how = way(path)
    try:
        conn.execute("PRAGMA temp_store = MEMORY")  # a search puts together what it looks for, and the disk is full
        require_this_version(conn, path)
    except BaseException:
        conn.close()
        raise
    return conn, how


def _with_log(path: Path) -> Opened:
    return _connected(path, "mode=ro"), "with its log"


def _immutable(path: Path) -> Opened:
    return _connected(path, "mode=ro&immutable=1"), "as a file that nobody changes"


def _without_log(path: Path) -> Opened:
    return _connected(path, "mode=ro&immutable=1"), (
        f"without the newest memos, which are in {path.name}-wal: there is no room anywhere to look into that"
    )


def _copied(path: Path) -> Opened:
    """By way of a copy on another disk, which is taken away as soon as it is open: it holds every memo."""
    with tempfile.TemporaryDirectory(prefix="aftercall-", ignore_cleanup_errors=True) as folder:
        copy, merged = Path(folder, path.name), Path(folder, "merged.db")
        for suffix in ("", "-wal"):
            shutil.copyfile(path.with_name(path.name + suffix), copy.with_name(copy.name + suffix))
        with (
            closing(sqlite3.connect(copy, isolation_level=None)) as source,
            closing(sqlite3.connect(merged, isolation_level=None)) as target,
        ):
            source.backup(target)
        conn = _connected(merged, "mode=ro&immutable=1")
        conn.execute("SELECT count(*) FROM sqlite_master").fetchone()  # with which the file is open
    return conn, "with its log, from a copy"


def _connected(path: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
