"""The tables, as migrations: each is recorded in the database in the transaction that makes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING

from memos.migrations import (
    m001_tables,
    m002_search,
    m003_contacts,
    m004_followups,
    m005_calendar,
    m006_upkeep,
    m007_versions,
    m008_exports,
    m009_moves,
    m010_outcomes,
    m011_tasks,
    m012_call_readings,
    m013_marks,
    m014_team,
    m015_changes,
    m016_merges,
)

if TYPE_CHECKING:
    from sqlite_utils.migrations import Migrations

_SET = "memos"
_OF_SQLITE_UTILS = "_sqlite_migrations"
_OF_SQLITE = frozenset({"sqlite_sequence", "sqlite_stat1", "sqlite_stat4"})
"""Tables that SQLite makes by itself, when it is told to look at how rows are spread."""

# In the order they run.
_STEPS = (
    m001_tables,
    m002_search,
    m003_contacts,
    m004_followups,
    m005_calendar,
    m006_upkeep,
    m007_versions,
    m008_exports,
    m009_moves,
    m010_outcomes,
    m011_tasks,
    m012_call_readings,
    m013_marks,
    m014_team,
    m015_changes,
    m016_merges,
)

NAMES: Sequence[str] = tuple(step.__name__.rpartition(".")[2] for step in _STEPS)


def migrations() -> Migrations:
    """The set of migrations, in order; sqlite-utils runs each and records it in one transaction."""
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    made = Migrations(_SET)
    for name, step in zip(NAMES, _STEPS, strict=True):

        def run(db: Database, sql: str = step.SQL) -> None:
            db.executescript(sql)

        made(name=name)(run)
    return made


def migrate(conn: sqlite3.Connection, stop_before: str | None = None) -> None:
    """Run what has not been run on this database yet, all or up to the step of that name."""
    from sqlite_utils import Database

    from memos.search_marks import marks_of

    conn.create_function("marks_of", 1, lambda text: marks_of(text or ""), deterministic=True)
    migrations().apply(Database(conn, execute_plugins=False), stop_before=stop_before)


def applied(conn: sqlite3.Connection, tables: Collection[str]) -> Sequence[str]:
    """The names of the migrations that this database has been through, in order.

    Read without sqlite-utils, which takes 0.15 s to import: a store that is up to date needs none of it.
    """
    if _OF_SQLITE_UTILS not in tables:
        return []
    found = conn.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY rowid", [_SET])
    return [name for (name,) in found]


def missing_and_foreign(conn: sqlite3.Connection) -> tuple[list[str], list[str]]:
    """The tables, indexes, views and triggers that are not as the migrations which this database has been through make
    them, and those that none of them makes, each as "trigger NAME".

    A trigger that is not ours may have other words stored than those that were confirmed, and a table that was changed
    may take none. Raises sqlite3.DatabaseError where the schema cannot be read.
    """
    there = _objects(conn)
    known = applied(conn, {name for kind, name in there if kind == "table"})
    ours = _made_before(next((name for name in NAMES if name not in known), None)) if known else {}
    missing = sorted(f"{kind} {name}" for (kind, name), made in ours.items() if there.get((kind, name)) != made)
    return missing, sorted(f"{kind} {name}" for kind, name in there.keys() - ours.keys())


@cache
def _made_before(name: str | None) -> Mapping[tuple[str, str], tuple[str, str]]:
    """What the migrations make that come before the one of that name, or all of them."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        migrate(fresh, stop_before=name)
        return _objects(fresh)


def _objects(conn: sqlite3.Connection) -> Mapping[tuple[str, str], tuple[str, str]]:
    """What the schema is made of, by kind and name: the table it belongs to, and the SQL that made it.

    The table of sqlite-utils differs from version to version of that library, and takes no words of a memo.
    """
    return {
        (kind, name): (table, "" if name == _OF_SQLITE_UTILS else " ".join((sql or "").split()))
        for kind, name, table, sql in conn.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
        if (kind, name) not in {("table", each) for each in _OF_SQLITE}
    }
