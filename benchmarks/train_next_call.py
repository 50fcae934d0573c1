"""Fits review/next_call/day_weights.json to the labelled memos of tests/data/next_call.

    python -m benchmarks.train_next_call --judge    how good it is on hands that it has not seen
    python -m benchmarks.train_next_call --write    the weights that are shipped

With --judge each of the `stranger` files is left out in turn, whole: memos of one hand are alike, and weights that have
seen some of them know the others. The rules have learnt from these hands; what the two readers make of a new one
together is told in docs/next-call.md. Only numpy is needed; the result is the same each time.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.next_call import OWN, Item, own_memos, own_sentences, read_memo
from review.next_call import _read_memo
from review.next_call.day_features import Candidate, candidates
from review.next_call.day_model import WEIGHTS, Weights, rank_candidates
from review.next_call.second_reader import probabilities_with_the_rules

TARGET: Final = Path(__file__).parents[1] / "review" / "next_call" / WEIGHTS
LEAST: Final = 3
"""Memos in which a feature must be, to be weighed."""

MOST: Final = 600
"""Features that are kept: those that weigh most. With ten thousand it is no better on a hand left out."""

RIDGE: Final = 3.0
"""How strongly weights are held to zero: half of it times their squares is added to the loss."""

ROUNDS: Final = 150
REMEMBERED: Final = 10
"""Steps from which the descent (L-BFGS) knows the curvature."""

DOUBTED: Final = (0.1, 0.2, 0.25, 0.3, 0.4)
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """A memo that is to be ranked: its candidates, and the days of which one is right."""

    item: Item
    candidates: Sequence[Candidate]
    rights: frozenset[date | None]


def cases_of(items: Iterable[Item]) -> list[Case]:
    """Memos that name no day to come are left out: there is nothing to rank."""
    cases = []
    for item in items:
        found = candidates(_read_memo(item.text, datetime.fromisoformat(item.spoken_at), item.locale))
        cases.append(
            Case(item, found, frozenset(day and date.fromisoformat(day) for day, _ in (item.right, *item.also)))
        )
    return [case for case in cases if len(case.candidates) > 1]


def fit(cases: Sequence[Case], most: int = MOST) -> Weights:
    """The weights in hundredths, by which the right days are most probable."""
    counts = Counter(name for case in cases for name in {name for one in case.candidates for name in one.features})
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    found = _descend(_Rows(cases, names))
    if len(names) > most:
        heard = np.array([counts[name] for name in names])
        order = np.argsort(-np.abs(found) * np.sqrt(heard), kind="stable")[:most]
        names = sorted(names[at] for at in order)
        found = _descend(_Rows(cases, names))
    hundredths = np.rint(found * 100).astype(int).tolist()
    return {name: weight for name, weight in zip(names, hundredths, strict=True) if weight}


class _Rows:
    """The features of every candidate as numbers, one after another: most are in few memos."""

    def __init__(self, cases: Sequence[Case], names: Sequence[str]) -> None:
        column = {name: at for at, name in enumerate(names)}
        able = [case for case in cases if any(one.day in case.rights for one in case.candidates)]
        rows = [(at, one, one.day in case.rights) for at, case in enumerate(able) for one in case.candidates]
        columns = [[column[name] for name in one.features if name in column] for _, one, _ in rows]
        self.columns, self._cases = len(names), len(able)
        self._case = np.array([at for at, _, _ in rows])
        self._right = np.array([right for _, _, right in rows])
        self._at = np.array([at for row in columns for at in row], dtype=np.intp)
        self._row = np.repeat(np.arange(len(rows)), [len(row) for row in columns])

    def loss(self, weights: Floats) -> tuple[float, Floats]:
        """That of a softmax over the candidates, the right ones taken together, with the ridge; and its slope."""
        scores = np.bincount(self._row, weights[self._at], len(self._case))
        highest = np.full(self._cases, -np.inf)
        np.maximum.at(highest, self._case, scores)
        powers = np.exp(scores - highest[self._case])
        shares = powers / np.bincount(self._case, powers, self._cases)[self._case]
        right = np.maximum(np.bincount(self._case, shares * self._right, self._cases), 1e-12)
        errors = shares - np.where(self._right, shares / right[self._case], 0.0)
        slope = np.bincount(self._at, errors[self._row], self.columns) + RIDGE * weights
        return float(-np.log(right).sum() + RIDGE / 2 * weights @ weights), slope


def _descend(rows: _Rows) -> Floats:
    """The weights of least loss, by L-BFGS with halved steps."""
    weights = np.zeros(rows.columns)
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


def judge(cases: Sequence[Case], by: Weights) -> str:
    """How often its first day is right, alone and with the rules; how often one of its three is; and what doubt costs:
    the share of all memos that is wrong without a doubt, where so many are in doubt."""
    alone = among = together = 0
    sure: list[tuple[float, bool]] = []
    for case in cases:
        ranking = rank_candidates(list(case.candidates), by)
        call = read_memo(case.item)
        shares = probabilities_with_the_rules(ranking, call.date if call else None)
        ordered = sorted(ranking.probabilities, key=lambda day: -ranking.probabilities[day])
        first = max(shares, key=lambda day: shares[day])
        alone += ordered[0] in case.rights
        among += bool(case.rights & set(ordered[:3]))
        together += first in case.rights
        sure.append((shares[first], first in case.rights))
    sure.sort()
    prices = (
        f"{part:.0%}: {sum(not ok for _, ok in sure[int(part * len(sure)) :]) / len(sure):.1%}" for part in DOUBTED
    )
    shares_of = (f"{count / len(cases):.1%}" for count in (alone, together, among))
    return "first {}, with the rules {}, among three {}; ".format(*shares_of) + "sure and wrong at " + ", ".join(prices)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--judge", action="store_true", help="leave each stranger's file out in turn")
    parser.add_argument("--write", action="store_true", help="write the weights")
    parser.add_argument("--most", type=int, default=MOST, help="features that are kept")
    arguments = parser.parse_args()
    hands = {path.stem: cases_of(own_memos(path.stem)) for path in sorted(OWN.glob("*.jsonl"))}
    hands["sentences"] = cases_of(own_sentences())
    if arguments.judge:
        for left_out in (name for name in hands if name.startswith("stranger")):
            rest = [case for name, cases in hands.items() if name != left_out for case in cases]
            print(left_out, len(hands[left_out]), judge(hands[left_out], fit(rest, arguments.most)), flush=True)
    if arguments.write:
        made = fit([case for cases in hands.values() for case in cases], arguments.most)
        rows = (f" {json.dumps(name, ensure_ascii=False)}: {weight}" for name, weight in made.items())
        TARGET.write_text("{\n" + ",\n".join(rows) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
