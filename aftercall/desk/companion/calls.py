"""What the companion waits for in its main thread: a call that ends, or somebody who asks for a recording."""

import threading
import time
from typing import TYPE_CHECKING, Final, Literal

from capture.phone.hangup import CallEvent

if TYPE_CHECKING:
    from capture.phone.watch import PhoneWatch

_STEP: Final = 0.2
"""Seconds that somebody who asks may have to wait, while the sound server is listened to."""


class Calls:
    """Has the `wait` of capture.phone.watch.PhoneWatch, and ends it also when a recording is asked for.

    :param phone: None: hang-ups are not heard.
    :ivar at: what the main thread is at, for those who ask.
    """

    def __init__(self, phone: "PhoneWatch | None") -> None:
        self._phone = phone
        self._asked = threading.Event()
        self._whom: str | None = None
        self._put_back = False
        self.at: Literal["waiting", "recording", "reading"] = "waiting"

    def ask(self, whom: str | None) -> bool:
        """Ask for a recording, from another thread; false where one is being made.

        :param whom: whom it is about, as `memos.hints` writes it.
        """
        if self.at == "recording":
            return False
        self._whom = whom
        self._asked.set()
        return True

    def wait(self, timeout: float) -> CallEvent | None:
        """As in PhoneWatch; a recording that is asked for counts as a call that has ended.

        With a timeout of 0, as while a memo is recorded, only the phone is looked at. What was put back is told first.
        """
        deadline = time.monotonic() + timeout
        while True:
            left = max(0.0, deadline - time.monotonic())
            if timeout and self.has_something:
                self._put_back = False
                return CallEvent.HUNG_UP
            if self._phone is not None:
                event = self._phone.wait(min(_STEP, left))
                if event is not None:
                    return event
            elif left:
                self._asked.wait(left)
            if time.monotonic() >= deadline and not (timeout and self.has_something):
                return None

    @property
    def has_something(self) -> bool:
        """Whether a recording is due already: the next wait says so at once."""
        return self._put_back or self._asked.is_set()

    def put_back(self) -> None:
        """Have the next wait tell of the call that has ended once more: whoever was told cannot record its memo."""
        self._put_back = True

    def taken(self) -> tuple[bool, str | None]:
        """Whether the recording that begins now was asked for, and whom it is about; it is asked for no more."""
        asked, whom = self._asked.is_set(), self._whom
        self._asked.clear()
        self._whom = None
        return asked, whom
