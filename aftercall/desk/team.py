"""The team's book from where the rep sits: its password, and the store brought together with it, told or by itself."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Final

from aftercall.desk.app import App
from aftercall.desk.errors import FrontDoorError
from aftercall.desk.hints import line_of
from aftercall.desk.retention import erase_files, files_of
from ground.errors import AftercallError
from memos.team.errors import TeamTrouble

if TYPE_CHECKING:
    from memos.store import Store
    from memos.team.address import Address
    from memos.team.server import Server
    from memos.team.sync import Synced

PASSWORD_VARIABLE: Final = "AFTERCALL_TEAM_PASSWORD"  # noqa: S105 - the name of it

EVERY_SECONDS: Final = 300.0
"""How often the companion looks, where nothing is told by the server."""

_RETRY_SECONDS: Final = 60.0
_LOOK_SECONDS: Final = 5.0
"""How often the companion looks whether something was changed at home."""

_STOP_SECONDS: Final = 1.0
"""How soon it sees that it is to end."""


def password_for(address: Address) -> str | None:
    """The password from AFTERCALL_TEAM_PASSWORD or the keyring; None: libpq is to look in PGPASSWORD and pgpass."""
    if given := os.environ.get(PASSWORD_VARIABLE):
        return given
    if os.environ.get("PGPASSWORD"):
        return None
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        return keyring.get_password(f"aftercall {address.url}", address.login or "")
    except KeyringError:
        return None


def keep_password(address: Address, password: str) -> None:
    """Keep it in the system's keyring.

    :raises FrontDoorError: there is none.
    """
    try:
        import keyring
        from keyring.errors import KeyringError

        keyring.set_password(f"aftercall {address.url}", address.login or "", password)
    except (ImportError, KeyringError) as error:
        raise FrontDoorError(
            f"There is no keyring to keep the password in ({error}). Set {PASSWORD_VARIABLE}, or use a pgpass file."
        ) from error


def connect(address: Address) -> Server:
    """The server, with the password that is known.

    :raises TeamTrouble: it cannot be reached, or does not let this login in.
    """
    from memos.team.server import Server

    return Server.connect(address, partial(password_for, address))


def sync(app: App, store: Store, progress: Callable[[int], None] = lambda done: None) -> Synced:
    """Bring the store and the team's book together, and delete the sound of memos about persons who were deleted.

    :raises NotInATeam, TeamTrouble: what went wrong is kept as the state of the team, too.
    """
    try:
        with connect(store.team.address) as server:
            done = store.team.sync(server, progress)
    except TeamTrouble as trouble:
        store.team.failed(trouble)
        raise
    if done.erased:
        erase_files(app.home.data, files_of(app.home.data, done.erased))
    if done.scrub:
        store.scrub()
    return done


def keep_in_step(app: App, stop: threading.Event, said: Callable[[str], None], every: float = EVERY_SECONDS) -> None:
    """For the companion, in a thread of its own: bring store and book together at once when a colleague has said
    something, and every few minutes whatever was heard, until `stop` is set. Returns at once where the store is in no
    team. Raises nothing: what goes wrong is said once, until it goes well again.
    """
    trouble: type[Exception] | None = None

    def all_is_well() -> None:
        nonlocal trouble
        trouble = None

    while not stop.is_set():
        try:
            with app.any_store() as store:
                if store is None or not store.team.is_in_one:
                    return
                address = store.team.address
            with connect(address) as server:
                _listen(app, server, stop, every, all_is_well)
        except (AftercallError, OSError) as error:
            # By what it is: of one server that is gone the network tells in several ways.
            if type(error) is not trouble:
                said(f"Team: {line_of(error)}")
            trouble = type(error)
            stop.wait(min(every, _RETRY_SECONDS))


def _listen(app: App, server: Server, stop: threading.Event, every: float, all_is_well: Callable[[], None]) -> None:
    """Sync, and wait for the server to tell of something; until `stop`, or the server fails."""
    from memos.team.server import CHANNEL

    server.run(f"LISTEN {CHANNEL}")
    while not stop.is_set():
        with app.store() as store:
            sync(app, store)
        all_is_well()
        until, look = monotonic() + every, monotonic() + _LOOK_SECONDS
        while not stop.is_set() and (left := until - monotonic()) > 0:
            if server.heard_something(min(left, _STOP_SECONDS)):
                break
            if monotonic() < look:
                continue
            look = monotonic() + _LOOK_SECONDS
            with app.store() as store:
                if store.team.waiting():
                    break
