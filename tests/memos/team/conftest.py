"""Reps with a home each, and the database of their team."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from postgres_server import REPS, PostgresServer

from memos.store import Store
from memos.team import book_schema
from memos.team.address import Address
from memos.team.server import Server

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
        return Server.connect(Address(url or self.url), no_password)

    def join(self) -> None:
        with self.connect() as server:
            self.store.team.join(server, Address(self.url), self.name.title())

    def sync(self, url: str | None = None):
        with self.connect(url) as server:
            return self.store.team.sync(server)


@pytest.fixture
def book(postgres: PostgresServer) -> str:
    """A database with a team's book in it, and the reps let in."""
    return make_book(postgres)


def make_book(postgres: PostgresServer) -> str:
    name = postgres.database()
    with Server.connect(Address(postgres.url(name, "boss")), no_password) as server:
        book_schema.prepare(server)
    postgres.run("postgres", f"GRANT aftercall_member TO {', '.join(REPS)}")
    return name


@pytest.fixture
def reps(postgres: PostgresServer, book: str, tmp_path: Path) -> Iterator[dict[str, Rep]]:
    """Three, in the team; Ben's clock is an hour slow and Cara's an hour fast."""
    wrong = {"ben": dt.timedelta(hours=-1), "cara": dt.timedelta(hours=1)}
    found = {name: Rep(name, tmp_path, postgres.url(book, name), wrong.get(name, dt.timedelta())) for name in REPS}
    for rep in found.values():
        rep.join()
    yield found
    for rep in found.values():
        rep.store.close()


@pytest.fixture
def everybody_syncs(reps: dict[str, Rep]) -> Callable[[], None]:
    """Until nobody has anything new: the first round brings all to the server, the second to everybody."""

    def sync() -> None:
        for _ in range(3):
            for rep in reps.values():
                rep.sync()

    return sync
