"""Where a recording ends, once it is over: a little after the last thing in it that can have been a word.

The silence in which the end was offered, and in which nobody answered, is not part of a memo. Nothing is taken off
but what the detector is sure is no speech.
"""

from collections.abc import Callable
from typing import Final

from capture.pcm import BLOCK_BYTES, BLOCK_SAMPLES, SAMPLE_BYTES, SAMPLE_RATE

SURELY_SILENT: Final = 0.1
"""A block below this probability of speech holds none. A whisper stays above it now and then, a quiet room does not."""

TAIL_SAMPLES: Final = SAMPLE_RATE // 2
"""Sound that stays after the last block that may be speech: a breath, the last consonant."""

LOOKED_AT_BYTES: Final = 20 * SAMPLE_RATE * SAMPLE_BYTES
"""The end of a recording that a crash left behind, as much of it as is looked at: a closing silence, and some speech
before it. It takes half a second."""


class Trim:
    """Takes the probability of speech of each block, and says how much of the recording is to be kept."""

    def __init__(self) -> None:
        self._blocks = 0
        self._until: int | None = None

    def update(self, probability: float) -> None:
        """Take the probability of the next block of 512 samples."""
        self._blocks += 1
        if probability >= SURELY_SILENT:
            self._until = self._blocks

    @property
    def samples(self) -> int | None:
        """How many to keep, from the first; None, for all of them, where nothing was speech or all may be."""
        if self._until is None or self._until * BLOCK_SAMPLES + TAIL_SAMPLES >= self._blocks * BLOCK_SAMPLES:
            return None
        return self._until * BLOCK_SAMPLES + TAIL_SAMPLES


def silent_samples(end: bytes, speech_probability: Callable[[bytes], float]) -> int:
    """How many samples, from the last, are silence after speech: 0 where there is no speech.

    :param end: of a recording, 16 kHz mono signed 16-bit.
    """
    trim = Trim()
    for at in range(0, len(end), BLOCK_BYTES):
        trim.update(speech_probability(end[at : at + BLOCK_BYTES].ljust(BLOCK_BYTES, b"\0")))
    return 0 if trim.samples is None else max(0, len(end) // SAMPLE_BYTES - trim.samples)
