"""What a contact has learnt by a merge, said with it in the book, so that any member of the team can undo it.

It is said as digests, of nothing but what the book says of that contact anyway: so there is no word in it that would
have to be deleted with somebody, and nothing that is private.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import replace

from ground.reader import parse_json
from memos import contacts
from memos.database import rows
from memos.models import Contact
from memos.team.entries import digest, load


def told(conn: sqlite3.Connection, uid: str, into: str) -> dict[str, list[str]]:
    """What is said with the merge of `uid` into `into`, which was made here: what the one that was kept has `learnt`
    by it, and what of the other `went` to it, which that one has no more; nothing of a merge that is no row here."""
    found = rows(
        conn,
        "SELECT changes_json FROM contact_merges JOIN contacts AS merged ON merged.id = merged_id"
        " JOIN contacts AS kept ON kept.id = kept_id WHERE contact_merges.kind = 'merge' AND undone_at IS NULL"
        " AND (merged.uid, kept.uid) = (?, ?) ORDER BY contact_merges.id DESC LIMIT 1",
        [uid, into],
    )
    if not found:
        return {}
    changes = parse_json(found[0]["changes_json"])
    learnt = [(name, new) for name, (_, new) in changes["columns"].items()]
    learnt += [(kind, value) for kind, value in changes["points"]]
    learnt += [("spelling", spelling) for spelling in changes["spellings"]]
    went = []
    for table, _, keys in changes["moved"]:
        if table == "contact_points":
            went += [(key["kind"], key["value"]) for key in keys]
        elif table == "contact_spellings":
            went += [("spelling", key["spelling"]) for key in keys]
    said = _said(conn, into)
    return {
        name: sorted({digest(kind, value) for kind, value in each if value} & said)
        for name, each in (("learnt", learnt), ("went", went))
    }


def _said(conn: sqlite3.Connection, uid: str) -> set[str]:
    """What the book says of a contact, as digests."""
    said = set()
    for entry in load(conn, "subject = ? AND kind IN ('contact', 'point', 'spelling')", [uid]):
        body = entry.body
        if body["value"] and body.get("there", True):
            said.add(digest(body.get("field") or body.get("kind") or "spelling", body["value"]))
    return said


def unlearn(conn: sqlite3.Connection, merge_id: int) -> None:
    """Have the contact that was kept in a colleague's merge know no more what it learnt by it, except where that was
    changed since, and the other one what it knew. To be followed by undoing the merge."""
    for row in rows(
        conn,
        "SELECT kept_id, merged_id, kept.uid AS into_uid, body FROM contact_merges"
        " JOIN contacts AS kept ON kept.id = kept_id JOIN contacts AS merged ON merged.id = merged_id"
        " JOIN team_entries ON key = 'merged/' || merged.uid"
        " WHERE contact_merges.id = ? AND contact_merges.author IS NOT NULL AND undone_at IS NULL",
        [merge_id],
    ):
        body = parse_json(row["body"])
        if body["into"] == row["into_uid"]:
            learnt, went = frozenset(body.get("learnt", ())), frozenset(body.get("went", ()))
            found = contacts.load(conn, [row["kept_id"], row["merged_id"]])
            kept, merged = found[row["kept_id"]], found[row["merged_id"]]
            contacts.save(conn, kept, _without(kept, merged.note, learnt | went))
            contacts.save(
                conn,
                merged,
                replace(
                    merged,
                    points=(*merged.points, *(p for p in kept.points if digest(p.kind, p.value) in went)),
                    spellings=(*merged.spellings, *(s for s in kept.spellings if digest("spelling", s) in went)),
                ),
            )


def _without(contact: Contact, note: str | None, gone: Collection[str]) -> Contact:
    """`contact` without what is `gone`, as digests; `note` is what was added to its own."""
    after = contact
    for kind in contacts.KINDS:
        for value in contacts.values_of(contact, kind):
            if digest(kind, value) in gone:
                after = contacts.without_point(after, kind, value)
    if contact.company and digest("company", contact.company) in gone:
        after = replace(after, company=None)
    if contact.role and digest("role", contact.role) in gone:
        after = replace(after, role=None)
    if contact.note and note and digest("note", contact.note) in gone:
        after = replace(after, note=contact.note.removesuffix(note).removesuffix("\n") or None)
    return replace(after, spellings=tuple(s for s in after.spellings if digest("spelling", s) not in gone))
