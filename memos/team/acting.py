"""What a rep does to a call that a colleague has promised: ticked off, moved, and it says who did."""

from __future__ import annotations

import datetime as dt
import sqlite3
import uuid
from typing import Literal

from memos import records
from memos.errors import CallClosed
from memos.models import Promise
from memos.records import utc
from memos.team import calls
from memos.team.entries import Pen, key_of, membership
from memos.team.errors import NotInATeam
from memos.team.views import TeamCall


def close(
    conn: sqlite3.Connection, call: TeamCall, state: Literal["done", "cancelled"], reason: str | None, now: dt.datetime
) -> None:
    """Close an open call; raises CallClosed when it is closed already."""
    if call.state != "open":
        raise CallClosed(call.memo_id, call.state)
    _say(conn, call, state, None, reason, now)


def move(conn: sqlite3.Connection, call: TeamCall, to: Promise, now: dt.datetime, *, agreed: bool) -> bool:
    """Make a call due at another time, and open it again if it is closed. False: that is its time already."""
    if call.state != "open":
        _say(conn, call, "reopened", to, None, now)
        if agreed:
            _say(conn, call, "agreed", to, None, now)
        return True
    if not agreed and (call.due_date, call.due_time, call.due_zone) == (to.date, to.time, to.zone):
        return False
    _say(conn, call, "agreed" if agreed else "put_off" if to.date > call.due_date else "moved", to, None, now)
    return True


def _say(
    conn: sqlite3.Connection, call: TeamCall, what: str, to: Promise | None, reason: str | None, now: dt.datetime
) -> None:
    if (team := membership(conn)) is None:
        raise NotInATeam
    contact_id = call.memo.contact.id if call.memo.contact else None
    [(latest,)] = conn.execute(
        "SELECT coalesce(max(spoken_at_utc), '') FROM team_memos WHERE contact_id = ? OR id = ?",
        [contact_id, call.memo_id],
    ).fetchall()
    body = {
        "what": what,
        "at": now.isoformat(),
        "as_of": max(utc(now), latest),
        "from": [call.due_date.isoformat(), records.clock_time(call.due_time)],
        "to": [to.date.isoformat(), records.clock_time(to.time), to.zone] if to else None,
        "reason": reason,
    }
    pen = Pen(conn, team, now)
    pen.write("change", key_of("change", uuid.uuid4().hex), call.memo_id, body, since=body["as_of"])
    pen.put_down()
    calls.derive(conn, calls.about(conn, [call.memo_id]), [call.memo_id])
