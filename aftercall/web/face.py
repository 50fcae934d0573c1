"""The desk's face where no rep answers at once: lines are kept, to be shown on the page that comes of it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from review.errors import NoTerminal

if TYPE_CHECKING:
    from aftercall.desk.face import Reader, RecordingScreen, Status


class Told:
    """Implements aftercall.desk.face.Face for one request.

    :ivar lines: what was told, in order.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, line: str) -> None:
        """See Face."""
        self.lines.append(line)

    @contextmanager
    def status(self) -> "Iterator[Status]":
        """See Face."""
        yield _Unseen()

    def recording(self) -> "AbstractContextManager[RecordingScreen]":
        """See Face."""
        raise NoTerminal("Nothing is recorded from here.")

    def get_ready(self) -> None:
        """See Face."""

    def reader(self) -> "Reader":
        """See Face."""
        raise NoTerminal("Nothing is read from here.")


class _Unseen:
    """A line of status that nobody sees: the request is answered when it is done."""

    def show(self, text: str, *, now: bool = False) -> None:
        """See Status."""

    def progress(self, what: str, done: float, total: float) -> None:
        """See Status."""

    def clear(self) -> None:
        """See Status."""
