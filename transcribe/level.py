"""How loud a recording is, and the same recording as loud as the detector of speech and the engine expect it.

Silero finds all speech of some voices at -25 dBFS and none of it at -55, with nothing else changed.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from transcribe.audio import SAMPLE_RATE

WANTED: Final = -25.0
"""dBFS: what the loudest twentieth of a recording is brought up to. People at a headset are there by themselves."""

_MOST: Final = 50.0
"""dB. Below -75 dBFS there is nothing but the last bits of the converter."""

_BLOCK: Final = round(0.03 * SAMPLE_RATE)
_LOUD: Final = 95
"""The percentile of blocks that stands for the level: a memo is silent for much of its time, and a click is short."""


def level(pcm: NDArray[np.int16]) -> float:
    """dBFS of the loudest twentieth of the blocks of 30 ms, by their root mean square; -inf for digital silence."""
    whole = len(pcm) - len(pcm) % _BLOCK
    blocks = pcm[:whole] if whole else pcm
    if not len(blocks):
        return -np.inf
    squares = blocks.astype(np.float32).reshape(max(1, whole // _BLOCK), -1) ** 2
    root = float(np.percentile(np.sqrt(squares.mean(axis=1)), _LOUD))
    return 20 * float(np.log10(root / 32768)) if root else -np.inf


def raised(pcm: NDArray[np.int16]) -> NDArray[np.int16]:
    """The same samples, brought up to the level that is wanted; never down, and never by more than 50 dB."""
    found = level(pcm)
    if not -np.inf < found < WANTED:
        return pcm
    gain = 10 ** (min(WANTED - found, _MOST) / 20)
    return np.clip(np.round(pcm * np.float32(gain)), -32768, 32767).astype(np.int16)
