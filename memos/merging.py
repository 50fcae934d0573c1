"""Two contacts made into one, and that undone: whatever referred to the one refers to the other, and back again."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ground.reader import parse_json
from memos import contacts, moving, privacy
from memos.database import rows
from memos.errors import BuiltUpon, CannotMerge, CannotUndo, NoSuchMerge, NotFound
from memos.known import fold
from memos.models import Contact, ContactPoint, Merge
from memos.settle import settle

_STAY = frozenset({"contact_merges", "private_contacts"})
"""What says what was merged with what stays as it is when one of them is merged again; and who is private stays so, and
makes whom they are part of private."""

_DETAILS = frozenset({"contact_points", "contact_spellings"})

Key = dict[str, Any]


def merge(conn: sqlite3.Connection, kept_id: int, merged_id: int, now: dt.datetime) -> Merge:
    """Make the contact `merged_id` part of `kept_id`.

    Every row of every table that refers to it by a foreign key refers to the kept one afterwards, except where that
    would give the kept one something twice that it can have once: then both have theirs, and the kept one's holds.
    What the kept one does not know it learns; another name becomes a spelling of it, another number or address one
    of its further ones. Raises CannotMerge when the two are one contact.
    """
    if kept_id == merged_id:
        raise CannotMerge(f"both names mean contact {kept_id}; nothing was changed; name two contacts to make one")
    settled = moving.watch_calls(conn, kept_id, merged_id, now=now)
    moved = [
        [table, column, keys]
        for table, column in references(conn)
        if (keys := list(_move(conn, table, column, merged_id, kept_id)))
    ]
    merged, before = (contacts.load(conn, [one])[one] for one in (merged_id, kept_id))
    after = _joined(before, merged)
    contacts.save(conn, before, after)
    conn.execute("UPDATE contacts SET merged_into = ? WHERE id = ?", [kept_id, merged_id])
    changes = {
        "moved": moved,
        "columns": {
            column: [getattr(before, column), getattr(after, column)]
            for column in contacts.COLUMNS
            if getattr(before, column) != getattr(after, column)
        },
        "spellings": [spelling for spelling in after.spellings if spelling not in before.spellings],
        "points": [[point.kind, point.value] for point in after.points if point not in before.points],
        **settled(),
    }
    merge_id = conn.execute(
        "INSERT INTO contact_merges (kept_id, merged_id, merged_at, changes_json, private) VALUES (?, ?, ?, ?, ?)",
        [
            *(kept_id, merged_id, now.isoformat(), json.dumps(changes, ensure_ascii=False)),
            privacy.is_contact(conn, kept_id),
        ],
    ).lastrowid
    [made] = _load(conn, "WHERE id = ?", [merge_id])
    return made


def undo(conn: sqlite3.Connection, merge_id: int | None, now: dt.datetime) -> Merge:
    """Undo the merge with this id, or the last one that was made here: both contacts are as they were before it.

    What came to the kept contact since then stays with it, and what was changed since then keeps its change. Raises
    NotFound when there is no such merge, CannotUndo when it was undone before, or when a later merge that still
    holds has to be undone first.
    """
    if merge_id is None:
        held = "SELECT * FROM contact_merges WHERE undone_at IS NULL"
        found = rows(conn, f"{held} AND author IS NULL ORDER BY id DESC LIMIT 1")
        if not found and rows(conn, held):
            raise NoSuchMerge("nothing that was made here is left to undo; a colleague's merge is undone by its number")
        if not found:
            raise NotFound("nothing was merged, moved or split, or all of it was undone")
    else:
        found = rows(conn, "SELECT * FROM contact_merges WHERE id = ?", [merge_id])
        if not found:
            raise NoSuchMerge(
                f"there is no merge {merge_id}, and no move or split; one whose contact was deleted is gone with it"
            )
    [row] = found
    _refuse(conn, row)
    if row["kind"] == "merge":
        part(conn, row)
    else:
        moving.undo(conn, row)
    if row["kind"] == "split" and contacts.holder(conn, row["merged_id"]) != row["kept_id"]:
        # What came to them since goes back, too. Hidden with what was known of them, as a contact that was merged, they
        # are found as part of the other, and the id comes to mean nobody else. All that is so already where a colleague
        # has made the other part of them.
        give_all(conn, row["kept_id"], row["merged_id"])
        conn.execute("UPDATE contacts SET merged_into = ? WHERE id = ?", [row["merged_id"], row["kept_id"]])
        private = privacy.is_contact(conn, row["merged_id"])
        if privacy.is_contact(conn, row["kept_id"]):  # what the other is known by again is shared, or not, as theirs
            private = True
            [husk] = contacts.load(conn, [row["kept_id"]]).values()
            contacts.save(conn, husk, replace(husk, phone=None, email=None, points=(), spellings=()))
        conn.execute("UPDATE contact_merges SET private = ? WHERE id = ?", [private, row["id"]])
    for contact_id in {contacts.holder(conn, row[column]) for column in ("kept_id", "merged_id")}:
        settle(conn, contact_id, now)
    conn.execute("UPDATE contact_merges SET undone_at = ? WHERE id = ?", [now.isoformat(), row["id"]])
    [made] = _load(conn, "WHERE id = ?", [row["id"]])
    return made


def part(conn: sqlite3.Connection, row: sqlite3.Row) -> None:
    """Take two contacts apart, without looking whether something builds upon it. The calls are to be settled then."""
    kept_id, merged_id = row["kept_id"], row["merged_id"]
    changes = parse_json(row["changes_json"])
    before = contacts.load(conn, [kept_id])[kept_id]
    contacts.save(conn, before, _parted(before, changes))
    conn.execute("UPDATE contacts SET merged_into = NULL WHERE id = ?", [merged_id])
    # Where a colleague has made the one that was kept part of somebody else, all is there.
    holder = contacts.holder(conn, kept_id)
    for table, column, keys in changes["moved"]:
        for key in keys:
            _give_back(conn, table, column, key, holder, merged_id)
    if "calls" in changes:  # merges of before calls were settled with them have none
        moving.calls_back(conn, changes)


def follow(conn: sqlite3.Connection, contact_id: int, now: dt.datetime) -> None:
    """Let whatever came to a contact that is part of another one be that one's."""
    holder = contacts.holder(conn, contact_id)
    if holder != contact_id:
        conn.execute("UPDATE contacts SET merged_into = ? WHERE merged_into = ?", [holder, contact_id])
        give_all(conn, contact_id, holder)
        settle(conn, holder, now)


def find(conn: sqlite3.Connection, merge_id: int) -> Merge:
    """The merge, move or split with this number, which there is."""
    [made] = _load(conn, "WHERE id = ?", [merge_id])
    return made


def history(conn: sqlite3.Connection) -> list[Merge]:
    """All merges, the last one first."""
    return _load(conn, "ORDER BY id DESC")


def references(conn: sqlite3.Connection) -> list[tuple[str, str]]:
    """The table and column of every foreign key to a contact, whoever added the table."""
    found = []
    for (table,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
        keys = rows(conn, "SELECT * FROM pragma_foreign_key_list(?)", [table])
        found += [(table, key["from"]) for key in keys if key["table"].lower() == "contacts" and table not in _STAY]
    return found


def give_all(conn: sqlite3.Connection, giver: int, taker: int) -> list[list[Any]]:
    """Let all that refers to one contact refer to another, but for the details of the contact itself, which a team says
    of each; the rows, as the history of merges has them, in which nothing is noted."""
    return [
        [table, column, keys]
        for table, column in references(conn)
        if table not in _DETAILS and (keys := list(_move(conn, table, column, giver, taker)))
    ]


def _move(conn: sqlite3.Connection, table: str, column: str, giver: int, taker: int) -> Iterator[Key]:
    """Let the rows that refer to one contact refer to another; yields what each is found by."""
    # By its key, or by all that it says where it has none. A row's number would not do: VACUUM gives new ones.
    names = _columns(conn, table, "pk") or _columns(conn, table, "TRUE")
    listed = ", ".join(_quoted(name) for name in names if name != column)
    where = f"WHERE {_quoted(column)} = ?"
    for row in rows(conn, f"SELECT {listed or 'NULL AS none'} FROM {_quoted(table)} {where}", [giver]):  # noqa: S608 - names from the schema
        # A Row iterates over its values; what is no text cannot be kept in the history.
        key = {name: row[name] for name in row.keys() if listed and not isinstance(row[name], bytes)}  # noqa: SIM118
        try:
            _repoint(conn, table, column, key, giver, taker)
        except sqlite3.IntegrityError:
            continue  # the taker has one like it, and can have only one
        yield key


def _give_back(conn: sqlite3.Connection, table: str, column: str, key: Key, holder: int, owner: int) -> None:
    """Let a row be its owner's again; where the owner has come to have one like it, it is the holder's no more."""
    try:
        _repoint(conn, table, column, key, holder, owner)
    except sqlite3.IntegrityError:
        where = _where(conn, table, column, key)
        conn.execute(f"DELETE FROM {_quoted(table)} WHERE {where}", [holder, *key.values()])  # noqa: S608 - as below


def _repoint(conn: sqlite3.Connection, table: str, column: str, key: Key, old: int, new: int) -> None:
    where = _where(conn, table, column, key)
    conn.execute(
        f"UPDATE {_quoted(table)} SET {_quoted(column)} = ? WHERE {where}",  # noqa: S608 - names from the schema
        [new, old, *key.values()],
    )


def _where(conn: sqlite3.Connection, table: str, column: str, key: Key) -> str:
    where = f"{_quoted(column)} = ?" + "".join(f" AND {_quoted(name)} IS ?" for name in key)
    if _columns(conn, table, "pk"):
        return where
    # Rows that say the same are as good as each other, and one of them goes.
    return f"rowid = (SELECT rowid FROM {_quoted(table)} WHERE {where} LIMIT 1)"  # noqa: S608 - as above


def _columns(conn: sqlite3.Connection, table: str, which: str) -> list[str]:
    found = conn.execute(f"SELECT name FROM pragma_table_info(?) WHERE {which}", [table])  # noqa: S608 - our own words
    return [name for (name,) in found]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _joined(kept: Contact, merged: Contact) -> Contact:
    """`kept` with what was known of `merged` only."""
    same_work = not (kept.company and merged.company) or fold(kept.company) == fold(merged.company)
    notes = [note for note in dict.fromkeys((kept.note, merged.note)) if note]
    joined = replace(
        kept,
        name=kept.name or merged.name,
        company=kept.company or merged.company,
        role=kept.role or (merged.role if same_work else None),
        note="\n".join(notes) or None,
    )
    if merged.phone:
        joined = contacts.with_point(joined, ContactPoint("phone", merged.phone))
    if merged.email:
        joined = contacts.with_point(joined, ContactPoint("email", merged.email))
    return contacts.with_spelling(joined, merged.name)


def _parted(kept: Contact, changes: dict[str, Any]) -> Contact:
    """`kept` without what it learnt, except where that was changed since."""
    old = {name: old for name, (old, new) in changes["columns"].items() if getattr(kept, name) == new}
    added = {tuple(point) for point in changes["points"]}
    return replace(
        kept,
        **old,
        spellings=tuple(spelling for spelling in kept.spellings if spelling not in changes["spellings"]),
        points=tuple(point for point in kept.points if (point.kind, point.value) not in added),
    )


def _refuse(conn: sqlite3.Connection, row: sqlite3.Row) -> None:
    if row["undone_at"] is not None:
        raise CannotUndo(
            f"{row['kind']} {row['id']} was undone already, on {row['undone_at'][:10]}; nothing was changed"
        )
    later = rows(
        conn,
        "SELECT max(id) AS id FROM contact_merges WHERE id > :id AND undone_at IS NULL"
        # Who undoes their own need not wait for a colleague.
        " AND (author IS NULL OR :author IS NOT NULL)"
        " AND (kept_id IN (:kept_id, :other) OR merged_id IN (:kept_id, :other))",
        # Whom a merge hid can have been changed by none since; both of a move can.
        {
            "id": row["id"],
            "author": row["author"],
            "kept_id": row["kept_id"],
            "other": row["kept_id" if row["kind"] == "merge" else "merged_id"],
        },
    )[0]["id"]
    if later is not None:
        raise BuiltUpon(row["kind"], row["id"], later)


def _load(conn: sqlite3.Connection, where: str, given: list[int | None] | None = None) -> list[Merge]:
    found = rows(
        conn,
        "SELECT contact_merges.*, coalesce(called, author) AS made_by FROM contact_merges"  # noqa: S608 - our own words
        f" LEFT JOIN team_people ON login = author {where}",
        given or [],
    )
    people = contacts.load(conn, {row[column] for row in found for column in ("kept_id", "merged_id")})
    return [
        Merge(
            row["id"],
            people[row["kept_id"]],
            people[row["merged_id"]],
            dt.datetime.fromisoformat(row["merged_at"]),
            dt.datetime.fromisoformat(row["undone_at"]) if row["undone_at"] else None,
            {table: len(keys) for table, _, keys in parse_json(row["changes_json"])["moved"]},
            row["kind"],
            row["memo_id"],
            row["made_by"],
        )
        for row in found
    ]
