"""What the rep has made of the same words before: offered for a sentence, never put into it by itself."""

import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from memos.vocabulary import Mishearing

_PUNCTUATION = string.punctuation + "…“”‘’"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words [first, end) of a sentence, as they stand there, and what the rep meant by them before, and how often."""

    first: int
    end: int
    heard: str
    meant: str
    times: int


def suggestions(text: str, misheard: Sequence[Mishearing]) -> list[Suggestion]:
    """The suggestions for a sentence, in its order; where two overlap, the more frequent one."""
    words = text.split()
    bare = [word.strip(_PUNCTUATION).casefold() for word in words]
    found: list[Suggestion] = []
    for each in sorted(misheard, key=lambda each: -each.times):
        for suggestion in _places(words, bare, each):
            if all(suggestion.end <= other.first or other.end <= suggestion.first for other in found):
                found.append(suggestion)
    return sorted(found, key=lambda suggestion: suggestion.first)


def with_suggestions(text: str, taken: Sequence[Suggestion]) -> str:
    """The sentence as those suggestions make it; the punctuation around the words stays."""
    words = text.split()
    for suggestion in sorted(taken, key=lambda suggestion: -suggestion.first):
        before, after = words[suggestion.first], words[suggestion.end - 1]
        opening = before[: len(before) - len(before.lstrip(_PUNCTUATION))]
        closing = after[len(after.rstrip(_PUNCTUATION)) :]
        words[suggestion.first : suggestion.end] = [f"{opening}{suggestion.meant}{closing}"]
    return " ".join(words)


def _places(words: Sequence[str], bare: Sequence[str], each: Mishearing) -> Iterator[Suggestion]:
    wanted = each.heard.split()
    for first in range(len(words) - len(wanted) + 1):
        end = first + len(wanted)
        heard = " ".join(words[first:end]).strip(_PUNCTUATION)
        if list(bare[first:end]) == wanted and heard != each.meant:
            yield Suggestion(first, end, heard, each.meant, each.times)
