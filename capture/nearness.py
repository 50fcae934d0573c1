"""Whose voice is it: the one that speaks the memo, near the microphone, or one of those behind it?

A detector of speech hears the people at the next table as well as the rep. Judged by level alone, with nothing known
beforehand: what the memo has sounded like so far says how loud its voice is and how loud its background is.
"""

import math
from bisect import insort
from typing import Final

_SMOOTHING_SECONDS: Final = 0.15
"""Time constant of the level, about a syllable: single blocks of many voices reach that of one."""

_HOLD_SECONDS: Final = 0.2
"""The quiet end of a loud syllable still belongs to it."""

_VOICE: Final = 0.9
"""The voice is as loud as this quantile of the blocks with speech: its vowels."""

_BACKGROUND: Final = 0.1
"""The background is as loud as this quantile of all blocks: what is left in the pauses."""

_BETWEEN: Final = 0.55
"""A voice is near from here on, counted in dB from the background to the voice: a little above the middle."""

_FAINT: Final = 0.25
"""Below this, counted in the same way, there is only background: a rep who grows softer stays above it."""


class Nearness:
    """Takes the level of each block and says whether speech in it can be the memo's own.

    It only doubts where the background is speech too, that is, where at least a third of the faintest blocks were
    speech to the detector. In a car, or where the pauses are quiet, a rep may grow softer.
    """

    def __init__(self) -> None:
        self._power: float | None = None
        self._levels: list[float] = []
        self._speech_levels: list[float] = []
        self._faint = 0
        self._faint_speech = 0
        self._near_until = 0.0

    def update(self, level: float, speech: bool, begin: float, end: float) -> bool:
        """Take the level (dBFS) of the block from ``begin`` to ``end`` (seconds), and whether it was speech."""
        smooth = self._smooth(level, end - begin)
        insort(self._levels, smooth)
        if speech:
            insort(self._speech_levels, smooth)
        if not self._speech_levels:
            return True
        background, voice = _quantile(self._levels, _BACKGROUND), _quantile(self._speech_levels, _VOICE)
        if smooth >= background + _BETWEEN * (voice - background):
            self._near_until = end + _HOLD_SECONDS
        elif smooth < background + _FAINT * (voice - background):
            self._faint += 1
            self._faint_speech += speech
        background_speaks = self._faint_speech * 3 >= self._faint
        return begin <= self._near_until or not background_speaks

    def _smooth(self, level: float, length: float) -> float:
        power = 10 ** (level / 10)
        if self._power is None:
            self._power = power
        self._power += (power - self._power) * (1 - math.exp(-length / _SMOOTHING_SECONDS))
        return 10 * math.log10(self._power)


def _quantile(ascending: list[float], part: float) -> float:
    return ascending[int(part * (len(ascending) - 1))]
