"""How a rep tells a recording to stop: a key, Ctrl-C, or by closing the terminal."""

import signal
import sys
from contextlib import ExitStack
from types import FrameType, TracebackType
from typing import Any, Final, Self

from aftercall.terminal.keyboard import keys_pressed, single_keys
from capture.recording import EndedBy

_SIGNALS: Final = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]

_KEYS: Final = {"\r": EndedBy.ENTER, "\n": EndedBy.ENTER, "l": EndedBy.LATER}


class StopRequest:
    """While it is entered, signals are noted instead of ending the process, and single keys are watched for.

    Calling it says why to stop, or None.

    :ivar keys_count: false until the rep was told to speak: a key that was pressed twice to start must not end it.
    """

    def __init__(self) -> None:
        self.keys_count = False
        # Apart, since a signal may come in the middle of looking for keys.
        self._signalled: EndedBy | None = None
        self._pressed: EndedBy | None = None
        self._handlers: dict[int, Any] = {}
        self._stack = ExitStack()
        self._watch_keys = sys.stdin.isatty()

    def __enter__(self) -> Self:
        for number in _SIGNALS:
            self._handlers[number] = signal.signal(number, self._note)
        if self._watch_keys:
            self._stack.enter_context(single_keys())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._signalled = EndedBy.INTERRUPT

    def __call__(self) -> EndedBy | None:
        if self._pressed is None and self._watch_keys:
            pressed = keys_pressed()
            if self.keys_count:
                self._pressed = next((_KEYS[key] for key in pressed if key in _KEYS), None)
        return self._signalled or self._pressed
