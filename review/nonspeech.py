"""Whether a memo reads like no speech at all: noise, another room's talk, a pocket."""

import zlib
from typing import Final

from transcribe.transcript import Transcript

LEAST_PROBABILITY: Final = 0.6
"""Mean over all words. Spoken samples, noise and telephone included, are at 0.87 and more; speech played backwards, at
twice and at half the speed, or six voices at once gave 0.23 to 0.53."""

MOST_COMPRESSION: Final = 2.4
"""Length of the text over its zlib length: above it Whisper takes a text for a repetition loop
(`compression_ratio_threshold` of its `transcribe`)."""

FEWEST_WORDS: Final = 3
"""From noise alone Whisper often makes a word or two ("you", "Thank you.")."""


def why_no_speech(transcript: Transcript) -> str | None:
    """What makes the words doubtful as a whole, to follow "This reads like no speech:"; None where nothing does.

    Where there are no words at all, or where they were typed (there is no sound), nothing does.
    """
    words = transcript.words
    if not words or not transcript.duration:
        return None
    if len(words) < FEWEST_WORDS:
        return "hardly a word was heard"
    text = transcript.text.encode()
    if len(text) / len(zlib.compress(text)) > MOST_COMPRESSION:
        return "the same words again and again"
    if sum(word.probability for word in words) / len(words) < LEAST_PROBABILITY:
        return "most of the words are doubtful"
    return None
