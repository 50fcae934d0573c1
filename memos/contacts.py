"""Contacts: who is meant by a name as it was heard, and the one record that each is kept in."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from memos.database import rows
from memos.likeness import OFFERED, OFFERED_WITH_COMPANY, alike
from memos.models import Contact, ContactRef

if TYPE_CHECKING:
    from sqlite_utils import Database

# Of `_ratio`, 0 to 100. Tried on 31 pairs that are one name as Whisper may spell it (Katherine and Catherine Lee,
# Kovalsky for Jan Kowalski, a first name alone) and 25 that are two people with names alike (Mark and Mary Jones).
# 75 found 29 of the 31, 80 only 23; of the 25 it offers 14, 80 still 11. The rep chooses from what is offered,
# so a name too many costs a glance, and a name too few a second record for one person.
NEAR_MISS = 75.0


def fold(text: str | None) -> str:
    """The form that two spellings must share to count as equal: case, width and spacing do not matter."""
    return " ".join(unicodedata.normalize("NFKC", text or "").casefold().split())


def load(conn: sqlite3.Connection, ids: Iterable[int] | None = None) -> dict[int, Contact]:
    """The contacts with these ids, or all of them, by id."""
    wanted = None if ids is None else json.dumps(list(ids))
    spellings = defaultdict(list)
    for row in rows(
        conn,
        "SELECT contact_id, spelling FROM contact_spellings"
        " WHERE :ids IS NULL OR contact_id IN (SELECT value FROM json_each(:ids)) ORDER BY rowid",
        {"ids": wanted},
    ):
        spellings[row["contact_id"]].append(row["spelling"])
    return {
        row["id"]: Contact(**dict(row), spellings=tuple(spellings[row["id"]]))
        for row in rows(
            conn,
            "SELECT id, name, company, phone, email FROM contacts"
            " WHERE :ids IS NULL OR id IN (SELECT value FROM json_each(:ids))",
            {"ids": wanted},
        )
    }


def by_name(conn: sqlite3.Connection) -> list[Contact]:
    """All contacts, sorted by name and company."""
    return sorted(load(conn).values(), key=lambda contact: (fold(contact.name), fold(contact.company)))


def by_phone(conn: sqlite3.Connection, phone: str) -> list[Contact]:
    """The contacts with this number (E.164): more than one where colleagues share a switchboard."""
    found = rows(conn, "SELECT id FROM contacts WHERE phone = ?", [phone])
    return list(load(conn, [row["id"] for row in found]).values())


def match(conn: sqlite3.Connection, name: str, company: str | None = None) -> list[Contact]:
    """The contacts whose name, or another spelling of it, looks or sounds like `name`; best first.

    A company that fits puts a contact further up; one that does not fit never leaves it out, since people
    change jobs and companies are misheard too.
    """
    folded, folded_company = fold(name), fold(company)
    scored = []
    for contact in load(conn).values():
        score = max(alike(folded, fold(spelling)) for spelling in (contact.name, *contact.spellings))
        with_company = alike(folded_company, fold(contact.company))
        if score >= (OFFERED_WITH_COMPANY if with_company >= OFFERED else OFFERED):
            scored.append((score + with_company, contact))
    scored.sort(key=lambda pair: (-pair[0], fold(pair[1].name), pair[1].id))
    return [contact for _, contact in scored]


def find_or_create(db: Database, ref: ContactRef) -> int:
    """The id of the contact that `ref` is, made if there is none.

    What the rep confirmed last holds: a new phone number or address replaces the old one, and what `ref` leaves
    out stays. A name written in another way is kept as a spelling.
    """
    known = load(db.conn).values()
    contact = _same(known, ref)
    details = {
        column: value
        for column, value in (("company", ref.company), ("phone", ref.phone), ("email", ref.email))
        if value
    }
    if contact is None:
        made = db.table("contacts").insert({"name": ref.name, **details}).last_pk
        assert isinstance(made, int)
        return made
    changed = {column: value for column, value in details.items() if value != getattr(contact, column)}
    if changed:
        db.table("contacts").update(contact.id, changed)
    if fold(ref.name) not in map(fold, (contact.name, *contact.spellings)):
        db.table("contact_spellings").insert({"contact_id": contact.id, "spelling": ref.name})
    return contact.id


def _same(known: Iterable[Contact], ref: ContactRef) -> Contact | None:
    """The contact with the same name and company; else one with the same number whose name is a near miss.

    The number alone does not do: colleagues share a switchboard.
    """
    name, company = fold(ref.name), fold(ref.company)
    namesakes = [contact for contact in known if fold(contact.company) == company]
    for contact in namesakes:
        if fold(contact.name) == name:
            return contact
    for contact in namesakes:
        if name in map(fold, contact.spellings):
            return contact
    of_that_name = [contact for contact in known if fold(contact.name) == name]
    if len(of_that_name) == 1 and not of_that_name[0].company:
        # The only one of that name, and so far of no company: now it is known.
        return of_that_name[0]
    if ref.phone:
        for contact in known:
            if contact.phone == ref.phone and _likeness(ref.name, contact) >= NEAR_MISS:
                return contact
    return None


def _likeness(name: str, contact: Contact) -> float:
    return max(_ratio(name, spelling) for spelling in (contact.name, *contact.spellings))


def _ratio(one: str, other: str) -> float:
    """How alike two names are: as sets of words, or word by word of the one that has fewer, if that is better.

    The second is for a surname alone that was misheard.
    """
    from rapidfuzz import fuzz

    fewer, more = sorted((fold(one).split(), fold(other).split()), key=len)
    if not fewer:
        return 0.0
    by_word = sum(max(fuzz.ratio(word, candidate) for candidate in more) for word in fewer) / len(fewer)
    return max(by_word, fuzz.token_set_ratio(" ".join(fewer), " ".join(more)))
