"""How other commands reach the companion that is running: a socket in the user's runtime folder (a pipe on Windows).

Who may connect is settled twice: the folder is the user's alone, and both ends prove that they have read a key that
lies beside the memos. What goes over it is JSON.
"""

import hashlib
import secrets
import sys
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from json import dumps
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from aftercall.desk.home import Home
from ground.durable import atomic_file, private_folder
from ground.reader import Senseless, parse_json, read_regular

_LONGEST: Final = 4000
_KEY_BYTES: Final = 32
_ANSWER_SECONDS: Final = 2.0

Answer = Callable[[dict[str, Any]], dict[str, Any]]


def _address(home: Home) -> str:
    which = hashlib.sha256(str(home.data).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    if sys.platform == "win32":
        return rf"\\.\pipe\aftercall-{which}"
    from platformdirs import user_runtime_path

    with warnings.catch_warnings(action="ignore"):  # that there is no XDG_RUNTIME_DIR, and another folder does
        folder = user_runtime_path("aftercall", appauthor=False)
    # The path of a socket has room for about a hundred characters.
    return str(private_folder(folder) / f"{which}.sock")


def _key_file(home: Home) -> Path:
    return home.data / "companion" / "key"


class Control:
    """The companion's end. A context manager.

    :param answer: called in a thread of its own with what was asked; what it returns is answered.
    """

    def __init__(self, home: Home, answer: Answer) -> None:
        self._home = home
        self._answer = answer
        self._listener: Listener | None = None
        self._over = False

    def __enter__(self) -> Self:
        """Listen.

        :raises OSError: it cannot be listened to; nothing else of the companion needs it.
        """
        key = secrets.token_bytes(_KEY_BYTES)
        private_folder(_key_file(self._home).parent)
        with atomic_file(_key_file(self._home)) as file:
            file.write(key)
        address = _address(self._home)
        if sys.platform != "win32":
            Path(address).unlink(missing_ok=True)  # of one that was killed: there is only one at a time
        self._listener = Listener(address, authkey=key)
        threading.Thread(target=self._listen, name="control", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over = True
        if self._listener is not None:
            self._listener.close()

    def _listen(self) -> None:
        assert self._listener is not None
        while not self._over:
            # Whoever has no key, or goes away in between, is no reason to stop.
            with (
                suppress(AuthenticationError, EOFError, OSError, Senseless),
                self._listener.accept() as connection,
            ):
                _send(connection, self._answer(_receive(connection)))


def ask(home: Home, what: dict[str, Any]) -> dict[str, Any] | None:
    """Ask the companion; None where none is running, or it does not answer."""
    try:
        key = read_regular(_key_file(home), _KEY_BYTES)
        with Client(_address(home), authkey=key) as connection:
            _send(connection, what)
            return _receive(connection)
    except (OSError, EOFError, AuthenticationError, Senseless):
        return None


def _send(connection: "Connection[Any, Any]", what: dict[str, Any]) -> None:
    connection.send_bytes(dumps(what).encode())


def _receive(connection: "Connection[Any, Any]") -> dict[str, Any]:
    if not connection.poll(_ANSWER_SECONDS):
        raise EOFError
    found = parse_json(connection.recv_bytes(_LONGEST))
    if not isinstance(found, dict):
        raise Senseless("no JSON object")
    return found
