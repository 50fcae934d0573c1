"""Fits review/outcome_weights.json to the labelled memos of tests/data/outcomes.

    python -m benchmarks.train_outcomes --judge    how good it is on hands that it has not seen
    python -m benchmarks.train_outcomes --write    the weights that are shipped

Each file there is one hand. With --judge each hand of the `strangers` is left out in turn, whole: memos of one hand are
alike, and a model that has seen some of them knows the others. Only numpy is needed; the result is the same each time.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from memos.outcomes import ATTEMPTS, Outcome, is_talk
from review.outcome import decide
from review.outcome_features import features_of
from review.outcome_model import WEIGHTS, Model, scale_of, weigh

ROOT: Final = Path(__file__).parents[1]
DATA: Final = ROOT / "tests" / "data" / "outcomes" / "labelled"
NEUTRAL: Final = DATA.with_name("neutral.txt")
OUTCOMES: Final = tuple(Outcome)
LEAST: Final = 5
"""Memos in which a feature must be, to be weighed."""

MOST: Final = 7500
"""Features that are kept: those that weigh most."""

STRENGTH: Final = 2.0
"""Of the data against the prior that all weights are zero: C, the inverse of the L2 penalty."""

ROUNDS: Final = 150
ROUNDS_TO_CHOOSE: Final = 40

ECHOES: Final = {
    "stranger-1": {"own-k"},
    "stranger-2": {"own-f", "own-k"},
    "stranger-3": {"own-f"},
    "stranger-4": {"own-d"},
}
"""What was written after that hand's mistakes had been read: left out with it, or it would judge itself."""

Labelled = tuple[Outcome, str]


def memos_of(path: Path) -> list[Labelled]:
    """The labelled memos of a hand: a line each, the outcome and the text, with a tab between."""
    rows = (line.split("\t", 1) for line in path.read_text("utf-8").splitlines())
    return [(Outcome(outcome), text) for outcome, text in rows]


def fit(memos: Sequence[Labelled], most: int = MOST) -> Model:
    """The model of these memos, each of them also with a sentence more that says nothing of the call."""
    memos = [*memos, *_longer(memos)]
    known = _known(text for _, text in memos)
    found = [features_of(text, known).places for _, text in memos]
    counts = Counter(name for each in found for name in each)
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    wanted = np.array([OUTCOMES.index(outcome) for outcome, _ in memos])
    weights, bias = _descend(_Rows(found, names), wanted, ROUNDS if len(names) <= most else ROUNDS_TO_CHOOSE)
    if len(names) > most:
        heard = np.array([counts[name] for name in names])
        order = np.argsort(-np.ptp(weights, axis=1) * np.sqrt(heard), kind="stable")[:most]
        names = sorted(names[number] for number in order)
        weights, bias = _descend(_Rows(found, names), wanted, ROUNDS)
    hundredths = np.rint(weights * 100).astype(int).tolist()
    kept = {name: row for name, row in zip(names, hundredths, strict=True) if any(row)}
    return Model(OUTCOMES, tuple(bias.round(3).tolist()), kept, frozenset(known))


def _longer(memos: Sequence[Labelled]) -> Iterator[Labelled]:
    """The same memos, before or after what says nothing of how the call went: that is not to speak for any outcome."""
    neutral = NEUTRAL.read_text("utf-8").splitlines()
    for number, (outcome, text) in enumerate(memos):
        sentence = neutral[number % len(neutral)]
        yield outcome, f"{sentence} {text}" if number % 3 == 0 else f"{text} {sentence}"


def _known(texts: Iterable[str]) -> set[str]:
    """The words that several memos write without a capital."""
    counts = Counter(word for text in texts for word in set(re.findall(r"(?<![\w'’])[a-z]+(?:-[a-z]+)*", text)))
    return {word for word, count in counts.items() if count >= LEAST}


class _Rows:
    """The features of each memo as numbers, one after another: most are in few memos."""

    def __init__(self, found: Sequence[dict[str, tuple[int, int]]], names: Sequence[str]) -> None:
        column = {name: number for number, name in enumerate(names)}
        rows = [[column[name] for name in places if name in column] for places in found]
        self.columns = len(names)
        self._at = np.concatenate([np.array(row, dtype=np.intp) for row in rows])
        lengths = np.array([len(row) for row in rows])
        self._begins = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        self._row = np.repeat(np.arange(len(rows)), lengths)
        self._scales = np.array([scale_of(len(row)) for row in rows])[:, None]

    def scores(self, weights: np.ndarray) -> np.ndarray:
        """What the memos (rows) get for each outcome (columns)."""
        return np.add.reduceat(weights[self._at], self._begins) * self._scales

    def gradient(self, error: np.ndarray) -> np.ndarray:
        """What the features (rows) have to do with the error of each outcome (columns)."""
        scaled = (error * self._scales)[self._row]
        return np.stack([np.bincount(self._at, each, self.columns) for each in scaled.T], axis=1)


def _descend(rows: _Rows, wanted: np.ndarray, rounds: int) -> tuple[np.ndarray, np.ndarray]:
    """Weights and biases of least loss, by Nesterov's accelerated gradient."""
    target = np.eye(len(OUTCOMES))[wanted]
    step = 1 / (0.5 * STRENGTH * _curvature(rows) + 1)
    weights = ahead = np.zeros((rows.columns, len(OUTCOMES)))
    bias = bias_ahead = np.zeros(len(OUTCOMES))
    for number in range(rounds):
        scores = rows.scores(ahead) + bias_ahead
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        error = powers / powers.sum(axis=1, keepdims=True) - target
        new = ahead - step * (STRENGTH * rows.gradient(error) + ahead)
        new_bias = bias_ahead - error.mean(axis=0)
        keep = number / (number + 3)
        ahead, bias_ahead = new + keep * (new - weights), new_bias + keep * (new_bias - bias)
        weights, bias = new, new_bias
    return weights, bias


def _curvature(rows: _Rows) -> float:
    """The largest eigenvalue of the features' matrix with itself."""
    vector = np.ones((rows.columns, 1))
    length = 1.0
    for _ in range(15):
        vector = rows.gradient(rows.scores(vector))
        length = float(np.linalg.norm(vector))
        vector /= length
    return length


def judge(memos: Sequence[Labelled], probabilities: Sequence[Mapping[Outcome, float]]) -> dict[str, float]:
    """Shares: right without asking, wrong, asked; how often it is right if it must say; and the false talks.

    :param probabilities: of each memo, by whichever model.
    """
    counts: Counter[str] = Counter()
    for (outcome, _), probable in zip(memos, probabilities, strict=True):
        heard, sure = decide(probable)
        counts["most probable"] += heard is outcome
        counts["right" if heard is outcome else "wrong"] += sure
        counts["asked"] += not sure
        counts["false talks"] += sure and is_talk(heard) and outcome in ATTEMPTS | {Outcome.NO_CALL}
    return {what: round(counts[what] / len(memos), 3) for what in ("most probable", "right", "wrong", "asked")} | {
        "false talks": counts["false talks"]
    }


def by_words(memos: Sequence[Labelled], by: Model) -> list[dict[Outcome, float]]:
    """What the model `by` makes probable, for each memo."""
    return [weigh(text, by).probabilities for _, text in memos]


def hands_of(folder: Path = DATA) -> dict[str, list[Labelled]]:
    """The memos of each hand by its name."""
    return {path.stem: memos_of(path) for path in sorted(folder.glob("*.tsv"))}


def without(left_out: Iterable[str], hands: Mapping[str, Sequence[Labelled]]) -> list[Labelled]:
    """The memos of all hands but these, and but what echoes them."""
    names = set(left_out)
    names |= {echo for name in names for echo in ECHOES.get(name, ())}
    return [memo for name, memos in hands.items() if name not in names for memo in memos]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--judge", action="store_true", help="leave each stranger's file out in turn")
    parser.add_argument("--write", action="store_true", help="write the weights")
    parser.add_argument("--most", type=int, default=MOST, help="features that are kept")
    arguments = parser.parse_args()
    hands = hands_of()
    if arguments.judge:
        for left_out in (name for name in hands if name.startswith("stranger")):
            memos, made = hands[left_out], fit(without([left_out], hands), arguments.most)
            print(left_out, len(memos), judge(memos, by_words(memos, made)), flush=True)
    if arguments.write:
        write(fit(without([], hands), arguments.most), ROOT / "review" / WEIGHTS)


def write(made: Model, path: Path) -> None:
    """A feature a line, so that a difference can be read."""
    rows = ",\n".join(
        f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(row, separators=(',', ':'))}"
        for name, row in made.weights.items()
    )
    head = {"outcomes": list(made.outcomes), "bias": list(made.bias), "known": sorted(made.known)}
    lines = [f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)},\n" for key, value in head.items()]
    path.write_text("{\n" + "".join(lines) + ' "weights": {\n' + rows + "\n }\n}\n", "utf-8")


if __name__ == "__main__":
    main()
