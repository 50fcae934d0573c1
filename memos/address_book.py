"""The contacts as the rep keeps them: found, added, changed, made into one, and taken over from other programs."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal

from memos import contacts, find_contact, merging
from memos.cards import taking
from memos.cards.card import Card
from memos.cards.taking import Taken
from memos.database import naming_errors, rows, transaction
from memos.errors import ContactExists
from memos.known import fold, nearest
from memos.models import Contact, Merge, Talks


class AddressBook:
    """The contacts in the file of a store, which opens it. Every method is a transaction of its own."""

    def __init__(self, conn: sqlite3.Connection, path: Path, clock: Callable[[], dt.datetime]) -> None:
        self._conn = conn
        self._path = path
        self._clock = clock

    @contextmanager
    def _transaction(self, kind: Literal["DEFERRED", "IMMEDIATE"] = "DEFERRED") -> Iterator[None]:
        with naming_errors(self._path), transaction(self._conn, kind):
            yield

    def find(self, text: str) -> Contact:
        """The contact that `text` means: an id, a name, a piece of one or a near miss, a number, an address.

        Raises NotFound, and AmbiguousContact where it may be several.
        """
        with self._transaction():
            return find_contact.find(self._conn, text)

    def having_words(self, text: str) -> list[Contact]:
        """The contacts in whose name, company or role a word begins with each word of `text`, sorted by name."""
        with self._transaction():
            everybody = contacts.by_name(self._conn)
        return find_contact.having_words(everybody, text) if text.split() else everybody

    def talks(self) -> dict[int, Talks]:
        """Of every contact that there are memos about, by its id, how many and when the last was spoken."""
        with self._transaction():
            found = rows(
                self._conn,
                # SQLite takes the other columns from the row that has the maximum.
                "SELECT contact_id, count(*) AS count, max(spoken_at_utc), spoken_at FROM memos"
                " WHERE contact_id IS NOT NULL GROUP BY contact_id",
            )
        return {row["contact_id"]: Talks(row["count"], dt.datetime.fromisoformat(row["spoken_at"])) for row in found}

    def add(self, new: Contact) -> tuple[Contact, list[Contact]]:
        """Add a contact, whose `id` is given to it; returns it, and those whose names are near misses of it.

        Raises ContactExists where one of that name and company is known.
        """
        with self._transaction("IMMEDIATE"):
            known = contacts.everyone(self._conn)
            added = replace(new, id=known.next_id)
            _refuse_double(known.named(new.name), added)
            contacts.save(self._conn, None, added)
        return added, nearest(known.current, new.name, new.company)

    def change(self, contact_id: int, how: Callable[[Contact], Contact]) -> Contact:
        """Change a contact; `how` gets it as it is stored. A name that is replaced stays as another spelling.

        Raises ContactExists where it would become another contact's double.
        """
        with self._transaction("IMMEDIATE"):
            known = contacts.everyone(self._conn)
            before = known[contact_id]
            after = how(before)
            if fold(after.name) != fold(before.name):
                after = replace(after, spellings=tuple(s for s in after.spellings if fold(s) != fold(after.name)))
                after = contacts.with_spelling(after, before.name)
            _refuse_double(known.named(after.name), after)
            contacts.save(self._conn, before, after)
        return after

    def merge(self, kept: Contact, merged: Contact) -> Merge:
        """Make `merged` part of `kept`; raises CannotMerge when they are one."""
        with self._transaction("IMMEDIATE"):
            return merging.merge(self._conn, kept.id, merged.id, self._clock())

    def undo_merge(self, merge_id: int | None = None) -> Merge:
        """Undo a merge, or the last one that still holds; raises NotFound, CannotUndo."""
        with self._transaction("IMMEDIATE"):
            return merging.undo(self._conn, merge_id, self._clock())

    def merges(self) -> list[Merge]:
        """All merges, the last one first, with those that were undone."""
        with self._transaction():
            return merging.history(self._conn)

    def take(self, books: Iterable[Sequence[Card]], *, dry_run: bool = False) -> list[list[Taken]]:
        """Take over the cards of address books, one after the other: all of them or, on an error, none.

        `dry_run` only says what would become of them.
        """
        with self._transaction("DEFERRED" if dry_run else "IMMEDIATE"):
            known = contacts.everyone(self._conn)
            imported = dict(self._conn.execute("SELECT entry_sha256, contact_id FROM contact_imports").fetchall())
            outcomes = [taking.plan(cards, known, imported) for cards in books]
            if not dry_run:
                self._keep([outcome for of_book in outcomes for outcome in of_book])
        return outcomes

    def _keep(self, outcomes: Sequence[Taken]) -> None:
        for outcome in outcomes:
            if outcome.before != outcome.after:
                contacts.save(self._conn, outcome.before, outcome.after)
        now = self._clock().isoformat()
        self._conn.executemany(
            "INSERT OR IGNORE INTO contact_imports (entry_sha256, contact_id, imported_at) VALUES (?, ?, ?)",
            [(outcome.card.sha256, outcome.after.id, now) for outcome in outcomes],
        )


def _refuse_double(namesakes: Iterable[Contact], contact: Contact) -> None:
    name, company = fold(contact.name), fold(contact.company)
    for other in namesakes:
        if other.id != contact.id and (fold(other.name), fold(other.company)) == (name, company):
            raise ContactExists(contact.called, other.id)
