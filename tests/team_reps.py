"""Reps with a store each, and clocks that may be wrong; and the book of their team."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from postgres_server import REPS, PostgresServer

from memos.store import Store
from memos.team import book_schema
from memos.team.address import Address
from memos.team.server import Server
from memos.team.sync import Synced

START = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)


def no_password() -> None:
    """What is asked for a password where none is needed."""


class Rep:
    """A rep with a store of their own, whose clock may be wrong."""

    def __init__(self, name: str, home: Path, url: str, wrong_by: dt.timedelta = dt.timedelta()) -> None:
        self.name = name
        self.url = url
        self.time = START + wrong_by
        self.store = Store.open(home / name / "memos.db", clock=self.now)

    def now(self) -> dt.datetime:
        """A clock that goes on by a second each time it is looked at."""
        self.time += dt.timedelta(seconds=1)
        return self.time

    def connect(self, url: str | None = None) -> Server:
        return connect(url or self.url)

    def join(self) -> None:
        with self.connect() as server:
            self.store.team.join(server, Address(self.url), self.name.title())

    def sync(self, url: str | None = None) -> Synced:
        with self.connect(url) as server:
            return self.store.team.sync(server)


def connect(url: str) -> Server:
    """A connection, where no password is needed."""
    return Server.connect(Address(url), no_password)


def make_book(postgres: PostgresServer) -> str:
    """A database with a team's book in it, and the reps let in."""
    name = postgres.database()
    with connect(postgres.url(name, "boss")) as server:
        book_schema.prepare(server)
    postgres.run("postgres", f"GRANT aftercall_member TO {', '.join(REPS)}")
    return name
