"""Whether a memo reads like no speech at all: noise, another room's talk, a pocket."""

import string
import zlib
from collections.abc import Sequence
from typing import Final

from transcribe.transcript import Transcript, Word

LEAST_PROBABILITY: Final = 0.6
"""Mean over all words. Spoken samples, noise and telephone included, are at 0.87 and more; speech played backwards, at
twice and at half the speed, or six voices at once gave 0.23 to 0.53."""

MOST_COMPRESSION: Final = 2.4
"""Length of the text over its zlib length: above it Whisper takes a text for a repetition loop
(`compression_ratio_threshold` of its `transcribe`). The longer a text, the better it can be packed, so this holds for
what fits into Whisper's window."""

WINDOW: Final = 80
"""Words said in half a minute, which is Whisper's window."""

FEWEST_WORDS: Final = 3
"""From noise alone Whisper often makes a word or two ("you", "Thank you.")."""

SURE: Final = 0.8
"""Mean probability of a word or two that are no invention: "Call Dana." """

_INVENTIONS: Final = frozenset("you thank thanks bye okay oh so um uh hm hmm mm yeah yes no the a i and sorry".split())
"""What such words are."""


def why_no_speech(transcript: Transcript) -> str | None:
    """What makes the words doubtful as a whole, to follow "This reads like no speech:"; None where nothing does.

    Where there are no words at all, or where they were typed (there is no sound), nothing does.
    """
    words = transcript.words
    if not words or not transcript.duration:
        return None
    probability = sum(word.probability for word in words) / len(words)
    if len(words) < FEWEST_WORDS and _may_be_invented(words, probability):
        return "hardly a word was heard"
    windows = [words[at : at + WINDOW] for at in range(0, len(words), WINDOW)]
    if 2 * sum(len(window) for window in windows if _repeats(window)) > len(words):
        return "the same words again and again"
    if probability < LEAST_PROBABILITY:
        return "most of the words are doubtful"
    return None


def _may_be_invented(words: Sequence[Word], probability: float) -> bool:
    """A number is never made of noise: a memo may be nothing but one."""
    if any(map(str.isdigit, "".join(word.text for word in words))):
        return False
    bare = {word.text.strip(string.punctuation).casefold() for word in words}
    return bare <= _INVENTIONS or probability < SURE


def _repeats(words: Sequence[Word]) -> bool:
    text = " ".join(word.text for word in words).encode()
    return len(text) / len(zlib.compress(text)) > MOST_COMPRESSION
