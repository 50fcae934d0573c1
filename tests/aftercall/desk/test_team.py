"""The store and the team's book kept in step by themselves, and where the password comes from."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from postgres_server import PostgresServer
from talks import DANA, FIONA, talk
from team_reps import connect, make_book

from aftercall.desk.app import App
from aftercall.desk.team import PASSWORD_VARIABLE, keep_in_step, keep_password, password_for, sync
from aftercall.terminal.face import TerminalFace
from memos.team.address import Address

SECONDS = 60.0
ADDRESS = Address("postgresql://ana@localhost/book")


def app_of(home: Path) -> App:
    return App.start({"AFTERCALL_HOME": str(home)}, lambda settings: TerminalFace(plain=settings.plain))


def wait_for(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not what():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.2)


@pytest.fixture
def apps(postgres: PostgresServer, tmp_path: Path, fill: Callable[..., None]) -> tuple[App, App]:
    """Ana's, which keeps in step by itself, and Ben's."""
    book = make_book(postgres)
    for name in ("ana", "ben"):
        fill(tmp_path / name)
        app = app_of(tmp_path / name)
        address = Address(postgres.url(book, name))
        with app.store() as store, connect(address.url) as server:
            store.team.join(server, address, name.title())
    return app_of(tmp_path / "ana"), app_of(tmp_path / "ben")


def test_what_a_colleague_says_comes_at_once_and_what_is_said_here_goes(
    apps: tuple[App, App], fill: Callable[..., None]
) -> None:
    ana, ben = apps
    stop, said = threading.Event(), list[str]()
    thread = threading.Thread(target=keep_in_step, args=(ana, stop, said.append), kwargs={"every": 10_000})
    thread.start()
    try:
        fill(ben.home.data, talk(1, DANA, "Heard by Ben.", end="0001"))
        with ben.store() as store:
            sync(ben, store)

        def has_come() -> bool:
            with ana.store() as store:
                return [contact.name for contact in store.contacts()] == ["Dana Whitfield"]

        wait_for(has_come)
        fill(ana.home.data, talk(1, FIONA, "Heard by Ana.", end="0002"))

        def has_gone() -> bool:
            with ben.store() as store:
                sync(ben, store)
                return len(store.contacts()) == 2

        wait_for(has_gone)
    finally:
        stop.set()
        thread.join(SECONDS)
    assert not thread.is_alive()
    assert said == []


def test_a_server_that_is_gone_is_told_once(apps: tuple[App, App]) -> None:
    ana, _ = apps
    with ana.store() as store:
        store._conn.execute("UPDATE team SET address = 'postgresql://ana@127.0.0.1:1/book'")
    stop, said = threading.Event(), list[str]()
    thread = threading.Thread(target=keep_in_step, args=(ana, stop, said.append), kwargs={"every": 0.01})
    thread.start()
    wait_for(lambda: bool(said))
    time.sleep(0.5)
    stop.set()
    thread.join(SECONDS)
    assert len(said) == 1
    assert "cannot be reached" in said[0]


def test_a_store_in_no_team_is_left_alone(tmp_path: Path, fill: Callable[..., None]) -> None:
    fill(tmp_path / "home")
    keep_in_step(app_of(tmp_path / "home"), threading.Event(), pytest.fail)


def test_the_password_is_of_the_variable_then_of_libpq_then_of_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring

    kept: dict[tuple[str, str], str] = {}
    monkeypatch.setattr(keyring, "get_password", lambda *whose: kept.get(whose))
    monkeypatch.setattr(
        keyring, "set_password", lambda service, user, password: kept.update({(service, user): password})
    )
    monkeypatch.delenv("PGPASSWORD", raising=False)
    assert password_for(ADDRESS) is None
    keep_password(ADDRESS, "kept")
    assert password_for(ADDRESS) == "kept"
    monkeypatch.setenv("PGPASSWORD", "of libpq")
    assert password_for(ADDRESS) is None
    monkeypatch.setenv(PASSWORD_VARIABLE, "given")
    assert password_for(ADDRESS) == "given"
