"""When the open calls are due, and no more of them. Asked often, by what runs all day, so that it needs little."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from memos.database import BUSY_SECONDS, connect, naming_errors


@dataclass(frozen=True, slots=True)
class Slot:
    """When an open follow-up is due, and no more of it: for choosing from thousands."""

    id: int
    memo_id: str
    due_date: dt.date
    due_time: dt.time | None
    due_zone: str | None


def slots(conn: sqlite3.Connection, until: dt.date | None = None) -> list[Slot]:
    """The open follow-ups due on or before `until`, or all; by date, and in a day those with a time first."""
    found = conn.execute(
        "SELECT id, memo_id, due_date, due_time, due_zone FROM followups"
        " WHERE state = 'open' AND (:until IS NULL OR due_date <= :until)"
        " ORDER BY due_date, due_time IS NULL, due_time, id",
        {"until": until.isoformat() if until else None},
    )
    return [
        Slot(number, memo_id, dt.date.fromisoformat(day), dt.time.fromisoformat(time) if time else None, zone)
        for number, memo_id, day, time, zone in found
    ]


def open_slots(path: Path, until: dt.date) -> list[Slot]:
    """The same of the store at `path`, which is only read: without all that a Store needs.

    Raises StoreError or a subclass where it cannot be read: StoreTooOld before it was brought up to date.
    """
    with naming_errors(path), closing(connect(path, read_only=True, busy_seconds=BUSY_SECONDS)) as conn:
        return slots(conn, until)
