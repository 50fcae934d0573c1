"""What the desk needs of a face: a line said, and a line of status. A terminal fulfils it, and so can a page."""

from contextlib import AbstractContextManager
from typing import Protocol


class Status(Protocol):
    """A line for what changes while the rep waits."""

    def show(self, text: str, *, now: bool = False) -> None:
        """Show ``text`` in place of what is there; too frequent calls are passed over, unless it must be ``now``."""
        ...

    def progress(self, what: str, done: float, total: float) -> None:
        """Show how much of the work is done, both in seconds of sound."""
        ...

    def clear(self) -> None:
        """Make room for another line."""
        ...


class Face(Protocol):
    """Where the desk tells the rep something that is not data."""

    def say(self, line: str) -> None:
        """Tell one line. It holds nothing that a terminal would act upon."""
        ...

    def status(self) -> AbstractContextManager[Status]:
        """A line of status, cleared when the context ends."""
        ...
