"""How a rep tells a recording to stop: Enter, Ctrl-C, or by closing the terminal."""

import os
import select
import signal
import sys
from types import FrameType, TracebackType
from typing import Final, Self

from capture.recording import EndedBy

_SIGNALS: Final = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class StopRequest:
    """While it is entered, signals are noted instead of ending the process, and Enter is watched for.

    Calling it says why to stop, or None.
    """

    def __init__(self) -> None:
        self.signal: int | None = None
        self._before: dict[int, object] = {}
        self._watch_keys = sys.stdin.isatty()

    def __enter__(self) -> Self:
        for number in _SIGNALS:
            self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # it came from signal.signal

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.signal = number

    def __call__(self) -> EndedBy | None:
        if self.signal is not None:
            return EndedBy.INTERRUPT
        return EndedBy.ENTER if self._watch_keys and _enter_pressed() else None


def _enter_pressed() -> bool:
    """Whether a line was entered; takes it."""
    if sys.platform == "win32":
        import msvcrt

        while msvcrt.kbhit():
            if msvcrt.getwch() == "\r":
                return True
        return False
    try:
        ready, _, _ = select.select([sys.stdin], [], [], 0)
        return bool(ready) and bool(os.read(sys.stdin.fileno(), 1024))
    except OSError:  # the terminal is gone; its SIGHUP says so as well
        return False
