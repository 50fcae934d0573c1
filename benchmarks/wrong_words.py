"""Which words of a transcript are wrong: it is aligned with what was said."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from memo_texts import recipes  # noqa: F401  # makes the samples' folder known

from word_errors import normal  # isort: skip


@dataclass(frozen=True, slots=True)
class Wrong:
    """A stretch that was misheard: [first, end) of the words heard, none where words are missing, and what was said."""

    first: int
    end: int
    said: tuple[str, ...]


def wrong_words(heard: Sequence[str], said: Sequence[str]) -> Iterator[Wrong]:
    """The stretches in which a transcript differs from what was said.

    "40,000" for "forty thousand" is right: what Whisper's normaliser makes the same, alone or together, is.
    """
    ours, whose = _normal_words(heard)
    theirs, of = _normal_words(said)
    matcher = difflib.SequenceMatcher(None, theirs, ours, autojunk=False)
    for kind, first, last, begin, end in matcher.get_opcodes():
        if kind == "equal":
            continue
        hypothesis = heard[whose[begin] : whose[end - 1] + 1] if end > begin else []
        reference = said[of[first] : of[last - 1] + 1] if last > first else []
        if _joined(hypothesis) != _joined(reference):
            at = whose[begin] if begin < len(whose) else len(heard)
            yield Wrong(at, at + len(hypothesis), tuple(reference))


def _normal_words(words: Sequence[str]) -> tuple[list[str], list[int]]:
    """Each word normalised by itself, and which word each of the results came from."""
    pairs = [(part, index) for index, word in enumerate(words) for part in normal(word).split()]
    return [part for part, _ in pairs], [index for _, index in pairs]


def _joined(words: Sequence[str]) -> str:
    return str(normal(" ".join(words))).replace(" ", "")
