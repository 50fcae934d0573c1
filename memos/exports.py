"""What is handed out to other programs, and the ledger of what was, so that nothing goes out twice."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal, Self, TypeVar

from memos import followups
from memos.database import Transactions, rows
from memos.models import FollowUp

Kind = Literal["note", "task"]

_AT_ONCE: Final = 500
_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class Item:
    """Something that may go out: the memo itself as a note, or the call that it promised as a task.

    `fingerprint` differs when its content does, and holds no word of it.
    """

    kind: Kind
    memo_id: str
    fingerprint: str

    @classmethod
    def of(cls, kind: Kind, memo_id: str, content: str) -> Self:
        """With the fingerprint of what the rep would have to tell the other program again if it changed."""
        return cls(kind, memo_id, hashlib.sha256(content.encode("utf-8", "replace")).hexdigest())


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An item that is to go out. `before` is when it went out last, None if it never did."""

    item: Item
    before: dt.datetime | None


class Exports:
    """What :attr:`memos.store.Store.exports` gives. Every method raises as those of the store do."""

    def __init__(self, conn: sqlite3.Connection, transaction: Transactions, clock: Callable[[], dt.datetime]) -> None:
        self._conn = conn
        self._transaction = transaction
        self._clock = clock

    def follow_ups(self) -> Iterator[FollowUp]:
        """All promised calls, open and closed, in the order in which they were promised; they need not all be in memory
        at once."""
        with self._transaction():
            ids = [follow_up_id for (follow_up_id,) in self._conn.execute("SELECT id FROM followups ORDER BY id")]
        for some in _in_batches(ids):
            with self._transaction():
                batch = followups.load(self._conn, some)
            yield from batch

    def follow_ups_of(self, memo_ids: Collection[str]) -> dict[str, FollowUp]:
        """Those of these memos, by the memo's id."""
        with self._transaction():
            found = self._conn.execute(
                "SELECT id FROM followups WHERE memo_id IN (SELECT value FROM json_each(?))",
                [json.dumps(list(memo_ids))],
            )
            made = followups.load(self._conn, [follow_up_id for (follow_up_id,) in found])
        return {follow_up.memo_id: follow_up for follow_up in made}

    def counts(self) -> tuple[int, int, int]:
        """How many memos, contacts and promised calls there are."""
        with self._transaction():
            [found] = self._conn.execute(
                "SELECT (SELECT count(*) FROM memos), (SELECT count(*) FROM contacts WHERE merged_into IS NULL),"
                " (SELECT count(*) FROM followups)"
            )
            memos, people, calls = found
            return memos, people, calls

    def corrected(self, memo_ids: Collection[str]) -> set[str]:
        """Those of these memos that were corrected after they had been confirmed."""
        with self._transaction():
            found = self._conn.execute(
                "SELECT DISTINCT memo_id FROM memo_versions WHERE memo_id IN (SELECT value FROM json_each(?))",
                [json.dumps(list(memo_ids))],
            )
            return {memo_id for (memo_id,) in found}

    def outgoing(self, target: str, items: Iterable[Item], *, again: bool = False) -> list[Outgoing]:
        """Those of `items` that did not go out to `target` yet, or went out with another content; with `again` all."""
        with self._transaction():
            return self._outgoing(target, items, again)

    def hand_out(
        self, target: str, items: Iterable[Item], write: Callable[[Sequence[Outgoing]], None], *, again: bool = False
    ) -> list[Outgoing]:
        """Have `write` hand out what `outgoing` gives, and note that it went out; returns it.

        Another export waits until this one is done. When `write` raises, nothing is noted. It is not called where
        there is nothing to hand out. What `items` and `write` read of the store meanwhile is of the same moment.
        """
        with self._transaction("IMMEDIATE"):
            out = self._outgoing(target, items, again)
            now = self._clock().isoformat()
            self._conn.executemany(
                "INSERT OR REPLACE INTO exports (target, kind, memo_id, fingerprint, exported_at)"
                " VALUES (?, ?, ?, ?, ?)",
                [(target, one.item.kind, one.item.memo_id, one.item.fingerprint, now) for one in out],
            )
            if out:
                write(out)
            return out

    def _outgoing(self, target: str, items: Iterable[Item], again: bool) -> list[Outgoing]:
        out = []
        for some in _in_batches(items):
            went = {
                (row["kind"], row["memo_id"]): row
                for row in rows(
                    self._conn,
                    "SELECT * FROM exports WHERE target = ? AND memo_id IN (SELECT value FROM json_each(?))",
                    [target, json.dumps([item.memo_id for item in some])],
                )
            }
            for item in some:
                row = went.get((item.kind, item.memo_id))
                if again or row is None or row["fingerprint"] != item.fingerprint:
                    out.append(Outgoing(item, dt.datetime.fromisoformat(row["exported_at"]) if row else None))
        return out


def _in_batches(things: Iterable[_Thing]) -> Iterator[list[_Thing]]:
    rest = iter(things)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
