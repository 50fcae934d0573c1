"""What is to be read before a contact is dialled, and whether it was."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import dataclass

from memos import attempts, contacts, due, facts, followups, records, tasks
from memos.database import rows
from memos.facts import Fact
from memos.models import Contact, DueCall, Memo
from memos.outcomes import Attempts
from memos.tasks import Task

MEMOS_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """One contact, as of now.

    `memos` are the last ones, newest first, of `memo_count`. `call` is the open follow-up that is due first;
    `closed` says in what state the last one is, since when and why, where none is open and the rep closed it by hand.
    `read_at` is when the brief was last read, whatever has come since; `rests_since` when the rep let them rest.
    `attempts` says when they were last spoken with, and how often they were called in vain since. `tasks` are what the
    rep undertook: all that is open, and of the memos shown what is closed.
    """

    contact: Contact
    memos: tuple[Memo, ...]
    memo_count: int
    call: DueCall | None
    closed: tuple[str, dt.datetime, str | None] | None
    facts: dict[str, Fact]
    read_at: dt.datetime | None
    rests_since: dt.datetime | None
    attempts: Attempts
    tasks: tuple[Task, ...] = ()


def gather(conn: sqlite3.Connection, contact_id: int) -> Brief:
    """The brief on this contact."""
    numbers = [
        row["number"]
        for row in rows(
            conn,
            "SELECT number FROM memos WHERE contact_id = ? ORDER BY spoken_at_utc DESC, number DESC LIMIT ?",
            [contact_id, MEMOS_SHOWN],
        )
    ]
    [counted] = rows(conn, "SELECT count(*) AS memos FROM memos WHERE contact_id = ?", [contact_id])
    read = rows(conn, "SELECT read_at FROM brief_readings WHERE contact_id = ? ORDER BY id DESC LIMIT 1", [contact_id])
    memos = tuple(records.load(conn, numbers))
    open_calls = due.calls(conn, followups.of_contact(conn, contact_id)[:1])
    tried = attempts.of(conn, [contact_id])[contact_id]
    return Brief(
        contact=contacts.load(conn, [contact_id])[contact_id],
        memos=memos,
        memo_count=counted["memos"],
        call=open_calls[0] if open_calls else None,
        closed=None if open_calls else _closed(conn, contact_id),
        facts=facts.known(conn, contact_id),
        read_at=dt.datetime.fromisoformat(read[0]["read_at"]) if read else None,
        rests_since=_rests_since(conn, contact_id, tried.last_talk),
        attempts=tried,
        tasks=tuple(tasks.of_contact(conn, contact_id, [memo.id for memo in memos])),
    )


def mark_read(conn: sqlite3.Connection, contact_id: int, now: dt.datetime) -> None:
    """Note that the brief, with the newest memo in it, was read."""
    conn.execute(
        "INSERT INTO brief_readings (contact_id, memo_id, read_at) VALUES (:contact,"
        " (SELECT id FROM memos WHERE number = (SELECT max(number) FROM memos WHERE contact_id = :contact)), :now)",
        {"contact": contact_id, "now": now.isoformat()},
    )


def let_rest(conn: sqlite3.Connection, contact_id: int, reason: str | None, now: dt.datetime) -> None:
    """Bring the contact up no more, until there is another talk."""
    conn.execute(
        "INSERT OR REPLACE INTO contacts_at_rest (contact_id, since, reason) VALUES (?, ?, ?)",
        [contact_id, now.isoformat(), reason],
    )


def _closed(conn: sqlite3.Connection, contact_id: int) -> tuple[str, dt.datetime, str | None] | None:
    """What the rep did last to the follow-up of the newest memo, if they closed it by hand."""
    found = rows(
        conn,
        "SELECT what, at, reason FROM followup_events JOIN followups ON followups.id = followup_id"
        " WHERE contact_id = ? AND closed_at IS NOT NULL AND closed_by_memo_id IS NULL"
        " AND followups.memo_id = (SELECT id FROM memos WHERE contact_id = followups.contact_id"
        "     ORDER BY spoken_at_utc DESC, number DESC LIMIT 1)"
        " ORDER BY followup_events.id DESC LIMIT 1",
        [contact_id],
    )
    if not found:
        return None
    [row] = found
    return row["what"], dt.datetime.fromisoformat(row["at"]), row["reason"]


def _rests_since(conn: sqlite3.Connection, contact_id: int, last_talk: dt.datetime | None) -> dt.datetime | None:
    found = rows(conn, "SELECT since FROM contacts_at_rest WHERE contact_id = ?", [contact_id])
    if not found:
        return None
    since = dt.datetime.fromisoformat(found[0]["since"])
    return None if last_talk and last_talk > since else since
