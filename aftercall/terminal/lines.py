"""Lines from another thread, told while nothing else is on the screen."""

from collections.abc import Callable
from queue import SimpleQueue

import click


class Lines:
    """Keeps what is said in whatever thread until `tell` is called in the one that has the terminal.

    :param say: tells a line.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._queue: SimpleQueue[str | None] = SimpleQueue()

    def say(self, line: str) -> None:
        """Keep a line."""
        self._queue.put(line)

    def bell(self) -> None:
        """Have the terminal's bell sound before the next line."""
        self._queue.put(None)

    def tell(self) -> None:
        """Tell what was kept."""
        while not self._queue.empty():
            line = self._queue.get()
            if line is None:
                click.echo("\a", nl=False, err=True)
            else:
                self._say(line)
