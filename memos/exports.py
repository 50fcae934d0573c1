"""What is handed out to other programs, and the ledger of what was, so that nothing goes out twice."""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from memos import followups
from memos.database import Transactions, rows
from memos.models import FollowUp

Kind = Literal["note", "task"]


@dataclass(frozen=True, slots=True)
class Item:
    """Something that may go out: the memo itself as a note, or the call that it promised as a task.

    `content` is what the rep would have to tell the other program again if it changed.
    """

    kind: Kind
    memo_id: str
    content: str

    @property
    def fingerprint(self) -> str:
        """Differs when the content does, and holds no word of it."""
        return hashlib.sha256(self.content.encode("utf-8", "replace")).hexdigest()


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

    def follow_ups(self) -> list[FollowUp]:
        """All promised calls, open and closed, in the order in which they were promised."""
        with self._transaction():
            found = self._conn.execute("SELECT id FROM followups ORDER BY id").fetchall()
            return followups.load(self._conn, [follow_up_id for (follow_up_id,) in found])

    def version_counts(self) -> dict[str, int]:
        """How many versions each memo has that was corrected after it had been confirmed, by its id."""
        with self._transaction():
            found = self._conn.execute("SELECT memo_id, count(*) + 1 FROM memo_versions GROUP BY memo_id").fetchall()
            return dict(found)

    def outgoing(self, target: str, items: Sequence[Item], *, again: bool = False) -> list[Outgoing]:
        """Those of `items` that did not go out to `target` yet, or went out with another content; with `again` all."""
        with self._transaction():
            return self._outgoing(target, items, again)

    def hand_out(
        self, target: str, items: Sequence[Item], write: Callable[[Sequence[Outgoing]], None], *, again: bool = False
    ) -> list[Outgoing]:
        """Have `write` hand out what `outgoing` gives, and note that it went out; returns it.

        Another export waits until this one is done. When `write` raises, nothing is noted. It is not called where
        there is nothing to hand out.
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

    def _outgoing(self, target: str, items: Sequence[Item], again: bool) -> list[Outgoing]:
        went = {
            (row["kind"], row["memo_id"]): row
            for row in rows(self._conn, "SELECT * FROM exports WHERE target = ?", [target])
        }
        out = []
        for item in items:
            row = went.get((item.kind, item.memo_id))
            if again or row is None or row["fingerprint"] != item.fingerprint:
                out.append(Outgoing(item, dt.datetime.fromisoformat(row["exported_at"]) if row else None))
        return out
