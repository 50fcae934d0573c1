"""Corrections of confirmed memos: the version in force, and those before it."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import defaultdict
from typing import TYPE_CHECKING

from memos.database import rows
from memos.errors import CorrectedMeanwhile
from memos.models import Correction, Memo, Sentence, Version
from memos.records import sentence_row
from memos.search_marks import marks_of

if TYPE_CHECKING:
    from sqlite_utils import Database


def of(conn: sqlite3.Connection, memo: Memo) -> list[Version]:
    """All versions of a memo, the first first; the last is the one in force."""
    sentences = defaultdict(list)
    for row in rows(
        conn,
        "SELECT version, position, heard, text, action, seconds FROM memo_version_sentences"
        " WHERE memo_id = ? ORDER BY version, position",
        [memo.id],
    ):
        version, *fields = row
        sentences[version].append(Sentence(*fields))
    earlier = [
        Version(
            row["version"],
            row["text"],
            tuple(sentences[row["version"]]),
            row["confirmed_by"],
            dt.datetime.fromisoformat(row["confirmed_at"]),
            row["reading_seconds"],
        )
        for row in rows(
            conn,
            "SELECT version, text, confirmed_by, confirmed_at, reading_seconds FROM memo_versions"
            " WHERE memo_id = ? ORDER BY version",
            [memo.id],
        )
    ]
    return [*earlier, _in_force(memo, len(earlier) + 1)]


def correct(db: Database, memo: Memo, correction: Correction) -> bool:
    """Put `correction` in the place of the version in force, which is kept. False: it says the same already.

    Raises CorrectedMeanwhile unless that is the version which was corrected.
    """
    present = of(db.conn, memo)[-1]
    if correction.text == present.text:
        return False
    if correction.corrects != present.number:
        raise CorrectedMeanwhile(memo.id)
    db.table("memo_versions").insert(
        {
            "memo_id": memo.id,
            "version": present.number,
            "text": present.text,
            "confirmed_by": present.confirmed_by,
            "confirmed_at": present.confirmed_at.isoformat(),
            "reading_seconds": present.reading_seconds,
        }
    )
    db.table("memo_version_sentences").insert_all(
        {"memo_id": memo.id, "version": present.number, **sentence_row(sentence)} for sentence in present.sentences
    )
    db.execute("DELETE FROM memo_sentences WHERE memo_id = ?", [memo.id])
    db.table("memo_sentences").insert_all({"memo_id": memo.id, **sentence_row(each)} for each in correction.sentences)
    db.execute(
        "UPDATE memos SET text = ?, marks = ?, confirmed_by = ?, confirmed_at = ?, reading_seconds = ? WHERE id = ?",
        [
            correction.text,
            marks_of(correction.text),
            correction.confirmed_by,
            correction.confirmed_at.isoformat(),
            correction.reading_seconds,
            memo.id,
        ],
    )
    return True


def _in_force(memo: Memo, number: int) -> Version:
    return Version(number, memo.text, memo.sentences, memo.confirmed_by, memo.confirmed_at, memo.reading_seconds)
