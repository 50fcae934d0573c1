"""What can still be read of a damaged store, copied into a new one. The damaged file is only read.

SQLite refuses a file of which a page is missing, or whose schema it cannot parse, as a whole, although nearly all of it
can be read. With `writable_schema` it does not (https://sqlite.org/pragma.html#pragma_writable_schema); and what our
tables look like is known without the file.
"""

from __future__ import annotations

import difflib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from memos import schema
from memos.database import connect, transaction

_WIDEST_GAP = 1_000_000
"""Row numbers that are tried one by one between two readable stretches of a table."""

_SAME = 0.9
"""How like each other two descriptions of the same table are, of which one is damaged."""

_DESCRIBE = "UPDATE sqlite_master SET type = ?, name = ?, tbl_name = ?, sql = ? WHERE rowid = ?"

_TABLES = (
    "SELECT name FROM pragma_table_list"
    " WHERE schema = 'main' AND type = 'table' AND name NOT IN ('sqlite_schema', '_sqlite_migrations')"
)
"""Those with rows of their own: FTS5's are of type virtual and shadow, and are built anew."""


@dataclass(slots=True)
class Salvaged:
    """What became of one table.

    :ivar copied: rows that are in the new file. :ivar in_part: of these, rows whose last columns could not be read.
    :ivar refused: rows that were readable, but make no sense. :ivar lost: row numbers that are known of but
        unreadable; None where even that is unknown.
    """

    table: str
    copied: int = 0
    in_part: int = 0
    refused: int = 0
    lost: list[int] = field(default_factory=list)
    unknown: bool = False

    def __str__(self) -> str:
        parts = [f"{self.copied} rows copied"]
        parts += [f"{self.in_part} of them in part"] if self.in_part else []
        parts += [f"{self.refused} made no sense"] if self.refused else []
        parts += [f"{len(self.lost)} could not be read"] if self.lost else []
        parts += ["others may be lost"] if self.unknown else []
        return f"{self.table}: {', '.join(parts)}"


def salvage(damaged: Path, fresh: Path) -> list[Salvaged]:
    """Copy what can be read of `damaged` into the new store `fresh`, table by table.

    Raises sqlite3.DatabaseError when not even the list of tables can be read.
    """
    done = []
    with closing(_opened(damaged)) as first, closing(_new_store(first, fresh)) as target:
        target.execute("PRAGMA foreign_keys = OFF")
        with _with_our_schema(first, target, fresh.with_name(f"{fresh.name}.schema")) as source:
            for (table,) in target.execute(_TABLES).fetchall():
                with transaction(target, "IMMEDIATE"):
                    done.append(_copy(source, target, table))
    # Opened once more, it is brought up to date.
    connect(fresh, read_only=False, busy_seconds=0).close()
    return done


def _opened(damaged: Path) -> sqlite3.Connection:
    conn = sqlite3.connect(f"{damaged.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    conn.execute("PRAGMA writable_schema = ON")
    # What cannot be decoded is read all the same: a letter is lost then, and not the memo.
    conn.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return conn


@contextmanager
def _with_our_schema(
    damaged: sqlite3.Connection, target: sqlite3.Connection, scratch: Path
) -> Iterator[sqlite3.Connection]:
    """The damaged store with its tables described as in `target`: by what our migrations say, where the file has lost
    it. That takes a copy, at `scratch`, which is gone in the end.
    """
    changes = list(_changes(_described(damaged), _described(target)))
    if not changes:
        yield damaged
        return
    scratch.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(scratch, isolation_level=None)) as copy:
            damaged.backup(copy)
        with closing(sqlite3.connect(scratch, isolation_level=None)) as copy:
            copy.execute("PRAGMA writable_schema = ON")
            copy.executemany(_DESCRIBE, changes)
        with closing(_opened(scratch)) as mended:
            yield mended
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            scratch.with_name(scratch.name + suffix).unlink(missing_ok=True)


_Described = tuple[int, str, str, str, str]
"""Of a table or an index: row number in the schema, type, name, its table, and the SQL that makes it."""


def _described(conn: sqlite3.Connection) -> list[_Described]:
    rows = conn.execute("SELECT rowid, type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid").fetchall()
    return [(number, *(str(value) for value in values)) for number, *values in rows if values[-1] is not None]


def _changes(theirs: list[_Described], ours: list[_Described]) -> Iterator[tuple[str, str, str, str, int]]:
    """What is to be said in which row of the damaged schema, so that each table and index is described as ours is.

    A row whose name or type is damaged is the one that reads most like ours, of those that are none of ours.
    """
    known = {tuple(row[1:4]): row for row in theirs}
    lost = [row for row in ours if row[1] in ("table", "index") and tuple(row[1:4]) not in known]
    strangers = [row for row in theirs if tuple(row[1:4]) not in {tuple(row[1:4]) for row in ours}]
    for _, kind, name, table, sql in ours:
        there = known.get((kind, name, table))
        if there and kind in ("table", "index") and there[4] != sql:
            yield kind, name, table, sql, there[0]
    for _, kind, name, table, sql in lost:
        like = max(strangers, key=lambda row: _likeness(row[4], sql), default=None)
        if like and _likeness(like[4], sql) > _SAME:
            strangers.remove(like)
            yield kind, name, table, sql, like[0]


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _new_store(source: sqlite3.Connection, fresh: Path) -> sqlite3.Connection:
    """An empty store of the version that the damaged one is of."""
    tables = {str(name) for (name,) in source.execute("SELECT name FROM sqlite_master")}
    try:
        known = schema.applied(source, tables)
    except sqlite3.DatabaseError:
        known = schema.NAMES
    fresh.touch(mode=0o600)
    target = sqlite3.connect(fresh, isolation_level=None)
    with transaction(target, "IMMEDIATE"):
        schema.migrate(target, stop_before=next((name for name in schema.NAMES if name not in known), None))
    return target


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> Salvaged:
    result = Salvaged(table)
    ours = {row[1]: bool(row[3]) for row in target.execute(f'PRAGMA table_info("{table}")')}  # name: NOT NULL
    theirs = [row[1] for row in source.execute(f'PRAGMA table_info("{table}")')]
    columns = [name for name in theirs if name in ours]
    if not columns:
        return result
    listed = ", ".join(f'"{name}"' for name in columns)
    holders = ", ".join("?" for _ in ("rowid", *columns))
    insert = f'INSERT OR IGNORE INTO "{table}" (rowid, {listed}) VALUES ({holders})'  # noqa: S608 - schema's names
    for row in _rows(source, table, columns, result):
        number, *values = row
        missing = len(columns) - len(values)
        # What could not be read is empty where it may not be null. Damage hits the end of a long row first.
        rest = ["" if ours[name] else None for name in columns[len(values) :]]
        try:
            added = target.execute(insert, [number, *values, *rest]).rowcount
        except sqlite3.Error:
            added = 0
        result.copied += added
        result.refused += not added
        result.in_part += added and bool(missing)
    return result


def _rows(
    source: sqlite3.Connection, table: str, columns: Sequence[str], result: Salvaged
) -> Iterator[Sequence[object]]:
    """Every row that can be reached: from the front, from the back, and then one by one in between.

    A row comes as its number and its columns; those at the end may be missing.
    """
    listed = ", ".join(f'"{name}"' for name in columns)
    select = f'SELECT rowid, {listed} FROM "{table}"'  # noqa: S608 - names out of the schema
    seen = set[int]()
    first, whole = 0, False
    for order in ("ASC", "DESC"):
        try:
            for row in source.execute(f"{select} ORDER BY rowid {order}"):
                if row[0] in seen:
                    break
                seen.add(row[0])
                first = max(first, row[0]) if order == "ASC" else first
                yield row
            else:
                whole = order == "ASC"
        except sqlite3.DatabaseError:
            continue
        if whole:
            return
    yield from _rows_between(source, table, columns, result, seen, first)


def _rows_between(
    source: sqlite3.Connection, table: str, columns: Sequence[str], result: Salvaged, seen: set[int], first: int
) -> Iterator[Sequence[object]]:
    """The rows, one by one, of which neither way came: from the front it was `first` at last."""
    known = _numbers_in_indexes(source, table)
    after = min((number for number in seen if number > first), default=first)
    gap = set(range(first + 1, after)) if after - first < _WIDEST_GAP else set()
    result.unknown = not known and after == first
    for number in sorted((known | gap) - seen):
        row_or_none = _one(source, table, columns, number)
        if row_or_none is not None:
            yield row_or_none
        elif number in known:
            result.lost.append(number)


def _numbers_in_indexes(source: sqlite3.Connection, table: str) -> set[int]:
    """The row numbers that the table's indexes know, which are on other pages than the rows."""
    known = set[int]()
    for _, index, *_ in source.execute(f'PRAGMA index_list("{table}")').fetchall():
        for order in ("ASC", "DESC"):
            try:
                column = source.execute(f'PRAGMA index_info("{index}")').fetchone()[2]
                found = source.execute(
                    f'SELECT rowid FROM "{table}" INDEXED BY "{index}" ORDER BY "{column}" {order}'  # noqa: S608 - our own words
                )
                known |= {number for (number,) in found}
            except sqlite3.DatabaseError:
                continue
    return known


def _one(source: sqlite3.Connection, table: str, columns: Sequence[str], number: int) -> Sequence[object] | None:
    """One row, or as many of its columns as can be read; None if there is none, or nothing of it can."""
    values: list[object] = []
    for name in columns:
        try:
            found = source.execute(f'SELECT "{name}" FROM "{table}" WHERE rowid = ?', [number]).fetchone()  # noqa: S608 - our own words
        except sqlite3.DatabaseError:
            break
        if found is None:
            return None
        values.append(found[0])
    return (number, *values) if values else None
