"""The server: on this machine's own addresses only, as long as a page is open."""

import errno
import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from typing import Final

import uvicorn
from starlette.concurrency import run_in_threadpool

from aftercall.desk.app import App
from aftercall.desk.errors import FrontDoorError
from aftercall.web.guard import OPEN
from aftercall.web.house import House
from aftercall.web.keys import Keys
from aftercall.web.site import site

LINGER: Final = 600.0
"""Seconds after which the server ends when no page is open. A page in the background says only once a minute, at the
most, that it is there."""

READING_LINGER: Final = 180.0
"""Seconds after which a reading is left whose page was closed, so that it can be gone on with at a terminal."""

_TRIES: Final = 20
"""For a port that is free on both addresses."""


class PageServer(uvicorn.Server):
    """One run of the server.

    :ivar address: where the page is opened, once, with its token.
    """

    def __init__(self, app: App, linger: float = LINGER, reading_linger: float = READING_LINGER) -> None:
        self._house = House(app, Keys())
        self._sockets = loopback()
        self._linger = linger
        self._reading_linger = reading_linger
        self._over = Event()
        self.port: int = self._sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}{OPEN}?token={self._house.keys.once}"
        super().__init__(
            uvicorn.Config(
                site(self._house, self.port),
                http="h11",
                ws="none",
                loop="asyncio",
                lifespan="off",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=2,
            )
        )

    def serve_pages(self, opened: Callable[[str], None] = lambda address: None) -> None:
        """Serve until Ctrl-C, or until no page has been open for a while.

        :param opened: told where to open the page, as soon as it is served.
        """
        watch = Thread(target=self._watch, args=(opened,), daemon=True)
        watch.start()
        try:
            with suppress(KeyboardInterrupt):
                self.run(self._sockets)
        finally:
            self._over.set()

    def end(self) -> None:
        """End it."""
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """See uvicorn.Server. What goes on is left first: what was answered is kept."""
        await run_in_threadpool(self._house.close)
        await super().shutdown(sockets)

    def _watch(self, opened: Callable[[str], None]) -> None:
        while not self.started and not self._over.wait(0.01):
            pass
        opened(self.address)
        self._house.seen()
        while not self._over.wait(min(1.0, self._linger / 4)):
            self._house.let_go(self._reading_linger)
            if self._house.unseen > self._linger:
                self.end()


def loopback() -> list[socket.socket]:
    """Sockets on 127.0.0.1 and, where there is IPv6, on ::1, of one port that is free.

    :raises FrontDoorError: there is none.
    """
    for _ in range(_TRIES):
        first = _bound(socket.AF_INET, "127.0.0.1", 0)
        port = first.getsockname()[1]
        try:
            return [first, _bound(socket.AF_INET6, "::1", port)]
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                return [first]  # no IPv6 here
        first.close()
    raise FrontDoorError("No port is free on this machine's own addresses.")


def _bound(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        if family is socket.AF_INET6:
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    return bound
