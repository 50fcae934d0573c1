"""What a stretch of sound is told of the text before it."""

from collections.abc import Sequence
from typing import Final

from transcribe.transcript import Segment

_TAIL: Final = 300
"""Characters of the text so far that the next part is told: about three sentences, a third of the prompt
that Whisper reads, so that it never pushes out the words to expect."""

_RESET_ABOVE: Final = 0.5
"""Temperature above which a text is not handed on, as in Whisper: it may be a repetition loop."""
_LOOP_ABOVE: Final = 2.4
"""Compression ratio above which it is one."""


_SENTENCE: Final = 150
"""Characters. A text that is longer without a full stop is not handed on: Whisper would go on without one for the whole
memo, as it writes what it is told to go on from."""

_EXPECTED: Final = 350
"""Characters of names and terms: about 140 tokens, since names are rare words. With the text before it stays within the
223 tokens that Whisper reads, of which it forgets the first ones."""


def expectation(terms: Sequence[str]) -> str | None:
    """Names and terms, the likeliest first, as a prompt with the likeliest last: nearest to what is said."""
    chosen: list[str] = []
    for term in terms:
        if sum(map(len, chosen)) + 2 * len(chosen) + len(term) > _EXPECTED:
            break
        chosen.insert(0, " ".join(term.split()))
    return f"{', '.join(chosen)}." if chosen else None


def told(expected: str | None, before: str | None) -> str | None:
    """The whole prompt: names and terms to expect, then the text before."""
    return " ".join(filter(None, (expected, before))) or None


def text_before(segments: Sequence[Segment]) -> str | None:
    """The last sentences of what was heard, to be told to the next part; None where nothing can be told."""
    heard: list[str] = []
    for segment in reversed(segments):
        loop = segment.temperature > _RESET_ABOVE or segment.compression_ratio > _LOOP_ABOVE
        if loop or sum(map(len, heard)) >= _TAIL:
            break
        heard.insert(0, segment.text)
    text = " ".join(heard)
    if len(text) > _SENTENCE and not any(mark in text for mark in ".?!"):
        return None
    if len(text) > _TAIL:
        # From the beginning of a word.
        text = text[-_TAIL:].partition(" ")[2] or text[-_TAIL:]
    return text or None
