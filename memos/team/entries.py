"""The entries of a book: of each key the one that holds. Which one that is depends on no order of arrival.

What is immutable (a version of a memo, a change of a promise, an answer) has a key of its own and is united by it. What
changes (a detail of a contact, whom a memo is about) has one key for all its changes, and the entry with the greatest
stamp holds. A tombstone takes all entries of its subject, and keeps others from coming. So the book is what
was ever said, whoever tells it, in whatever order, however often.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from ground.reader import parse_json
from memos.database import rows
from memos.records import utc
from memos.team import clock

Kind = Literal[
    "memo", "version", "change", "task", "contact", "point", "spelling", "merged", "fact", "reading", "rest",
    "gone_memo", "gone_contact",
]  # fmt: skip

_JUST_DONE: Final = dt.timedelta(minutes=1)
"""What was done longer ago keeps its time: it was done before the store was in a team, or by another program."""

TOMBSTONES: Final = ("gone_memo", "gone_contact")

IMMUTABLE: Final = frozenset({"version", "change", "fact", "reading"})
"""What is said once. Of a memo, whom it is about may be said again."""

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was said.

    `subject` is the id of the memo or of the contact that it goes with when that is deleted; `author` the login of who
    said it, on the device `device`, as its `n`-th; `stamp` is of :mod:`memos.team.clock`.
    """

    key: str
    kind: Kind
    subject: str
    author: str
    device: str
    n: int
    stamp: str
    body: Body = field(hash=False)

    @property
    def about(self) -> str | None:
        """The contact that it is about beside its subject: a memo goes when its contact does."""
        about = self.body.get("contact")
        return about if isinstance(about, str) else None


@dataclass(slots=True)
class Membership:
    """The team that a store is in, as whom, and how far its own entries have come."""

    address: str
    login: str
    device: str
    last_n: int
    pushed_n: int
    clock: str


def key_of(kind: Kind, subject: str, *what: str) -> str:
    """The key of an entry. What it is about beside its subject is a digest where it may be words."""
    return "/".join([kind, subject, *what])


def digest(*words: str) -> str:
    """A piece of a key that shows no words, however long they are."""
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:32]


def written(body: Mapping[str, Any]) -> str:
    """A body as it is kept: the same text for the same content. NUL, which PostgreSQL cannot take, is left out."""
    return json.dumps(_without_nul(body), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, Mapping):
        return {name: _without_nul(each) for name, each in value.items()}
    return [_without_nul(each) for each in value] if isinstance(value, list | tuple) else value


def membership(conn: sqlite3.Connection) -> Membership | None:
    """The team that the store is in."""
    found = conn.execute("SELECT address, login, device, last_n, pushed_n, clock FROM team").fetchone()
    return Membership(*found) if found else None


def of_key(conn: sqlite3.Connection, key: str) -> Entry | None:
    """The entry that holds."""
    found = load(conn, "key = ?", [key])
    return found[0] if found else None


def load(conn: sqlite3.Connection, where: str, given: Iterable[object] = ()) -> list[Entry]:
    """The entries of which `where` is true, in SQL."""
    found = rows(
        conn,
        f"SELECT key, kind, subject, author, device, n, stamp, body FROM team_entries WHERE {where}",  # noqa: S608 - our own words
        given,
    )
    return [
        Entry(
            *(row["key"], row["kind"], row["subject"], row["author"], row["device"], row["n"], row["stamp"]),
            parse_json(row["body"]),
        )
        for row in found
    ]


def is_gone(conn: sqlite3.Connection, subject: str) -> bool:
    """Whether a memo or a contact was deleted for everybody."""
    keys = [key_of("gone_memo", subject), key_of("gone_contact", subject)]
    return conn.execute("SELECT 1 FROM team_entries WHERE key IN (?, ?)", keys).fetchone() is not None


def put(conn: sqlite3.Connection, entry: Entry) -> None:
    """Let an entry hold in the place of the one of its key."""
    conn.execute(
        "INSERT INTO team_entries (key, kind, subject, author, device, n, stamp, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET author = excluded.author, device = excluded.device, n = excluded.n,"
        " stamp = excluded.stamp, body = excluded.body",
        [
            *(entry.key, entry.kind, entry.subject, entry.author, entry.device, entry.n, entry.stamp),
            written(entry.body),
        ],
    )


def holds_over(new: Entry, old: Entry | None) -> bool:
    """Whether `new` takes the place of `old`: the later one does, and what is immutable stays."""
    return old is None or (new.kind not in IMMUTABLE and new.stamp > old.stamp)


class Pen:
    """Writes entries in the rep's name, each with the next number and stamp of this device."""

    def __init__(self, conn: sqlite3.Connection, team: Membership, now: dt.datetime) -> None:
        self.conn = conn
        self.team = team
        self._moment = utc(now)
        self._long_ago = utc(now - _JUST_DONE)
        self._counts: dict[str, int] = {}

    def write(
        self, kind: Kind, key: str, subject: str, body: Mapping[str, Any], since: str | None = None
    ) -> str | None:
        """Say something, unless it holds already, or its subject is gone; returns the stamp of what holds then.

        `since` is when something immutable was done, in UTC.
        """
        held = of_key(self.conn, key)
        if held and (kind in IMMUTABLE or kind in TOMBSTONES or written(held.body) == written(body)):
            return held.stamp
        if is_gone(self.conn, subject) and kind not in TOMBSTONES:
            return None
        stamp = self._stamp(since, held)
        self.team.last_n += 1
        team = self.team
        put(self.conn, Entry(key, kind, subject, team.login, team.device, team.last_n, stamp, dict(body)))
        return stamp

    def _stamp(self, since: str | None, held: Entry | None) -> str:
        seen = max(self.team.clock, held.stamp if held else clock.SMALLEST)
        if since is not None and since < self._long_ago:
            count = self._counts[since] = self._counts.get(since, -1) + 1
            return clock.at(since, count, self.team.device)
        self.team.clock = clock.after(seen, max(self._moment, since or ""), self.team.device)
        return self.team.clock

    def put_down(self) -> None:
        """Note how far this device has come."""
        self.conn.execute("UPDATE team SET last_n = ?, clock = ?", [self.team.last_n, self.team.clock])
