"""Promised calls: opened by a memo, closed by the next talk, moved by calls that reach nobody, or changed by the rep.

Each change is an event in the history of the call and raises its sequence, by which calendars tell the newer of two
versions (RFC 5545, 3.8.7.4).
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ground.ids import piece_of_id
from memos import contacts, records
from memos.database import bindable, rows
from memos.errors import CallClosed
from memos.models import FollowUp, Promise

EventKind = Literal["opened", "put_off", "moved", "agreed", "done", "cancelled", "reopened"]


Moment = tuple[dt.date, dt.time | None]
"""A day, and a time of it if one was named."""


@dataclass(frozen=True, slots=True)
class FollowUpEvent:
    """One change of a follow-up: what, when, and from which moment to which.

    `put_off`: to a later day. `moved`: to an earlier one, within the day, or by a call that did not reach them.
    `agreed`: to another day that the contact knows of. `opened` and `reopened` have only an `after`, `done` and
    `cancelled` only a `before`.
    """

    what: EventKind
    at: dt.datetime
    before: Moment | None = None
    after: Moment | None = None
    reason: str | None = None


def insert(
    conn: sqlite3.Connection,
    memo_id: str,
    call: Promise,
    agreed: dt.date | None,
    now: dt.datetime,
) -> int:
    """Open the follow-up of a memo, and return its id; `agreed` is the day on which the contact expects the call."""
    made = conn.execute(
        "INSERT INTO followups"
        " (id, memo_id, contact_id, due_date, due_time, due_zone, agreed_date, calendar_uid, created_at)"
        " VALUES (?, ?, (SELECT contact_id FROM memos WHERE memos.id = ?), ?, ?, ?, ?, ?, ?)",
        [
            _next_id(conn),
            memo_id,
            memo_id,
            call.date.isoformat(),
            records.clock_time(call.time),
            call.zone,
            agreed.isoformat() if agreed else None,
            f"aftercall-{memo_id}",
            now.isoformat(),
        ],
    ).lastrowid
    assert made is not None
    note(conn, made, FollowUpEvent("opened", now, after=(call.date, call.time)), by=memo_id, zone=call.zone)
    return made


def _next_id(conn: sqlite3.Connection) -> int:
    """An id that no call has, and none had that may come back: SQLite would give that of a call that went anew, and
    who undoes a merge or a move would take the one for the other."""
    [(highest,)] = conn.execute(
        "SELECT max(id) FROM (SELECT coalesce(max(id), 0) AS id FROM followups"
        " UNION ALL SELECT json_extract(gone.value, '$.id')"
        " FROM contact_merges, json_each(changes_json, '$.dropped') AS gone WHERE undone_at IS NULL"
        " UNION ALL SELECT json_extract(given.value, '$.id') FROM contact_merges,"
        " json_each(changes_json, '$.moved') AS moved, json_each(moved.value, '$[2]') AS given"
        " WHERE undone_at IS NULL AND json_extract(moved.value, '$[0]') = 'followups' AND given.type = 'object')"
    ).fetchall()
    return int(highest) + 1


def close(
    conn: sqlite3.Connection,
    follow_up: FollowUp,
    state: Literal["done", "cancelled"],
    now: dt.datetime,
    reason: str | None = None,
) -> None:
    """Close an open follow-up by the rep's word; raises CallClosed when it is closed already."""
    if follow_up.state != "open":
        raise CallClosed(follow_up.memo_id, follow_up.state)
    held_on = now.date().isoformat() if state == "done" else None
    conn.execute(
        "UPDATE followups SET state = ?, closed_at = ?, held_on = ?, sequence = sequence + 1 WHERE id = ?",
        [state, now.isoformat(), held_on, follow_up.id],
    )
    before = (follow_up.due_date, follow_up.due_time)
    note(conn, follow_up.id, FollowUpEvent(state, now, before, reason=reason))


def move(conn: sqlite3.Connection, follow_up: FollowUp, to: Promise, now: dt.datetime, *, agreed: bool) -> bool:
    """Make a follow-up due at another time, and open it again if it is closed. False: that is its time already.

    `agreed`: the contact knows of it. Otherwise a later day counts as putting the call off.
    """
    before, after = (follow_up.due_date, follow_up.due_time), (to.date, to.time)
    what: EventKind
    if follow_up.state != "open":
        what = "reopened"
    elif agreed:
        what = "agreed"
    elif (before, follow_up.due_zone) == (after, to.zone):
        return False
    else:
        what = "put_off" if to.date > follow_up.due_date else "moved"
    conn.execute(
        "UPDATE followups SET due_date = ?, due_time = ?, due_zone = ?, state = 'open', closed_at = NULL,"
        " closed_by_memo_id = NULL, held_on = NULL, times_put_off = times_put_off + ?,"
        " agreed_date = coalesce(?, agreed_date), sequence = sequence + 1 WHERE id = ?",
        [
            to.date.isoformat(),
            records.clock_time(to.time),
            to.zone,
            what == "put_off",
            to.date.isoformat() if agreed else None,
            follow_up.id,
        ],
    )
    note(conn, follow_up.id, FollowUpEvent(what, now, None if what == "reopened" else before, after), zone=to.zone)
    if what == "reopened" and agreed:
        note(conn, follow_up.id, FollowUpEvent("agreed", now, before, after), zone=to.zone)
    return True


def load(conn: sqlite3.Connection, ids: Sequence[int]) -> list[FollowUp]:
    """The follow-ups with these ids, in their order."""
    found = {
        row["id"]: row
        for row in rows(
            conn, "SELECT * FROM followups WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(list(ids))]
        )
    }
    people = contacts.load(conn, {row["contact_id"] for row in found.values() if row["contact_id"] is not None})
    return [
        FollowUp(
            id=row["id"],
            memo_id=row["memo_id"],
            contact=people.get(row["contact_id"]),
            due_date=dt.date.fromisoformat(row["due_date"]),
            due_time=_time(row["due_time"]),
            due_zone=row["due_zone"],
            state=row["state"],
            times_put_off=row["times_put_off"],
            calendar_uid=row["calendar_uid"],
            sequence=row["sequence"],
            created_at=dt.datetime.fromisoformat(row["created_at"]),
            closed_at=dt.datetime.fromisoformat(row["closed_at"]) if row["closed_at"] else None,
        )
        for row in map(found.__getitem__, ids)
    ]


def of_contact(conn: sqlite3.Connection, contact_id: int) -> list[FollowUp]:
    """The open follow-ups of a contact, the one that is due first before the others."""
    found = rows(
        conn,
        "SELECT id FROM followups WHERE contact_id = ? AND state = 'open'"
        " ORDER BY due_date, due_time IS NULL, due_time",
        [contact_id],
    )
    return load(conn, [row["id"] for row in found])


def with_id_like(conn: sqlite3.Connection, piece: str) -> list[FollowUp]:
    """The follow-ups whose memo has this id, or one that begins or ends with it: open ones, or else closed ones."""
    piece = bindable(piece_of_id(piece))
    found = rows(
        conn,
        f"SELECT id, memo_id, state FROM followups WHERE {records.fits('memo_id')} ORDER BY memo_id",  # noqa: S608 - our own words
        {"piece": piece},
    )
    same = [row for row in found if row["memo_id"] == piece]
    still_open = [row for row in found if row["state"] == "open"]
    return load(conn, [row["id"] for row in same or still_open or found])


def note(
    conn: sqlite3.Connection,
    follow_up_id: int,
    event: FollowUpEvent,
    *,
    by: str | None = None,
    zone: str | None = None,
) -> None:
    """Add a change to the history of a follow-up, with the zone of the time it got.

    `by` is the memo that it follows from; None: the rep made it, after all memos about the contact that they knew of,
    those of colleagues as well.
    """
    conn.execute(
        "INSERT INTO followup_events"
        " (followup_id, call, what, at, from_date, from_time, to_date, to_time, to_zone, reason, memo_id, as_of)"
        " SELECT id, memo_id, :what, :at, :from_date, :from_time, :to_date, :to_time, :to_zone, :reason, :by,"
        " max(:as_of, coalesce((SELECT max(spoken_at_utc) FROM memos WHERE contact_id = promised.contact_id), ''),"
        " coalesce((SELECT max(spoken_at_utc) FROM team_memos WHERE contact_id = promised.contact_id), ''))"
        " FROM followups AS promised WHERE id = :id",
        {
            "id": follow_up_id,
            "what": event.what,
            "at": event.at.isoformat(),
            "from_date": event.before[0].isoformat() if event.before else None,
            "from_time": records.clock_time(event.before[1]) if event.before else None,
            "to_date": event.after[0].isoformat() if event.after else None,
            "to_time": records.clock_time(event.after[1]) if event.after else None,
            "to_zone": zone,
            "reason": bindable(event.reason) if event.reason else None,
            "by": by,
            "as_of": records.utc(event.at),
        },
    )


BY_HAND = "followup_events.memo_id IS NULL AND what <> 'opened'"
"""In SQL: whether a change is of the rep's own making."""


def drop(conn: sqlite3.Connection, follow_up_id: int) -> None:
    """Delete a call whose promise is part of another. What was made of it by hand stays with the promise."""
    conn.execute(f"DELETE FROM followup_events WHERE followup_id = ? AND NOT ({BY_HAND})", [follow_up_id])  # noqa: S608 - our own words
    conn.execute("DELETE FROM followups WHERE id = ?", [follow_up_id])


def _time(text: str | None) -> dt.time | None:
    return dt.time.fromisoformat(text) if text else None
