"""Contacts of the store brought to what the book says of them."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection

from memos import contacts
from memos.models import Contact, ContactPoint
from memos.team.entries import Entry, load
from memos.team.withheld import secrets


def fit_contacts(conn: sqlite3.Connection, uids: Collection[str], replaced: Collection[Entry] = ()) -> set[str]:
    """Bring these contacts to what the book says, made where there are none; the uids of those that were made.

    Numbers, addresses and spellings that the book has never heard of are the rep's own, and stay. `replaced` are
    entries that held until now: what they said goes, though a private memo about somebody else may have the same
    number.
    """
    said: dict[str, list[Entry]] = defaultdict(list)
    for entry in load(
        conn,
        "kind IN ('contact', 'point', 'spelling') AND subject IN (SELECT value FROM json_each(?)) ORDER BY stamp, key",
        [json.dumps(sorted(uids))],
    ):
        said[entry.subject].append(entry)
    here = dict(
        conn.execute(
            "SELECT uid, id FROM contacts WHERE uid IN (SELECT value FROM json_each(?))", [json.dumps(sorted(uids))]
        ).fetchall()
    )
    known = contacts.load(conn, here.values())
    former: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for entry in replaced:
        if entry.kind == "contact":
            former[entry.subject].add((entry.body["field"], entry.body["value"]))
    [(highest,)] = conn.execute("SELECT coalesce(max(id), 0) FROM contacts").fetchall()
    came = set()
    # In one order, so that those that come together are told apart by the same ids in every run.
    for uid in sorted(said):
        before = known[here[uid]] if uid in here else None
        if before is None:
            highest += 1
            came.add(uid)
        after = _told(before or Contact(highest, "", None, None, None), said[uid])
        if before is not None:
            after = _with_secrets(conn, before, after, former[uid])
        if before is None:
            conn.execute("INSERT INTO contacts (id, name, uid) VALUES (?, ?, ?)", [after.id, after.name, uid])
            before = Contact(after.id, after.name, None, None, None)
        contacts.save(conn, before, after)
    return came


def _with_secrets(conn: sqlite3.Connection, before: Contact, after: Contact, said: set[tuple[str, str]]) -> Contact:
    """A number or an address that only private memos know, and that the book has not `said`, is not dropped for one of
    a colleague's."""
    secret = secrets(conn, before.id) - said
    return contacts.with_points(
        after,
        [
            ContactPoint(kind, value)
            for kind in contacts.KINDS
            if (value := getattr(before, kind)) and (kind, value) in secret
        ],
    )


def _told(contact: Contact, said: Collection[Entry]) -> Contact:
    fields = {name: getattr(contact, name) for name in contacts.COLUMNS}
    points = {(point.kind, point.value): point for point in contact.points}
    spellings = dict.fromkeys(contact.spellings)
    for entry in said:
        body = entry.body
        if entry.kind == "contact":
            if body["field"] in fields:
                fields[body["field"]] = body["value"] or (None if body["field"] != "name" else "")
        elif entry.kind == "point":
            key = (body["kind"], body["value"])
            if body["there"]:
                points[key] = ContactPoint(body["kind"], body["value"], body["label"])
            else:
                points.pop(key, None)
        elif body["there"]:
            spellings[body["value"]] = None
        else:
            spellings.pop(body["value"], None)
    return Contact(id=contact.id, **fields, points=tuple(points.values()), spellings=tuple(spellings))
