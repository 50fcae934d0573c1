"""A stretch of a recording that is being made, and what was heard in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from transcribe.transcript import Segment, Transcript, Word

CHUNK_SAMPLES: Final = 512
"""Samples, at 16 kHz, that one probability of speech is about: 32 ms."""

CHUNKS_PER_SECOND: Final = 16_000 / CHUNK_SAMPLES

_WINDOW: Final = round(28 * CHUNKS_PER_SECOND)
"""Chunks that Whisper hears at once."""

_OVERLAP: Final = round(6 * CHUNKS_PER_SECOND)
"""Chunks at least that are heard twice where two hearings are joined: about 15 words, some of them the same."""

_AROUND: Final = round(0.15 * CHUNKS_PER_SECOND)
"""Chunks on both sides of one by which a pause is told from a stop consonant."""

_SAME_TIME: Final = 0.5
"""Seconds by which a word may lie elsewhere when it is heard again. Who says a word twice takes longer for it."""

_SAME_WORDS: Final = 3
"""Words in a row that two hearings must have in common to be joined there."""


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


def segments_before(parts: Sequence[Part], begin: int) -> list[Segment]:
    """What was heard before a chunk, which may lie within a part."""
    seconds = begin / CHUNKS_PER_SECOND
    return list(_between(parts, 0.0, seconds))


def window_begin(part: Part, end: int, probabilities: Sequence[float]) -> int | None:
    """The chunk from which the end of a part is heard again together with what follows it, up to chunk `end`.

    That is where the part begins if all of it fits into a window, and else where the least is said in the first half of
    what fits. None: too little of it fits.
    """
    first = end - _WINDOW
    if part.begin >= first:
        return part.begin
    if part.end - first < _OVERLAP:
        return None
    middle = (first + part.end) // 2
    return min(range(first, middle), key=lambda at: sum(probabilities[max(0, at - _AROUND) : at + _AROUND + 1]))


def spliced(early: Part, late: Part) -> Part | None:
    """Two hearings as one, of which the later one begins within the earlier one.

    Each is worst at its ends, so they are joined within the longest run of words that both have at the same time, at
    its longest pause: no word is lost or said twice there. None where they have no such run.
    """
    ours = [word for word in early.heard.words if word.end > late.begin / CHUNKS_PER_SECOND]
    theirs = [word for word in late.heard.words if word.start < early.end / CHUNKS_PER_SECOND]
    runs = ((_common(ours[i:], theirs[j:]), i, j) for i in range(len(ours)) for j in range(len(theirs)))
    size, at, again = max(runs, key=lambda run: run[0], default=(0, 0, 0))
    if size < _SAME_WORDS:
        return None
    ours, theirs = ours[at : at + size], theirs[again : again + size]
    pause = max(range(1, size), key=lambda index: theirs[index].start - theirs[index - 1].end)
    before, after = ours[pause].start, theirs[pause].start
    heard = replace(
        joined([early.heard, late.heard], late.end * CHUNK_SAMPLES),
        segments=(*_between([early], 0.0, before), *_between([late], after)),
        holes=(
            *(hole for hole in early.heard.holes if hole.start < before),
            *(hole for hole in late.heard.holes if hole.start >= after),
        ),
    )
    return Part(early.begin, late.end, heard)


def _common(ours: Sequence[Word], theirs: Sequence[Word]) -> int:
    """How many words both begin with, each at the same time."""
    pairs = list(zip(ours, theirs, strict=False))
    return next((count for count, pair in enumerate(pairs) if not _same(*pair)), len(pairs))


def _same(one: Word, other: Word) -> bool:
    return _bare(one) == _bare(other) and abs(one.start + one.end - other.start - other.end) <= 2 * _SAME_TIME


def _bare(word: Word) -> str:
    return "".join(filter(str.isalnum, word.text)).casefold()


def _between(parts: Sequence[Part], first: float, last: float = float("inf")) -> Iterator[Segment]:
    """The segments with the words that begin in that time, in seconds."""
    for part in parts:
        for segment in part.heard.segments:
            if words := [word for word in segment.words if first <= word.start < last]:
                yield segment.of(words)
