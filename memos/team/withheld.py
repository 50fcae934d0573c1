"""What of a shared contact is told to nobody: what only private memos have taught."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from typing import Final

from memos import contacts, lessons, privacy
from memos.known import fold
from memos.models import Contact, PointKind

_NUMBERS: Final = (
    "SELECT id, 'phone' AS kind, phone AS value FROM contacts UNION ALL SELECT id, 'email', email FROM contacts"
    " UNION ALL SELECT contact_id, kind, value FROM contact_points"
)

_HAS_TAKEN: Final = (
    "EXISTS (SELECT 1 FROM contact_merges WHERE :id IN (kept_id, merged_id)) OR EXISTS (SELECT 1 FROM team_entries"
    " WHERE kind = 'merged' AND (SELECT uid FROM contacts WHERE id = :id) IN (subject, json_extract(body, '$.into')))"
)
"""Whether a contact may have what was taught of another one: was made one with it once, or was given a memo."""


def secrets(conn: sqlite3.Connection, contact_id: int) -> set[tuple[str, str | None]]:
    """What of a contact was learnt from private memos only, as (column, value) and ("spelling", it).

    Not from one that has made the contact: who shares that contact shares what it is known by. A number or an address
    stays so where another contact has it since, by a merge or a move.
    """
    found: set[tuple[str, str | None]] = set()
    for memo_id, whose in conn.execute(
        f"SELECT memo_lessons.memo_id, contact_id FROM memo_lessons JOIN private_memos USING (memo_id)"  # noqa: S608 - our own words
        f" WHERE contact_id = :id OR (({_HAS_TAKEN}) AND EXISTS (SELECT 1 FROM ({_NUMBERS})"
        " WHERE id = :id AND instr(taught_json, json_quote(value))))",
        {"id": contact_id},
    ).fetchall():
        taught = lessons.of(conn, memo_id)
        if taught is None:
            continue
        made = "name" in taught.columns
        if whose == contact_id and not made:
            found |= {(name, after) for name, (_, after) in taught.columns.items() if after}
            found |= {("spelling", each) for each in taught.spellings[0]}
            found |= points(taught)
        elif whose != contact_id and not (made and not privacy.is_contact(conn, whose)):
            found |= points(taught)
    return found


def points(taught: lessons.Difference) -> set[tuple[PointKind, str]]:
    """The numbers and addresses that a memo taught."""
    main = {(kind, value) for kind in contacts.KINDS if kind in taught.columns and (value := taught.columns[kind][1])}
    return main | {(point.kind, point.value) for point in taught.points[0]}


def is_told_by(conn: sqlite3.Connection, giver_id: int, new: Contact) -> bool:
    """Whether somebody who is to be split off is known by anything that only private memos about the other taught."""
    secret = {(what, fold(value)) for what, value in secrets(conn, giver_id)}
    known = {("spelling", fold(name)) for name in (new.name, *new.spellings)}
    known |= {(kind, fold(value)) for kind in contacts.KINDS for value in contacts.values_of(new, kind)}
    return bool(secret & known)


def forget(conn: sqlite3.Connection, taught: Collection[tuple[PointKind, str]]) -> None:
    """Let nobody be known by a number or an address that private memos taught which are deleted, where it was told to
    nobody, unless another one has taught it as well."""
    for kind, value in taught:
        for (contact_id,) in conn.execute(
            f"SELECT id FROM contacts WHERE EXISTS (SELECT 1 FROM team) AND id IN"  # noqa: S608 - our own words
            f" (SELECT id FROM ({_NUMBERS}) WHERE (kind, value) = (:kind, :value)) AND NOT EXISTS"
            " (SELECT 1 FROM team_entries WHERE subject = uid AND kind IN ('contact', 'point')"
            " AND json_extract(body, '$.value') = :value AND coalesce(json_extract(body, '$.there'), TRUE))",
            {"kind": kind, "value": value},
        ).fetchall():
            if not privacy.is_contact(conn, contact_id) and (kind, value) not in secrets(conn, contact_id):
                [contact] = contacts.load(conn, [contact_id]).values()
                contacts.save(conn, contact, contacts.without_point(contact, kind, value))
