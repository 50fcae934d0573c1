"""Calls that did not reach the contact: how many since the last talk, and which of their numbers was wrong."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable

from ground.reader import parse_json
from memos.database import rows
from memos.models import ConfirmedMemo, Contact
from memos.outcomes import IS_ATTEMPT, IS_TALK, Attempts, Outcome


def of(conn: sqlite3.Connection, contact_ids: Iterable[int]) -> dict[int, Attempts]:
    """How it stands with reaching each of these contacts."""
    wanted = json.dumps(sorted(set(contact_ids)))
    among = "contact_id IN (SELECT value FROM json_each(:ids))"
    talks = {
        row["contact_id"]: row
        for row in rows(
            conn,
            # SQLite takes the other columns from the row that has the maximum.
            "SELECT contact_id, max(spoken_at_utc) AS last, spoken_at FROM memos"  # noqa: S608 - our own words
            f" WHERE {among} AND {IS_TALK} GROUP BY contact_id",
            {"ids": wanted},
        )
    }
    counts = dict.fromkeys(parse_json(wanted), 0)
    for row in rows(
        conn,
        f"SELECT contact_id, spoken_at_utc FROM memos WHERE {among} AND {IS_ATTEMPT}",  # noqa: S608 - as above
        {"ids": wanted},
    ):
        last = talks.get(row["contact_id"])
        counts[row["contact_id"]] += last is None or row["spoken_at_utc"] > last["last"]
    wrong: dict[int, list[tuple[str, dt.datetime]]] = {}
    for row in rows(
        conn,
        "SELECT marks.contact_id, value, spoken_at FROM wrong_numbers AS marks JOIN memos ON memos.id = memo_id"  # noqa: S608 - our own words
        f" WHERE marks.{among} AND NOT EXISTS (SELECT 1 FROM memos AS later"
        "   WHERE later.contact_id = marks.contact_id AND later.outcome = 'reached'"
        "   AND later.spoken_at_utc > memos.spoken_at_utc)"
        " ORDER BY memos.spoken_at_utc",
        {"ids": wanted},
    ):
        wrong.setdefault(row["contact_id"], []).append((row["value"], dt.datetime.fromisoformat(row["spoken_at"])))
    return {
        contact_id: Attempts(
            count,
            dt.datetime.fromisoformat(talks[contact_id]["spoken_at"]) if contact_id in talks else None,
            tuple(wrong.get(contact_id, ())),
        )
        for contact_id, count in counts.items()
    }


def mark_wrong(conn: sqlite3.Connection, memo: ConfirmedMemo, contact_id: int, before: Contact | None) -> None:
    """Where `memo` tells of a wrong number, mark the one that was dialled: what was stored of the contact `before`.

    Where none was, it is the one that the rep gave; with one stored, another is the right one to dial next.
    """
    number = (before and before.phone) or (memo.contact and memo.contact.phone)
    if memo.outcome is Outcome.WRONG_NUMBER and number:
        conn.execute(
            "INSERT OR IGNORE INTO wrong_numbers (contact_id, value, memo_id) VALUES (?, ?, ?)",
            [contact_id, number, memo.id],
        )
