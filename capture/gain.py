"""How much a memo has to be brought up so that a detector of speech hears it as it was made to.

Silero's answer depends on the level: of some voices at -65 dBFS it takes a quarter for speech. What the memo itself has
sounded like so far says how far it is from the level of recordings that detectors are trained on.
"""

import heapq
from typing import Final

from capture.pcm import BLOCK_SECONDS

LOUD_DBFS: Final = -17.0
"""What the loudest second of a memo is brought up to: speech is then at about -23 dBFS."""

MOST_DB: Final = 50.0
"""Beyond this there is only the noise of the microphone."""

_LOUDEST: Final = round(1.0 / BLOCK_SECONDS)
"""Blocks. The least of so many of the loudest counts: a door or a cough does not make a quiet voice a loud one."""


class RunningGain:
    """Takes the level of each block; says the gain that fits the blocks so far."""

    def __init__(self) -> None:
        self._loudest: list[float] = []

    def update(self, level: float) -> float:
        """Take the level (dBFS) of the next block; the gain for it, in dB, from 0.0 to :data:`MOST_DB`."""
        if len(self._loudest) < _LOUDEST:
            heapq.heappush(self._loudest, level)
        else:
            heapq.heappushpop(self._loudest, level)
        return min(MOST_DB, max(0.0, LOUD_DBFS - self._loudest[0]))
