"""A calendar server for the whole run, and a calendar of its own on it for each test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from calendar_server import PASSWORD, USER, CalendarServer

from memos.calendar.entry import Style
from memos.calendar.places import Folder, Place
from memos.calendar.server import Account, CalDavCalendar
from memos.calendar.sync import Answer, Question, Sync, Synced
from memos.store import Store

ZONE = "America/New_York"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CalendarServer]:
    with CalendarServer(tmp_path_factory.mktemp("radicale") / "server") as running:
        yield running


@dataclass
class Clock:
    """Says the time, and can be put on."""

    time: dt.datetime = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.time

    def advance(self, **by: float) -> None:
        self.time += dt.timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@dataclass
class Rep:
    """A rep with a store and one calendar; answers questions as told, and remembers them."""

    store: Store
    place: Place
    style: Style = field(default_factory=Style)
    zone: str = ZONE
    asked: list[Question] = field(default_factory=list)

    def sync(self, answer: Answer | None = None, place: Place | None = None) -> Synced:
        def decide(question: Question) -> Answer | None:
            self.asked.append(question)
            return answer

        return Sync(place or self.place, self.store.calendar, self.style, self.zone, decide).run()

    def change(self, uid: str, assignments: str) -> None:
        """Change a follow-up as the commands do: each change bumps its sequence."""
        with self.store._transaction("IMMEDIATE"):
            self.store._conn.execute(
                f"UPDATE followups SET {assignments}, sequence = sequence + 1 WHERE calendar_uid = ?", [uid]
            )

    def follow_up(self, uid: str) -> dict[str, object]:
        cursor = self.store._conn.execute("SELECT * FROM followups WHERE calendar_uid = ?", [uid])
        return dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))

    def query(self, sql: str) -> list[tuple[object, ...]]:
        return list(self.store._conn.execute(sql))


@pytest.fixture
def address(server: CalendarServer, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty calendar on the server, which is the one that the server's helpers look into."""
    before = server.calendar
    server.calendar = server.make_calendar(f"test-{abs(hash(request.node.nodeid))}", request.node.name)
    yield server.calendar
    server.calendar = before


@pytest.fixture
def on_server(store: Store, address: str) -> Rep:
    """A rep whose calls go to the server."""
    return Rep(store, CalDavCalendar(Account(address, USER, lambda: PASSWORD)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "calendar"


@pytest.fixture
def in_folder(store: Store, folder: Path) -> Rep:
    """A rep whose calls go to a folder."""
    return Rep(store, Folder(folder))


@pytest.fixture(params=["server", "folder"])
def somewhere(request: pytest.FixtureRequest) -> tuple[Rep, Files]:
    """A rep with each kind of calendar, and the way in which somebody else reads and changes it."""
    if request.param == "server":
        return request.getfixturevalue("on_server"), request.getfixturevalue("server")
    return request.getfixturevalue("in_folder"), FolderFiles(request.getfixturevalue("folder"))


class FolderFiles:
    """Another program that uses the folder: what CalendarServer is to its calendar."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> list[str]:
        return sorted(path.name for path in self._path.glob("*.ics"))

    def file(self, name: str) -> str:
        return (self._path / name).read_text("utf-8")

    def write(self, name: str, file: str) -> None:
        self._path.mkdir(parents=True, exist_ok=True)
        (self._path / name).write_text(file, "utf-8", newline="")

    def delete(self, name: str) -> None:
        (self._path / name).unlink()

    event = CalendarServer.event
    todo = CalendarServer.todo
    edit = CalendarServer.edit


Files = CalendarServer | FolderFiles
