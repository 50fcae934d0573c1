"""Where a part of a recording that is being made may end, by the probability of speech of each of its chunks."""

from collections.abc import Sequence
from typing import Final

from transcribe.live_part import CHUNKS_PER_SECOND

_SPEECH: Final = 0.5
_QUIET: Final = 0.35
"""Silero's own thresholds, as in transcribe.voice_activity."""

_MIN_SPEECH: Final = 3
"""Chunks. Less is a click, as in transcribe.voice_activity."""

PAUSE: Final = round(0.4 * CHUNKS_PER_SECOND)
"""Chunks. A stop consonant is a quarter of this; a breath between two phrases is longer."""

LONG_PAUSE: Final = round(0.7 * CHUNKS_PER_SECOND)
"""Chunks. After it a new sentence begins sooner than after a breath, and the end may be offered soon."""

_NEARLY: Final = round(8 * CHUNKS_PER_SECOND)
"""Chunks after which a part is closed at a long pause."""

_LONG_ENOUGH: Final = round(10 * CHUNKS_PER_SECOND)
"""Chunks after which a part is closed at any pause. Longer ones are done again too often, and waited for too long."""

LONGEST: Final = 2 * _LONG_ENOUGH
"""Chunks after which a part is closed where speech is least probable: some people never pause."""


def spoken(probabilities: Sequence[float]) -> bool:
    """Whether somebody speaks in these chunks."""
    return sum(p >= _SPEECH for p in probabilities) >= _MIN_SPEECH


def quiet(probabilities: Sequence[float], chunks: int) -> bool:
    """Whether nobody speaks in the last so many."""
    return all(p < _QUIET for p in probabilities[-chunks:])


def ends_before(probabilities: Sequence[float], end: int) -> bool:
    """Whether a part up to chunk `end`, after which somebody speaks on, is long enough for the pause there."""
    speech = [p >= _SPEECH for p in probabilities]
    pause = speech.index(True, end) - max((index for index in range(end) if speech[index]), default=0)
    return end >= (_NEARLY if pause >= LONG_PAUSE else _LONG_ENOUGH)


def weakest(probabilities: Sequence[float], begin: int) -> int:
    """The chunk in the second half of the longest part that begins there at which a cut hurts least."""
    return min(range(begin + _LONG_ENOUGH, begin + LONGEST), key=lambda index: probabilities[index])
