"""How probable it is that a word was heard right: Whisper's own probabilities, put right by measurement."""

import math
from collections.abc import Sequence
from typing import Final

from transcribe.transcript import Word

# A logistic regression over 5,655 words of 38 spoken memos in nine voices, clean and in noise over a phone band, of
# which 607 were wrong (docs/doubt.md). Whisper is over-confident, and a word beside a doubtful one is wrong more often:
# two words heard for one, a name run together with what follows.
_OWN: Final = 0.84
_BEFORE: Final = 0.19
_AFTER: Final = 0.28
_LEVEL: Final = -0.65

_LEAST: Final = 0.001
"""Beyond this a probability says no more: logits are taken of what lies between."""


def confidences(words: Sequence[Word]) -> list[float]:
    """For each word, in the order in which they were spoken, the probability that it is right, 0.0 to 1.0."""
    logits = [_logit(word.probability) for word in words]
    certain = _logit(1.0)
    padded = [certain, *logits, certain]
    return [
        1 / (1 + math.exp(-(_LEVEL + _BEFORE * before + _OWN * own + _AFTER * after)))
        for before, own, after in zip(padded, logits, padded[2:], strict=False)
    ]


def _logit(probability: float) -> float:
    bounded = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded))
