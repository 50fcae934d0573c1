"""How likely a block of sound is to be speech."""

import sys
from array import array
from typing import Final

from capture.gain import RunningGain
from capture.pcm import BLOCK_SECONDS, level_dbfs
from ground.silero import silero

_FULL_SCALE: Final = 32767

_SPEECH: Final = 0.5
_QUIET: Final = 0.35
"""Silero's own thresholds, as in capture.endpoint."""

_PAUSE: Final = round(0.5 / BLOCK_SECONDS)
"""Blocks: longer than between two words."""

_SPEAKS_AS_BEFORE: Final = round(0.2 / BLOCK_SECONDS)
"""Blocks: as many as make speech of a sound, in capture.endpoint."""


class SpeechDetector:
    """Silero VAD, version 6, brought to hear a quiet microphone, and a voice that has grown softer.

    Called with blocks of 512 samples (16 kHz, mono, signed 16-bit) in order, it gives 0.0 to 1.0. It remembers: use a
    new one for each recording.

    A voice 10 dB softer than it was is no speech to Silero now and then. So each pause is listened to a second time, as
    if it were a recording by itself, until somebody speaks as before.
    """

    def __init__(self) -> None:
        self._as_it_is = _Listener()
        self._alone: _Listener | None = None
        self._silent = self._spoken = 0

    def __call__(self, block: bytes) -> float:
        samples = array("h", block)
        if sys.byteorder == "big":
            samples.byteswap()
        level = level_dbfs(block)
        probability = self._as_it_is.hear(samples, level)
        self._silent = 0 if probability >= _QUIET else self._silent + 1
        self._spoken = self._spoken + 1 if probability >= _SPEECH else 0
        if self._spoken >= _SPEAKS_AS_BEFORE:
            self._alone = None
        elif self._alone is None and self._silent >= _PAUSE:
            self._alone = _Listener()
        return probability if self._alone is None else max(probability, self._alone.hear(samples, level))


class _Listener:
    """Silero, given blocks that are brought up by what it has heard so far."""

    def __init__(self) -> None:
        self._silero = silero()
        self._running = RunningGain()

    def hear(self, samples: "array[int]", level: float) -> float:
        """The probability of a block of this level (dBFS)."""
        gain = self._running.update(level)
        # What is louder than all before is not brought up into distortion.
        loudest = max(1, *map(abs, samples))
        factor = min(10 ** (gain / 20), max(1.0, _FULL_SCALE / loudest)) / _FULL_SCALE
        return float(self._silero.process_samples([sample * factor for sample in samples]))


def silero_probability() -> SpeechDetector:
    """A detector for one recording."""
    return SpeechDetector()
