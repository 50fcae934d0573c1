"""What a stretch of sound is told of the text before it."""

from collections.abc import Sequence
from typing import Final

from transcribe.transcript import Segment

_TAIL: Final = 300
"""Characters of the text so far that the next part is told: about three sentences, a third of the prompt
that Whisper reads, so that it never pushes out the words to expect."""

_RESET_ABOVE: Final = 0.5
"""Temperature above which a text is not handed on, as in Whisper: it may be a repetition loop."""


def tail_of(segments: Sequence[Segment]) -> str | None:
    """The last sentences of what was heard, for Whisper's prompt; None where nothing can be told."""
    heard: list[str] = []
    for segment in reversed(segments):
        if segment.temperature > _RESET_ABOVE or sum(map(len, heard)) >= _TAIL:
            break
        heard.insert(0, segment.text)
    text = " ".join(heard)
    if len(text) > _TAIL:
        # From the beginning of a word.
        text = text[-_TAIL:].partition(" ")[2] or text[-_TAIL:]
    return text or None
