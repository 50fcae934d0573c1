"""How long a text takes to read, and which words were heard with doubt."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
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

_CHARACTERS_OF_A_WORD: Final = 8
"""Printed characters that count as one word at the least, however few spaces there are. English words have 4.6 letters
on average (Brysbaert 2019); where they are longest among the languages of the IReST (Trauzettel-Klosinski & Dietz 2012,
"Standardized assessment of reading performance", Investigative Ophthalmology & Visual Science 53), in Finnish, a word
with its space takes about 7. So this counts only where something is no word."""

_SYLLABIC: Final = 1 / 3
"""Words that a Hangul syllable counts as: written with spaces, a Korean word has about three."""

_LOGOGRAPHIC: Final = 2 / 3
"""Words that a Han or kana character counts as. The IReST were read at 357 characters a minute in Japanese and at 255
in Chinese, against 228 words in English; 600 words are 2.6 times that, and the faster of the two times 2.6 are 940
characters: 900 a minute."""

_UNSPACED_LETTER: Final = 1 / 4
"""Words that a letter counts as in alphabets that put no space between words (Thai, Lao, Khmer, Burmese, Tibetan):
theirs have four or five letters, the marks above and below them not counted."""

_MARK: Final = 1 / 32
"""Words that a mark above or below a letter counts as: next to nothing, so that many of them are no way around."""

LIGHTEST: Final = _MARK
"""Words that a character counts as at the least."""

_UNSPACED: Final = ((0x0E00, 0x109F), (0x1780, 0x17FF), (0x1950, 0x1AAF), (0xA9E0, 0xA9FF), (0xAA60, 0xAADF))


def shortest_reading(text: str) -> float:
    """Seconds below which ``text`` cannot have been read: by its words, or, with few spaces, by its characters."""
    return _NOTICING_SECONDS + words_to_read(text) * 60 / FASTEST_WORDS_PER_MINUTE


def words_to_read(text: str) -> float:
    """How many words of English take as long to read as ``text``."""
    spaced = text.split()
    if text.isascii():
        return max(len(spaced), sum(map(len, spaced)) / _CHARACTERS_OF_A_WORD)
    return max(len(spaced), sum(_weight(character) for word in spaced for character in word))


@lru_cache(maxsize=8192)
def _weight(character: str) -> float:
    """Words that a character counts as."""
    if character.isascii():
        return 1 / _CHARACTERS_OF_A_WORD
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return _MARK
    if "\uac00" <= character <= "\ud7a3":
        return _SYLLABIC
    if unicodedata.east_asian_width(character) in "WF" and unicodedata.category(character).startswith("L"):
        return _LOGOGRAPHIC
    if any(first <= ord(character) <= last for first, last in _UNSPACED):
        return _UNSPACED_LETTER
    return 1 / _CHARACTERS_OF_A_WORD


def doubtful(words: Sequence[Word], doubt_below: float) -> list[bool]:
    """For each word of a sentence whether Whisper gives it a probability under ``doubt_below`` (0.0 to 1.0).

    What was fitted on top of it was no better on people: docs/doubt.md.
    """
    return [word.probability < doubt_below for word in words]
