"""Deleting a memo, or a person, so that no word of it stays in the file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence

from memos import lessons, privacy, records
from memos.check import INDEXES
from memos.database import rows
from memos.models import PointKind
from memos.team import withheld

_LEFT_TO_SQLITE = frozenset({"SET NULL", "SET DEFAULT"})
"""What SQLite does by itself with a reference to a row that goes, and which leaves nothing of that row behind."""


_IN_THE_WAY = frozenset(
    {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
)
"""Another program, or no room for the new file or for SQLite's temporary one."""


def memos(conn: sqlite3.Connection, ids: Collection[str]) -> None:
    """Delete these memos and whatever is stored about them; what only a private one has taught as well, or it would be
    shared as what nobody has to keep to themselves. To be followed by `scrub`."""
    _outlived(conn, ids)
    untold = _untold(conn, ids)
    for memo_id in ids:
        if privacy.is_memo(conn, memo_id):
            lessons.take_back(conn, memo_id)
    _rows(conn, "memos", "id", list(ids))
    withheld.forget(conn, untold)
    _lost(conn, ids)


def contact(conn: sqlite3.Connection, contact_id: int) -> None:
    """Delete a contact, the memos about them and whatever else refers to them. To be followed by `scrub`."""
    ids = records.ids_about(conn, contact_id)
    _outlived(conn, ids)
    untold = _untold(conn, ids)
    _rows(conn, "contacts", "id", [contact_id])
    withheld.forget(conn, untold)
    _lost(conn, ids)


def _untold(conn: sqlite3.Connection, ids: Collection[str]) -> set[tuple[PointKind, str]]:
    """The numbers and addresses that the private ones of these memos taught."""
    taught = [lessons.of(conn, memo_id) for memo_id in ids if privacy.is_memo(conn, memo_id)]
    return {point for each in taught if each for point in withheld.points(each)}


def scrub(conn: sqlite3.Connection) -> bool:
    """Remove deleted words from the indexes, the unused parts of pages and the write-ahead log. Outside a transaction.

    The rows themselves were overwritten as they were deleted (secure_delete). That does not reach copies that SQLite
    left behind in a page when it moved rows to another one to make room; VACUUM writes every page anew. It keeps
    the numbers of rows only where a table has a key, as all of ours do.

    False: another program reads or writes, or there is no room to write the file anew. What is in the log goes when the
    last program closes the store, the rest with the next call of this.
    """
    try:
        for index in INDEXES:
            conn.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608 - our own names
        # The log first: on a disk that is nearly full, what it takes is what there is for the new file.
        _emptied(conn)
        conn.execute("VACUUM")
        return _emptied(conn)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _IN_THE_WAY:  # the lower byte of an extended code is the kind
            raise
        return False


def _emptied(conn: sqlite3.Connection) -> bool:
    """Write what is in the log to the file; whether the log is empty now."""
    [(busy, _, _)] = conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return not busy


def _rows(conn: sqlite3.Connection, table: str, column: str, values: Sequence[object]) -> None:
    """Delete the rows with these values, and before them all that refer to them, in whatever table.

    The references are those of the database itself, so that a table that is added later is not forgotten.
    """
    if not values:
        return
    wanted = json.dumps(list(values))
    where = f'WHERE "{column}" IN (SELECT value FROM json_each(?))'  # noqa: S608 - names out of the schema
    for child, its_column, our_column in references_to(conn, table):
        held = conn.execute(f'SELECT DISTINCT "{our_column}" FROM "{table}" {where}', [wanted])  # noqa: S608 - as above
        inner = [value for (value,) in held]
        if (child, its_column, inner) != (table, column, list(values)):  # a row may refer to itself
            _rows(conn, child, its_column, inner)
    conn.execute(f'DELETE FROM "{table}" {where}', [wanted])  # noqa: S608 - as above


def references_to(conn: sqlite3.Connection, table: str) -> Iterator[tuple[str, str, str]]:
    """The columns that refer to rows of `table` and go with them: (table, column, the column referred to)."""
    tables = [name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    for child in tables:
        for key in rows(conn, "SELECT * FROM pragma_foreign_key_list(?)", [child]):
            if key["table"] == table and key["on_delete"] not in _LEFT_TO_SQLITE:
                yield child, key["from"], key["to"] or "id"


def _outlived(conn: sqlite3.Connection, ids: Collection[str]) -> None:
    """What these memos did to calls, and what holds no more, is from now on of the memo that opened the call.

    What is of no memo is told as done by hand. That is right for what still holds when its memo is deleted: the call
    stays as it is. It would be wrong for what was undone before, as by giving the memo to somebody else.
    """
    conn.execute(
        "UPDATE followup_events SET memo_id ="
        " (SELECT followups.memo_id FROM followups WHERE followups.id = followup_id)"
        " WHERE memo_id IN (SELECT value FROM json_each(?)) AND EXISTS (SELECT 1 FROM followup_events AS later"
        " WHERE later.followup_id = followup_events.followup_id AND later.id > followup_events.id"
        " AND (later.what IN ('done', 'cancelled', 'reopened')) = (followup_events.what IN ('done', 'cancelled')))",
        [json.dumps(list(ids))],
    )


def _lost(conn: sqlite3.Connection, ids: Collection[str]) -> None:
    """Delete what `doctor --repair` found of these memos and could not put back."""
    conn.execute(
        "DELETE FROM lost_and_found WHERE EXISTS (SELECT 1 FROM json_each(?) WHERE instr(content, value))",
        [json.dumps(list(ids))],
    )
