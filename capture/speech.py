"""How likely a block of sound is to be speech."""

import sys
from array import array
from typing import Final

from capture.gain import RunningGain
from capture.pcm import level_dbfs
from ground.silero import silero

_FULL_SCALE: Final = 32767


class SpeechDetector:
    """Silero VAD, version 6, brought to hear a quiet microphone.

    Called with blocks of 512 samples (16 kHz, mono, signed 16-bit) in order, it gives 0.0 to 1.0. It remembers: use a
    new one for each recording.

    :ivar gain: dB by which the last block was brought up first, by what the recording has been like so far.
    """

    def __init__(self) -> None:
        self.gain = 0.0
        self._silero = silero()
        self._running = RunningGain()

    def __call__(self, block: bytes) -> float:
        self.gain = self._running.update(level_dbfs(block))
        samples = array("h", block)
        if sys.byteorder == "big":
            samples.byteswap()
        # What is louder than all before is not brought up into distortion.
        loudest = max(1, *map(abs, samples))
        factor = min(10 ** (self.gain / 20), max(1.0, _FULL_SCALE / loudest)) / _FULL_SCALE
        return float(self._silero.process_samples([sample * factor for sample in samples]))


def silero_probability() -> SpeechDetector:
    """A detector for one recording."""
    return SpeechDetector()
