"""Contacts that are one for the team made one here, and two again; and memos about whom the book says.

What was merged with somebody private is said to nobody. It holds here beside what the team says, and before it.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Collection, Mapping
from typing import Any

from ground.reader import parse_json
from memos import contacts, merging, privacy
from memos.database import rows
from memos.lessons import Difference
from memos.models import ContactPoint
from memos.team import clock
from memos.team.entries import key_of, load, of_key
from memos.team.keepers import all_merges, holding, id_of, ids_of, root
from memos.team.people_taken import fit_contacts


def here(conn: sqlite3.Connection) -> dict[str, str]:
    """Of each contact that is part of another here, by what the team says and by what is private, which one that is."""
    into = _holding(conn, privacy.merges(conn))
    return {uid: root(into, uid) for uid in into}


def _holding(conn: sqlite3.Connection, private: Mapping[str, str]) -> dict[str, str]:
    return holding([*private.items(), *((uid, kept) for uid, kept in all_merges(conn) if uid not in private)])


def fit_merges(conn: sqlite3.Connection, now: dt.datetime) -> set[int]:
    """Bring the contacts that are part of others to that; whose calls it changes.

    A merge that the book has, and that was not made here, becomes a row of the history, by which it is undone: with
    what went along here and nobody else knows of. One that the book has no more is undone.
    """
    private = privacy.merges(conn)
    into = _holding(conn, private)
    wanted = {uid: root(into, uid) for uid in into}
    uids, touched = _part(conn, wanted, now)
    found = rows(
        conn,
        "SELECT own.id, own.uid, kept.uid AS kept, kept.id AS kept_id FROM contacts AS own LEFT JOIN contacts AS kept"
        " ON kept.id = own.merged_into WHERE own.merged_into IS NOT NULL"
        " OR own.uid IN (SELECT value FROM json_each(?)) ORDER BY own.id",
        [json.dumps(sorted(wanted))],
    )
    changed = []
    for row in found:
        end = wanted.get(row["uid"])
        if row["kept"] == end or (end is None and not of_key(conn, key_of("merged", row["uid"]))):
            continue  # as it is to be; or of before there was a team, and not said yet
        holder_id = id_of_itself(conn, end) if end else None
        if end is None or holder_id is not None:  # else the one that was kept has not come yet
            changed.append((row, holder_id))
    # First what each has goes along with it, those who are part of it as well; so all of it goes back with it.
    for row, holder_id in changed:
        if holder_id is not None and _row_of(conn, row["id"]) is None:
            direct = id_of_itself(conn, into[row["uid"]])
            kept_id = holder_id if direct is None else direct
            given = _give(conn, row["uid"], row["id"], kept_id)
            if row["uid"] not in private:  # else a split that was undone here: that is a row already
                _note(conn, row["id"], row["uid"], kept_id, given, now)
            _pass_on(conn, kept_id)
    for row, holder_id in changed:
        conn.execute("UPDATE contacts SET merged_into = ? WHERE id = ?", [holder_id, row["id"]])
        touched |= {each for each in (row["id"], holder_id, row["kept_id"]) if each is not None}
        uids.add(row["uid"])
    touched |= bring_along(conn, uids)
    return touched | fit_memos(conn, _of_contacts(conn, touched))


def _row_of(conn: sqlite3.Connection, contact_id: int) -> sqlite3.Row | None:
    """The row of the history by which a contact is part of another one."""
    found = rows(
        conn,
        "SELECT * FROM contact_merges WHERE kind = 'merge' AND undone_at IS NULL AND merged_id = ? ORDER BY id DESC",
        [contact_id],
    )
    return found[0] if found else None


def _part(conn: sqlite3.Connection, wanted: Mapping[str, str], now: dt.datetime) -> tuple[set[str], set[int]]:
    """Undo the merges that the book has no more; of whom, and whose calls it changes."""
    uids: set[str] = set()
    known: set[str] = set()
    touched: set[int] = set()
    for row in rows(
        conn,
        "SELECT contact_merges.*, merged.uid AS uid, kept.uid AS into_uid FROM contact_merges"
        " JOIN contacts AS merged ON merged.id = merged_id JOIN contacts AS kept ON kept.id = kept_id"
        " JOIN team_entries ON key = 'merged/' || merged.uid"
        " WHERE contact_merges.kind = 'merge' AND undone_at IS NULL AND NOT private ORDER BY contact_merges.id DESC",
    ):
        if wanted.get(row["uid"]) != wanted.get(row["into_uid"], row["into_uid"]):
            holder = contacts.holder(conn, row["kept_id"])
            touched |= {row["merged_id"], row["kept_id"], holder}
            merging.part(conn, row)
            conn.execute("UPDATE contact_merges SET undone_at = ? WHERE id = ?", [now.isoformat(), row["id"]])
            uids |= {row["uid"], row["into_uid"]}
            known |= {row["into_uid"]} if row["author"] else {row["uid"], row["into_uid"]}
            known |= {uid for (uid,) in conn.execute("SELECT uid FROM contacts WHERE id = ?", [holder])}
    # They are known by what the book says, which who has undone it has told as well.
    fit_contacts(conn, {uid for uid in known if not _private(conn, id_of_itself(conn, uid))})
    return uids, touched


def _note(
    conn: sqlite3.Connection, contact_id: int, uid: str, kept_id: int, given: Mapping[str, Any], now: dt.datetime
) -> None:
    """Make a colleague's merge a row of the history."""
    said = of_key(conn, key_of("merged", uid))
    assert said is not None
    made_at = dt.datetime.fromisoformat(clock.time_of(said.stamp)).astimezone(now.tzinfo)
    conn.execute(
        "INSERT INTO contact_merges (kept_id, merged_id, merged_at, changes_json, author) VALUES (?, ?, ?, ?, ?)",
        [kept_id, contact_id, made_at.isoformat(), json.dumps(given, ensure_ascii=False), said.author],
    )


def _pass_on(conn: sqlite3.Connection, contact_id: int) -> None:
    """Let what has come to somebody who is part of another one be that one's, and go back when they are two again."""
    while (row := _row_of(conn, contact_id)) is not None:
        [(uid,)] = conn.execute("SELECT uid FROM contacts WHERE id = ?", [contact_id]).fetchall()
        more = _give(conn, uid, contact_id, row["kept_id"])
        changes = parse_json(row["changes_json"])
        for what in ("moved", "spellings", "points"):
            changes[what] += [each for each in more[what] if each not in changes[what]]
        changes["columns"] |= more["columns"]
        conn.execute(
            "UPDATE contact_merges SET changes_json = ? WHERE id = ?",
            [json.dumps(changes, ensure_ascii=False), row["id"]],
        )
        contact_id = row["kept_id"]


def _give(conn: sqlite3.Connection, uid: str, giver: int, taker: int) -> dict[str, Any]:
    """Have the one that was kept know the numbers, addresses and spellings of which the team knows nothing, and let all
    that refers to the other refer to them; as the history of merges has it."""
    moved = merging.give_all(conn, giver, taker)
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
    learnt = Difference.between(kept, after)
    return {
        "moved": moved,
        "columns": learnt.columns,
        "spellings": learnt.spellings[0],
        "points": [[point.kind, point.value] for point in learnt.points[0]],
    }


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


def _of_contacts(conn: sqlite3.Connection, contact_ids: Collection[int]) -> set[str]:
    """The memos of the book that are, here, about these contacts."""
    found = conn.execute(
        "SELECT id FROM team_memos WHERE contact_id IN (SELECT value FROM json_each(:ids))"
        " UNION SELECT id FROM memos JOIN team_memos USING (id)"
        " WHERE memos.contact_id IN (SELECT value FROM json_each(:ids))",
        {"ids": json.dumps(sorted(contact_ids))},
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
