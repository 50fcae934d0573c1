"""What is to be seen of a team's book at home, without the server: calls, what colleagues heard, figures."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ground.reader import parse_json
from memos import contacts, records
from memos.database import rows
from memos.models import Contact, Promise, State
from memos.outcomes import IS_ATTEMPT, IS_TALK, Outcome
from memos.team.entries import Body


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMemo:
    """A memo of the book; `author` is the login of the rep whose it is, `text` what it says now."""

    id: str
    author: str
    contact: Contact | None
    spoken_at: dt.datetime
    outcome: Outcome | None
    next_call: Promise | None
    text: str
    confirmed_by: str
    confirmed_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCall:
    """A promised call of the book; `author` is who promised it, `changed_by` who moved or closed it last, if any."""

    memo: TeamMemo
    due_date: dt.date
    due_time: dt.time | None
    due_zone: str | None
    agreed_for: dt.date | None
    state: State
    times_put_off: int
    changed_by: str | None

    @property
    def memo_id(self) -> str:
        """By which the call goes."""
        return self.memo.id

    @property
    def author(self) -> str:
        """Who promised it."""
        return self.memo.author


@dataclass(frozen=True, slots=True)
class RepStats:
    """The figures of one rep: calls that were made, those that reached somebody, and of the promises that the contact
    knew of how many were made, held, held by the day, and are open and overdue."""

    login: str
    calls: int
    talks: int
    promises: int
    held: int
    on_the_day: int
    overdue: int


def memos(conn: sqlite3.Connection, ids: Iterable[str]) -> list[TeamMemo]:
    """The memos of the book with these ids, in their order; one that is there no more is passed over."""
    wanted = list(ids)
    found = {
        row["id"]: row
        for row in rows(
            conn,
            "SELECT team_memos.*, body FROM team_memos JOIN team_entries ON key = 'memo/' || id"
            " WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps(wanted)],
        )
    }
    corrected: dict[str, tuple[int, Body]] = {}
    for memo_id, key, body in conn.execute(
        "SELECT subject, key, body FROM team_entries WHERE kind = 'version'"
        " AND subject IN (SELECT value FROM json_each(?))",
        [json.dumps(wanted)],
    ):
        number = int(key.rpartition("/")[2])
        corrected[memo_id] = max(corrected.get(memo_id, (0, {})), (number, parse_json(body)), key=lambda one: one[0])
    people = contacts.load(conn, {row["contact_id"] for row in found.values() if row["contact_id"] is not None})
    return [
        _memo(found[memo_id], corrected[memo_id][1] if memo_id in corrected else {}, people)
        for memo_id in wanted
        if memo_id in found
    ]


def _memo(row: sqlite3.Row, correction: Body, people: dict[int, Contact]) -> TeamMemo:
    said: dict[str, Any] = parse_json(row["body"]) | correction
    return TeamMemo(
        id=row["id"],
        author=row["author"],
        contact=people.get(row["contact_id"]),
        spoken_at=dt.datetime.fromisoformat(row["spoken_at"]),
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        next_call=records.promise(row),
        text=said["text"],
        confirmed_by=said["confirmed_by"],
        confirmed_at=dt.datetime.fromisoformat(said["confirmed_at"]),
    )


def heard(conn: sqlite3.Connection, contact_id: int, most: int) -> list[TeamMemo]:
    """The last memos about a contact that are not in this store: what colleagues heard; newest first."""
    found = conn.execute(
        "SELECT id FROM team_memos WHERE contact_id = ? AND id NOT IN (SELECT id FROM memos)"
        " ORDER BY spoken_at_utc DESC, id DESC LIMIT ?",
        [contact_id, most],
    )
    return memos(conn, [memo_id for (memo_id,) in found.fetchall()])


def brief_readings(conn: sqlite3.Connection, contact_id: int) -> dict[str, dt.datetime]:
    """When each colleague last read the brief on a contact, by login."""
    found = conn.execute(
        "SELECT author, max(json_extract(body, '$.read_at')) FROM team_entries JOIN contacts ON uid = subject"
        " WHERE kind = 'reading' AND coalesce(merged_into, id) = ? AND author NOT IN (SELECT login FROM team)"
        " GROUP BY author ORDER BY max(stamp) DESC",
        [contact_id],
    )
    return {author: dt.datetime.fromisoformat(read_at) for author, read_at in found.fetchall()}


def open_calls(conn: sqlite3.Connection, until: dt.date | None) -> list[TeamCall]:
    """The open calls of all reps due on or before `until`, or all; by date, and in a day those with a time first."""
    return _calls(
        conn,
        "state = 'open' AND (:until IS NULL OR due_date <= :until)",
        {"until": until.isoformat() if until else None},
    )


def calls_like(conn: sqlite3.Connection, piece: str) -> list[TeamCall]:
    """The calls whose memo has this id, or one that begins or ends with it: open ones, or else closed ones."""
    found = _calls(conn, records.fits("memo_id"), {"piece": piece})
    return [call for call in found if call.state == "open"] or found


def _calls(conn: sqlite3.Connection, where: str, given: dict[str, object]) -> list[TeamCall]:
    found = rows(
        conn,
        f"SELECT * FROM team_calls WHERE {where} ORDER BY due_date, due_time IS NULL, due_time, memo_id",  # noqa: S608 - our own words
        given,
    )
    return [
        TeamCall(
            memo=memo,
            due_date=dt.date.fromisoformat(row["due_date"]),
            due_time=dt.time.fromisoformat(row["due_time"]) if row["due_time"] else None,
            due_zone=row["due_zone"],
            agreed_for=dt.date.fromisoformat(row["agreed_date"]) if row["agreed_date"] else None,
            state=row["state"],
            times_put_off=row["times_put_off"],
            changed_by=row["changed_by"],
        )
        for row, memo in zip(found, memos(conn, [row["memo_id"] for row in found]), strict=True)
    ]


def stats(conn: sqlite3.Connection, since: dt.date | None, today: dt.date) -> list[RepStats]:
    """The figures of each rep since a day, or of all there is, as far as it is shared. By login."""
    given = {"since": since.isoformat() if since else "", "today": today.isoformat()}
    made = {
        row["author"]: row
        for row in rows(
            conn,
            f"SELECT author, sum({IS_TALK}) AS talks, sum({IS_TALK}) + sum(coalesce({IS_ATTEMPT}, FALSE)) AS calls"  # noqa: S608 - our own words
            " FROM team_memos WHERE substr(spoken_at, 1, 10) >= :since GROUP BY author",
            given,
        )
    }
    kept = {
        row["author"]: row
        for row in rows(
            conn,
            "SELECT author, count(*) AS promises, sum(state = 'done') AS held,"
            " coalesce(sum(state = 'done' AND held_on <= agreed_date), 0) AS on_the_day,"
            " sum(state = 'open' AND agreed_date < :today) AS overdue"
            " FROM team_calls JOIN team_memos ON id = memo_id WHERE agreed_date >= :since GROUP BY author",
            given,
        )
    }
    return [
        RepStats(
            login,
            *((made[login]["calls"], made[login]["talks"]) if login in made else (0, 0)),
            *(
                [kept[login][name] for name in ("promises", "held", "on_the_day", "overdue")]
                if login in kept
                else [0] * 4
            ),
        )
        for login in sorted(made.keys() | kept.keys())
    ]
