"""Promised calls: opened by the memo that agreed on them, closed by the next memo about the same contact."""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import TYPE_CHECKING

from memos import contacts, records
from memos.database import rows
from memos.models import ConfirmedMemo, DueCall, FollowUp

if TYPE_CHECKING:
    from sqlite_utils import Database


def open_for(db: Database, memo: ConfirmedMemo, contact_id: int | None, now: dt.datetime) -> None:
    """Open the follow-up that `memo` promises, if it promises one."""
    if memo.next_call is None:
        return
    db.table("followups").insert(
        {
            "memo_id": memo.id,
            "contact_id": contact_id,
            "due_date": memo.next_call.date.isoformat(),
            "due_time": records.clock_time(memo.next_call.time),
            "due_zone": memo.next_call.zone,
            "calendar_uid": f"aftercall-{memo.id}",
            "created_at": now.isoformat(),
        }
    )


def close_earlier(db: Database, memo: ConfirmedMemo, contact_id: int, now: dt.datetime) -> None:
    """Mark done what was promised to this contact before `memo` was spoken: the call has taken place.

    Memos may be confirmed out of order. A promise made after this one was spoken stays open.
    """
    db.execute(
        "UPDATE followups SET state = 'done', closed_at = :now, closed_by_memo_id = :memo_id,"
        " sequence = sequence + 1"
        " WHERE state = 'open' AND contact_id = :contact_id AND memo_id IN"
        " (SELECT id FROM memos WHERE contact_id = :contact_id AND spoken_at_utc < :spoken_at_utc)",
        {
            "now": now.isoformat(),
            "memo_id": memo.id,
            "contact_id": contact_id,
            "spoken_at_utc": records.utc(memo.spoken_at),
        },
    )


def due(conn: sqlite3.Connection, until: dt.date | None) -> list[DueCall]:
    """The open follow-ups due on or before `until`, or all; by date, and in a day those with a time first."""
    found = rows(
        conn,
        "SELECT followups.*, memos.number FROM followups JOIN memos ON memos.id = followups.memo_id"
        " WHERE state = 'open' AND (:until IS NULL OR due_date <= :until)"
        " ORDER BY due_date, due_time IS NULL, due_time, followups.id",
        {"until": until.isoformat() if until else None},
    )
    people = contacts.load(conn, {row["contact_id"] for row in found if row["contact_id"] is not None})
    memos = records.load(conn, [row["number"] for row in found])
    return [
        DueCall(
            FollowUp(
                id=row["id"],
                memo_id=row["memo_id"],
                contact=people.get(row["contact_id"]),
                due_date=dt.date.fromisoformat(row["due_date"]),
                due_time=dt.time.fromisoformat(row["due_time"]) if row["due_time"] else None,
                due_zone=row["due_zone"],
                state=row["state"],
                times_put_off=row["times_put_off"],
                calendar_uid=row["calendar_uid"],
                sequence=row["sequence"],
                created_at=dt.datetime.fromisoformat(row["created_at"]),
            ),
            memo,
        )
        for row, memo in zip(found, memos, strict=True)
    ]
