"""Left for the memo of a call that has just ended: what may be broken off for it."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from review.errors import KEPT, CalledAway

CALLED_AWAY: Final = getattr(signal, "SIGUSR1", None)
"""The signal by which the main thread is told. Windows has none: there nothing is left, and the memo of the next call
is asked for after it."""


@contextmanager
def may_be_left() -> Iterator[None]:
    """Around what can be broken off at any point, since it can be done again: a memo that is being transcribed.

    Only the main thread is told; in others, as those of the page, nothing is left.

    :raises CalledAway: another call has ended.
    """

    def leave(number: int, frame: FrameType | None) -> None:
        raise CalledAway(KEPT)

    if CALLED_AWAY is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(CALLED_AWAY, leave)
    try:
        yield
    finally:
        signal.signal(CALLED_AWAY, before)
