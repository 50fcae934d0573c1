"""Words that mean something only together: "scratch that", "no point", "for this one"."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain


class Phrases:
    """Some of them, each written with hyphens: "scratch-that", "no-point". "." and "," may be among their words."""

    def __init__(self, *written: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for mark in chain(*written):
            words = tuple(mark.split("-"))
            self._by_first.setdefault(words[0], []).append(words)

    def found(self, words: Sequence[str]) -> Iterator[int]:
        """Where one begins in `words`."""
        for at, word in enumerate(words):
            for mark in self._by_first.get(word, ()):
                if tuple(words[at : at + len(mark)]) == mark:
                    yield at

    def within(self, words: Sequence[str]) -> bool:
        """Whether one is in `words`."""
        return next(self.found(words), None) is not None
