"""The promised calls of the team's book, as they follow from its memos and from what was done to them by hand.

The same for everybody: only what is shared is told, in the order of the stamps.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping

from memos import records
from memos.course import Change, Course, Told, tell
from memos.database import rows
from memos.models import Promise
from memos.outcomes import Outcome
from memos.team.entries import Body, Entry, load
from memos.team.keepers import all_roots


def keep_memo(
    conn: sqlite3.Connection, memo_id: str, author: str, body: Mapping[str, object], contact_id: int | None
) -> None:
    """Have a memo of the book among those of which calls are told."""
    spoken = str(body["spoken_at"])
    call = body["next_call"]
    assert isinstance(call, list)
    conn.execute(
        "INSERT INTO team_memos (id, author, about, contact_id, spoken_at, spoken_at_utc, outcome,"
        " next_call_date, next_call_time, next_call_zone, next_call_heard) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET about = excluded.about,"
        " contact_id = coalesce(excluded.contact_id, contact_id)",
        [
            *(memo_id, author, body["contact"], contact_id, spoken, records.utc(dt.datetime.fromisoformat(spoken))),
            *(body["outcome"], *call),
        ],
    )


def told(row: sqlite3.Row) -> Told:
    """What a memo tells of calls, from a row of ``team_memos``, or of ``memos`` with its author."""
    return Told(
        row["id"],
        row["spoken_at_utc"],
        dt.datetime.fromisoformat(row["spoken_at"]).date(),
        Outcome(row["outcome"]) if row["outcome"] else None,
        records.promise(row),
        row["author"],
    )


def change(entry: Entry) -> Change:
    """What a rep did to a call by hand."""
    body = entry.body
    return Change(
        entry.subject,
        after_of(entry),
        dt.datetime.fromisoformat(body["at"]),
        body["what"],
        promise(body),
        entry.author,
    )


def fit_change(conn: sqlite3.Connection, entry: Entry) -> None:
    """What a colleague did to a call of the rep's own, in its history; where that is part of another for a time, it is
    to be settled in whose."""
    if not conn.execute("SELECT 1 FROM memos WHERE id = ?", [entry.subject]).fetchone():
        return
    body = entry.body
    before, after = body["from"] or [None, None], body["to"] or [None, None, None]
    conn.execute(
        "INSERT OR IGNORE INTO followup_events (followup_id, call, what, at, from_date, from_time, to_date, to_time,"
        " to_zone, reason, as_of, uid, author)"
        " VALUES ((SELECT id FROM followups WHERE memo_id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            *(entry.subject, entry.subject, body["what"], body["at"], *before, *after, body["reason"]),
            *(after_of(entry), entry.key.rpartition("/")[2], entry.author),
        ],
    )


def after_of(entry: Entry) -> str:
    """Where a change stands among the memos: after all that its author knew of, by the stamp of doing it."""
    return max(entry.stamp, str(entry.body["as_of"]))


def promise(body: Body) -> Promise | None:
    """The day that a call got by a change, if it got one."""
    if body["to"] is None:
        return None
    day, time, zone = body["to"]
    return Promise(dt.date.fromisoformat(day), dt.time.fromisoformat(time) if time else None, zone, "")


def derive(conn: sqlite3.Connection, uids: Iterable[str], memo_ids: Iterable[str] = ()) -> None:
    """Bring the calls with these contacts, and those of memos that name nobody, to what follows from the book.

    Calls with whom is a question of the book as well, and not of the store: whom a rep has made one with somebody
    private is somebody else for the team.
    """
    roots = all_roots(conn)
    parts = defaultdict(list)
    for uid, root in roots.items():
        parts[root].append(uid)
    for root in {roots.get(uid, uid) for uid in uids}:
        one = json.dumps([root, *parts[root]])
        _of(conn, rows(conn, "SELECT * FROM team_memos WHERE about IN (SELECT value FROM json_each(?))", [one]))
    for row in rows(
        conn,
        "SELECT * FROM team_memos WHERE about IS NULL AND id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(memo_ids))],
    ):
        _of(conn, [row])


def about(conn: sqlite3.Connection, memo_ids: Iterable[str]) -> set[str]:
    """Whom these memos of the book are about."""
    found = conn.execute(
        "SELECT DISTINCT about FROM team_memos WHERE about IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(memo_ids))],
    )
    return {uid for (uid,) in found}


def _of(conn: sqlite3.Connection, found: list[sqlite3.Row]) -> None:
    ids = json.dumps([row["id"] for row in found])
    changes = load(conn, "kind = 'change' AND subject IN (SELECT value FROM json_each(?))", [ids])
    changes.sort(key=lambda entry: (after_of(entry), entry.key))
    courses, _ = tell(map(told, found), [change(entry) for entry in changes])
    conn.execute("DELETE FROM team_calls WHERE memo_id IN (SELECT value FROM json_each(?))", [ids])
    conn.executemany(
        "INSERT INTO team_calls (memo_id, due_date, due_time, due_zone, agreed_date, state, times_put_off, held_on,"
        " closed_by, changed_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        map(_row, courses.values()),
    )


def _row(course: Course) -> tuple[object, ...]:
    due = course.due
    return (
        course.memo_id,
        due.date.isoformat(),
        records.clock_time(due.time),
        due.zone,
        course.agreed.isoformat() if course.agreed else None,
        course.state,
        course.times_put_off,
        course.held_on.isoformat() if course.held_on else None,
        course.closed_by,
        course.changed_by or None,
    )
