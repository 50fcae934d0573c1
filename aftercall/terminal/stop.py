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

_LEAVES: Final = ("q", "l", "\x1b")
"""Keys that leave the reading, whose first sentence is up."""


class StopRequest:
    """While it is entered, signals are noted instead of ending the process, and single keys are watched for.

    Calling it says why to stop, or None.

    :ivar keys_count: false until the rep was told to speak: a key that was pressed twice to start must not end it.
    :ivar sentence_is_up: whether the end is offered, so that any key belongs to the reading.
    :ivar first_key: the key with which the reading began.
    """

    def __init__(self) -> None:
        self.keys_count = False
        self.sentence_is_up = False
        self.first_key: str | None = None
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
            if self.keys_count and pressed:
                self._pressed = self._meant(pressed)
        return self._signalled or self._pressed

    def _meant(self, pressed: str) -> EndedBy | None:
        if not self.sentence_is_up:
            return next((_KEYS[key] for key in pressed if key in _KEYS), None)
        key = pressed if pressed.startswith("\x1b") else pressed[0]
        if key in _LEAVES:
            return EndedBy.LATER
        self.first_key = key
        return EndedBy.READING
