"""Three reps with a home each, in one team."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from postgres_server import REPS, PostgresServer
from team_reps import Rep, make_book

from memos.models import ConfirmedMemo


@pytest.fixture
def book(postgres: PostgresServer) -> str:
    """A database with a team's book in it, and the reps let in."""
    return make_book(postgres)


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


@pytest.fixture
def spoken(make_memo: Callable[..., ConfirmedMemo]) -> Callable[..., ConfirmedMemo]:
    """A memo of a rep's: its id ends with the rep's letter and its number."""

    def make(number: int, rep: str, **changes: Any) -> ConfirmedMemo:
        return make_memo(number, id=f"20261121-16400{number}-{rep}{number:02x}", **changes)

    return make
