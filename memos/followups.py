"""Promised calls and what becomes of them: opened by a memo, closed by the next one, or moved and closed by the rep.

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
from memos.models import ConfirmedMemo, FollowUp, MemoContent, Promise

EventKind = Literal["opened", "put_off", "moved", "agreed", "done", "cancelled", "reopened"]


Moment = tuple[dt.date, dt.time | None]
"""A day, and a time of it if one was named."""


@dataclass(frozen=True, slots=True)
class FollowUpEvent:
    """One change of a follow-up: what, when, and from which moment to which.

    `put_off`: to a later day. `moved`: to an earlier one, or within the day. `agreed`: to another day that the
    contact knows of. `opened` and `reopened` have only an `after`, `done` and `cancelled` only a `before`.
    """

    what: EventKind
    at: dt.datetime
    before: Moment | None = None
    after: Moment | None = None
    reason: str | None = None


def open_for(conn: sqlite3.Connection, memo: ConfirmedMemo, contact_id: int | None, now: dt.datetime) -> None:
    """Open the follow-up that `memo` promises, if it promises one.

    Memos may be confirmed out of order: when a later talk with the contact is stored already, the call has taken
    place, and the follow-up is done from the start.
    """
    call = memo.next_call
    if call is None:
        return
    made = conn.execute(
        "INSERT INTO followups (memo_id, contact_id, due_date, due_time, due_zone, calendar_uid, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            memo.id,
            contact_id,
            call.date.isoformat(),
            records.clock_time(call.time),
            call.zone,
            f"aftercall-{memo.id}",
            now.isoformat(),
        ],
    ).lastrowid
    assert made is not None
    _note(conn, made, FollowUpEvent("opened", now, after=(call.date, call.time)))
    _close_if_followed(conn, made, contact_id, now)


def close_earlier(conn: sqlite3.Connection, memo: MemoContent, contact_id: int, now: dt.datetime) -> None:
    """Mark done what was promised to this contact before `memo` was spoken: the call has taken place.

    Memos may be confirmed out of order. A promise made after this one was spoken stays open.
    """
    found = rows(
        conn,
        "SELECT followups.id FROM followups JOIN memos ON memos.id = memo_id"
        " WHERE state = 'open' AND followups.contact_id = ? AND spoken_at_utc < ?",
        [contact_id, records.utc(memo.spoken_at)],
    )
    for follow_up in load(conn, [row["id"] for row in found]):
        _close(conn, follow_up, "done", now, by=memo.id)


def reopen_closed_by(conn: sqlite3.Connection, memo_id: str, contact_id: int, now: dt.datetime) -> None:
    """Open again what a memo closed of a contact that it is not about any more, unless a later talk closes it."""
    found = rows(conn, "SELECT id FROM followups WHERE closed_by_memo_id = ? AND contact_id = ?", [memo_id, contact_id])
    for row in found:
        _reopen(conn, row["id"], now)
        _close_if_followed(conn, row["id"], contact_id, now)


def settle(conn: sqlite3.Connection, memo_id: str, contact_id: int, now: dt.datetime) -> None:
    """Have the follow-up of a memo that is about another contact now closed by that contact's talks, or by none."""
    for row in rows(conn, "SELECT id, state, closed_by_memo_id FROM followups WHERE memo_id = ?", [memo_id]):
        if row["closed_by_memo_id"] is not None:
            _reopen(conn, row["id"], now)
        if row["state"] == "open" or row["closed_by_memo_id"] is not None:
            _close_if_followed(conn, row["id"], contact_id, now)


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
    _close(conn, follow_up, state, now, reason=reason)


def move(conn: sqlite3.Connection, follow_up: FollowUp, to: Promise, now: dt.datetime, *, agreed: bool) -> bool:
    """Make a follow-up due at another time, and open it again if it is closed. False: that is its time already.

    `agreed`: the contact knows of it. Otherwise a later day counts as putting the call off.
    """
    before = (follow_up.due_date, follow_up.due_time)
    after = (to.date, to.time)
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
        " closed_by_memo_id = NULL, times_put_off = times_put_off + ?, sequence = sequence + 1 WHERE id = ?",
        [to.date.isoformat(), records.clock_time(to.time), to.zone, what == "put_off", follow_up.id],
    )
    _note(conn, follow_up.id, FollowUpEvent(what, now, None if what == "reopened" else before, after))
    if what == "reopened" and agreed:
        _note(conn, follow_up.id, FollowUpEvent("agreed", now, before, after))
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
        f"SELECT id, memo_id, state FROM followups WHERE {records.fits('memo_id')} ORDER BY memo_id",  # noqa: S608
        {"piece": piece},
    )
    same = [row for row in found if row["memo_id"] == piece]
    still_open = [row for row in found if row["state"] == "open"]
    return load(conn, [row["id"] for row in same or still_open or found])


def _close_if_followed(conn: sqlite3.Connection, follow_up_id: int, contact_id: int | None, now: dt.datetime) -> None:
    """Mark a follow-up done by the first talk with the contact after the one it was promised in, if there is one."""
    later = rows(
        conn,
        "SELECT later.id FROM memos AS later, followups JOIN memos AS promised ON promised.id = memo_id"
        " WHERE followups.id = ? AND later.contact_id = ? AND later.spoken_at_utc > promised.spoken_at_utc"
        " ORDER BY later.spoken_at_utc LIMIT 1",
        [follow_up_id, contact_id],
    )
    if later:
        [follow_up] = load(conn, [follow_up_id])
        _close(conn, follow_up, "done", now, by=later[0]["id"])


def _reopen(conn: sqlite3.Connection, follow_up_id: int, now: dt.datetime) -> None:
    [follow_up] = load(conn, [follow_up_id])
    conn.execute(
        "UPDATE followups SET state = 'open', closed_at = NULL, closed_by_memo_id = NULL, sequence = sequence + 1"
        " WHERE id = ?",
        [follow_up_id],
    )
    _note(conn, follow_up_id, FollowUpEvent("reopened", now, after=(follow_up.due_date, follow_up.due_time)))


def _close(
    conn: sqlite3.Connection,
    follow_up: FollowUp,
    state: Literal["done", "cancelled"],
    now: dt.datetime,
    *,
    by: str | None = None,
    reason: str | None = None,
) -> None:
    conn.execute(
        "UPDATE followups SET state = ?, closed_at = ?, closed_by_memo_id = ?, sequence = sequence + 1 WHERE id = ?",
        [state, now.isoformat(), by, follow_up.id],
    )
    _note(conn, follow_up.id, FollowUpEvent(state, now, (follow_up.due_date, follow_up.due_time), reason=reason))


def _note(conn: sqlite3.Connection, follow_up_id: int, event: FollowUpEvent) -> None:
    reason = bindable(event.reason) if event.reason else None
    conn.execute(
        "INSERT INTO followup_events (followup_id, what, at, from_date, from_time, to_date, to_time, reason)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [follow_up_id, event.what, event.at.isoformat(), *_texts(event.before), *_texts(event.after), reason],
    )


def _texts(moment: Moment | None) -> tuple[str | None, str | None]:
    return (moment[0].isoformat(), records.clock_time(moment[1])) if moment else (None, None)


def _time(text: str | None) -> dt.time | None:
    return dt.time.fromisoformat(text) if text else None
