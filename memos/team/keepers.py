"""Which contact each is part of, where contacts were merged on several laptops."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping

from memos.team.entries import load


def holding(merged: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Of each contact that is part of another, the one it was made part of.

    `merged` are (contact, kept) in the order of their stamps. One that would close a circle is passed over: two reps
    have merged the same two the other way round, and the first holds.
    """
    into: dict[str, str] = {}
    for uid, kept in merged:
        if root(into, kept) != uid:
            into[uid] = kept
    return into


def root(into: Mapping[str, str], uid: str) -> str:
    """The contact that one is part of in the end: itself where it is part of none. `into` is of :func:`holding`."""
    while uid in into:
        uid = into[uid]
    return uid


def roots(merged: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Of each contact that is part of another, the one it is part of in the end; `merged` as for :func:`holding`."""
    into = holding(merged)
    return {uid: root(into, uid) for uid in into}


def all_roots(conn: sqlite3.Connection) -> dict[str, str]:
    """Of each contact that is part of another for the team, the one it is part of in the end."""
    return roots(all_merges(conn))


def changed_roots(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """The contacts that are part of somebody else than before, and whom they were and are part of."""
    return {
        one
        for uid in before.keys() | after.keys()
        if before.get(uid) != after.get(uid)
        for one in (uid, before.get(uid, uid), after.get(uid, uid))
    }


def all_merges(conn: sqlite3.Connection) -> list[tuple[str, str]]:
    """All merges of the book that hold, as (contact, kept) in the order of their stamps. Who was made part of somebody
    that is deleted, by a rep who did not know, is by themselves again."""
    found = load(
        conn,
        "kind = 'merged' AND NOT EXISTS (SELECT 1 FROM team_entries AS gone"
        " WHERE gone.key = 'gone_contact/' || json_extract(team_entries.body, '$.into')) ORDER BY stamp",
    )
    return [(entry.subject, entry.body["into"]) for entry in found if entry.body["into"]]


def id_of(conn: sqlite3.Connection, uid: str | None) -> int | None:
    """The id here of the contact with that uid, or of the one that it is part of; None where it is not known here."""
    return ids_of(conn, [uid]).get(uid) if uid else None


def ids_of(conn: sqlite3.Connection, uids: Iterable[str]) -> dict[str, int]:
    """The same for many."""
    found = conn.execute(
        "SELECT uid, coalesce(merged_into, id) FROM contacts WHERE uid IN (SELECT value FROM json_each(?))",
        [json.dumps(list(uids))],
    )
    return dict(found.fetchall())
