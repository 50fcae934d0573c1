"""The database of a team's book: reached, asked and told. What goes wrong there becomes one line.

A transaction that is cut off leaves nothing of itself on the server; told once more, it says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Self

from memos.team.address import Address
from memos.team.entries import IMMUTABLE, Entry, Membership, written
from memos.team.errors import (
    TeamExtraMissing,
    TeamLockedOut,
    TeamNotWritable,
    TeamPasswordMissing,
    TeamRefused,
    TeamTooNew,
    TeamTooOld,
    TeamTrouble,
    TeamUnreachable,
)

if TYPE_CHECKING:
    import psycopg

CHANNEL: Final = "aftercall"
_CONNECT_SECONDS: Final = 10
_SILENT_SECONDS: Final = 20

_WAYS: Final[Mapping[str, tuple[type[TeamTrouble], str]]] = {
    "28": (TeamRefused, "does not let this login in"),
    "42501": (TeamRefused, "does not allow that"),
    "25006": (TeamNotWritable, "is read-only at present"),
    "53100": (TeamNotWritable, "has no room left on its disk"),
    "53": (TeamUnreachable, "has no resources left"),
    "57": (TeamUnreachable, "is shutting down"),
    "58": (TeamNotWritable, "has trouble with its disk"),
    "3D": (TeamRefused, "has no database of that name"),
    "3F": (TeamTooOld, "has no team's book yet"),
    "42P01": (TeamTooOld, "has no team's book yet"),
}
"""By the SQLSTATE, or its class: what it is here, and in words."""

_PULL: Final = (
    "SELECT key, kind, subject, author, device, n, stamp, body FROM aftercall.entries"
    " WHERE device = %s AND n > %s AND n <= %s ORDER BY n LIMIT %s"
)

_PUSH: Final = (
    "INSERT INTO aftercall.entries AS held (key, kind, subject, about, author, device, n, stamp, body)"
    " SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bigint[],"
    " %s::text[], %s::jsonb[]) ON CONFLICT (key) DO "
)
_LATER: Final = (
    "UPDATE SET author = excluded.author, about = excluded.about, device = excluded.device, n = excluded.n,"
    " stamp = excluded.stamp, body = excluded.body WHERE excluded.stamp > held.stamp"
)


class Server:
    """A connection. Every method raises TeamTrouble or a subclass where the server does not do as it should."""

    def __init__(self, conn: psycopg.Connection[Any], address: Address) -> None:
        self.conn = conn
        self._address = address

    @classmethod
    def connect(cls, address: Address, password: Callable[[], str | None]) -> Self:
        """Connect; `password` is asked only where libpq finds none by itself (PGPASSWORD, a pgpass file).

        Raises TeamUnreachable, TeamRefused, TeamExtraMissing.
        """
        try:
            import psycopg
        except ImportError as error:
            raise TeamExtraMissing from error
        options: dict[str, Any] = {
            "connect_timeout": _CONNECT_SECONDS,
            "keepalives_idle": _SILENT_SECONDS,
            "tcp_user_timeout": _SILENT_SECONDS * 1000,
            "application_name": "aftercall",
            "client_encoding": "utf-8",
        }
        known = password()
        if known is not None:
            options["password"] = known
        with naming(address):
            return cls(psycopg.connect(address.url, autocommit=True, **options), address)

    def close(self) -> None:
        """Hang up."""
        self.conn.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing, on the server."""
        with naming(self._address), self.conn.transaction():
            yield

    def rows(self, sql: str, given: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with naming(self._address):
            return self.conn.execute(sql, given or None).fetchall()

    def run(self, sql: str, given: Sequence[object] = ()) -> None:
        """A statement of which no rows are wanted."""
        with naming(self._address):
            self.conn.execute(sql, given or None)

    def login(self) -> str:
        """Who is connected."""
        return str(self.rows("SELECT session_user")[0][0])

    def require_book(self, names: Sequence[str]) -> None:
        """Raises TeamTooNew, TeamTooOld unless the book has been through these migrations and no others."""
        there = [name for (name,) in self.rows("SELECT name FROM aftercall.migrations ORDER BY applied_at, name")]
        if unknown := [name for name in there if name not in names]:
            raise TeamTooNew(f"the team's book was made by a later version (it has {', '.join(unknown)}); {_SAFE}")
        if missing := [name for name in names if name not in there]:
            raise TeamTooOld(f"the team's book is of an earlier version (it lacks {', '.join(missing)}); {_SAFE}")

    def require_member(self) -> None:
        """Raises TeamLockedOut where the login has left the team, or never was in it."""
        [(standing,)] = self.rows("SELECT aftercall.standing()")
        if standing == "left":
            raise TeamLockedOut(f"{self.login()} has left this team and is locked out; {_SAFE}")
        if standing != "member":
            raise TeamLockedOut(f"{self.login()} is not in this team; {_SAFE}")

    def leave(self) -> None:
        """Lock this login out, at once; raises TeamLockedOut where it was."""
        self.require_member()
        self.run("SELECT aftercall.leave()")

    def heads(self) -> dict[str, tuple[int, str]]:
        """How far the entries of each device go, and the stamp of the last."""
        return {
            device: (head, stamp)
            for device, head, stamp in self.rows("SELECT device, head, head_stamp FROM aftercall.devices")
        }

    def people(self) -> dict[str, str]:
        """Who is or was in the team, by login."""
        return dict(self.rows("SELECT login, called FROM aftercall.members"))

    def entries(self, device: str, after: int, until: int, most: int) -> list[Entry]:
        """The next entries of a device."""
        return [Entry(*row) for row in self.rows(_PULL, [device, after, until, most])]

    def is_a_colleagues(self, memo_id: str) -> bool:
        """Whether the book has a memo with that id of another login's."""
        return bool(self.rows("SELECT 1 FROM aftercall.memos WHERE id = %s AND author <> session_user", [memo_id]))

    def add_device(self, device: str) -> None:
        """Make a device known as one of this login's."""
        self.run(
            "INSERT INTO aftercall.devices (device, login) VALUES (%s, session_user) ON CONFLICT DO NOTHING", [device]
        )

    def heard_something(self, seconds: float) -> bool:
        """Whether within so many seconds a device was told to have said something; after LISTEN."""
        with naming(self._address):
            return any(True for _ in self.conn.notifies(timeout=seconds, stop_after=1))

    def push(self, team: Membership, entries: Sequence[Entry]) -> None:
        """Say these, the next of this device, in their order; said once more they change nothing."""
        last = entries[-1]
        with self.transaction():
            # One at a time per device, or a reader could see a later entry before an earlier one.
            self.run("SELECT 1 FROM aftercall.devices WHERE device = %s FOR UPDATE", [team.device])
            for some, otherwise in (
                ([entry for entry in entries if entry.kind not in IMMUTABLE], _LATER),
                ([entry for entry in entries if entry.kind in IMMUTABLE], "NOTHING"),
            ):
                if some:
                    self.run(_PUSH + otherwise, _columns(some))
            self.run(
                "UPDATE aftercall.devices SET head = %s, head_stamp = %s WHERE device = %s AND head < %s",
                [last.n, last.stamp, team.device, last.n],
            )


_SAFE: Final = "nothing was sent, and all is safe on this machine"


def _columns(entries: Sequence[Entry]) -> list[list[Any]]:
    rows = [
        (one.key, one.kind, one.subject, one.about, one.author, one.device, one.n, one.stamp, written(one.body))
        for one in entries
    ]
    return [list(column) for column in zip(*rows, strict=True)]


@contextmanager
def naming(address: Address) -> Iterator[None]:
    """Turn what PostgreSQL or the network reports into an error of this package, of one line."""
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        raise _named(error) from error
    except OSError as error:
        raise TeamUnreachable(f"the team's server cannot be reached ({error.strerror or error}); {_WAITS}") from error


_WAITS: Final = "all is safe on this machine, and goes out the next time"


def _named(error: psycopg.Error) -> TeamTrouble:
    import psycopg

    said = str(error.diag.message_primary or str(error).strip().splitlines()[0:1] or ["no reason given"])
    said = said.removeprefix("['").removesuffix("']")
    state = error.sqlstate or ""
    for code in (state, state[:2]):
        if code in _WAYS:
            kind, words = _WAYS[code]
            return kind(f"the team's server {words} ({said}); {_WAITS}")
    if isinstance(error, psycopg.OperationalError):
        if "no password supplied" in said:
            return TeamPasswordMissing("the team's server asks for a password, and none is known; nothing was changed")
        kind = TeamRefused if _is_about_the_password(said) else TeamUnreachable
        words = "does not let this login in" if kind is TeamRefused else "cannot be reached"
        return kind(f"the team's server {words} ({said}); {_WAITS}")
    return TeamTrouble(f"the team's server did not take that ({said}); {_WAITS}")


def _is_about_the_password(said: str) -> bool:
    # Before it is connected, libpq gives no SQLSTATE.
    return any(words in said for words in ("password", "authentication", "role ", "not permitted"))
