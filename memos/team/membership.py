"""The team that a store is in: come into, brought together with, left."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from ground.ids import piece_of_id
from memos.database import Transactions, bindable, rows
from memos.errors import NotFound
from memos.models import Promise
from memos.team import acting, book_schema, noting, views
from memos.team.address import Address
from memos.team.entries import membership
from memos.team.errors import InATeam, NotInATeam, TeamLockedOut, TeamTrouble
from memos.team.server import Server
from memos.team.sync import Synced, new_device, sync, waiting
from memos.team.views import RepStats, TeamCall, TeamMemo


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands between a store and its team.

    `waiting` are entries that have not gone out, `memos` the memos of the book as it is known here, by login; `private`
    the memos that are not shared. `failure` says what went wrong last, since when; None: nothing.
    """

    address: str
    login: str
    joined_at: dt.datetime
    synced_at: dt.datetime | None
    failing_since: dt.datetime | None
    failure: str | None
    waiting: int
    memos: dict[str, int]
    people: dict[str, str]
    private: int


class Team:
    """What :attr:`memos.store.Store.team` gives. Every method raises as those of the store do."""

    def __init__(self, conn: sqlite3.Connection, transaction: Transactions, clock: Callable[[], dt.datetime]) -> None:
        self._conn = conn
        self._transaction = transaction
        self._clock = clock

    @property
    def address(self) -> Address:
        """Where the book is; raises NotInATeam."""
        team = membership(self._conn)
        if team is None:
            raise NotInATeam
        return Address(team.address)

    @property
    def is_in_one(self) -> bool:
        """Whether the store is in a team."""
        return membership(self._conn) is not None

    def join(self, server: Server, address: Address, called: str) -> None:
        """Come into the team: from now on what is not private is shared, what was there before as well.

        Raises InATeam, TeamLockedOut where the login has left, TeamTooNew, TeamTooOld.
        """
        if self.is_in_one:
            raise InATeam(f"this machine is in the team at {self.address.url} already; nothing was changed")
        server.require_book(book_schema.NAMES)
        [(standing,)] = server.rows("SELECT aftercall.enter(%s)", [called])
        if standing != "member":
            raise TeamLockedOut(f"{server.login()} has left this team and is locked out; nothing was changed")
        login, device = server.login(), new_device()
        with self._transaction("IMMEDIATE"):
            self._conn.execute(
                "INSERT INTO team (one, address, login, device, joined_at) VALUES (1, ?, ?, ?, ?)",
                [address.with_login(login).url, login, device, self._clock().isoformat(timespec="seconds")],
            )
            noting.note_everything(self._conn)

    def sync(self, server: Server, progress: Callable[[int], None] = lambda done: None) -> Synced:
        """Bring the store and the book together; raises TeamTrouble, which is kept as the state of the team."""
        try:
            server.require_book(book_schema.NAMES)
            return sync(self._conn, self._transaction, server, self._clock, progress)
        except TeamTrouble as trouble:
            self.failed(trouble)
            raise

    def failed(self, trouble: TeamTrouble) -> None:
        """Keep what went wrong, and since when."""
        with self._transaction("IMMEDIATE"):
            self._conn.execute(
                "UPDATE team SET failure = ?, failing_since = coalesce(failing_since, ?)",
                [str(trouble), self._clock().isoformat(timespec="seconds")],
            )

    def leave(self) -> int:
        """Leave: what colleagues have said is taken off this machine, what is the rep's own stays; how much was
        colleagues' memos.

        The memos that were shared stay with the team. Contacts stay, as far as there are memos of the rep's own about
        them, or the rep has made them.
        """
        with self._transaction("IMMEDIATE"):
            team = membership(self._conn)
            if team is None:
                raise NotInATeam
            [(count,)] = self._conn.execute(
                "SELECT count(*) FROM team_memos WHERE author <> ?", [team.login]
            ).fetchall()
            self._conn.execute("DELETE FROM team")
            theirs = (
                "SELECT id FROM contacts WHERE uid IN (SELECT subject FROM team_entries WHERE kind = 'contact'"
                " GROUP BY subject HAVING sum(author = ?) = 0) AND id NOT IN (SELECT contact_id FROM memos"
                " WHERE contact_id IS NOT NULL)"
            )
            for table in ("team_calls", "team_memos"):
                self._conn.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
            self._conn.execute("DELETE FROM contact_facts WHERE author <> ?", [team.login])
            self._conn.execute(f"DELETE FROM contacts WHERE id IN ({theirs})", [team.login])  # noqa: S608 - as above
            for table in ("team_entries", "team_heads", "team_people", "team_dirty"):
                self._conn.execute(f"DELETE FROM {table}")  # noqa: S608 - as above
        return int(count)

    def heard(self, contact_id: int, most: int = 3) -> list[TeamMemo]:
        """What colleagues last heard of a contact, newest first; nothing where the store is in no team."""
        with self._transaction():
            return views.heard(self._conn, contact_id, most)

    def brief_readings(self, contact_id: int) -> dict[str, dt.datetime]:
        """When each colleague last read the brief on a contact, by login, the latest first."""
        with self._transaction():
            return views.brief_readings(self._conn, contact_id)

    def open_calls(self, until: dt.date | None = None) -> list[TeamCall]:
        """The open calls of all reps due on or before `until`, or all; by date."""
        with self._transaction():
            return views.open_calls(self._conn, until)

    def calls_like(self, piece: str) -> list[TeamCall]:
        """The calls of colleagues whose memo has an id that begins or ends so: open ones, or else closed ones."""
        with self._transaction():
            return views.calls_like(self._conn, bindable(piece_of_id(piece)))

    def close(self, memo_id: str, state: Literal["done", "cancelled"], reason: str | None = None) -> TeamCall:
        """Close a call that a colleague has promised; it is given back as it is now. Raises CallClosed."""
        with self._transaction("IMMEDIATE"):
            acting.close(self._conn, self._call(memo_id), state, reason, self._clock())
            return self._call(memo_id)

    def move(self, memo_id: str, to: Promise, *, agreed: bool = False) -> TeamCall:
        """Make a call that a colleague has promised due at another time; it is given back as it is now."""
        with self._transaction("IMMEDIATE"):
            acting.move(self._conn, self._call(memo_id), to, self._clock(), agreed=agreed)
            return self._call(memo_id)

    def _call(self, memo_id: str) -> TeamCall:
        found = [call for call in views.calls_like(self._conn, memo_id) if call.memo_id == memo_id]
        if not found:
            raise NotFound(f"no call was promised in {memo_id}, as far as it is known here")
        return found[0]

    def stats(self, since: dt.date | None, today: dt.date) -> list[RepStats]:
        """The figures of each rep, as far as they are shared."""
        with self._transaction():
            return views.stats(self._conn, since, today)

    def memos(self, ids: Iterable[str]) -> list[TeamMemo]:
        """The memos of the book with these ids, in their order."""
        with self._transaction():
            return views.memos(self._conn, ids)

    def makers(self) -> dict[int, str]:
        """Of each contact that is shared, who made it known, by its id here."""
        with self._transaction():
            found = self._conn.execute(
                "SELECT contacts.id, devices.author FROM contacts JOIN"
                " (SELECT subject, author, min(stamp) FROM team_entries WHERE kind = 'contact'"
                " GROUP BY subject) AS devices"
                " ON devices.subject = contacts.uid WHERE merged_into IS NULL"
            )
            return dict(found.fetchall())

    def names(self) -> dict[str, str]:
        """What the reps are called, by login."""
        with self._transaction():
            return dict(self._conn.execute("SELECT login, called FROM team_people").fetchall())

    def waiting(self) -> int:
        """How many entries have not gone out yet."""
        with self._transaction():
            team = membership(self._conn)
            return waiting(self._conn, team) if team else 0

    def standing(self) -> Standing:
        """How it stands; raises NotInATeam."""
        with self._transaction():
            team = membership(self._conn)
            if team is None:
                raise NotInATeam
            [row] = rows(self._conn, "SELECT * FROM team")
            [(private,)] = self._conn.execute("SELECT count(*) FROM private_memos").fetchall()
            return Standing(
                team.address,
                team.login,
                dt.datetime.fromisoformat(row["joined_at"]),
                _moment(row["synced_at"]),
                _moment(row["failing_since"]),
                row["failure"],
                waiting(self._conn, team),
                dict(self._conn.execute("SELECT author, count(*) FROM team_memos GROUP BY author").fetchall()),
                dict(self._conn.execute("SELECT login, called FROM team_people").fetchall()),
                private,
            )


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
