"""The model that tells what became of a call: a multinomial logistic regression over review.outcome_features.

benchmarks/train_outcomes.py fits it to the labelled memos of tests/data/outcomes and writes outcome_weights.json.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from ground.reader import parse_json
from memos.outcomes import Outcome
from review.outcome_features import Features, Place, features_of

WEIGHTS: Final = "outcome_weights.json"


@dataclass(frozen=True, slots=True)
class Model:
    """`weights` of a feature for each of `outcomes`, in hundredths. `known`: words that are no names."""

    outcomes: tuple[Outcome, ...]
    bias: tuple[float, ...]
    weights: dict[str, list[int]]
    known: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """How probable each outcome is, and which features spoke for which, strongest first."""

    probabilities: dict[Outcome, float]
    features: Features
    model: Model

    def speaks_for(self, outcome: Outcome) -> list[tuple[str, Place, float]]:
        """The features that speak for it rather than for the mean of all, with their places and weights."""
        number = self.model.outcomes.index(outcome)
        rows = []
        for name, place in self.features.places.items():
            if (weights := self.model.weights.get(name)) is not None:
                rows.append((name, place, weights[number] - sum(weights) / len(weights)))
        return sorted((row for row in rows if row[2] > 0), key=lambda row: -row[2])


@cache
def model() -> Model:
    """The one that is shipped."""
    return read_model(files("review").joinpath(WEIGHTS).read_text("utf-8"))


def read_model(stored: str) -> Model:
    """What benchmarks/train_outcomes.py wrote."""
    read = parse_json(stored)
    return Model(tuple(map(Outcome, read["outcomes"])), tuple(read["bias"]), read["weights"], frozenset(read["known"]))


def weigh(text: str, by: Model | None = None) -> Reading:
    """What `text` makes probable; `by` the shipped model unless another is given."""
    by = by or model()
    features = features_of(text, by.known)
    rows = [by.weights[name] for name in features.places if name in by.weights]
    scale = scale_of(len(rows)) / 100
    sums = [sum(each) for each in zip(*rows, strict=True)] or [0] * len(by.outcomes)
    scores = [bias + scale * each for bias, each in zip(by.bias, sums, strict=True)]
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    return Reading(
        {outcome: power / sum(powers) for outcome, power in zip(by.outcomes, powers, strict=True)}, features, by
    )


def scale_of(count: int) -> float:
    """What each of `count` features counts: a long memo is no surer, and one of two words is less sure."""
    return 5 / math.sqrt(max(count, 40))
