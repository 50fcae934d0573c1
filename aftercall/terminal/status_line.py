"""One calm line at the bottom of the terminal, rewritten in place; silent where standard error is no terminal."""

import os
import select
import sys
import time
from types import TracebackType
from typing import Final, Self, TextIO

from aftercall.desk.words import clock

_ERASE_REST: Final = "\x1b[K"
_METER_CELLS: Final = 12
_METER_FLOOR: Final = -60.0
"""dBFS. A quiet room is about here; speech into a headset peaks 30 to 45 dB above it."""


class StatusLine:
    """A context manager; leaving it clears the line. What a terminal does not take at once is not shown: a recording
    must not wait because the rep has stopped the output with Ctrl-S, or a connection hangs.

    :param visible: False for a screen reader, which would read every change of it.
    """

    def __init__(self, stream: TextIO | None = None, per_second: float = 10.0, *, visible: bool = True) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._visible = visible and self._stream.isatty()
        self._interval = 1 / per_second
        self._next = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def show(self, text: str, *, now: bool = False) -> None:
        """Show ``text`` in place of what is there; too frequent calls are passed over, unless it must be ``now``."""
        moment = time.monotonic()
        if self._visible and (now or moment >= self._next):
            self._next = moment + self._interval
            self._write(text)

    def progress(self, what: str, done: float, total: float) -> None:
        """Show how much of the work is done, both in seconds of sound."""
        share = done / total if total else 1.0
        self.show(f"{what} {meter_of_share(share)} {clock(done)} of {clock(total)}")

    def clear(self) -> None:
        """Make room for another line; what was shown comes back with the next call of :meth:`show`."""
        if self._visible:
            self._write("")
            self._next = 0.0

    def _write(self, text: str) -> None:
        if not self._takes_more():
            return
        try:
            width = os.get_terminal_size(self._stream.fileno()).columns - 1
        except OSError:
            width = 79
        self._stream.write(f"\r{_cut(text, width)}{_ERASE_REST}")
        self._stream.flush()

    def _takes_more(self) -> bool:
        try:
            return bool(select.select([], [self._stream], [], 0)[1])
        except (OSError, ValueError):  # no file; or Windows, where only sockets can be asked
            return True


def _cut(text: str, cells: int) -> str:
    """As much of ``text`` as fits: letters of Chinese and Japanese take two cells each."""
    if text.isascii() or len(text) * 2 <= cells:
        return text[:cells]
    from rich.cells import set_cell_size

    return set_cell_size(text, cells).rstrip()


def meter(level: float) -> str:
    """A level in dBFS as a bar of text."""
    return meter_of_share(1 - level / _METER_FLOOR)


def meter_of_share(share: float) -> str:
    """A share (0.0 to 1.0) as a bar of text."""
    full = round(min(1.0, max(0.0, share)) * _METER_CELLS)
    return "▮" * full + "▯" * (_METER_CELLS - full)
