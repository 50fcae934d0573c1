"""A transcript cut into the sentences that are read one at a time."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from transcribe.transcript import Hole, Transcript, Word

LONGEST: Final = 40
"""Words. A stretch without a full stop is cut here, so that no screen holds more than an eye takes in."""

_JOINS: Final = frozenset("and but so because then which who that if when".split())

# What ends in a dot and ends no sentence, as Whisper prints it.
_ABBREVIATIONS: Final = frozenset(
    "mr. mrs. ms. dr. prof. st. jr. sr. inc. ltd. co. corp. dept. approx. no. vs. etc. e.g. i.e. a.m. p.m. ext. "
    "jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. mon. tue. wed. thu. fri.".split()
)
_END: Final = re.compile(r"[.!?…]+[\"'”’)\]]*$")
_INITIAL: Final = re.compile(r"^[A-Z]\.$")


@dataclass(frozen=True, slots=True)
class HeardSentence:
    """A sentence as it was heard, with its words in order; or what stands at the place of one.

    :ivar hole: where speech was heard of which no word was written down; there are no words then.
    :ivar typed: what the rep wrote, and never said; there are no words then.
    :ivar recording_id: the recording that it is from; None for the memo's own.
    """

    words: tuple[Word, ...]
    hole: Hole | None = None
    typed: str = ""
    recording_id: str | None = None

    @property
    def text(self) -> str:
        """The words with a space between them."""
        return " ".join(word.text for word in self.words)


def split_sentences(transcript: Transcript) -> list[HeardSentence]:
    """Cut at full stops, question and exclamation marks, where a sentence pauses before its :data:`LONGEST` words
    are over, and where something was not written down: that is between two of them, by itself."""
    words = transcript.words
    starts = [word.start for word in words]
    found: list[HeardSentence] = []
    begin = 0
    for hole in transcript.holes:
        end = max(begin, bisect_right(starts, hole.start))
        found += [*_cut(words[begin:end]), HeardSentence((), hole)]
        begin = end
    return [*found, *_cut(words[begin:])]


def _cut(words: tuple[Word, ...]) -> Iterator[HeardSentence]:
    return (HeardSentence(words[begin:end]) for begin, end in _runs([word.text for word in words]))


def split_text(text: str, longest: int | None = LONGEST) -> list[str]:
    """The sentences of a text, cut in the same way; None: however long they are."""
    words = text.split()
    return [" ".join(words[begin:end]) for begin, end in _runs(words, longest)]


def _runs(words: Sequence[str], longest: int | None = LONGEST) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends, as [begin, end) of the words; ``longest`` words at most."""
    begin = 0
    for index, word in enumerate(words, start=1):
        following = words[index] if index < len(words) else ""
        if index == len(words) or ends_sentence(word, following):
            yield begin, index
            begin = index
        elif longest and index - begin >= longest:
            end = _where_it_pauses(words, begin + longest // 2, index)
            yield begin, end
            begin = end


def _where_it_pauses(words: Sequence[str], first: int, last: int) -> int:
    """Where a stretch that is too long is cut, from ``first`` to ``last``: at its last comma, else before the last
    "and" or "so", else where it becomes too long."""
    ends = range(last, first, -1)
    commas = (end for end in ends if words[end - 1].endswith((",", ";", ":", "–", "—")))
    joins = (end for end in ends if words[end].casefold() in _JOINS)
    return next(commas, None) or next(joins, last)


def ends_sentence(text: str, following: str) -> bool:
    """Whether a word, printed so, ends a sentence when ``following`` comes after it (empty: nothing does)."""
    if not _END.search(text) or _INITIAL.match(text):
        return False
    if text.casefold() in _ABBREVIATIONS:
        # "at 3 p.m. She said": a time may well end a sentence, and then a capital follows; "Mr. Ode" is a title.
        return text.casefold() in {"a.m.", "p.m.", "inc.", "ltd.", "etc."} and following[:1].isupper()
    return True
