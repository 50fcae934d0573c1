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
from typing import Final, Literal
from zoneinfo import ZoneInfo

from ground.reader import parse_json
from memos import attempts, followups
from memos.calendar.event import Call, Style, is_zone
from memos.calendar.merge import Facts
from memos.database import Transactions, rows
from memos.models import FollowUp, Promise
from memos.outcomes import NOT_TRIED, Attempts

KEEP_CANCELLED: Final = dt.timedelta(days=30)
"""How long the event of a closed call stays, as cancelled, so that each phone that shares the calendar sees it."""

_LAST_DAY: Final = dt.date(9998, 12, 31)  # what is later has no end, nor a time in every zone

Kind = Literal["gone", "cancelled", "moved", "edited", "unreadable"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """An event that is to stand in calendars. `fingerprint` differs when it is to be another, since `changed_at`."""

    call: Call
    fingerprint: str
    changed_at: dt.datetime


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
    """How it went the last time; `failing_since` and `failure` are None if it went well."""

    synced_at: dt.datetime | None = None
    failing_since: dt.datetime | None = None
    failure: str | None = None


class CalendarBook:
    """The part of the store that knows about calendars. Every method raises what those of Store do."""

    def __init__(self, conn: sqlite3.Connection, transaction: Transactions, clock: Callable[[], dt.datetime]) -> None:
        self._conn = conn
        self._transaction = transaction
        self._clock = clock

    def wanted(self, style: Style, own_zone: str) -> list[Wanted]:
        """The open calls, and those closed lately whose event was made before; the first due first.

        `own_zone` is where the rep is. A time without a zone keeps the one it was first read in until the call is
        put off: a rep who travels has promised the same moment.
        """
        found, changed = [], []
        with self._transaction():
            calls = self._rows()
            tried = attempts.of(self._conn, [row["contact_id"] for row in calls if row["contact_id"] is not None])
            for row in calls:
                due = f"{row['due_date']} {row['due_time'] or ''}".rstrip()
                kept = row["zone"] if row["due"] == due else None
                zone = str(next((zone for zone in (row["due_zone"], kept) if is_zone(zone)), own_zone))
                call = _call(row, zone, tried.get(row["contact_id"], NOT_TRIED))
                fingerprint = call.fingerprint(style)
                if fingerprint == row["fingerprint"]:
                    found.append(Wanted(call, fingerprint, dt.datetime.fromisoformat(row["changed_at"])))
                else:
                    found.append(Wanted(call, fingerprint, self._clock()))
                    changed.append((call.uid, due, zone, fingerprint, found[-1].changed_at.isoformat()))
        if changed:
            with self._transaction("IMMEDIATE"):
                self._conn.executemany("INSERT OR REPLACE INTO calendar_events VALUES (?, ?, ?, ?, ?)", changed)
        return found

    def _rows(self) -> list[sqlite3.Row]:
        return rows(
            self._conn,
            "SELECT calendar_uid AS uid, memo_id, sequence, state, due_date, due_time, due_zone,"
            " agreed_date, followups.contact_id, name, company, phone, next_call_heard, memos.text, spoken_at,"
            " due, zone, fingerprint, changed_at"
            " FROM followups JOIN memos ON memos.id = memo_id"
            " LEFT JOIN contacts ON contacts.id = followups.contact_id"
            " LEFT JOIN calendar_events ON calendar_events.uid = calendar_uid"
            " WHERE state = 'open' OR (calendar_events.uid IS NOT NULL AND closed_at >= :since)"
            " ORDER BY due_date, due_time IS NULL, due_time, followups.id",
            {"since": (self._clock() - KEEP_CANCELLED).date().isoformat()},
        )

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
        waiting = 0
        for one in wanted:
            copy = copies.pop(one.call.uid, None)
            if copy is None:
                waiting += not one.call.closed
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
                " AND NOT EXISTS (SELECT * FROM followups WHERE calendar_uid = :uid AND state = 'open')",
                {"uid": uid},
            )

    def move(self, call: Call, to: dt.datetime | dt.date) -> bool:
        """Take over from a calendar that the call is to be at another time: a moment, or a day without a time.

        A later day counts as put off. False, and nothing is changed, if the call has changed since it was read.
        """
        if isinstance(to, dt.datetime):
            local = to.astimezone(ZoneInfo(call.zone))
            day, time = local.date(), local.time().replace(second=0, microsecond=0)
        else:
            day, time = to, None

        def move(follow_up: FollowUp) -> None:
            moved = Promise(day, time, follow_up.due_zone if time else None, "moved in the calendar")
            followups.move(self._conn, follow_up, moved, self._clock(), agreed=False)

        return self._change(call, move)

    def cancel(self, call: Call) -> bool:
        """Take over from a calendar that the call is not to be; False as `move` does."""
        return self._change(
            call,
            lambda follow_up: followups.close(
                self._conn, follow_up, "cancelled", self._clock(), "deleted in the calendar"
            ),
        )

    def _change(self, call: Call, how: Callable[[FollowUp], None]) -> bool:
        with self._transaction("IMMEDIATE"):
            found = rows(
                self._conn,
                "SELECT id FROM followups WHERE calendar_uid = ? AND sequence = ? AND state = 'open'",
                [call.uid, call.sequence],
            )
            for follow_up in followups.load(self._conn, [row["id"] for row in found]):
                how(follow_up)
            return bool(found)

    def states(self) -> dict[str, PlaceState]:
        """How it went the last time in each place."""
        with self._transaction():
            found = rows(self._conn, "SELECT * FROM calendar_places")
        return {
            row["place"]: PlaceState(_moment(row["synced_at"]), _moment(row["failing_since"]), row["failure"])
            for row in found
        }

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
