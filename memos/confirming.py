"""A confirmed memo as it is stored: itself, its sentences, whom it was with, and what follows from it."""

from __future__ import annotations

import datetime as dt
import sqlite3

from memos import attempts, call_readings, contacts, lessons, privacy, records, tasks
from memos.database import rows
from memos.errors import AlreadyConfirmed
from memos.lessons import Difference
from memos.models import ConfirmedMemo, MemoContent, Promise
from memos.outcomes import Outcome
from memos.settle import settle, settle_memo


def confirm(conn: sqlite3.Connection, memo: ConfirmedMemo, now: dt.datetime) -> bool:
    """Store `memo`; False, and nothing is changed, where it was stored before. Raises AlreadyConfirmed when what is
    stored under its id has another text, outcome or next call."""
    if stored := rows(conn, "SELECT number FROM memos WHERE id = ?", [memo.id]):
        [known] = records.load(conn, [stored[0]["number"]])
        if _answers(known) != _answers(memo):
            raise AlreadyConfirmed(memo.id)
        return False
    if memo.contact is None:
        _insert(conn, memo, None)
        privacy.confirmed(conn, memo.id, None, private=memo.private, new=False)
        settle_memo(conn, memo.id, now)
        return True
    before, contact = contacts.find_or_create(conn, memo.contact)
    _insert(conn, memo, contact.id)
    privacy.confirmed(conn, memo.id, contact.id, private=memo.private, new=before is None)
    if taught := Difference.between(before, contact):
        lessons.keep(conn, memo.id, contact.id, taught)
    attempts.mark_wrong(conn, memo, contact.id, before)
    settle(conn, contact.id, now)
    return True


def _insert(conn: sqlite3.Connection, memo: ConfirmedMemo, contact_id: int | None) -> None:
    from sqlite_utils import Database  # 0.15 s to import: what only reads goes without

    records.insert(Database(conn, execute_plugins=False), memo, contact_id)
    tasks.insert(conn, memo)
    if memo.call_reading:
        call_readings.keep(conn, memo.id, memo.call_reading)


def _answers(memo: MemoContent) -> tuple[str, Outcome | None, Promise | None, str | None]:
    return memo.text, memo.outcome, memo.next_call, memo.no_next_call_reason
