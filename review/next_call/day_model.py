"""How probable each day of a memo is as the next call's: a logistic ranker over `day_features`.

benchmarks/train_next_call.py fits it to the labelled memos of tests/data/next_call and writes day_weights.json.
"""

import math
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from ground.reader import parse_json
from review.next_call.day_features import Candidate, candidates, spell
from review.next_call.memo import Memo

WEIGHTS: Final = "day_weights.json"
MOST_FACTS: Final = 3
Weights = dict[str, int]


@dataclass(frozen=True, slots=True)
class Ranking:
    """How probable each day is, `None` for no call; `weights` are in hundredths."""

    candidates: list[Candidate]
    probabilities: dict[date | None, float]
    weights: Weights

    def of(self, day: date | None) -> Candidate | None:
        """The date that speaks most for `day`; None where no date of the memo does."""
        return max((one for one in self.candidates if one.day == day), key=self._score, default=None)

    def facts_for(self, candidate: Candidate) -> tuple[str, ...]:
        """The facts that weighed most for it and against its strongest rival, in words, strongest first."""
        rivals = [one for one in self.candidates if one.day != candidate.day]
        shared = max(rivals, key=self._score).features if rivals else ()
        spoke = sorted((-self.weights.get(name, 0), name) for name in {*candidate.features}.difference(shared))
        return tuple(spell(name) for weight, name in spoke[:MOST_FACTS] if weight < 0)

    def _score(self, candidate: Candidate) -> int:
        return _score(candidate, self.weights)


@cache
def weights() -> Weights:
    """Those that are shipped."""
    read: Weights = parse_json(files("review.next_call").joinpath(WEIGHTS).read_text("utf-8"))
    return read


def rank(memo: Memo, by: Weights | None = None) -> Ranking | None:
    """What `memo` makes probable, by the shipped weights unless others are given; None where no day is to be ranked."""
    found = candidates(memo)
    return rank_candidates(found, weights() if by is None else by) if len(found) > 1 else None


def rank_candidates(found: list[Candidate], by: Weights) -> Ranking:
    scores = [_score(one, by) / 100 for one in found]
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    probabilities: dict[date | None, float] = {}
    for one, power in zip(found, powers, strict=True):
        probabilities[one.day] = probabilities.get(one.day, 0.0) + power / sum(powers)
    return Ranking(found, probabilities, by)


def _score(candidate: Candidate, by: Weights) -> int:
    return sum(by.get(name, 0) for name in candidate.features)
