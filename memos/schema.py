"""The tables, as migrations: each is recorded in the database in the transaction that makes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
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
    m012_call_readings,
)

if TYPE_CHECKING:
    from sqlite_utils.migrations import Migrations

_SET = "memos"

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
    m012_call_readings,
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

    migrations().apply(Database(conn, execute_plugins=False), stop_before=stop_before)


def applied(conn: sqlite3.Connection, tables: Collection[str]) -> Sequence[str]:
    """The names of the migrations that this database has been through, in order.

    Read without sqlite-utils, which takes 0.15 s to import: a store that is up to date needs none of it.
    """
    if "_sqlite_migrations" not in tables:
        return []
    found = conn.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY rowid", [_SET])
    return [name for (name,) in found]
