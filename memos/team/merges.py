"""Contacts that are one for the team made one here, and two again; and memos about whom the book says.

What was merged with somebody private is said to nobody. It holds here beside what the team says, and before it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from memos import contacts, merging, privacy
from memos.database import rows
from memos.models import ContactPoint
from memos.team.entries import key_of, load, of_key
from memos.team.keepers import all_merges, id_of, ids_of, roots


def here(conn: sqlite3.Connection) -> dict[str, str]:
    """Of each contact that is part of another here, by what the team says and by what is private, which one that is."""
    private = privacy.merges(conn)
    return roots([*private.items(), *((uid, kept) for uid, kept in all_merges(conn) if uid not in private)])


def fit_merges(conn: sqlite3.Connection) -> set[int]:
    """Bring the contacts that are part of others to that; whose calls it changes."""
    wanted = here(conn)
    found = rows(
        conn,
        "SELECT own.id, own.uid, kept.uid AS kept FROM contacts AS own LEFT JOIN contacts AS kept"
        " ON kept.id = own.merged_into WHERE own.merged_into IS NOT NULL"
        " OR own.uid IN (SELECT value FROM json_each(?))",
        [json.dumps(sorted(wanted))],
    )
    touched: set[int] = set()
    moved: set[str] = set()
    for contact_id, uid, kept in found:
        root = wanted.get(uid)
        if kept == root or (root is None and not of_key(conn, key_of("merged", uid))):
            continue  # as it is to be; or of before there was a team, and not said yet
        into = id_of_itself(conn, root) if root else None
        if root and into is None:
            continue  # the one that was kept has not come yet
        if into is not None:
            merging.give_all(conn, contact_id, into)
            _give_private(conn, uid, contact_id, into)
        conn.execute("UPDATE contacts SET merged_into = ? WHERE id = ?", [into, contact_id])
        former = id_of_itself(conn, kept) if kept else None
        touched |= {each for each in (contact_id, into, former) if each is not None}
        moved.add(uid)
    return touched | bring_along(conn, moved)


def _give_private(conn: sqlite3.Connection, uid: str, giver: int, taker: int) -> None:
    """Have the one that was kept know the numbers, addresses and spellings of which the team knows nothing."""
    found = contacts.load(conn, [giver, taker])
    own, kept = found[giver], found[taker]
    said = {
        entry.body["value"] for entry in load(conn, "subject = ? AND kind IN ('contact', 'point', 'spelling')", [uid])
    }
    points = [ContactPoint(kind, value) for kind in contacts.KINDS if (value := getattr(own, kind))]
    after = contacts.with_points(kept, [point for point in (*points, *own.points) if point.value not in said])
    for spelling in own.spellings:
        if spelling not in said:
            after = contacts.with_spelling(after, spelling)
    if after != kept:
        contacts.save(conn, kept, after)


def bring_along(conn: sqlite3.Connection, uids: Collection[str]) -> set[int]:
    """Let what was said of these contacts be about whom they are part of here; whose calls that changes."""
    for entry in load(
        conn, "kind = 'fact' AND subject IN (SELECT value FROM json_each(?))", [json.dumps(sorted(uids))]
    ):
        conn.execute(
            "UPDATE contact_facts SET contact_id = ? WHERE uid = ?",
            [id_of(conn, entry.subject), entry.key.rpartition("/")[2]],
        )
    return fit_memos(conn, about(conn, uids))


def id_of_itself(conn: sqlite3.Connection, uid: str) -> int | None:
    """The id here of just this contact."""
    found = conn.execute("SELECT id FROM contacts WHERE uid = ?", [uid]).fetchone()
    return int(found[0]) if found else None


def about(conn: sqlite3.Connection, uids: Collection[str]) -> set[str]:
    """The memos of the book about these contacts."""
    found = conn.execute(
        "SELECT id FROM team_memos WHERE about IN (SELECT value FROM json_each(?))", [json.dumps(sorted(uids))]
    )
    return {memo_id for (memo_id,) in found}


def fit_memos(conn: sqlite3.Connection, memo_ids: Collection[str]) -> set[int]:
    """Let memos be about whom the book says; the contacts, before and after, of those that were about somebody else."""
    found = rows(
        conn,
        "SELECT team_memos.id, about, team_memos.contact_id, memos.contact_id AS own, memos.id AS mine"
        " FROM team_memos LEFT JOIN memos ON memos.id = team_memos.id"
        " WHERE team_memos.id IN (SELECT value FROM json_each(?))",
        [json.dumps(sorted(memo_ids))],
    )
    known = ids_of(conn, {row["about"] for row in found if row["about"]})
    touched: set[int | None] = set()
    for row in found:
        contact_id = known.get(row["about"])
        if contact_id != row["contact_id"]:
            conn.execute("UPDATE team_memos SET contact_id = ? WHERE id = ?", [contact_id, row["id"]])
            touched |= {contact_id, row["contact_id"]}
        if row["mine"] and contact_id is not None and contact_id != row["own"] and not _private(conn, row["own"]):
            for table, column in (
                *(("memos", "id"), ("followups", "memo_id")),
                *(("wrong_numbers", "memo_id"), ("memo_lessons", "memo_id")),
            ):
                conn.execute(
                    f"UPDATE {table} SET contact_id = ? WHERE {column} = ?",  # noqa: S608 - our own names
                    [contact_id, row["id"]],
                )
            touched |= {contact_id, row["own"]}
    return {each for each in touched if each is not None}


def _private(conn: sqlite3.Connection, contact_id: int | None) -> bool:
    return contact_id is not None and privacy.is_contact(conn, contact_id)
