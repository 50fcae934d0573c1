"""Fits the weights of a logistic ranker (`review.next_call.ranker`) to cases of which it is known what is right."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic

import numpy as np
from numpy.typing import NDArray

from review.next_call.ranker import Candidate, Value, Weights

LEAST: Final = 3
"""Cases in which a feature must be, to be weighed."""

MOST: Final = 3000
"""Features that are kept: those that weigh most. With ten thousand it is no better on a hand left out."""

RIDGE: Final = 3.0
"""How strongly weights are held to zero: half of it times their squares is added to the loss."""

ROUNDS: Final = 100
REMEMBERED: Final = 10
"""Steps from which the descent (L-BFGS) knows the curvature."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Case(Generic[Value]):
    """What is to be ranked: the candidates, and the values of which one is right; `weight` is how much it counts."""

    candidates: Sequence[Candidate[Value]]
    rights: frozenset[Value | None]
    weight: float = 1.0


def fit(cases: Sequence[Case[Value]], most: int = MOST, ridge: float = RIDGE) -> Weights:
    """The weights in hundredths, by which the right values are most probable."""
    able = [case for case in cases if any(one.value in case.rights for one in case.candidates)]
    counts = Counter(name for case in able for name in {name for one in case.candidates for name in one.features})
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    found = _descend(_Rows(able, names, ridge), np.zeros(len(names)))
    if len(names) > most:
        heard = np.array([counts[name] for name in names])
        order = np.argsort(-np.abs(found) * np.sqrt(heard), kind="stable")[:most]
        kept = np.sort(order)
        names = [names[at] for at in kept]
        found = _descend(_Rows(able, names, ridge), found[kept])
    hundredths = np.rint(found * 100).astype(int).tolist()
    return {name: weight for name, weight in zip(names, hundredths, strict=True) if weight}


class _Rows(Generic[Value]):
    """The features of every candidate as numbers, one after another: most are in few cases."""

    def __init__(self, cases: Sequence[Case[Value]], names: Sequence[str], ridge: float) -> None:
        column = {name: at for at, name in enumerate(names)}
        columns = [
            [column[name] for name in one.features if name in column] for case in cases for one in case.candidates
        ]
        sizes = [len(case.candidates) for case in cases]
        self.columns, self._rows, self._ridge = len(names), len(columns), ridge
        self._case = np.repeat(np.arange(len(cases)), sizes)
        self._starts = np.cumsum([0, *sizes[:-1]])
        self._weights = np.array([case.weight for case in cases])
        self._right = np.array([one.value in case.rights for case in cases for one in case.candidates])
        self._at = np.array([at for row in columns for at in row], dtype=np.intp)
        self._row = np.repeat(np.arange(len(columns)), [len(row) for row in columns])

    def loss(self, weights: Floats) -> tuple[float, Floats]:
        """That of a softmax over the candidates, the right ones taken together, with the ridge; and its slope."""
        scores = np.bincount(self._row, weights[self._at], self._rows)
        powers = np.exp(scores - np.maximum.reduceat(scores, self._starts)[self._case])
        shares = powers / np.add.reduceat(powers, self._starts)[self._case]
        right = np.maximum(np.add.reduceat(shares * self._right, self._starts), 1e-12)
        errors = (shares - np.where(self._right, shares / right[self._case], 0.0)) * self._weights[self._case]
        slope = np.bincount(self._at, errors[self._row], self.columns) + self._ridge * weights
        return float(-np.log(right) @ self._weights + self._ridge / 2 * weights @ weights), slope


def _descend(rows: _Rows[Value], weights: Floats) -> Floats:
    """The weights of least loss, by L-BFGS with halved steps from `weights` on."""
    steps: list[tuple[Floats, Floats]] = []
    loss, slope = rows.loss(weights)
    for _ in range(ROUNDS):
        way = _newton(slope, steps)
        length = 1.0
        while (tried := rows.loss(weights - length * way))[0] > loss - 1e-4 * length * (slope @ way) and length > 1e-6:
            length /= 2
        step, change = -length * way, tried[1] - slope
        if step @ change > 1e-10:
            steps = [*steps, (step, change)][-REMEMBERED:]
        weights = weights + step
        if abs(loss - tried[0]) < 1e-6 * abs(loss):
            break
        loss, slope = tried
    return weights


def _newton(slope: Floats, steps: Sequence[tuple[Floats, Floats]]) -> Floats:
    """Where Newton's method would go, as far as the steps so far tell of the curvature."""
    way, shares = slope.copy(), []
    for step, change in reversed(steps):
        shares.append((step @ way) / (change @ step))
        way -= shares[-1] * change
    way *= (
        (steps[-1][0] @ steps[-1][1]) / (steps[-1][1] @ steps[-1][1]) if steps else 1 / max(1.0, np.linalg.norm(slope))
    )
    for (step, change), share in zip(steps, reversed(shares), strict=True):
        way += step * (share - (change @ way) / (change @ step))
    return np.asarray(way)
