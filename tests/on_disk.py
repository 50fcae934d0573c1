"""What stands in the file of a store for the rep and their own tools, and no part of the program reads back."""

import datetime as dt
import sqlite3
from contextlib import closing

from memos.followups import FollowUpEvent
from memos.models import FollowUp
from memos.store import Store


def transcript(store: Store, memo_id: str) -> str:
    """The transcript of a memo, as JSON."""
    with closing(sqlite3.connect(store.path)) as conn:
        [(text,)] = conn.execute("SELECT transcript_json FROM memos WHERE id = ?", [memo_id])
    return str(text)


def history(store: Store, follow_up: FollowUp) -> list[FollowUpEvent]:
    """All that became of a follow-up, in order."""
    with closing(sqlite3.connect(store.path)) as conn:
        found = conn.execute(
            "SELECT what, at, from_date, from_time, to_date, to_time, reason FROM followup_events"
            " WHERE followup_id = ? ORDER BY id",
            [follow_up.id],
        ).fetchall()
    return [
        FollowUpEvent(
            what, dt.datetime.fromisoformat(at), _moment(from_date, from_time), _moment(to_date, to_time), reason
        )
        for what, at, from_date, from_time, to_date, to_time, reason in found
    ]


def _moment(day: str | None, time: str | None) -> tuple[dt.date, dt.time | None] | None:
    return (dt.date.fromisoformat(day), dt.time.fromisoformat(time) if time else None) if day else None
