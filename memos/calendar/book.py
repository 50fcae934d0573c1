"""Which events are to stand in calendars, and what was last written to each calendar.

Nobody has to tell a calendar what has changed: what is to stand there is compared with what was last written. So a
change that could not be written waits by itself, however long, and none is written twice.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from ground.reader import parse_json
from memos import followups, tasks
from memos.calendar.entry import Entry, Style
from memos.calendar.merge import Facts
from memos.calendar.wanted import Wanted, gather
from memos.database import Transactions, rows
from memos.models import FollowUp, Promise
from memos.tasks import Task

Kind = Literal["gone", "cancelled", "done", "moved", "edited", "unreadable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An event as it was last seen in one place.

    `written` is what our event said then, `there` what the one found there did: they differ where a change was left
    to the phone. `question` is what was changed there since and is not answered yet, `theirs` when the call is to be
    if they moved it.
    """

    uid: str
    name: str
    etag: str
    fingerprint: str
    written: Facts
    there: Facts
    question: Kind | None = None
    theirs: dt.datetime | dt.date | None = None


@dataclass(frozen=True, slots=True)
class PlaceState:
    """How it went the last time; `failing_since` and `failure` are None if it went well.

    `takes_tasks`: whether to-dos can stand there, as far as is known.
    """

    synced_at: dt.datetime | None = None
    failing_since: dt.datetime | None = None
    failure: str | None = None
    takes_tasks: bool = True


class CalendarBook:
    """The part of the store that knows about calendars. Every method raises what those of Store do."""

    def __init__(self, conn: sqlite3.Connection, transaction: Transactions, clock: Callable[[], dt.datetime]) -> None:
        self._conn = conn
        self._transaction = transaction
        self._clock = clock

    def wanted(self, style: Style, own_zone: str, *, noted: bool = True) -> list[Wanted]:
        """What is open, and what was closed lately and stood in calendars before: the calls, the first due first, and
        after them what else was promised.

        `own_zone` is where the rep is. A time without a zone keeps the one it was first read in until the call is
        put off: a rep who travels has promised the same moment. That is noted, unless `noted` is false: who only looks
        needs no disk that can be written to.
        """
        with self._transaction():
            found, changed = gather(self._conn, style, own_zone, self._clock())
        if changed and noted:
            with self._transaction("IMMEDIATE"):
                self._conn.executemany("INSERT OR REPLACE INTO calendar_events VALUES (?, ?, ?, ?, ?)", changed)
        return found

    def copies(self, place: str) -> dict[str, Copy]:
        """What was last seen in that place, by UID."""
        with self._transaction():
            found = rows(self._conn, "SELECT * FROM calendar_copies WHERE place = ?", [place])
        return {row["uid"]: _copy(row) for row in found}

    def questions(self) -> list[tuple[str, Copy]]:
        """All copies with a question that waits for an answer, each with its place."""
        with self._transaction():
            found = rows(self._conn, "SELECT * FROM calendar_copies WHERE question IS NOT NULL ORDER BY uid, place")
        return [(row["place"], _copy(row)) for row in found]

    def waiting(self, place: str, wanted: Iterable[Wanted]) -> int:
        """How many events are not in that place as they are to be, those with an open question among them."""
        copies = self.copies(place)
        takes_tasks = self.states().get(place, PlaceState()).takes_tasks
        waiting = 0
        for one in wanted:
            if one.entry.is_task and not takes_tasks:
                continue
            copy = copies.pop(one.entry.uid, None)
            if copy is None:
                waiting += not one.entry.closed
            else:
                waiting += bool(copy.question) or copy.fingerprint != one.fingerprint
        return waiting + len(copies)

    def keep(self, place: str, copy: Copy) -> None:
        """Note what stands there now, and what is asked about it."""
        values = {
            "place": place,
            "uid": copy.uid,
            "name": copy.name,
            "etag": copy.etag,
            "fingerprint": copy.fingerprint,
            "written": json.dumps(copy.written),
            "there": json.dumps(copy.there),
            "question": copy.question,
            "theirs": copy.theirs.isoformat() if copy.theirs else None,
        }
        with self._transaction("IMMEDIATE"):
            self._conn.execute(
                "INSERT OR REPLACE INTO calendar_copies VALUES"
                " (:place, :uid, :name, :etag, :fingerprint, :written, :there, :question, :theirs)",
                values,
            )

    def forget(self, place: str, uid: str) -> None:
        """Note that it stands there no more."""
        with self._transaction("IMMEDIATE"):
            self._conn.execute("DELETE FROM calendar_copies WHERE place = ? AND uid = ?", [place, uid])
            self._conn.execute(
                "DELETE FROM calendar_events WHERE uid = :uid"
                " AND NOT EXISTS (SELECT * FROM calendar_copies WHERE uid = :uid)"
                " AND NOT EXISTS (SELECT * FROM followups WHERE calendar_uid = :uid AND state = 'open')"
                " AND NOT EXISTS (SELECT * FROM tasks WHERE calendar_uid = :uid AND state = 'open')",
                {"uid": uid},
            )

    def move(self, entry: Entry, to: dt.datetime | dt.date) -> bool:
        """Take over from a calendar that it is to be at another time: a moment, or a day without a time.

        A later day counts as put off. False, and nothing is changed, if it has changed since it was read.
        """
        if isinstance(to, dt.datetime):
            local = to.astimezone(ZoneInfo(entry.zone))
            day, time = local.date(), local.time().replace(second=0, microsecond=0)
        else:
            day, time = to, None

        def move(follow_up: FollowUp) -> None:
            moved = Promise(day, time, follow_up.due_zone if time else None, "moved in the calendar")
            followups.move(self._conn, follow_up, moved, self._clock(), agreed=False)

        return self._change(entry, move, lambda task: tasks.move(self._conn, task, day))

    def cancel(self, entry: Entry) -> bool:
        """Take over from a calendar that it is not to be; False as `move` does."""
        return self._close(entry, "cancelled", "deleted in the calendar")

    def tick_off(self, entry: Entry) -> bool:
        """Take over from a calendar that it is done; False as `move` does."""
        return self._close(entry, "done", None)

    def _close(self, entry: Entry, state: Literal["done", "cancelled"], reason: str | None) -> bool:
        now = self._clock()
        return self._change(
            entry,
            lambda follow_up: followups.close(self._conn, follow_up, state, now, reason),
            lambda task: tasks.close(self._conn, task, state, now),
        )

    def _change(self, entry: Entry, call: Callable[[FollowUp], None], task: Callable[[Task], object]) -> bool:
        """Do what is done to a call, or to something else that was promised, if it still is as it was read."""
        of_it = "calendar_uid = :uid AND sequence = :sequence AND state = 'open'"
        given: dict[str, object] = {"uid": entry.uid, "sequence": entry.sequence}
        with self._transaction("IMMEDIATE"):
            found = rows(self._conn, f"SELECT id FROM followups WHERE {of_it}", given)  # noqa: S608 - our own words
            calls = followups.load(self._conn, [row["id"] for row in found])
            promised = tasks.load(self._conn, of_it, given)
            for follow_up in calls:
                call(follow_up)
            for one in promised:
                task(one)
            return bool(calls or promised)

    def states(self) -> dict[str, PlaceState]:
        """How it went the last time in each place."""
        with self._transaction():
            found = rows(self._conn, "SELECT * FROM calendar_places")
        return {
            row["place"]: PlaceState(
                _moment(row["synced_at"]), _moment(row["failing_since"]), row["failure"], row["takes_tasks"] != 0
            )
            for row in found
        }

    def note_tasks(self, place: str, takes: bool) -> None:
        """Note whether the place takes to-dos."""
        with self._transaction("IMMEDIATE"):
            self._conn.execute(
                "INSERT INTO calendar_places (place, takes_tasks) VALUES (:place, :takes)"
                " ON CONFLICT (place) DO UPDATE SET takes_tasks = :takes",
                {"place": place, "takes": takes},
            )

    def note(self, place: str, failure: str | None) -> None:
        """Note that the place was brought up to date just now, or why it was not."""
        sql = (
            "INSERT INTO calendar_places (place, synced_at) VALUES (:place, :now) ON CONFLICT (place) DO UPDATE"
            " SET synced_at = :now, failing_since = NULL, failure = NULL"
            if failure is None
            else "INSERT INTO calendar_places (place, failing_since, failure) VALUES (:place, :now, :failure)"
            " ON CONFLICT (place) DO UPDATE SET failing_since = coalesce(failing_since, :now), failure = :failure"
        )
        with self._transaction("IMMEDIATE"):
            self._conn.execute(sql, {"place": place, "now": self._clock().isoformat(), "failure": failure})


def _copy(row: sqlite3.Row) -> Copy:
    theirs: dt.datetime | dt.date | None = None
    if row["theirs"]:
        theirs = (dt.datetime if "T" in row["theirs"] else dt.date).fromisoformat(row["theirs"])
    return Copy(
        uid=row["uid"],
        name=row["name"],
        etag=row["etag"],
        fingerprint=row["fingerprint"],
        written=parse_json(row["written"]),
        there=parse_json(row["there"]),
        question=row["question"],
        theirs=theirs,
    )


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
