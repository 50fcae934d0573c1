"""How long a text takes to read, and which words were heard with doubt."""

from collections.abc import Sequence
from typing import Final

from transcribe.transcript import Word

FASTEST_WORDS_PER_MINUTE: Final = 600
"""No one reads faster and still knows what it said.

Adults read English silently at 238 words a minute on average, hardly anyone above 350 (Brysbaert 2019, "How many
words do we read per minute?", Journal of Memory and Language 109). Rayner et al. 2016 ("So much to read, so little
time", Psychological Science in the Public Interest 17) find that comprehension falls as soon as the speed goes to
about twice the normal one. 600 leaves room for a rep who has just said it.
"""

_NOTICING_SECONDS: Final = 0.3
"""About what it takes to see that something new is on the screen and to press a key on purpose."""


def shortest_reading(text: str) -> float:
    """Seconds below which ``text`` cannot have been read."""
    return _NOTICING_SECONDS + len(text.split()) * 60 / FASTEST_WORDS_PER_MINUTE


def doubtful(words: Sequence[Word], doubt_below: float) -> list[bool]:
    """For each word of a sentence whether Whisper gives it a probability under ``doubt_below`` (0.0 to 1.0).

    What was fitted on top of it was no better on people: docs/doubt.md.
    """
    return [word.probability < doubt_below for word in words]
