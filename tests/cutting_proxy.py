"""A way to a server that can break at any point, and that remembers what went over it."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class CuttingProxy:
    """Listens on loopback and passes on what comes; `cut_after` so many pieces sent by a client, both ends are closed.

    `sent` is all that clients have sent since the start: what is private must not be in it.
    """

    def __init__(self, port: int) -> None:
        self._target = port
        self._left: int | None = None
        self._lock = threading.Lock()
        self.sent = bytearray()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_after(self, pieces: int | None) -> None:
        """Break the way after so many more pieces; None: never."""
        with self._lock:
            self._left = pieces

    def close(self) -> None:
        """Listen no more."""
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                client.close()
                continue
            threading.Thread(target=self._pass_on, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self._pass_on, args=(server, client, False), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, from_client: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(65536):
                if from_client:
                    self.sent += piece
                    if self._is_over():
                        break
                target.sendall(piece)
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _is_over(self) -> bool:
        with self._lock:
            if self._left is None:
                return False
            self._left -= 1
            return self._left < 0
