"""How probable each value of a memo is as the right one: a logistic ranker over facts that can be told in words.

The days (`day_model`) and the hours (`hour_model`) are ranked by it. benchmarks/train_next_call.py fits the weights.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from importlib.resources import files
from typing import Final, Generic, TypeVar

from ground.reader import parse_json
from review.next_call.clocks import Clock
from review.next_call.dated import Dated
from review.next_call.feature_words import spell

MOST_FACTS: Final = 3
Features = tuple[str, ...]
Weights = dict[str, int]
Value = TypeVar("Value", date, time, bool)


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Value]):
    """A value that may be the next call's, by one date or one clock time of the memo; None, with neither, for none."""

    value: Value | None
    dated: Dated | None
    features: Features = field(repr=False)
    clock: Clock | None = None


@dataclass(frozen=True, slots=True)
class Ranking(Generic[Value]):
    """How probable each value is, `None` for none; `weights` are in hundredths."""

    candidates: Sequence[Candidate[Value]]
    probabilities: dict[Value | None, float]
    weights: Weights

    def of(self, value: Value | None) -> Candidate[Value] | None:
        """The candidate that speaks most for `value`; None where none does."""
        return max((one for one in self.candidates if one.value == value), key=self._score, default=None)

    def facts_for(self, candidate: Candidate[Value]) -> tuple[str, ...]:
        """The facts that weighed most for it and against its strongest rival, in words, strongest first."""
        rivals = [one for one in self.candidates if one.value != candidate.value]
        shared = max(rivals, key=self._score).features if rivals else ()
        spoke = sorted((-self.weights.get(name, 0), name) for name in {*candidate.features}.difference(shared))
        return tuple(spell(name) for weight, name in spoke[:MOST_FACTS] if weight < 0)

    def _score(self, candidate: Candidate[Value]) -> int:
        return _score(candidate.features, self.weights)


@cache
def shipped(name: str) -> Weights:
    """The weights of that file of the package."""
    read: Weights = parse_json(files("review.next_call").joinpath(name).read_text("utf-8"))
    return read


def rank_candidates(found: Sequence[Candidate[Value]], by: Weights) -> Ranking[Value]:
    scores = [_score(one.features, by) / 100 for one in found]
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    whole = sum(powers)
    probabilities: dict[Value | None, float] = {}
    for one, power in zip(found, powers, strict=True):
        probabilities[one.value] = probabilities.get(one.value, 0.0) + power / whole
    return Ranking(found, probabilities, by)


def _score(features: Features, by: Weights) -> int:
    return sum(by.get(name, 0) for name in features)
