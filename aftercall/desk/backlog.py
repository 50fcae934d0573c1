"""How long a number of recordings will still take, told by how long the first ones took."""

import time
from collections.abc import Callable, Sequence
from typing import Final

_SOON: Final = 20.0
"""Seconds. What takes less is not worth an estimate."""


class Backlog:
    """Recordings that are transcribed one after another.

    :param durations: of all of them, in seconds of sound.
    :param clock: seconds, monotonic.
    """

    def __init__(self, durations: Sequence[float], clock: Callable[[], float] = time.monotonic) -> None:
        self._sound_left = sum(durations)
        self._sound_done = 0.0
        self._clock = clock
        self._began = clock()

    def done(self, duration: float) -> None:
        """One more is done."""
        self._sound_done += duration
        self._sound_left -= duration

    def left(self) -> str:
        """ ", about 4 minutes left"; empty before the first is done, and where it is soon over."""
        if not self._sound_done:
            return ""
        seconds = self._sound_left * (self._clock() - self._began) / self._sound_done
        if seconds < _SOON:
            return ""
        minutes = round(seconds / 60)
        if minutes < 1:
            return ", less than a minute left"
        return f", about {minutes} minute{'' if minutes == 1 else 's'} left"
