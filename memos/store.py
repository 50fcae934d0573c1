"""The store of confirmed memos: the one way in, and the ways to find them again."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from memos import check, contacts, followups, records, search, versions
from memos.database import connect, naming_errors, rows, transaction
from memos.errors import AlreadyConfirmed
from memos.models import ConfirmedMemo, Contact, Correction, DueCall, Hit, Memo, MemoContent, Promise, Version
from memos.search import EVERY_MEMO, Filters

BUSY_SECONDS = 10.0


def now() -> dt.datetime:
    """The time, with the offset of where the machine is."""
    return dt.datetime.now().astimezone()


def _outcome(memo: MemoContent) -> tuple[str, Promise | None, str | None]:
    return memo.text, memo.next_call, memo.no_next_call_reason


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

    def confirm(self, memo: ConfirmedMemo) -> bool:
        """Store `memo`: the memo, its sentences, its contact and its follow-up, all of it or nothing.

        When this returns, the memo is on the disk. False: it was stored before, and nothing was changed. Raises
        AlreadyConfirmed when what is stored under its id has another text or another next call.
        """
        from sqlite_utils import Database  # 0.15 s to import: what only reads goes without

        with self._transaction("IMMEDIATE"):
            stored = rows(self._conn, "SELECT number FROM memos WHERE id = ?", [memo.id])
            if stored:
                [before] = records.load(self._conn, [stored[0]["number"]])
                if _outcome(before) != _outcome(memo):
                    raise AlreadyConfirmed(memo.id)
                return False
            db = Database(self._conn, execute_plugins=False)
            contact_id = contacts.find_or_create(db, memo.contact) if memo.contact else None
            records.insert(db, memo, contact_id)
            moment = self._clock()
            if contact_id is not None:
                followups.close_earlier(db, memo, contact_id, moment)
            followups.open_for(db, memo, contact_id, moment)
        return True

    def get(self, piece: str) -> Memo:
        """The memo with this id, or the one whose id begins or ends with it; raises NotFound, AmbiguousId."""
        with self._transaction():
            [memo] = records.load(self._conn, [search.number_of(self._conn, piece)])
            return memo

    def transcript(self, piece: str) -> str:
        """The transcript, as JSON, of the memo that `get` would return; raises the same errors."""
        with self._transaction():
            number = search.number_of(self._conn, piece)
            [row] = rows(self._conn, "SELECT transcript_json FROM memos WHERE number = ?", [number])
            return str(row["transcript_json"])

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
            return search.search(self._conn, query, filters, limit)

    def due(self, until: dt.date | None = None) -> list[DueCall]:
        """The promised calls due on or before `until`, or all that are open; the longest due first."""
        with self._transaction():
            return followups.due(self._conn, until)

    def contacts(self) -> list[Contact]:
        """All contacts, sorted by name."""
        with self._transaction():
            return contacts.by_name(self._conn)

    def match_contacts(self, name: str, company: str | None = None) -> list[Contact]:
        """The contacts that a name as it was heard may mean, best first."""
        with self._transaction():
            return contacts.match(self._conn, name, company)

    def contacts_by_phone(self, phone: str) -> list[Contact]:
        """The contacts with this number (E.164)."""
        with self._transaction():
            return contacts.by_phone(self._conn, phone)

    def check(self) -> list[str]:
        """What is wrong with the file, a line each; empty when it is sound. Reads all of it, changes nothing."""
        with naming_errors(self.path):
            return check.faults(self._conn)

    def list(self, filters: Filters = EVERY_MEMO, limit: int | None = None) -> list[Memo]:
        """The memos that pass the filters, newest first."""
        with self._transaction():
            return search.listing(self._conn, filters, limit)
