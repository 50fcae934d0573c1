"""The promised calls of a contact brought to what their course says they are, after a memo has come, gone or moved."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Collection, Mapping
from typing import Final

from memos import followups, records
from memos.course import Change, Course, Told, tell
from memos.database import rows
from memos.followups import BY_HAND, FollowUpEvent, Moment
from memos.models import Promise
from memos.team import calls
from memos.team.entries import load

_AMONG: Final = "IN (SELECT value FROM json_each(?))"


def settle(conn: sqlite3.Connection, contact_id: int, now: dt.datetime) -> None:
    """Tell the course of all calls with a contact anew, and write what of it is not stored so.

    What is as it was is not touched. Each change is noted in the history of its call and raises its sequence. A call
    that turns out to have moved another one goes, and what the rep did to it by hand is shown at that one.
    """
    _settle(conn, "contact_id = ?", contact_id, now)


def settle_memo(conn: sqlite3.Connection, memo_id: str, now: dt.datetime) -> None:
    """The same for the call of a memo that names nobody."""
    _settle(conn, "contact_id IS NULL AND id = ?", memo_id, now)


def _settle(conn: sqlite3.Connection, where: str, given: int | str, now: dt.datetime) -> None:
    own = _told(conn, "memos", where, given)
    colleagues = _told(conn, "team_memos", f"{where} AND id NOT IN (SELECT id FROM memos)", given)  # noqa: S608 - our own words
    courses, went_into = tell([*own, *colleagues], _by_hand(conn, [memo.memo_id for memo in (*own, *colleagues)]))
    promised = {memo.memo_id: memo for memo in own if memo.next_call}
    stored = {
        row["memo_id"]: row
        for row in rows(conn, f"SELECT * FROM followups WHERE memo_id {_AMONG}", [json.dumps(list(promised))])  # noqa: S608 - as above
    }
    authors = {memo.memo_id: memo.author for memo in colleagues}
    for memo_id, course in courses.items():
        if memo_id not in promised:
            continue  # a colleague's, and in their store
        if memo_id not in stored:
            stored[memo_id] = _opened(conn, course, promised[memo_id], now)
        _bring_to(conn, stored[memo_id], course, authors, now)
    for memo_id in stored.keys() - courses.keys():
        followups.drop(conn, stored.pop(memo_id)["id"])
    _show(conn, {memo_id: stored.get(went_into.get(memo_id, memo_id)) for memo_id in promised})


def _told(conn: sqlite3.Connection, table: str, where: str, given: int | str) -> list[Told]:
    author = "author" if table == "team_memos" else "coalesce((SELECT login FROM team), '')"
    return [
        calls.told(row)
        for row in rows(
            conn,
            "SELECT id, spoken_at, spoken_at_utc, outcome, next_call_date, next_call_time, next_call_zone,"  # noqa: S608 - our own names
            f" next_call_heard, {author} AS author FROM {table} WHERE {where}",
            [given],
        )
    ]


def _by_hand(conn: sqlite3.Connection, memo_ids: Collection[str]) -> list[Change]:
    """What was done by hand to what these memos promise, in order; of what a team knows, as it knows it."""
    among = json.dumps(list(memo_ids))
    shared = {entry.key: entry for entry in load(conn, f"kind = 'change' AND subject {_AMONG}", [among])}
    told = [(calls.after_of(entry), key, calls.change(entry)) for key, entry in shared.items()]
    for row in rows(
        conn,
        f"SELECT id, call, at, as_of, what, to_date, to_time, to_zone, uid FROM followup_events"  # noqa: S608 - our own words
        f" WHERE call {_AMONG} AND {BY_HAND}",
        [among],
    ):
        if f"change/{row['uid']}" not in shared:
            at = dt.datetime.fromisoformat(row["at"])
            to = _moment(row, "to_date", "to_time")
            due = Promise(*to, row["to_zone"], "") if to else None
            after = row["as_of"] or records.utc(at)
            told.append((after, f"{row['id']:08}", Change(row["call"], after, at, row["what"], due)))
    return [change for _, _, change in sorted(told, key=lambda one: one[:2])]


def _show(conn: sqlite3.Connection, shown_at: Mapping[str, sqlite3.Row | None]) -> None:
    """Let what was made of each promise by hand be in the history of the call that it is part of."""
    for event, call, follow_up_id in conn.execute(
        f"SELECT id, call, followup_id FROM followup_events WHERE call {_AMONG} AND {BY_HAND}",  # noqa: S608 - our own words
        [json.dumps(list(shown_at))],
    ).fetchall():
        row = shown_at[call]
        if follow_up_id != (row["id"] if row else None):
            conn.execute("UPDATE followup_events SET followup_id = ? WHERE id = ?", [row["id"] if row else None, event])


def _opened(conn: sqlite3.Connection, course: Course, promised: Told, now: dt.datetime) -> sqlite3.Row:
    assert promised.next_call is not None
    made = followups.insert(conn, course.memo_id, promised.next_call, course.agreed, now)
    [row] = rows(conn, "SELECT * FROM followups WHERE id = ?", [made])
    return row


def _bring_to(
    conn: sqlite3.Connection, row: sqlite3.Row, course: Course, authors: Mapping[str, str], now: dt.datetime
) -> None:
    """`authors` says of each memo of a colleague's whose it is: it is in no table that the call could refer to."""
    due = course.due
    time = records.clock_time(due.time)
    moved = (row["due_date"], row["due_time"], row["due_zone"]) != (due.date.isoformat(), time, due.zone)
    turned = row["state"] != course.state
    values = {
        "due_date": due.date.isoformat(),
        "due_time": time,
        "due_zone": due.zone,
        "agreed_date": course.agreed.isoformat() if course.agreed else None,
        "state": course.state,
        "times_put_off": course.times_put_off,
        "closed_at": _closed_at(row, course, now),
        "closed_by_memo_id": _own(course.closed_by, authors),
        "held_on": course.held_on.isoformat() if course.held_on else None,
        "sequence": row["sequence"] + (moved or turned),
    }
    if all(row[name] == value for name, value in values.items()):
        return
    columns = ", ".join(f"{name} = :{name}" for name in values)
    conn.execute(f"UPDATE followups SET {columns} WHERE id = :id", values | {"id": row["id"]})  # noqa: S608 - our own names
    _note_what_happened(conn, row, course, authors, now, moved=moved, turned=turned)


def _own(memo_id: str | None, authors: Mapping[str, str]) -> str | None:
    return None if memo_id in authors else memo_id


def _closed_at(row: sqlite3.Row, course: Course, now: dt.datetime) -> str | None:
    if course.state == "open":
        return None
    return course.closed_at.isoformat() if course.closed_at else row["closed_at"] or now.isoformat()


def _note_what_happened(
    conn: sqlite3.Connection,
    row: sqlite3.Row,
    course: Course,
    authors: Mapping[str, str],
    now: dt.datetime,
    *,
    moved: bool,
    turned: bool,
) -> None:
    due = course.due
    before, after = _moment(row, "due_date", "due_time"), (due.date, due.time)
    if moved and not (turned and course.state == "open"):
        moving = FollowUpEvent("moved", now, before, after)
        followups.note(conn, row["id"], moving, by=_own(course.moved_by, authors) or course.memo_id, zone=due.zone)
    if turned and course.state != "open":
        whose = authors.get(course.closed_by or "")
        named = conn.execute("SELECT called FROM team_people WHERE login = ?", [whose]).fetchone()
        whose = named[0] if named else whose
        closing = FollowUpEvent(course.state, now, before=after, reason=f"{whose} spoke with them" if whose else None)
        followups.note(conn, row["id"], closing, by=_own(course.closed_by, authors) or course.memo_id)
    elif turned:
        followups.note(conn, row["id"], FollowUpEvent("reopened", now, after=after), by=course.memo_id, zone=due.zone)


def _moment(row: sqlite3.Row, day: str, time: str) -> Moment | None:
    if row[day] is None:
        return None
    return dt.date.fromisoformat(row[day]), dt.time.fromisoformat(row[time]) if row[time] else None
