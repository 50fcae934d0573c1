"""The database file: made private, opened durable, brought up to date, and its errors given a name.

What is stored survives a crash of the program, of the machine, and a power cut, as far as the disk keeps
what it has acknowledged. Two copies of a memo are not kept: a disk that dies takes the store with it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Literal, Protocol

from ground.disk import FULL, reason_of, why_not_written
from ground.durable import atomic_file, private_folder
from memos import schema
from memos.errors import (
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreMissing,
    StoreNotWritable,
    StoreTooNew,
    StoreTooOld,
)

BUSY_SECONDS = 10.0
"""How long to wait for another program that is writing."""

_KINDS: Mapping[int, type[StoreError]] = {
    sqlite3.SQLITE_BUSY: StoreBusy,
    sqlite3.SQLITE_LOCKED: StoreBusy,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_CORRUPT: StoreDamaged,
    sqlite3.SQLITE_NOTADB: StoreDamaged,
}


def connect(path: Path, *, read_only: bool, busy_seconds: float) -> sqlite3.Connection:
    """Open the store at `path`; unless `read_only`, make it if there is none and bring its tables up to date.

    `busy_seconds` is how long to wait for another writer. Raises StoreMissing, StoreDamaged, StoreTooNew,
    StoreTooOld, and StoreBusy; after each of them the file is as it was.
    """
    if not path.exists():
        if read_only:
            raise StoreMissing(path)
        _create(path)
    _refuse_what_holds_nothing(path)
    mode = "ro" if read_only else "rw"
    # isolation_level=None: transactions begin and end where this package says so, nowhere else.
    conn = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=busy_seconds, isolation_level=None
    )
    try:
        pending = _pending(conn, path)
        if not read_only:
            _make_durable(conn)
            if pending:
                with transaction(conn, "IMMEDIATE"):
                    schema.migrate(conn)
        else:
            require_this_version(conn, path)
    except BaseException:
        conn.close()
        raise
    return conn


def require_this_version(conn: sqlite3.Connection, path: Path) -> None:
    """Raises StoreTooOld where a store has not been through all migrations, and StoreTooNew, StoreDamaged."""
    if pending := _pending(conn, path):
        raise StoreTooOld(path, pending)


def connect_to_look(path: Path) -> sqlite3.Connection:
    """Open a file that may be of anybody and of any version, to look into its schema; raises StoreMissing."""
    if not path.exists():
        raise StoreMissing(path)
    conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    conn.execute("PRAGMA trusted_schema = OFF")
    return conn


def copy(conn: sqlite3.Connection, path: Path) -> None:
    """Copy the database as it is at one moment to `path`, a file that is made, for its owner only."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(path, isolation_level=None)) as target:
        conn.backup(target)


def _create(path: Path) -> None:
    """Make a store without memos: a file that only its owner may read, in a folder that only its owner may enter.

    SQLite gives the -wal and -shm files the mode of the database file. It gets its name when it is whole, so that an
    empty file of that name is never one that is about to be a store.
    """
    private_folder(path.parent)
    whole = _without_memos()
    with suppress(FileExistsError), atomic_file(path, new=True) as file:
        file.write(whole)


@cache
def _without_memos() -> bytes:
    """The file of a store without memos: made once in a process, since the migrations take longer than all the rest."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        with transaction(conn, "IMMEDIATE"):
            schema.migrate(conn)
        return conn.serialize()


def _refuse_what_holds_nothing(path: Path) -> None:
    """Raise StoreDamaged for what is no file, and for an empty one: SQLite takes that for a database that is new, and
    would delete a write-ahead log beside it as stale.

    Sizes only: to open and close the file here would drop the locks that SQLite holds on it in this process
    (https://sqlite.org/howtocorrupt.html, 2.2).
    """
    if not path.is_file():
        raise StoreDamaged(path, "it is no file")
    log = path.with_name(path.name + "-wal")
    if path.stat().st_size == 0:
        full = log.exists() and log.stat().st_size > 0
        raise StoreDamaged(path, f"it is empty, but {log.name} holds memos" if full else "it is empty")


def _pending(conn: sqlite3.Connection, path: Path) -> Sequence[str]:
    """The migrations still to be run on this database; raises when it is not one that this version may touch."""
    tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    applied = schema.applied(conn, tables)
    unknown = [name for name in applied if name not in schema.NAMES]
    if unknown:
        raise StoreTooNew(path, unknown)
    if not applied:
        raise StoreDamaged(path, "its tables are of another program" if tables else "it has no tables")
    return [name for name in schema.NAMES if name not in applied]


def _make_durable(conn: sqlite3.Connection) -> None:
    """Set what makes an acknowledged memo stay: see docs/store.md."""
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "fullfsync = ON",  # macOS only: there, fsync alone stops at the drive's cache
        "foreign_keys = ON",
        "recursive_triggers = ON",  # or a REPLACE would leave its old words in the search index
        "secure_delete = ON",
    ):
        conn.execute(f"PRAGMA {pragma}")


class Transactions(Protocol):
    """What begins a transaction of the store."""

    def __call__(self, kind: Literal["DEFERRED", "IMMEDIATE"] = "DEFERRED") -> AbstractContextManager[None]: ...


@contextmanager
def transaction(conn: sqlite3.Connection, kind: Literal["DEFERRED", "IMMEDIATE"]) -> Iterator[None]:
    """Read one state of the store (DEFERRED), or hold its one write lock from the start and commit all or nothing. A
    reading inside another transaction is a part of that.

    A transaction that begins by reading and then writes fails at once, without waiting, when another
    connection has written in between; an IMMEDIATE one waits its turn.
    """
    if kind == "DEFERRED" and conn.in_transaction:
        yield
        return
    conn.execute(f"BEGIN {kind}")
    try:
        yield
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise


@contextmanager
def naming_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite or the disk reports into an error of this package."""
    try:
        yield
    except sqlite3.Error as error:
        raise _named(path, error) from error
    except OverflowError as error:
        raise StoreError(path, "no number in it is that large") from error
    except OSError as error:
        raise (StoreFull if error.errno in FULL else StoreError)(path, error.strerror) from error
    except ValueError as error:  # a date that does not exist, a word that stands for nothing: another program wrote it
        raise StoreDamaged(path, str(error)) from error


_OF_THE_DISK = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY})
"""What SQLite says where it cannot make or lengthen the files beside the database: not why."""


def _named(path: Path, error: sqlite3.Error) -> StoreError:
    code = primary_code(error)
    why = why_not_written(path.parent) if code in _OF_THE_DISK else None
    if why is None:
        return _KINDS.get(code, StoreError)(path, error)
    return (StoreFull if why.errno in FULL else StoreNotWritable)(path, reason_of(why))


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's result code without the detail in its upper bits; an error of Python's own module has none."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def rows(
    conn: sqlite3.Connection, sql: str, parameters: Mapping[str, object] | Iterable[object] = ()
) -> list[sqlite3.Row]:
    """All rows of a query, their columns by name."""
    cursor = conn.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor.execute(sql, parameters).fetchall()  # type: ignore[arg-type]  # wider than its stubs say


def bindable(text: str) -> str:
    """`text` without lone surrogates, which a shell may pass on and SQLite cannot take."""
    return text.encode("utf-8", "replace").decode("utf-8")
