"""A sentence as it is shown: its words in runs, each with what is to be marked about it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from review.risk import Risk, find_risks
from transcribe.transcript import Word


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to be said about a word.

    :ivar doubtful: the engine was not sure of it.
    :ivar risk: it must be right; None for the most.
    """

    doubtful: bool
    risk: Risk | None


@dataclass(frozen=True, slots=True)
class Run:
    """Words side by side that are marked alike: [first, end) of the sentence's words."""

    first: int
    end: int
    text: str
    doubtful: bool
    risks: tuple[Risk, ...]


@dataclass(frozen=True, slots=True)
class Marker:
    """Finds what to mark.

    :ivar doubtful: for each word of a sentence whether it was heard with doubt.
    :ivar names: the words of known contacts' names and companies, casefolded.
    :ivar english: whether risk words are looked for, which is done in English only.
    """

    doubtful: Callable[[Sequence[Word]], list[bool]]
    names: Collection[str]
    english: bool

    def heard(self, words: Sequence[Word]) -> list[Run]:
        """The runs of words that were heard; joined with spaces they are the sentence."""
        pairs = zip(words, self.doubtful(words), strict=True)
        doubtful = [doubt or word.instead_of is not None for word, doubt in pairs]
        return self._runs([word.text for word in words], doubtful)

    def typed(self, text: str) -> list[Run]:
        """The runs of a text that the rep wrote, of which nothing is doubtful."""
        words = text.split()
        return self._runs(words, [False] * len(words))

    def _runs(self, words: Sequence[str], doubtful: Sequence[bool]) -> list[Run]:
        risks = find_risks(words, self.names) if self.english else [None] * len(words)
        marks = [Mark(doubt, risk) for doubt, risk in zip(doubtful, risks, strict=True)]
        runs = []
        # Risks of two kinds side by side are one mark on the screen: "Tuesday at 2:30".
        for _, group in groupby(enumerate(marks), key=lambda pair: (pair[1].doubtful, pair[1].risk is not None)):
            inside = list(group)
            first, end = inside[0][0], inside[-1][0] + 1
            kinds = dict.fromkeys(mark.risk for _, mark in inside if mark.risk is not None)
            runs.append(Run(first, end, " ".join(words[first:end]), inside[0][1].doubtful, tuple(kinds)))
        return runs


def instead_of(runs: Iterable[Run], words: Sequence[Word]) -> Iterator[tuple[str, str]]:
    """What the words of the runs say where another pass heard something else, and what that was.

    Nothing where the runs were typed, and so are of other words.
    """
    if " ".join(run.text for run in runs) != " ".join(word.text for word in words):
        return
    for before, group in groupby(words, key=lambda word: word.instead_of):
        if before is not None:
            yield " ".join(word.text for word in group), before


def first_doubtful(runs: Iterable[Run]) -> int | None:
    """Where the first doubtful word begins in the text of the runs, in characters; None where there is none."""
    position = 0
    for run in runs:
        if run.doubtful:
            return position
        position += len(run.text) + 1
    return None
