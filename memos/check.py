"""Is the file sound? Looks at every page; repairs nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from memos.database import primary_code


def faults(conn: sqlite3.Connection) -> list[str]:
    """What is wrong, a line each: pages, rows that point nowhere, a search index that disagrees with the memos."""
    found: list[str] = []
    for look in (_pages, _references, _index):
        try:
            found += look(conn)
        except sqlite3.DatabaseError as error:
            if primary_code(error) not in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
                raise
            found.append(f"{look.__name__.strip('_')}: {error}")
    return found


def _pages(conn: sqlite3.Connection) -> Iterator[str]:
    for (line,) in conn.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"pages: {line}"


def _references(conn: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _ in conn.execute("PRAGMA foreign_key_check"):
        yield f"references: row {row} of {table} points to a row of {parent} that is not there"


def _index(conn: sqlite3.Connection) -> list[str]:
    """FTS5 has its check dressed as an INSERT. It writes nothing, yet a read-only file refuses it: copy that."""
    try:
        conn.execute("INSERT INTO memos_fts (memos_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if primary_code(error) == sqlite3.SQLITE_CORRUPT:
            return ["index: the search index does not agree with the memos"]
        if primary_code(error) != sqlite3.SQLITE_READONLY:
            raise
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
            conn.backup(copy)
            return _index(copy)
    return []
