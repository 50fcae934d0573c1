"""The promised calls of a store: which are due, what to read before them, and what the rep makes of them."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Sequence
from typing import Literal

from memos import briefs, due, facts, followups, slots
from memos.briefs import Brief
from memos.database import Transactions
from memos.due import Buried
from memos.models import DueCall, FollowUp, Promise
from memos.slots import Slot


class Calls:
    """What :attr:`memos.store.Store.calls` gives. Every method raises as those of the store do."""

    def __init__(self, conn: sqlite3.Connection, transaction: Transactions, clock: Callable[[], dt.datetime]) -> None:
        self._conn = conn
        self._transaction = transaction
        self._clock = clock

    def due(self, until: dt.date | None = None) -> list[DueCall]:
        """The promised calls due on or before `until`, or all that are open; the longest due first."""
        with self._transaction():
            return due.due(self._conn, until)

    def slots(self, until: dt.date | None = None) -> list[Slot]:
        """When each open call is due, or each that is by that day: for choosing from thousands."""
        with self._transaction():
            return slots.slots(self._conn, until)

    def details(self, ids: Sequence[int]) -> list[DueCall]:
        """The follow-ups with these ids, in their order."""
        with self._transaction():
            return due.calls(self._conn, followups.load(self._conn, ids))

    def buried(self, before: dt.datetime, limit: int | None = None) -> tuple[list[Buried], int]:
        """The contacts without a next step and without a talk since `before`: the first `limit`, and how many.

        Those who fell silent last come first. Closing a call by hand counts as a talk; contacts at rest are left out.
        """
        with self._transaction():
            return due.buried(self._conn, before, limit)

    def with_id_like(self, piece: str) -> list[FollowUp]:
        """The follow-ups whose memo has this id, or one that begins or ends with it: open ones, or else closed ones."""
        with self._transaction():
            return followups.with_id_like(self._conn, piece)

    def of_contact(self, contact_id: int) -> list[FollowUp]:
        """The open follow-ups of a contact, in the order in which they are due."""
        with self._transaction():
            return followups.of_contact(self._conn, contact_id)

    def close(self, follow_up: FollowUp, state: Literal["done", "cancelled"], reason: str | None = None) -> FollowUp:
        """Close an open follow-up by the rep's word; it is given back as it is now. Raises CallClosed."""
        with self._transaction("IMMEDIATE"):
            [now_stored] = followups.load(self._conn, [follow_up.id])
            followups.close(self._conn, now_stored, state, self._clock(), reason)
            return followups.load(self._conn, [follow_up.id])[0]

    def move(self, follow_up: FollowUp, to: Promise, *, agreed: bool = False) -> FollowUp:
        """Make a follow-up due at another time, open again if it is closed; it is given back as it is now.

        `agreed`: the contact knows of the new day. Otherwise a later one counts as putting the call off.
        """
        with self._transaction("IMMEDIATE"):
            [now_stored] = followups.load(self._conn, [follow_up.id])
            followups.move(self._conn, now_stored, to, self._clock(), agreed=agreed)
            return followups.load(self._conn, [follow_up.id])[0]

    def let_rest(self, contact_id: int, reason: str | None = None) -> Sequence[FollowUp]:
        """Cancel what is open with a contact, and bring them up no more until there is another talk.

        Returns what was cancelled.
        """
        with self._transaction("IMMEDIATE"):
            cancelled = followups.of_contact(self._conn, contact_id)
            for follow_up in cancelled:
                followups.close(self._conn, follow_up, "cancelled", self._clock(), reason)
            briefs.let_rest(self._conn, contact_id, reason, self._clock())
            return cancelled

    def brief(self, contact_id: int) -> Brief:
        """What is to be read before this contact is dialled."""
        with self._transaction():
            return briefs.gather(self._conn, contact_id)

    def mark_read(self, contact_id: int) -> None:
        """Note that the brief on this contact was read."""
        with self._transaction("IMMEDIATE"):
            briefs.mark_read(self._conn, contact_id, self._clock())

    def answer(self, contact_id: int, topic: str, text: str) -> None:
        """Keep what was learnt of a contact (see memos.facts.TOPICS); an empty text withdraws it.

        Raises ValueError for an unknown topic.
        """
        facts.require(topic)
        with self._transaction("IMMEDIATE"):
            facts.answer(self._conn, contact_id, topic, text, self._clock())
