"""What the rep undertook in a memo besides the next call: open until the rep ticks it off. No talk closes it."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from ground.ids import piece_of_id
from memos import contacts, records
from memos.database import Transactions, bindable, rows
from memos.errors import TaskClosed
from memos.models import ConfirmedMemo, Contact, State

_SOONEST_FIRST = "by_date IS NULL, by_date, spoken_at_utc, tasks.number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A commitment, and what has become of it; `number` counts those of one memo from 1.

    `contact` is whom the memo is about, `said_on` the day on which it was spoken. `calendar_uid` and `sequence` are the
    UID and SEQUENCE of its to-do in a calendar (RFC 5545).
    """

    memo_id: str
    number: int
    contact: Contact | None
    sentence: str
    by: dt.date | None
    said_on: dt.date
    state: State
    calendar_uid: str
    sequence: int
    closed_at: dt.datetime | None = None

    @property
    def id(self) -> str:
        """ "20261121-164005-7f3a.1"."""
        return f"{self.memo_id}.{self.number}"


class Tasks:
    """What :attr:`memos.store.Store.tasks` gives. Every method raises as those of the store do."""

    def __init__(self, conn: sqlite3.Connection, transaction: Transactions, clock: Callable[[], dt.datetime]) -> None:
        self._conn = conn
        self._transaction = transaction
        self._clock = clock

    def all(self) -> list[Task]:
        """All of them, open and closed, in the order in which they were undertaken."""
        with self._transaction():
            return load(self._conn, "true", order="spoken_at_utc, tasks.number")

    def open(self) -> list[Task]:
        """Those that are open, the soonest first, and those without a day last."""
        with self._transaction():
            return load(self._conn, "state = 'open'")

    def of_memos(self, memo_ids: Iterable[str]) -> dict[str, list[Task]]:
        """Those of each of these memos that has some, in the order in which they were said."""
        with self._transaction():
            found = load(
                self._conn,
                "memo_id IN (SELECT value FROM json_each(:memos))",
                {"memos": json.dumps(list(memo_ids))},
                order="tasks.number",
            )
        by_memo: dict[str, list[Task]] = {}
        for task in found:
            by_memo.setdefault(task.memo_id, []).append(task)
        return by_memo

    def with_id_like(self, piece: str) -> list[Task]:
        """The one with this id, as 7f3a.1: a piece of its memo's, a dot and its number there. An open one before closed
        ones where more than one fits."""
        memo, _, number = piece.rpartition(".")
        if not (number.isascii() and number.isdecimal() and len(number) < 9):
            return []
        with self._transaction():
            found = load(
                self._conn,
                f"tasks.number = :number AND {records.fits('memo_id')}",
                {"number": int(number), "piece": bindable(piece_of_id(memo))},
            )
        return [task for task in found if task.state == "open"] or found

    def close(self, task: Task, state: Literal["done", "cancelled"]) -> Task:
        """Close one that is open; it is given back as it is now. Raises TaskClosed."""
        with self._transaction("IMMEDIATE"):
            close(self._conn, task, state, self._clock())
            return _one(self._conn, task)

    def move(self, task: Task, by: dt.date) -> Task:
        """Have it done by another day, open again if it is closed; it is given back as it is now."""
        with self._transaction("IMMEDIATE"):
            move(self._conn, task, by)
            return _one(self._conn, task)


def insert(conn: sqlite3.Connection, memo: ConfirmedMemo) -> None:
    """Keep what was undertaken in `memo`, and confirmed."""
    conn.executemany(
        "INSERT INTO tasks (memo_id, number, sentence, by_date, calendar_uid) VALUES (?, ?, ?, ?, ?)",
        [
            (
                memo.id,
                number,
                bindable(one.sentence),
                one.by.isoformat() if one.by else None,
                f"aftercall-{memo.id}-{number}",
            )
            for number, one in enumerate(memo.commitments, start=1)
        ],
    )


def close(conn: sqlite3.Connection, task: Task, state: Literal["done", "cancelled"], now: dt.datetime) -> None:
    """Close one that is open; raises TaskClosed where it is not."""
    if (now_stored := _one(conn, task)).state != "open":
        raise TaskClosed(task.id, now_stored.state)
    conn.execute(
        "UPDATE tasks SET state = ?, closed_at = ?, sequence = sequence + 1 WHERE memo_id = ? AND number = ?",
        [state, now.isoformat(), task.memo_id, task.number],
    )


def move(conn: sqlite3.Connection, task: Task, by: dt.date) -> None:
    """Have it done by another day, open again if it is closed."""
    conn.execute(
        "UPDATE tasks SET by_date = :by, state = 'open', closed_at = NULL, sequence = sequence + 1"
        " WHERE memo_id = :memo AND number = :number AND (by_date IS NOT :by OR state <> 'open')",
        {"by": by.isoformat(), "memo": task.memo_id, "number": task.number},
    )


def of_contact(conn: sqlite3.Connection, contact_id: int, memo_ids: Collection[str]) -> list[Task]:
    """The open ones of a contact, the soonest first; then those of `memo_ids` that are closed."""
    return load(
        conn,
        "contact_id = :contact AND (state = 'open' OR memo_id IN (SELECT value FROM json_each(:memos)))",
        {"contact": contact_id, "memos": json.dumps(list(memo_ids))},
        order=f"state <> 'open', {_SOONEST_FIRST}",
    )


def load(
    conn: sqlite3.Connection, where: str, given: dict[str, object] | None = None, *, order: str = _SOONEST_FIRST
) -> list[Task]:
    """Those of which `where` is true, in SQL over tasks and their memos."""
    found = rows(
        conn,
        "SELECT tasks.*, contact_id, spoken_at FROM tasks JOIN memos ON memos.id = memo_id"  # noqa: S608 - our own words
        f" WHERE {where} ORDER BY {order}",
        given or {},
    )
    people = contacts.load(conn, {row["contact_id"] for row in found if row["contact_id"] is not None})
    return [
        Task(
            memo_id=row["memo_id"],
            number=row["number"],
            contact=people.get(row["contact_id"]),
            sentence=row["sentence"],
            by=dt.date.fromisoformat(row["by_date"]) if row["by_date"] else None,
            said_on=dt.datetime.fromisoformat(row["spoken_at"]).date(),
            state=row["state"],
            calendar_uid=row["calendar_uid"],
            sequence=row["sequence"],
            closed_at=dt.datetime.fromisoformat(row["closed_at"]) if row["closed_at"] else None,
        )
        for row in found
    ]


def _one(conn: sqlite3.Connection, task: Task) -> Task:
    [stored] = load(conn, "memo_id = :memo AND tasks.number = :number", {"memo": task.memo_id, "number": task.number})
    return stored
