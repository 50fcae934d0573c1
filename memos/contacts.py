"""Contacts: who is meant by a name as it was heard, and the one record that each is kept in."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from memos.database import bindable, rows
from memos.known import Known, fold, nearest
from memos.likeness import OFFERED, alike
from memos.models import Contact, ContactPoint, ContactRef, PointKind
from memos.search_marks import as_dialled

# What of a contact stands in its own row, besides the id.
COLUMNS = ("name", "company", "phone", "email", "role", "note")

_MOST_REACHED = 50
"""Contacts of one number that a search takes: more share a switchboard than anybody looks through."""

KINDS: tuple[PointKind, ...] = ("phone", "email")


def tidy(text: str | None) -> str | None:
    """`text` on one line, as a name or a title is kept; None when nothing is left of it."""
    return " ".join(bindable(text or "").replace("\0", " ").split()) or None


def load(conn: sqlite3.Connection, ids: Iterable[int] | None = None) -> dict[int, Contact]:
    """The contacts with these ids, or all of them but those that were merged into others; by id."""
    where, given = "WHERE merged_into IS NULL", []
    if ids is not None:
        where, given = "WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(list(ids))]
    return _load(conn, where, given)


def _load(conn: sqlite3.Connection, where: str, given: Sequence[str] = ()) -> dict[int, Contact]:
    columns = ", ".join(COLUMNS)
    chosen = f"SELECT id FROM contacts {where}"  # noqa: S608 - our own words
    spellings = defaultdict(list)
    for row in rows(conn, f"SELECT * FROM contact_spellings WHERE contact_id IN ({chosen}) ORDER BY rowid", given):  # noqa: S608 - our own words
        spellings[row["contact_id"]].append(row["spelling"])
    points = defaultdict(list)
    for row in rows(conn, f"SELECT * FROM contact_points WHERE contact_id IN ({chosen}) ORDER BY rowid", given):  # noqa: S608 - our own words
        points[row["contact_id"]].append(ContactPoint(row["kind"], row["value"], row["label"]))
    return {
        row["id"]: Contact(**dict(row), spellings=tuple(spellings[row["id"]]), points=tuple(points[row["id"]]))
        for row in rows(conn, f"SELECT id, {columns} FROM contacts {where} ORDER BY id", given)  # noqa: S608 - our own words
    }


def keepers(conn: sqlite3.Connection) -> dict[int, int]:
    """Of the contacts that were merged, the id of the one that each is part of now."""
    return dict(conn.execute("SELECT id, merged_into FROM contacts WHERE merged_into IS NOT NULL").fetchall())


def holder(conn: sqlite3.Connection, contact_id: int) -> int:
    """The id of the contact that this one is part of now: its own where it is by itself."""
    [(found,)] = conn.execute("SELECT coalesce(merged_into, id) FROM contacts WHERE id = ?", [contact_id]).fetchall()
    return int(found)


def everyone(conn: sqlite3.Connection) -> Known:
    """All contacts, ready to be compared with."""
    return Known(_load(conn, "").values(), keepers(conn))


def save(conn: sqlite3.Connection, before: Contact | None, after: Contact) -> None:
    """Write what of `after` differs from `before`, the same contact as it is stored; None: it is not stored yet."""
    columns = [name for name in COLUMNS if before is None or getattr(before, name) != getattr(after, name)]
    values = {name: getattr(after, name) for name in columns} | {"id": after.id}
    if before is None:
        named = ", ".join(f":{name}" for name in COLUMNS)
        conn.execute(f"INSERT INTO contacts (id, {', '.join(COLUMNS)}) VALUES (:id, {named})", values)  # noqa: S608 - our own names
    elif columns:
        changed = ", ".join(f"{name} = :{name}" for name in columns)
        conn.execute(f"UPDATE contacts SET {changed} WHERE id = :id", values)  # noqa: S608 - our own names
    _save_spellings(conn, after, before.spellings if before else ())
    _save_points(conn, after, before.points if before else ())


# Some people have many: to look each up in a tuple would take their square.
def _save_spellings(conn: sqlite3.Connection, after: Contact, before: tuple[str, ...]) -> None:
    had, has = set(before), set(after.spellings)
    conn.executemany(
        "DELETE FROM contact_spellings WHERE contact_id = ? AND spelling = ?",
        [(after.id, spelling) for spelling in before if spelling not in has],
    )
    conn.executemany(
        "INSERT INTO contact_spellings (contact_id, spelling) VALUES (?, ?)",
        [(after.id, spelling) for spelling in after.spellings if spelling not in had],
    )


def _save_points(conn: sqlite3.Connection, after: Contact, before: tuple[ContactPoint, ...]) -> None:
    had, has = set(before), set(after.points)
    conn.executemany(
        "DELETE FROM contact_points WHERE contact_id = ? AND kind = ? AND value = ?",
        [(after.id, point.kind, point.value) for point in before if point not in has],
    )
    conn.executemany(
        "INSERT INTO contact_points (contact_id, kind, value, label) VALUES (?, ?, ?, ?)",
        [(after.id, point.kind, point.value, point.label) for point in after.points if point not in had],
    )


def with_point(contact: Contact, point: ContactPoint) -> Contact:
    """`contact` with one number or address more: the main one where it had none, else one of the further ones."""
    return with_points(contact, [point])


def with_points(contact: Contact, points: Iterable[ContactPoint]) -> Contact:
    """`contact` with these numbers and addresses: see `with_point`."""
    known = {(kind, fold(value)) for kind in KINDS for value in values_of(contact, kind)}
    more = {}
    for point in points:
        key = (point.kind, fold(point.value))
        if getattr(contact, point.kind) is None:
            contact = _with(contact, point.kind, point.value)
        elif key not in known:
            more[key] = point
        known.add(key)
    return replace(contact, points=(*contact.points, *more.values())) if more else contact


def without_point(contact: Contact, kind: PointKind, value: str) -> Contact:
    """`contact` without a number or address. Where it was the main one, the first of the further ones is that now."""
    others = tuple(p for p in contact.points if p.kind != kind or fold(p.value) != fold(value))
    if fold(getattr(contact, kind)) != fold(value):
        return replace(contact, points=others)
    next_one = next((point for point in others if point.kind == kind), None)
    left = tuple(point for point in others if point != next_one)
    return replace(_with(contact, kind, next_one.value if next_one else None), points=left)


def with_main(contact: Contact, kind: PointKind, value: str | None) -> Contact:
    """`contact` with another main number or address.

    Where it was one of the further ones, the two change places; else the old one is gone, as the wrong number that
    it may well have been.
    """
    if value == getattr(contact, kind):
        return contact
    others = tuple(point for point in contact.points if (point.kind, point.value) != (kind, value))
    if len(others) < len(contact.points):
        others += (ContactPoint(kind, getattr(contact, kind)),)
    return replace(_with(contact, kind, value), points=others)


def _with(contact: Contact, kind: PointKind, value: str | None) -> Contact:
    return replace(contact, phone=value) if kind == "phone" else replace(contact, email=value)


def with_spelling(contact: Contact, name: str) -> Contact:
    """`contact` with another way to write its name, unless that is known."""
    return with_spellings(contact, [name])


def with_spellings(contact: Contact, names: Iterable[str]) -> Contact:
    """`contact` with these other ways to write its name: see `with_spelling`."""
    known = {fold(name) for name in (contact.name, *contact.spellings)}
    more = {folded: name for name in names if (folded := fold(name)) and folded not in known}
    return replace(contact, spellings=(*contact.spellings, *more.values())) if more else contact


def without_spelling(contact: Contact, name: str) -> Contact:
    """`contact` without one of the other ways to write its name."""
    return replace(contact, spellings=tuple(each for each in contact.spellings if fold(each) != fold(name)))


def values_of(contact: Contact, kind: PointKind) -> list[str]:
    """All its numbers, or all its addresses, the main one first."""
    main = getattr(contact, kind)
    return [main] * bool(main) + [point.value for point in contact.points if point.kind == kind]


def by_name(conn: sqlite3.Connection) -> list[Contact]:
    """All contacts, sorted by name and company."""
    return sorted(load(conn).values(), key=lambda contact: (fold(contact.name), fold(contact.company)))


def by_phone(conn: sqlite3.Connection, phone: str) -> list[Contact]:
    """The contacts with this number: more than one where colleagues share a switchboard.

    Where nobody has the very number, those who have it with an extension.
    """
    found = rows(
        conn,
        "WITH numbers AS (SELECT id, phone AS value FROM contacts WHERE merged_into IS NULL UNION ALL"
        " SELECT contact_id, value FROM contact_points JOIN contacts ON contacts.id = contact_id"
        " WHERE kind = 'phone' AND merged_into IS NULL)"
        " SELECT id, value FROM numbers"
        " WHERE value = :phone OR substr(value, 1, length(:phone) + 5) = :phone || ';ext='",
        {"phone": phone},
    )
    exact = [row["id"] for row in found if row["value"] == phone]
    return list(load(conn, exact or [row["id"] for row in found]).values())


def ids_reached(conn: sqlite3.Connection, typed: str) -> list[int]:
    """The contacts of whom that is a number, however it is grouped and with its country or without, or an address."""
    number = as_dialled(typed)
    if number is None and "@" not in typed:
        return []
    # A stored number is E.164, with ";ext=" behind it where it has an extension.
    found = conn.execute(
        "WITH points AS (SELECT id, phone AS value FROM contacts UNION ALL SELECT id, email FROM contacts UNION ALL"
        " SELECT contact_id, value FROM contact_points)"
        " SELECT DISTINCT id FROM points WHERE value LIKE '%' || :number OR value LIKE '%' || :number || ';ext=%'"
        " OR value = :address COLLATE NOCASE ORDER BY id LIMIT :most",
        {"number": number, "address": bindable(typed.strip(" <>.,;")), "most": _MOST_REACHED},
    )
    return [contact for (contact,) in found]


def ids_named(conn: sqlite3.Connection, name: str | None, company: str | None) -> list[int]:
    """The contacts with `name` anywhere in a spelling of their name, and `company` in that of their company."""
    name, company = fold(name), fold(company)
    found = conn.execute(
        "SELECT id, name, company FROM contacts UNION ALL"
        " SELECT contact_id, spelling, company FROM contact_spellings JOIN contacts ON contacts.id = contact_id"
    )
    # Most do not have the name, so the company is put into the form to be compared only then.
    return sorted({contact for contact, spelt, theirs in found if name in fold(spelt) and company in fold(theirs)})


def nearest_name(conn: sqlite3.Connection, name: str) -> str | None:
    """The name of a contact, or the words of one, that `name` is a near miss of; the nearest there is."""
    found = conn.execute("SELECT name FROM contacts UNION SELECT spelling FROM contact_spellings")
    return _nearest_piece(name, (known for (known,) in found))


def nearest_company(conn: sqlite3.Connection, name: str) -> str | None:
    """The company of a contact, or the words of one, that `name` is a near miss of; the nearest there is."""
    found = conn.execute("SELECT DISTINCT company FROM contacts WHERE company IS NOT NULL")
    return _nearest_piece(name, (known for (known,) in found))


def _nearest_piece(name: str, known: Iterable[str]) -> str | None:
    """Of all runs of as many words as `name` has, the one that looks or sounds most like it, if it is a near miss."""
    count = len(name.split())
    pieces = {
        fold(" ".join(words[at : at + count])): " ".join(words[at : at + count])
        for words in map(str.split, known)
        for at in range(max(1, len(words) - count + 1))
    }
    likeness, best = max(((alike(fold(name), piece), piece) for piece in pieces), default=(0.0, ""))
    return pieces[best] if likeness >= OFFERED else None


def match(conn: sqlite3.Connection, name: str, company: str | None = None) -> list[Contact]:
    """The contacts whose name, or another spelling of it, looks or sounds like `name`; best first.

    A company that fits puts a contact further up; one that does not fit never leaves it out, since people
    change jobs and companies are misheard too.
    """
    return nearest(load(conn).values(), name, company)


def find_or_create(conn: sqlite3.Connection, ref: ContactRef) -> tuple[Contact | None, Contact]:
    """The contact that `ref` is, before and after it is stored; made if there is none.

    What the rep confirmed last holds: a new phone number or address replaces the old one, and what `ref` leaves
    out stays. A name written in another way is kept as a spelling.
    """
    known = everyone(conn)
    before = _meant(known, ref)
    after = before or Contact(known.next_id, ref.name, None, None, None)
    name, company, role = after.name or ref.name, ref.company or after.company, ref.role or after.role
    after = replace(after, name=name, company=company, role=role)
    after = with_main(after, "phone", ref.phone or after.phone)
    after = with_main(after, "email", ref.email or after.email)
    after = with_spelling(after, ref.name)
    save(conn, before, after)
    return before, after


def _meant(known: Known, ref: ContactRef) -> Contact | None:
    """The contact that the rep chose; where none was, the one of that name and company; None: somebody new."""
    if ref.new:
        return None
    if ref.id is not None and ref.id in known:
        return known[ref.id]
    return known.same(ref)  # one that was chosen and has been deleted since is known by name, if at all
