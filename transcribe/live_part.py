"""A stretch of a recording that is being made, and what was heard in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ground.silero import BLOCK_SAMPLES
from transcribe.transcript import Transcript

CHUNKS_PER_SECOND: Final = 16_000 / BLOCK_SAMPLES

WINDOW: Final = round(28 * CHUNKS_PER_SECOND)
"""Chunks that Whisper hears at once: parts are listened to again as one as long as they fit into it."""


@dataclass(frozen=True, slots=True)
class Part:
    """What was heard in a stretch.

    :ivar begin: the chunk from which it was listened to.
    :ivar end: the chunk up to which.
    """

    begin: int
    end: int
    heard: Transcript


def words_of(parts: Sequence[Part]) -> list[str]:
    """The words of all, in order."""
    return [word.text for part in parts for word in part.heard.words]


def joined(parts: Sequence[Transcript], samples: int) -> Transcript:
    """One transcript of all parts, at least one, of a recording of so many samples at 16 kHz."""
    spoken = next((part for part in parts if part.segments), parts[0])
    return replace(
        spoken,
        segments=tuple(segment for part in parts for segment in part.segments),
        holes=tuple(hole for part in parts for hole in part.holes),
        duration=samples / 16_000,
    )
