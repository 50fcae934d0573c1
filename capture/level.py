"""Is anything coming from this microphone that could be a voice?"""

from enum import Enum, auto
from typing import Final

from capture.pcm import BLOCK_SECONDS

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


ZERO_SECONDS: Final = 0.6
"""Of zeros alone in mid-memo, after which it is said that nothing comes: within 1 s with what the device needs."""

_GATE: Final = 2
"""Stretches of zeros that ended by themselves, after which zeros are how this input keeps quiet: a filter against noise
gives them in every pause, a plug that is pulled does not come back twice."""


class ZeroWatch:
    """Takes each block and tells whether the input has turned to digital silence in the middle of a memo.

    No room is that quiet: an input that gave sound and now gives exact zeros is muted, unplugged, or has been taken
    over by another device, and what is said now is lost.
    """

    def __init__(self) -> None:
        self._heard_sound = False
        self._zeros = 0.0
        self._came_back = 0

    def update(self, block: bytes) -> bool:
        """Take the next block; whether there have been only zeros for :data:`ZERO_SECONDS`, where there was sound."""
        if any(block):
            self._came_back += self._is_silent()
            self._heard_sound, self._zeros = True, 0.0
        else:
            self._zeros += BLOCK_SECONDS
        return self._is_silent() and self._came_back < _GATE

    def _is_silent(self) -> bool:
        return self._heard_sound and self._zeros >= ZERO_SECONDS
