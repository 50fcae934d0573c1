"""How both engines are asked to decode, and what is made of the words they give."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from transcribe.transcript import Word

TEMPERATURES: Final = (0.0, 0.4, 0.8)
"""First the most probable text; if it fails the thresholds below, sampling, twice. Whisper tries six temperatures;
each try costs a whole decoding, and three bound the wait."""
BEST_OF: Final = 5
"""Samples per try above temperature 0, as in Whisper's command line."""
COMPRESSION_RATIO_THRESHOLD: Final = 2.4
LOGPROB_THRESHOLD: Final = -1.0
NO_SPEECH_THRESHOLD: Final = 0.6
"""Whisper's own three."""
SEED: Final = 0
"""Sampling starts from the same state each time: the same sound gives the same text."""


@dataclass(frozen=True, slots=True)
class RawWord:
    """A word as either engine gives it: spaces still around it, times not yet in order."""

    text: str
    start: float
    end: float
    probability: float


def timed_words(raw: Iterable[RawWord], not_before: float, duration: float) -> tuple[Word, ...]:
    """Whole words without spaces around them, within 0..`duration`, none starting before the one before it ended.

    Whisper's alignment moves the ends of words at pauses and segment borders, and can leave them crossed.
    """
    words: list[Word] = []
    at = not_before
    for word in raw:
        if text := word.text.strip():
            start = min(max(word.start, at), duration)
            at = min(max(word.end, start), duration)
            probability = 0.0 if math.isnan(word.probability) else min(max(word.probability, 0.0), 1.0)
            heard = Word(text, round(start, 3), round(at, 3), round(probability, 4))
            if words and _goes_on(word.text):
                heard = _joined(words.pop(), heard)
            words.append(heard)
    return tuple(words)


def _goes_on(text: str) -> bool:
    """Whether a piece belongs to the word before it: "-page" after "two", ",750" after "$14".

    Both engines cut there. A letter without a space before it proves nothing: some languages have no spaces.
    """
    return not text[0].isspace() and not text[0].isalnum()


def _joined(word: Word, rest: Word) -> Word:
    return Word(word.text + rest.text, word.start, rest.end, min(word.probability, rest.probability))
