"""Mending a store: each thing that was done is told in a line, and nothing is ever deleted."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

from ground.durable import sync_file, sync_folder
from memos import check
from memos.database import connect, naming_errors, primary_code, rows, transaction
from memos.errors import StoreDamaged
from memos.salvage import salvage

_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def repair(path: Path, now: dt.datetime, busy_seconds: float) -> list[str]:
    """Mend the store at `path`; what was done, a line each, none where it was sound.

    Where pages are damaged, what can be read is copied into a new file that takes its place, and the damaged file is
    set aside under a name with the time. Raises StoreDamaged when nothing of it can be read, and StoreError when
    the disk or another program is in the way; the file is as it was then.
    """
    with naming_errors(path):
        if (aside := _set_aside_if_empty(path, now)) is not None:
            return [f"it was empty, so nothing is in it; the file is kept as {aside}"]
        done: list[str] = []
        try:
            with closing(connect(path, read_only=False, busy_seconds=busy_seconds)) as conn:
                if not list(check.schema_faults(conn)):
                    done += _mend(conn, now)
                    if not check.faults(conn):
                        return done
        except sqlite3.DatabaseError as error:
            if primary_code(error) not in _DAMAGE:
                raise
        return done + _replace(path, now, busy_seconds)


def _set_aside_if_empty(path: Path, now: dt.datetime) -> Path | None:
    """An empty file without a log is no store: the next memo would be confirmed into a new one, and nobody be told."""
    log = path.with_name(f"{path.name}-wal")
    if path.stat().st_size or (log.exists() and log.stat().st_size):
        return None
    aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%d-%H%M%S}")
    path.rename(aside)
    sync_folder(path.parent)
    return aside


def _mend(conn: sqlite3.Connection, now: dt.datetime) -> list[str]:
    """Mend what is wrong in a file whose pages can be read."""
    done: list[str] = []
    if any("index" in line for (line,) in conn.execute("PRAGMA integrity_check") if line != "ok"):
        conn.execute("REINDEX")
        done.append("rebuilt the indexes of the tables")
    # Or a row that is moved would take others with it, without a word.
    conn.execute("PRAGMA foreign_keys = OFF")
    with transaction(conn, "IMMEDIATE"):
        while broken := conn.execute("PRAGMA foreign_key_check").fetchall():
            settled = Counter(_settle(conn, table, row, parent, key, now) for table, row, parent, key in broken)
            done += [f"{what} ({count} rows)" for what, count in settled.items()]
    conn.execute("PRAGMA foreign_keys = ON")
    for index in check.stale_indexes(conn):
        conn.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")  # noqa: S608 - our own names
        done.append(f"rebuilt the search index {index}")
    return done


def _settle(conn: sqlite3.Connection, table: str, row: int, parent: str, key: int, now: dt.datetime) -> str:
    """A row that refers to one that is not there: forget the reference; where it may not be, put the row aside."""
    [column] = [
        found["from"] for found in rows(conn, "SELECT * FROM pragma_foreign_key_list(?)", [table]) if found["id"] == key
    ]
    [required] = conn.execute('SELECT "notnull" FROM pragma_table_info(?) WHERE name = ?', [table, column]).fetchone()
    where = f'"{table}" WHERE rowid = ?'
    if not required:
        conn.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE rowid = ?', [row])  # noqa: S608 - schema's names
        return f"{table}: emptied {column}, which referred to rows of {parent} that are not there"
    found = rows(conn, f"SELECT * FROM {where}", [row])  # noqa: S608 - as above
    if found:
        conn.execute(
            "INSERT INTO lost_and_found (found_at, table_name, content) VALUES (?, ?, ?)",
            [now.isoformat(), table, json.dumps(dict(found[0]), ensure_ascii=False, default=str)],
        )
        conn.execute(f"DELETE FROM {where}", [row])  # noqa: S608 - as above
    return f"{table}: moved rows whose row of {parent} is not there to the table lost_and_found"


def _replace(path: Path, now: dt.datetime, busy_seconds: float) -> list[str]:
    """Put a new file with what can be read in the place of the damaged one.

    A write-ahead log holds the newest memos and belongs to its file: it is copied with it, read with it, and out of
    the way before another file takes the name.
    """
    aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%d-%H%M%S}")
    fresh = path.with_name(f"{path.name}.repaired")
    _drop(fresh)
    with closing(_holding_off_writers(path, busy_seconds)):
        for suffix in ("", "-wal"):
            if (file := path.with_name(path.name + suffix)).exists():
                _copy_file(file, aside.with_name(aside.name + suffix))
        try:
            done = _salvaged(path, aside, fresh, now)
        except BaseException:
            _drop(aside)
            _drop(fresh)
            raise
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
        fresh.with_name(fresh.name + suffix).unlink(missing_ok=True)
    aside.with_name(f"{aside.name}-shm").unlink(missing_ok=True)
    fresh.replace(path)
    sync_folder(path.parent)
    return [*done, f"the damaged file is kept as {aside}; what could be read is in its place"]


def _holding_off_writers(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """A connection that nobody writes beside while it is open, as far as the damage allows."""
    conn = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
    try:
        conn.execute("BEGIN IMMEDIATE")
    except sqlite3.DatabaseError as error:
        if primary_code(error) not in _DAMAGE:
            conn.close()
            raise
    return conn


def _salvaged(path: Path, aside: Path, fresh: Path, now: dt.datetime) -> list[str]:
    try:
        done = [f"copied from the damaged file: {table}" for table in salvage(aside, fresh)]
    except sqlite3.DatabaseError as error:
        if primary_code(error) not in _DAMAGE:
            raise
        raise StoreDamaged(path, f"nothing in it can be read: {error}") from error
    with closing(connect(fresh, read_only=False, busy_seconds=0)) as conn:
        done += _mend(conn, now)
        left = check.faults(conn)
    if left:
        raise StoreDamaged(path, left[0])
    return done


def _copy_file(source: Path, target: Path) -> None:
    target.touch(mode=0o600)
    with source.open("rb") as old, target.open("wb") as new:
        shutil.copyfileobj(old, new)
        new.flush()
        sync_file(new.fileno())


def _drop(file: Path) -> None:
    """Remove a database that was made here, with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
