"""Which calls are due, and which contacts have been left without a next step for too long."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from memos import attempts, followups, records
from memos.database import rows
from memos.models import DueCall, FollowUp, Memo
from memos.outcomes import IS_TALK, NOT_TRIED, Attempts
from memos.slots import slots


@dataclass(frozen=True, slots=True)
class Buried:
    """A contact without a next step, and the memo of the last talk with them, which is longer ago than it should be.

    Where they were never reached it is the first memo about them. `brief_read`: since the newest was confirmed.
    """

    memo: Memo
    brief_read: bool
    attempts: Attempts


def due(conn: sqlite3.Connection, until: dt.date | None) -> list[DueCall]:
    """The same follow-ups as `slots`, with all that is to be known of them."""
    return calls(conn, followups.load(conn, [slot.id for slot in slots(conn, until)]))


def calls(conn: sqlite3.Connection, found: Sequence[FollowUp]) -> list[DueCall]:
    """These follow-ups with all that is to be known of them before the call, in their order."""
    wanted = json.dumps([follow_up.id for follow_up in found])
    numbers = {
        row["id"]: row["number"]
        for row in rows(
            conn,
            "SELECT followups.id, number FROM followups JOIN memos ON memos.id = memo_id"
            " WHERE followups.id IN (SELECT value FROM json_each(?))",
            [wanted],
        )
    }
    agreed = {
        row["id"]: dt.date.fromisoformat(row["agreed_date"])
        for row in rows(
            conn,
            "SELECT id, agreed_date FROM followups"
            " WHERE id IN (SELECT value FROM json_each(?)) AND agreed_date IS NOT NULL",
            [wanted],
        )
    }
    put_off: dict[int, dt.datetime] = {}
    for row in rows(
        conn,
        "SELECT followup_id, at FROM followup_events"
        " WHERE followup_id IN (SELECT value FROM json_each(?)) AND what = 'put_off' ORDER BY id",
        [wanted],
    ):
        put_off.setdefault(row["followup_id"], dt.datetime.fromisoformat(row["at"]))
    people = {follow_up.contact.id for follow_up in found if follow_up.contact}
    read, tried = briefs_read(conn, people), attempts.of(conn, people)
    memos = records.load(conn, [numbers[follow_up.id] for follow_up in found])
    return [
        DueCall(
            follow_up,
            memo,
            agreed.get(follow_up.id),
            put_off.get(follow_up.id),
            follow_up.contact is not None and follow_up.contact.id in read,
            tried[follow_up.contact.id] if follow_up.contact else NOT_TRIED,
        )
        for follow_up, memo in zip(found, memos, strict=True)
    ]


def buried(conn: sqlite3.Connection, before: dt.datetime, limit: int | None) -> tuple[list[Buried], int]:
    """Contacts who have no open follow-up and were last spoken with before then: the first `limit`, and how many.

    Those who fell silent last come first; one who was never reached did so when they were first written of. A call that
    the rep closed by hand counts as a talk: with no memo of it, it is the last that is known. Left out are those whom
    the rep let rest and has not spoken with since.
    """
    found = rows(
        conn,
        "WITH silent AS (SELECT contact_id,"  # noqa: S608 - our own words
        f"     coalesce(max(iif({IS_TALK}, spoken_at_utc, NULL)), min(spoken_at_utc)) AS last"
        "     FROM memos WHERE contact_id IS NOT NULL GROUP BY contact_id HAVING last < :before_utc)"
        " SELECT contact_id, last FROM silent"
        " WHERE contact_id NOT IN (SELECT contact_id FROM followups WHERE state = 'open' AND contact_id IS NOT NULL)"
        " AND NOT EXISTS (SELECT 1 FROM followups WHERE followups.contact_id = silent.contact_id"
        "     AND closed_by_memo_id IS NULL AND julianday(closed_at) >= julianday(:before_utc))"
        " AND NOT EXISTS (SELECT 1 FROM contacts_at_rest AS rest WHERE rest.contact_id = silent.contact_id"
        "     AND julianday(since) >= julianday(last))"
        " ORDER BY last DESC, contact_id",
        {"before_utc": records.utc(before)},
    )
    shown = found if limit is None else found[:limit]
    numbers = [
        row["number"]
        for row in rows(
            conn,
            "SELECT max(number) AS number FROM json_each(?) AS wanted JOIN memos"
            " ON contact_id = json_extract(wanted.value, '$[0]') AND spoken_at_utc = json_extract(wanted.value, '$[1]')"
            " GROUP BY wanted.key ORDER BY wanted.key",
            [json.dumps([list(row) for row in shown])],
        )
    ]
    people = [row["contact_id"] for row in shown]
    read, tried = briefs_read(conn, people), attempts.of(conn, people)
    memos = records.load(conn, numbers)
    return [
        Buried(memo, memo.contact.id in read, tried[memo.contact.id]) for memo in memos if memo.contact is not None
    ], len(found)


def briefs_read(conn: sqlite3.Connection, contact_ids: Iterable[int]) -> set[int]:
    """Those of these contacts whose brief was read since the newest memo about them was stored."""
    found = rows(
        conn,
        "SELECT value AS contact_id FROM json_each(:ids) WHERE EXISTS"
        " (SELECT 1 FROM brief_readings WHERE contact_id = value AND memo_id ="
        " (SELECT id FROM memos WHERE number = (SELECT max(number) FROM memos WHERE contact_id = value)))",
        {"ids": json.dumps(list(contact_ids))},
    )
    return {row["contact_id"] for row in found}
