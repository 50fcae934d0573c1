"""Is the file sound? Looks at every page; repairs nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from memos import schema
from memos.database import connect_to_look, naming_errors, primary_code
from memos.errors import StoreDamaged

INDEXES = ("memos_fts", "memo_words")
"""The full-text indexes: of stems, to search, and of words as they were written, to correct from."""


_MOST_NAMED = 5


def require_ours(path: Path) -> None:
    """See that a file from elsewhere is made of what this package makes and of nothing else, before it is opened.

    Nothing of it is run. Raises StoreDamaged naming what is not, and StoreMissing.
    """
    with naming_errors(path), closing(connect_to_look(path)) as conn:
        missing, foreign = schema.missing_and_foreign(conn)
    if missing or foreign:
        raise StoreDamaged(path, f"not as this program makes it: {', '.join((missing + foreign)[:_MOST_NAMED])}")


def faults(conn: sqlite3.Connection) -> list[str]:
    """What is wrong, a line each: pages, rows that point nowhere, a search index that disagrees with the memos."""
    found: list[str] = []
    for look in (_pages, schema_faults, _references, _index):
        try:
            found += look(conn)
        except sqlite3.DatabaseError as error:
            if primary_code(error) not in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
                raise
            found.append(f"{look.__name__.strip('_').removesuffix('_faults')}: {error}")
        if look is schema_faults and found:
            break  # what comes after it asks the tables for columns that they may not have
    return found


def _pages(conn: sqlite3.Connection) -> Iterator[str]:
    for (line,) in conn.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"pages: {line}"


def schema_faults(conn: sqlite3.Connection) -> Iterator[str]:
    """What of the tables, indexes, views and triggers is not there, or not as the migrations make it."""
    for what in schema.missing_and_foreign(conn)[0]:
        yield f"schema: the {what} is not as it was made"


def _references(conn: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _ in conn.execute("PRAGMA foreign_key_check"):
        yield f"references: row {row} of {table} points to a row of {parent} that is not there"


def _index(conn: sqlite3.Connection) -> Iterator[str]:
    for index in stale_indexes(conn):
        yield f"index: the search index {index} does not agree with the memos"


def stale_indexes(conn: sqlite3.Connection) -> list[str]:
    """The search indexes that do not agree with the memos.

    FTS5 has its check dressed as an INSERT. It writes nothing, yet a read-only file refuses it: copy that.
    """
    stale = []
    for index in INDEXES:
        try:
            conn.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")  # noqa: S608 - our names
        except sqlite3.DatabaseError as error:
            if primary_code(error) == sqlite3.SQLITE_CORRUPT:
                stale.append(index)
            elif primary_code(error) == sqlite3.SQLITE_READONLY:
                # Nameless, it is a file that SQLite makes and drops by itself: a store may be larger than memory.
                with closing(sqlite3.connect("", isolation_level=None)) as copy:
                    conn.backup(copy)
                    return stale_indexes(copy)
            else:
                raise
    return stale
