"""How far below the memo's own voice is what is heard now?

A detector of speech hears the people at the next table as well as the rep. Judged by level alone, with nothing known
beforehand: what the memo has sounded like so far says how loud its voice is.
"""

import math
from bisect import insort
from collections import deque
from typing import Final

from capture.pcm import BLOCK_SECONDS

NEAR: Final = 8.0
"""dB. Whoever has not come this close to the voice with one syllable in an offer's silence is taken for somebody else.
People's own syllables do, in all but one offer of nine; talkers 10 dB below the voice do not (docs/endpoint.md)."""

WITHIN_EARSHOT: Final = 20.0
"""dB. Speech no further below the voice may be the rep's, grown softer or turned away: one at the desk who turns to the
window loses 10 to 15 dB."""

_SMOOTHING_SECONDS: Final = 0.15
"""Time constant of the level, about a syllable: single blocks of many voices reach that of one."""

_HOLD_BLOCKS: Final = round(0.2 / BLOCK_SECONDS) + 1
"""The quiet end of a loud syllable still belongs to it."""

_VOICE: Final = 0.9
"""The voice is as loud as this quantile of the blocks with speech: its vowels."""


class Nearness:
    """Takes the level of each block and says how far below the voice the loudest of the last 0.2 s was."""

    def __init__(self) -> None:
        self._power: float | None = None
        self._speech_levels: list[float] = []
        self._recent: deque[float] = deque(maxlen=_HOLD_BLOCKS)

    def update(self, level: float, speech: bool, length: float) -> float:
        """Take the level (dBFS) of the next block, ``length`` seconds long, and whether it was speech.

        :returns: dB below the voice; 0.0 as long as nobody has spoken, below zero for what is louder than most of it.
        """
        smooth = self._smooth(level, length)
        self._recent.append(smooth)
        if speech:
            insort(self._speech_levels, smooth)
        if not self._speech_levels:
            return 0.0
        voice = self._speech_levels[int(_VOICE * (len(self._speech_levels) - 1))]
        return voice - max(self._recent)

    def _smooth(self, level: float, length: float) -> float:
        power = 10 ** (level / 10)
        if self._power is None:
            self._power = power
        self._power += (power - self._power) * (1 - math.exp(-length / _SMOOTHING_SECONDS))
        return 10 * math.log10(self._power)
