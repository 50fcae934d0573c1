"""Giving up what is being transcribed: the worker's main thread is interrupted between two steps of the engine."""

import _thread
import queue
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType

from transcribe.errors import GivenUp
from transcribe.protocol import GIVE_UP


class Interruption:
    """Raises GivenUp in the main thread, where that is allowed, when another thread asks for it.

    Python runs the handler of a signal between two instructions of its main thread: an encoder or a decoder in C is
    done with what it is at before. A signal that nobody asked for, as of Ctrl-C, does nothing.
    """

    def __init__(self) -> None:
        self._asked = False
        self._allowed = False

    def ask(self) -> None:
        """Called by any thread."""
        self._asked = True
        _thread.interrupt_main()

    def handle(self, _: int, __: FrameType | None) -> None:
        """What SIGINT is to be handled by."""
        asked, self._asked = self._asked, False
        if asked and self._allowed:
            self._allowed = False
            raise GivenUp("it was given up for something more urgent")

    @contextmanager
    def allowed(self, allowed: bool = True) -> Iterator[None]:
        """Whether to be interrupted in what follows."""
        before, self._allowed = self._allowed, allowed
        try:
            yield
        finally:
            self._allowed = before and not allowed

    def requests(self, lines: Iterable[str]) -> Iterator[str]:
        """The lines, read at once by a thread of their own, so that one that asks to give up is heard at any time."""
        waiting: queue.SimpleQueue[str | None] = queue.SimpleQueue()

        def read() -> None:
            for line in lines:
                if line == GIVE_UP:
                    self.ask()
                else:
                    waiting.put(line)
            waiting.put(None)

        threading.Thread(target=read, name="requests", daemon=True).start()
        while (line := waiting.get()) is not None:
            yield line
