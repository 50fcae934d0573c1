"""How much of what was played a recording holds, by the samples: nothing hangs on what a recogniser makes of them.

What was played is cut into blocks of 0.1 s. A block is kept when the recording has it, at the place at which it has the
block before, or where that fails at a later or earlier one. Compared is what lies in 200 to 2000 Hz: sound that was
resampled on its way is a part of a sample aside, by which hissing is no longer like itself, and all rumbling is alike.
A player that runs dry puts silence in between, which moves what follows and loses nothing; a recorder that drops
samples loses the block that they are of.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from speech import Samples

from capture.pcm import SAMPLE_RATE

BLOCK_SECONDS: Final = 0.1
ALIKE: Final = 0.9
"""Correlation of a block that is kept. Noise 7 dB below it leaves that much."""

AUDIBLE_DBFS: Final = -56.0
"""Fainter blocks drown in the noise of the room (-66 dBFS), and are not looked for."""

_HERTZ: Final = (200.0, 2000.0)
_BLOCK: Final = round(BLOCK_SECONDS * SAMPLE_RATE)
_LONG: Final = 5 * _BLOCK
"""What is looked for elsewhere: a single block of a vowel is like the same vowel one period later."""

_NEAR: Final = SAMPLE_RATE // 1000
_FAR: Final = 4 * SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a stretch that was played.

    :ivar audible: seconds of its blocks that are loud enough to be looked for.
    :ivar lost: seconds of these that the recording does not have.
    :ivar where: seconds of the stretch at which each lost block begins.
    :ivar begin: second of the recording at which the stretch begins; None where none of it was found.
    :ivar moved: seconds that were put in between blocks that are there, by a player that ran dry.
    """

    audible: float
    lost: float
    where: tuple[float, ...]
    begin: float | None
    moved: float


def look_for(played: Samples, recording: Samples, first: float = 0.0, last: float | None = None) -> Kept:
    """Look for what was played from one second to another, by default to its end. Both are of shape (samples,)."""
    played, recording = _band(played), _band(recording)
    begin = round(first * SAMPLE_RATE)
    end = len(played) if last is None else min(len(played), round(last * SAMPLE_RATE))
    starts = [at for at in range(begin, end, _BLOCK) if _dbfs(played[at : min(end, at + _BLOCK)]) >= AUDIBLE_DBFS]
    padded = np.pad(recording, (0, _LONG))
    places: list[int] = []
    lost: list[int] = []
    shift: int | None = None
    for at in starts:
        block = played[at : min(end, at + _BLOCK)]
        here = None if shift is None else _found(block, padded, at + shift - _NEAR, at + shift + _NEAR)
        if here is None:
            # Longer, since it could be anywhere; and then the block itself must be there.
            around = played[at : min(end, at + _LONG)]
            low, high = (0, len(padded)) if shift is None else (at + shift - _FAR, at + shift + _FAR)
            place = _found(around, padded, low, high)
            here = None if place is None else _found(block, padded, place - _NEAR, place + _NEAR)
        if here is None:
            lost.append(at)
            continue
        shift = here - at
        places.append(shift)
    moves = np.diff(places)
    return Kept(
        audible=len(starts) * BLOCK_SECONDS,
        lost=len(lost) * BLOCK_SECONDS,
        where=tuple(round(at / SAMPLE_RATE, 1) for at in lost),
        begin=places[0] / SAMPLE_RATE if places else None,
        moved=float(moves[moves > _NEAR].sum()) / SAMPLE_RATE if places else 0.0,
    )


def _band(sound: Samples) -> Samples:
    """What is in the band, with edges of 100 and 400 Hz."""
    size = len(sound) + SAMPLE_RATE // 10
    hertz, (low, high) = np.fft.rfftfreq(size, 1 / SAMPLE_RATE), _HERTZ
    weights = np.clip(np.minimum((hertz - low) / 100 + 0.5, (high - hertz) / 400 + 0.5), 0, 1)
    return np.fft.irfft(np.fft.rfft(sound, size) * weights, size)[: len(sound)]


def _dbfs(block: Samples) -> float:
    return float(10 * np.log10(np.mean(block**2) + 1e-20))


def _found(block: Samples, recording: Samples, low: int, high: int) -> int | None:
    """Where the recording has the block, beginning at `low` or later and at `high` or sooner; None where it has not."""
    low, high = max(0, low), min(high, len(recording) - len(block))
    if high < low:
        return None
    stretch = recording[low : high + len(block)]
    size = 1 << (len(stretch) + len(block)).bit_length()
    products: NDArray[np.float64] = np.fft.irfft(np.fft.rfft(stretch, size) * np.conj(np.fft.rfft(block, size)), size)[
        : high - low + 1
    ]
    powers = np.concatenate([[0.0], np.cumsum(stretch**2)])
    norms = np.sqrt(np.maximum(powers[len(block) :] - powers[: -len(block)], 1e-12)) * np.linalg.norm(block)
    alike = products / norms
    best = int(np.argmax(alike))
    return low + best if alike[best] >= ALIKE else None
