"""What is to stand in calendars, read from the store."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import dataclass
from typing import Final

from memos import attempts
from memos.calendar.entry import Entry, Style
from memos.calendar.event import Call, is_zone
from memos.calendar.todo import ToDo
from memos.database import rows
from memos.outcomes import NOT_TRIED, Attempts

KEEP_CANCELLED: Final = dt.timedelta(days=30)
"""How long the event of a closed call stays, as cancelled, so that each phone that shares the calendar sees it; and a
to-do that is done."""

_LAST_DAY: Final = dt.date(9998, 12, 31)  # what is later has no end, nor a time in every zone

_WANTED: Final = "state = 'open' OR (calendar_events.uid IS NOT NULL AND closed_at >= :since)"

EventRow = tuple[str, str, str, str, str]
"""A row of calendar_events."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A call or a to-do that is to stand in calendars. `fingerprint` differs when it is to be another, since
    `changed_at`."""

    entry: Entry
    fingerprint: str
    changed_at: dt.datetime


def gather(
    conn: sqlite3.Connection, style: Style, own_zone: str, now: dt.datetime
) -> tuple[list[Wanted], list[EventRow]]:
    """All of it, and what is to be noted of what is to be another than before: see :meth:`CalendarBook.wanted`."""
    since = {"since": (now - KEEP_CANCELLED).date().isoformat()}
    found: list[Wanted] = []
    changed: list[EventRow] = []

    def want(entry: Entry, due: str, zone: str, row: sqlite3.Row) -> None:
        fingerprint = entry.fingerprint(style)
        if fingerprint == row["fingerprint"]:
            found.append(Wanted(entry, fingerprint, dt.datetime.fromisoformat(row["changed_at"])))
        else:
            found.append(Wanted(entry, fingerprint, now))
            changed.append((entry.uid, due, zone, fingerprint, now.isoformat()))

    calls = _calls(conn, since)
    tried = attempts.of(conn, [row["contact_id"] for row in calls if row["contact_id"] is not None])
    for row in calls:
        due = f"{row['due_date']} {row['due_time'] or ''}".rstrip()
        kept = row["zone"] if row["due"] == due else None
        zone = str(next((zone for zone in (row["due_zone"], kept) if is_zone(zone)), own_zone))
        want(_call(row, zone, tried.get(row["contact_id"], NOT_TRIED)), due, zone, row)
    for row in _tasks(conn, since):
        want(_todo(row, own_zone), row["by_date"] or "", own_zone, row)
    return found, changed


def _calls(conn: sqlite3.Connection, since: dict[str, str]) -> list[sqlite3.Row]:
    return rows(
        conn,
        "SELECT calendar_uid AS uid, memo_id, sequence, state, due_date, due_time, due_zone,"  # noqa: S608 - our words
        " agreed_date, followups.contact_id, name, company, phone, next_call_heard, memos.text, spoken_at,"
        " due, zone, fingerprint, changed_at"
        " FROM followups JOIN memos ON memos.id = memo_id"
        " LEFT JOIN contacts ON contacts.id = followups.contact_id"
        " LEFT JOIN calendar_events ON calendar_events.uid = calendar_uid"
        f" WHERE {_WANTED} ORDER BY due_date, due_time IS NULL, due_time, followups.id",
        since,
    )


def _tasks(conn: sqlite3.Connection, since: dict[str, str]) -> list[sqlite3.Row]:
    return rows(
        conn,
        "SELECT calendar_uid AS uid, memo_id, tasks.number AS number, sequence, state, by_date, sentence, closed_at,"  # noqa: S608 - our words
        " name, company, memos.text, spoken_at, fingerprint, changed_at"
        " FROM tasks JOIN memos ON memos.id = memo_id"
        " LEFT JOIN contacts ON contacts.id = memos.contact_id"
        " LEFT JOIN calendar_events ON calendar_events.uid = calendar_uid"
        f" WHERE {_WANTED} ORDER BY by_date IS NULL, by_date, memo_id, tasks.number",
        since,
    )


def _call(row: sqlite3.Row, zone: str, tried: Attempts) -> Call:
    return Call(
        uid=row["uid"],
        memo_id=row["memo_id"],
        sequence=row["sequence"],
        closed=row["state"] != "open",
        date=min(dt.date.fromisoformat(row["due_date"]), _LAST_DAY),
        time=dt.time.fromisoformat(row["due_time"]) if row["due_time"] else None,
        zone=zone,
        name=row["name"],
        company=row["company"],
        phone=row["phone"],
        heard=row["next_call_heard"] or "",
        text=row["text"],
        spoken_on=dt.datetime.fromisoformat(row["spoken_at"]).date(),
        agreed=row["agreed_date"] is not None,
        in_vain=tried.count if row["state"] == "open" else 0,
    )


def _todo(row: sqlite3.Row, zone: str) -> ToDo:
    return ToDo(
        uid=row["uid"],
        id=f"{row['memo_id']}.{row['number']}",
        sequence=row["sequence"],
        state=row["state"],
        date=dt.date.fromisoformat(row["by_date"]) if row["by_date"] else None,
        zone=zone,
        name=row["name"],
        company=row["company"],
        sentence=row["sentence"],
        text=row["text"],
        said_on=dt.datetime.fromisoformat(row["spoken_at"]).date(),
        closed_at=dt.datetime.fromisoformat(row["closed_at"]) if row["closed_at"] else None,
    )
