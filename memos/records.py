"""Memos as rows, and rows as memos."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from memos import contacts
from memos.database import rows
from memos.models import ConfirmedMemo, Contact, Memo, Promise, Sentence
from memos.outcomes import Outcome
from memos.search_marks import marks_of

if TYPE_CHECKING:
    from sqlite_utils import Database

# The columns that hold a field of the memo under the field's own name, unchanged.
_PLAIN = (
    *("id", "duration", "source", "heard", "text", "language", "engine", "model", "weights_sha256"),
    *("confirmed_by", "reading_seconds", "no_next_call_reason"),
)


def utc(moment: dt.datetime) -> str:
    """`moment` in UTC, so that the order of the texts is the order of the moments."""
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


def clock_time(time: dt.time | None) -> str | None:
    """HH:MM, or None."""
    return time.isoformat(timespec="minutes") if time else None


def fits(column: str) -> str:
    """SQL that is true where the id in `column` begins or ends with :piece; what `ground.ids.fitting` is for lists."""
    starts, ends = f"substr({column}, 1, length(:piece)) = :piece", f"substr({column}, -length(:piece)) = :piece"
    return f":piece <> '' AND ({starts} OR {ends})"


def insert(db: Database, memo: ConfirmedMemo, contact_id: int | None) -> None:
    """Add the memo and its sentences; the search index follows by its triggers."""
    call = memo.next_call
    row = {column: getattr(memo, column) for column in _PLAIN} | {
        "contact_id": contact_id,
        "spoken_at": memo.spoken_at.isoformat(),
        "spoken_at_utc": utc(memo.spoken_at),
        "confirmed_at": memo.confirmed_at.isoformat(),
        "transcript_json": memo.transcript_json,
        "outcome": memo.outcome,
        "marks": marks_of(memo.text),
        "heard_marks": marks_of(memo.heard),
    }
    if call:
        row |= {
            "next_call_date": call.date.isoformat(),
            "next_call_time": clock_time(call.time),
            "next_call_zone": call.zone,
            "next_call_heard": call.heard,
        }
    db.table("memos").insert(row)
    db.table("memo_sentences").insert_all({"memo_id": memo.id, **sentence_row(each)} for each in memo.sentences)


def sentence_row(sentence: Sentence) -> dict[str, object]:
    """The columns of a sentence, without those that say whose it is."""
    return {
        "position": sentence.position,
        "heard": sentence.heard,
        "text": sentence.text,
        "action": sentence.action,
        "seconds": sentence.seconds,
    }


def confirmed_at(conn: sqlite3.Connection, ids: Collection[str]) -> dict[str, dt.datetime]:
    """When those of the memos that are stored were confirmed, by id."""
    found = conn.execute(
        "SELECT id, confirmed_at FROM memos WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(list(ids))]
    )
    return {memo_id: dt.datetime.fromisoformat(moment) for memo_id, moment in found}


def numbers_of(conn: sqlite3.Connection, ids: Collection[str]) -> list[int]:
    """The numbers of those of the memos that are stored."""
    found = conn.execute(
        "SELECT number FROM memos WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(list(ids))]
    )
    return [number for (number,) in found]


def ids_about(conn: sqlite3.Connection, contact_id: int) -> list[str]:
    """The ids of the memos about a contact, oldest first."""
    found = conn.execute("SELECT id FROM memos WHERE contact_id = ? ORDER BY spoken_at_utc, number", [contact_id])
    return [memo_id for (memo_id,) in found]


def load(conn: sqlite3.Connection, numbers: Sequence[int]) -> list[Memo]:
    """The memos with these numbers, in the order of `numbers`; one that is there no more is passed over."""
    wanted = json.dumps(list(numbers))
    sentences = defaultdict(list)
    for row in rows(
        conn,
        "SELECT memo_id, position, heard, text, action, seconds FROM memo_sentences WHERE memo_id IN"
        " (SELECT id FROM memos WHERE number IN (SELECT value FROM json_each(?))) ORDER BY memo_id, position",
        [wanted],
    ):
        memo_id, *fields = row
        sentences[memo_id].append(Sentence(*fields))
    found = rows(
        conn,
        f"SELECT number, contact_id, spoken_at, confirmed_at, {', '.join(_PLAIN)},"  # noqa: S608 - our own names
        " next_call_date, next_call_time, next_call_zone, next_call_heard, outcome"
        " FROM memos WHERE number IN (SELECT value FROM json_each(?))",
        [wanted],
    )
    people = contacts.load(conn, {row["contact_id"] for row in found if row["contact_id"] is not None})
    memos = {row["number"]: _memo(row, sentences[row["id"]], people.get(row["contact_id"])) for row in found}
    return [memos[number] for number in numbers if number in memos]


def _memo(row: sqlite3.Row, sentences: Sequence[Sentence], contact: Contact | None) -> Memo:
    """Raises ValueError, naming the memo, where a value of it makes no sense."""
    try:
        return Memo(
            **{column: row[column] for column in _PLAIN},
            spoken_at=dt.datetime.fromisoformat(row["spoken_at"]),
            confirmed_at=dt.datetime.fromisoformat(row["confirmed_at"]),
            sentences=tuple(sentences),
            next_call=promise(row),
            outcome=Outcome(row["outcome"]) if row["outcome"] else None,
            contact=contact,
        )
    except ValueError as error:
        raise ValueError(f"memo {row['id']}: {error}") from error


def promise(row: sqlite3.Row) -> Promise | None:
    """The next call that the row of a memo holds, if it holds one."""
    if row["next_call_date"] is None:
        return None
    return Promise(
        date=dt.date.fromisoformat(row["next_call_date"]),
        time=dt.time.fromisoformat(row["next_call_time"]) if row["next_call_time"] else None,
        zone=row["next_call_zone"],
        heard=row["next_call_heard"],
    )
