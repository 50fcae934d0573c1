"""The store of confirmed memos: the one way in, and the ways to find them again."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from memos import (
    call_readings,
    check,
    confirming,
    contacts,
    erase,
    records,
    schema,
    search,
    spelling,
    stats,
    versions,
    vocabulary,
)
from memos.address_book import AddressBook
from memos.calendar.book import CalendarBook
from memos.call_readings import CallReading, CallScore
from memos.calls import Calls
from memos.database import BUSY_SECONDS, connect, copy, naming_errors, transaction
from memos.exports import Exports
from memos.models import ConfirmedMemo, Contact, Correction, DueCall, Memo, Version
from memos.query import Query
from memos.search import EVERY_MEMO, Filters, Hit
from memos.spelling import Respelling
from memos.stats import Stats
from memos.tasks import Tasks
from memos.team import noting
from memos.vocabulary import Mishearing

if TYPE_CHECKING:
    from memos.team.membership import Team


def now() -> dt.datetime:
    """The time, with the offset of where the machine is."""
    return dt.datetime.now().astimezone()


class Store:
    """Confirmed memos in one SQLite file. For one thread; other processes may use the file at the same time.

    Every method raises StoreError or a subclass when the file cannot be used, and StoreDamaged when a page
    that it needs cannot be read.
    """

    def __init__(self, conn: sqlite3.Connection, path: Path, clock: Callable[[], dt.datetime]) -> None:
        self.path = path
        self._conn = conn
        self._clock = clock

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        clock: Callable[[], dt.datetime] = now,
        read_only: bool = False,
        busy_seconds: float = BUSY_SECONDS,
    ) -> Self:
        """Open the store, made if there is none, with its tables brought up to date.

        `read_only` changes nothing: it raises StoreMissing where there is no file, StoreTooOld where the tables
        are of an earlier version. `busy_seconds` is how long to wait for another writer before StoreBusy.
        """
        with naming_errors(path):
            conn = connect(path, read_only=read_only, busy_seconds=busy_seconds)
        return cls(conn, path, clock)

    @property
    def calls(self) -> Calls:
        """The promised calls."""
        return Calls(self._conn, self._transaction, self._clock)

    @property
    def tasks(self) -> Tasks:
        """What the rep undertook besides calls."""
        return Tasks(self._conn, self._transaction, self._clock)

    def close(self) -> None:
        """Close the file; the last to close it folds the write-ahead log into it."""
        self._conn.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _transaction(self, kind: Literal["DEFERRED", "IMMEDIATE"] = "DEFERRED") -> Iterator[None]:
        with naming_errors(self.path), transaction(self._conn, kind):
            yield
            if kind == "IMMEDIATE":
                noting.note(self._conn, self._clock())

    def confirm(self, memo: ConfirmedMemo) -> bool:
        """Store `memo`: the memo, its sentences, its contact, its follow-up and tasks, all of it or nothing.

        When this returns, the memo is on the disk. False: it was stored before, and nothing was changed. Raises
        AlreadyConfirmed when what is stored under its id has another text, outcome or next call.
        """
        with self._transaction("IMMEDIATE"):
            return confirming.confirm(self._conn, memo, self._clock())

    def get(self, piece: str) -> Memo:
        """The memo with this id, or the one whose id begins or ends with it; raises NotFound, AmbiguousId."""
        with self._transaction():
            [memo] = records.load(self._conn, [search.number_of(self._conn, piece)])
            return memo

    def versions(self, piece: str) -> list[Version]:
        """What the memo that `get` would return has said, the first version first; raises the same errors."""
        with self._transaction():
            [memo] = records.load(self._conn, [search.number_of(self._conn, piece)])
            return versions.of(self._conn, memo)

    def correct(self, memo_id: str, correction: Correction) -> bool:
        """Give a stored memo other words; what it said before is kept as a version, what was heard stays.

        When this returns, it is on the disk. False: the memo says so already. Raises NotFound, and
        CorrectedMeanwhile when another version is in force than the one that was read.
        """
        from sqlite_utils import Database

        with self._transaction("IMMEDIATE"):
            [memo] = records.load(self._conn, [search.number_of(self._conn, memo_id)])
            return versions.correct(Database(self._conn, execute_plugins=False), memo, correction)

    def search(self, query: str, filters: Filters = EVERY_MEMO, limit: int | None = 20) -> list[Hit]:
        """The memos that match, best first; with no words, or only unwanted ones, newest first.

        Words must all occur, in the text, in what was heard, or in the contact's name or company; they are
        compared without case, accents and English endings. "a phrase" occurs as it stands, beg* is how a
        word begins, -word must not occur. There is no wrong query.
        """
        with self._transaction():
            return search.search(self._conn, Query.parse(query), filters, limit)

    def respell(self, query: str, filters: Filters = EVERY_MEMO) -> Respelling | None:
        """What may have been meant by a query that found little: other spellings of its words and names.

        None where nothing is near. Reads the vocabulary: for after a search that found little.
        """
        with self._transaction():
            return spelling.respell(self._conn, Query.parse(query), filters)

    def due(self, until: dt.date | None = None) -> list[DueCall]:
        """The promised calls due on or before `until`, or all that are open; the longest due first."""
        return self.calls.due(until)

    def stats(self, since: dt.date | None, today: dt.date) -> Stats:
        """Figures over the calls and promises since a day, or over all of them."""
        with self._transaction():
            return stats.gather(self._conn, since, today)

    def contacts(self) -> list[Contact]:
        """All contacts, sorted by name."""
        with self._transaction():
            return contacts.by_name(self._conn)

    @property
    def address_book(self) -> AddressBook:
        """The contacts, to be kept: added, changed, merged, imported."""
        return AddressBook(self._conn, self.path, self._clock)

    def find_contact(self, text: str) -> Contact:
        """The contact that was meant on the command line; raises NotFound, AmbiguousContact."""
        return self.address_book.find(text)

    def match_contacts(self, name: str, company: str | None = None) -> list[Contact]:
        """The contacts that a name as it was heard may mean, best first."""
        with self._transaction():
            return contacts.match(self._conn, name, company)

    def contacts_by_phone(self, phone: str) -> list[Contact]:
        """The contacts with this number (E.164)."""
        with self._transaction():
            return contacts.by_phone(self._conn, phone)

    @property
    def calendar(self) -> CalendarBook:
        """What is to stand in calendars, and what was last written to them."""
        return CalendarBook(self._conn, self._transaction, self._clock)

    @property
    def team(self) -> Team:
        """The team's book, where the store is in one."""
        from memos.team.membership import Team  # what it needs takes time to import, and most commands need none of it

        return Team(self._conn, self._transaction, self._clock)

    @property
    def exports(self) -> Exports:
        """What is handed out to other programs, and what was before."""
        return Exports(self._conn, self._transaction, self._clock)

    def confirmed_at(self, ids: Collection[str]) -> dict[str, dt.datetime]:
        """When those of the memos that are stored were confirmed, by id."""
        with self._transaction():
            return records.confirmed_at(self._conn, ids)

    def erase(self, ids: Collection[str]) -> bool:
        """Delete these memos with every trace of them in the file; ids that are not stored are passed over.

        False: they are gone, but another program that has the store open keeps their words in the write-ahead log
        until it closes it.
        """
        with self._transaction("IMMEDIATE"):
            erase.memos(self._conn, ids)
        return self.scrub()

    def erase_contact(self, contact_id: int) -> bool:
        """Delete a contact and all memos about them, as `erase` does, and whatever else refers to them."""
        with self._transaction("IMMEDIATE"):
            erase.contact(self._conn, contact_id)
        return self.scrub()

    def ids_about(self, contact_id: int) -> list[str]:
        """The ids of the memos about a contact, oldest first."""
        with self._transaction():
            return records.ids_about(self._conn, contact_id)

    def scrub(self) -> bool:
        """Take the words of what was deleted out of the file; False where another program keeps them in its log."""
        with naming_errors(self.path):
            return erase.scrub(self._conn)

    def copy_to(self, path: Path) -> None:
        """Copy the store, as it is at one moment, to a new file (SQLite's online backup). Others may write on."""
        with naming_errors(path):
            copy(self._conn, path)

    def count(self) -> int:
        """How many memos there are."""
        with self._transaction():
            [(count,)] = self._conn.execute("SELECT count(*) FROM memos")
            return int(count)

    def vocabulary(self, hint: str | None = None) -> list[str]:
        """Names and terms that a transcriber should expect, the likeliest first; `hint` is how the rep named whom."""
        with self._transaction():
            return vocabulary.terms(self._conn, hint, self._clock().date())

    def misheard(self) -> list[Mishearing]:
        """What the rep has put right more than once, the most frequent first."""
        with self._transaction():
            return vocabulary.misheard(self._conn)

    def call_reading(self, memo_id: str) -> CallReading | None:
        """What was offered as the next call of the memo with this id; None where that was not kept."""
        with self._transaction():
            return call_readings.of(self._conn, memo_id)

    def call_score(self) -> CallScore:
        """How often what was offered as the next call was right, over the memos that say so."""
        with self._transaction():
            return call_readings.score(self._conn)

    def check(self) -> list[str]:
        """What is wrong with the file, a line each; empty when it is sound. Reads all of it, changes nothing."""
        with naming_errors(self.path):
            return check.faults(self._conn)

    def foreign(self) -> list[str]:
        """The tables, indexes, views and triggers in the file that are not of this package, as "trigger NAME"."""
        with naming_errors(self.path):
            return schema.missing_and_foreign(self._conn)[1]

    def in_batches(self, size: int = 50, of: Filters | None = None, limit: int | None = None) -> Iterator[list[Memo]]:
        """All memos, oldest first, or those that pass the filters, newest first; only so many at a time in memory."""
        with self._transaction():
            numbers = search.newest(self._conn, of, limit) if of is not None else search.numbers(self._conn)
        for first in range(0, len(numbers), size):
            with self._transaction():
                batch = records.load(self._conn, numbers[first : first + size])
            yield batch

    def with_ids(self, ids: Collection[str]) -> dict[str, Memo]:
        """Those of the memos that are stored, by id."""
        with self._transaction():
            return {memo.id: memo for memo in records.load(self._conn, records.numbers_of(self._conn, ids))}

    def list(self, filters: Filters = EVERY_MEMO, limit: int | None = None) -> list[Memo]:
        """The memos that pass the filters, newest first."""
        return [memo for batch in self.in_batches(of=filters, limit=limit) for memo in batch]
