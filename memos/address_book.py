"""The contacts as the rep keeps them: found, added, changed, made into one, and taken over from other programs."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal

from memos import contacts, find_contact, merging, moving, privacy, records, search
from memos.cards import taking
from memos.cards.card import Card
from memos.cards.doubt import Candidate
from memos.cards.taking import Decide, Taken
from memos.database import naming_errors, rows, transaction
from memos.errors import ContactExists
from memos.known import Known, fold, nearest
from memos.models import Contact, Merge, Talks
from memos.outcomes import IS_TALK
from memos.settle import settle
from memos.team import noting
from memos.team.learnt import unlearn
from memos.team.merges import fit_merges
from memos.team.withheld import is_told_by


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
            if kind == "IMMEDIATE":
                noting.note(self._conn, self._clock())

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
        """Of every contact that there are memos about, by its id, how many and when the last talk was."""
        with self._transaction():
            found = rows(
                self._conn,
                # SQLite takes the other columns from the row that has the maximum; with no talk that is NULL in all.
                f"SELECT contact_id, count(*) AS count, max(iif({IS_TALK}, spoken_at_utc, NULL)) AS last, spoken_at"  # noqa: S608 - our own words
                " FROM memos WHERE contact_id IS NOT NULL GROUP BY contact_id",
            )
        return {
            row["contact_id"]: Talks(row["count"], dt.datetime.fromisoformat(row["spoken_at"]) if row["last"] else None)
            for row in found
        }

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
            if (fold(after.name), fold(after.company)) != (fold(before.name), fold(before.company)):
                _refuse_double(known.named(after.name), after)
            contacts.save(self._conn, before, after)
        return after

    def keep_private(self, contact_id: int, private: bool) -> None:
        """Share a contact with a team, or nothing of them: see :mod:`memos.privacy`."""
        with self._transaction("IMMEDIATE"):
            (privacy.keep_contact if private else privacy.share_contact)(self._conn, contact_id)

    def is_private(self, contact_id: int) -> bool:
        """Whether nothing of a contact is shared with a team."""
        with self._transaction():
            return privacy.is_contact(self._conn, contact_id)

    def merge(self, kept: Contact, merged: Contact) -> Merge:
        """Make `merged` part of `kept`; raises CannotMerge when they are one."""
        with self._transaction("IMMEDIATE"):
            return merging.merge(self._conn, kept.id, merged.id, self._clock())

    def move(self, memo_id: str, taker: Contact) -> Merge:
        """Give a memo, its call and what it taught to another contact; raises NotFound, AmbiguousId, CannotMove."""
        with self._transaction("IMMEDIATE"):
            [memo] = records.load(self._conn, [search.number_of(self._conn, memo_id)])
            return merging.find(self._conn, moving.move(self._conn, memo.id, taker.id, self._clock()))

    def split(self, giver: Contact, new: Contact, shared: Sequence[str], memo_ids: Sequence[str]) -> Merge:
        """Make `new`, whose id is given to it, of what `giver` has swallowed: see :func:`memos.moving.split`.

        Who comes out of somebody private is private, and so is who is known by what only a private memo has taught.
        Raises ContactExists, CannotMove, NotFound, AmbiguousId.
        """
        with self._transaction("IMMEDIATE"):
            known = contacts.everyone(self._conn)
            made = replace(new, id=known.next_id)
            _refuse_double(known.named(new.name), made)
            numbers = [search.number_of(self._conn, memo_id) for memo_id in memo_ids]
            ids = [memo.id for memo in records.load(self._conn, numbers)]
            private = privacy.is_contact(self._conn, giver.id) or is_told_by(self._conn, giver.id, made)
            number = moving.split(self._conn, giver.id, made, shared, ids, self._clock())
            if private:
                privacy.keep_contact(self._conn, made.id)
            return merging.find(self._conn, number)

    def undo_merge(self, merge_id: int | None = None) -> Merge:
        """Undo a merge, a move or a split, or the last one made here that still holds; raises NotFound, CannotUndo."""
        with self._transaction("IMMEDIATE"):
            private, now = privacy.merges(self._conn), self._clock()
            if merge_id is not None:
                unlearn(self._conn, merge_id)
            undone = merging.undo(self._conn, merge_id, now)
            noting.note(self._conn, now)  # to whom it went back, though a colleague has made them part of somebody
            for contact_id in (undone.kept.id, undone.merged.id):
                merging.follow(self._conn, contact_id, now)
            if privacy.merges(self._conn) != private:
                for contact_id in fit_merges(self._conn, now):  # what the team says of them meanwhile
                    settle(self._conn, contact_id, now)
            return undone

    def merges(self) -> list[Merge]:
        """All merges, the last one first, with those that were undone."""
        with self._transaction():
            return merging.history(self._conn)

    def take(
        self, books: Iterable[Sequence[Card]], *, dry_run: bool = False, decide: Decide = taking.nobody
    ) -> list[list[Taken]]:
        """Take over the cards of address books, one after the other: all of them or, on an error, none.

        `decide` is asked whom a card may be, before anything is locked, so that it may take its time; where somebody
        has changed the contacts in the meantime, an answer that no longer makes sense counts as somebody else.
        `dry_run` only says what would become of them.
        """
        books = list(books)
        answers = _Answers(decide)
        if dry_run or decide is not taking.nobody:
            with self._transaction():
                known, imported = self._before()
            outcomes = [taking.plan(cards, known, imported, answers.ask) for cards in books]
        if not dry_run:
            with self._transaction("IMMEDIATE"):
                known, imported = self._before()
                outcomes = [taking.plan(cards, known, imported, answers.recall) for cards in books]
                self._keep([outcome for of_book in outcomes for outcome in of_book])
        return outcomes

    def _before(self) -> tuple[Known, dict[str, int]]:
        """Everybody who is known, and the contacts of the cards that were taken before, by their checksums."""
        imported = dict(self._conn.execute("SELECT entry_sha256, contact_id FROM contact_imports").fetchall())
        return contacts.everyone(self._conn), imported

    def _keep(self, outcomes: Sequence[Taken]) -> None:
        for outcome in outcomes:
            if outcome.before != outcome.after:
                contacts.save(self._conn, outcome.before, outcome.after)
        now = self._clock().isoformat()
        self._conn.executemany(
            "INSERT OR IGNORE INTO contact_imports (entry_sha256, contact_id, imported_at) VALUES (?, ?, ?)",
            [(outcome.card.sha256, outcome.after.id, now) for outcome in outcomes],
        )


class _Answers:
    """What was decided of each card, so that it need not be asked again."""

    def __init__(self, decide: Decide) -> None:
        self._decide = decide
        self._given: dict[str, Contact] = {}

    def ask(self, card: Card, among: Sequence[Candidate]) -> Contact | None:
        chosen = self._decide(card, among)
        if chosen is not None:
            self._given[card.sha256] = replace(chosen, id=0)
        return chosen

    def recall(self, card: Card, among: Sequence[Candidate]) -> Contact | None:
        # By all that is known of the contact: those that the address book makes may get other ids the second time.
        given = self._given.get(card.sha256)
        return next((each.contact for each in among if replace(each.contact, id=0) == given), None)


def _refuse_double(namesakes: Iterable[Contact], contact: Contact) -> None:
    name, company = fold(contact.name), fold(contact.company)
    for other in namesakes:
        if other.id != contact.id and (fold(other.name), fold(other.company)) == (name, company):
            raise ContactExists(contact.called, other.id)
