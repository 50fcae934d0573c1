"""A terminal that is read out: line after line, in words, and the cursor is never moved."""

import sys
from typing import TYPE_CHECKING, Final

from aftercall.terminal.terminal import KEPT, KeyTerminal, discard_typed_ahead, leaving
from ground.printable import printable
from review.errors import NotConfirmed

if TYPE_CHECKING:
    from rich.console import RenderableType


_NOTHING: Final = "-"
"""Typed alone it empties a line that has something in it; Enter alone takes that."""


class PlainTerminal(KeyTerminal):
    """For a screen reader, a braille line, or a terminal that cannot move its cursor.

    A line is typed as the system edits it, under what Enter alone would take.
    """

    plain = True

    def __init__(self) -> None:
        super().__init__()
        from rich.console import Console

        # As wide as it gets: the terminal breaks lines by itself, and a reader reads them as one.
        self._console = Console(
            stderr=True, color_system=None, highlight=False, markup=False, emoji=False, soft_wrap=True, width=10_000
        )

    @property
    def width(self) -> int:
        """See :class:`aftercall.terminal.terminal.Terminal`."""
        return self._console.width

    def show(self, what: "RenderableType" = "") -> None:
        """See :class:`aftercall.terminal.terminal.Terminal`."""
        with self._console.capture() as capture:
            self._console.print(what)
        # The dot between keys is spelt out by some readers, and passed over by others.
        lines = capture.get().replace(" · ", ", ").splitlines()
        self._write("".join(f"{line.strip()}\n" for line in lines))

    def line(self, prompt: str, prefill: str = "", cursor: int | None = None) -> str:
        """See :class:`aftercall.terminal.terminal.Terminal`."""
        discard_typed_ahead()
        offer = f"Enter for: {prefill.strip()} ({_NOTHING} for none, or type it anew)\n" if prefill.strip() else ""
        self._write(f"{offer}{prompt.strip()} ")
        with leaving():
            read = sys.stdin.readline()
        if not read:
            raise NotConfirmed(KEPT)
        typed = printable(read).strip()
        if typed == _NOTHING:
            return ""
        return typed or prefill.strip()

    @staticmethod
    def _write(text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError as error:
            raise NotConfirmed(KEPT) from error
