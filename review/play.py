"""Which stretch of the sound to play when the rep wants to hear a sentence or a word again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from transcribe.transcript import Hole, Word

_MARGIN: Final = 0.2
"""Seconds before and after a sentence, since the engine's word times are only about right."""

_AROUND_A_WORD: Final = 1.0
"""Seconds before and after a word: alone it is too short to be understood."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Seconds from `start` to `end`, of the memo's sound or of a sentence that was said again.

    :ivar said_again: the recording that replaces the sentence; None for the memo's own sound.
    """

    start: float
    end: float
    said_again: str | None = None


class Player(Protocol):
    """Plays the memo's sound."""

    def play(self, stretch: Stretch) -> str | None:
        """Begin to play, without waiting for the end; what was played before ends. Returns what is wrong, in one
        line, when no sound comes out."""
        ...

    def stop(self) -> None:
        """Be silent."""
        ...


def sentence_stretch(words: Sequence[Word], said_again: str | None = None, holes: Sequence[Hole] = ()) -> Stretch:
    """The sentence of these words, which must not be none, and of what was not written down of it."""
    heard: list[Word | Hole] = [*words, *holes]
    start, end = min(each.start for each in heard), max(each.end for each in heard)
    return Stretch(max(0.0, start - _MARGIN), end + _MARGIN, said_again)


def word_stretch(words: Sequence[Word], said_again: str | None = None) -> Stretch:
    """These words, side by side, with a second around them."""
    return Stretch(max(0.0, words[0].start - _AROUND_A_WORD), words[-1].end + _AROUND_A_WORD, said_again)
