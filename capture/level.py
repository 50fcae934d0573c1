"""Is anything coming from this microphone that could be a voice?"""

from enum import Enum, auto
from typing import Final

DIGITAL_SILENCE: Final = -90.0
"""dBFS. Below it there are no more than stray last bits: a muted or wrong input, not a quiet room."""

NO_VOICE: Final = -60.0
"""dBFS. No voice near a working microphone stays below it: speech at arm's length reaches -45 to -20."""

PATIENCE: Final = 1.8
"""Seconds of sound after which an input that gave nothing is called out; within 2 s with what the device needs."""

BLUETOOTH_PATIENCE: Final = 3.8
"""A headset gives digital silence for a second or two while it changes from music to its hands-free profile."""

CUE_SECONDS: Final = 0.6
"""Sound at the beginning that does not count: the click of a device that opens, and the cue out of the speaker."""

_BLUETOOTH: Final = ("bluetooth", "bluez", "airpods", "hands-free", "handsfree", "buds")


class Suspicion(Enum):
    """What is wrong with what comes in."""

    DIGITAL_SILENCE = auto()
    TOO_QUIET = auto()


class LevelWatch:
    """Takes the level of each block until someone speaks, and says once when no voice can be in it."""

    def __init__(self, device_name: str) -> None:
        wireless = any(word in device_name.casefold() for word in _BLUETOOTH)
        self._patience = BLUETOOTH_PATIENCE if wireless else PATIENCE
        self._loudest = DIGITAL_SILENCE - 10
        self._said = False

    def update(self, level: float, elapsed: float) -> Suspicion | None:
        """Take the level (dBFS) of the block that ended at ``elapsed`` seconds; a suspicion, the first time only."""
        if elapsed > CUE_SECONDS:
            self._loudest = max(self._loudest, level)
        if self._said or elapsed < self._patience or self._loudest > NO_VOICE:
            return None
        self._said = True
        return Suspicion.DIGITAL_SILENCE if self._loudest < DIGITAL_SILENCE else Suspicion.TOO_QUIET
