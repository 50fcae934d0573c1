"""A small ranker against the rows: which of the days found in a memo is the next call's, learnt from labelled memos.

    python benchmarks/next_call_ranker.py [CORPORA]

The model is a logistic one over the days that were found and "none of them", with the facts that the rows ask for as
its features; `with verdicts` adds what the rows made of each day. It learns from every second of the project's memos,
and is scored on the other half and on the memos of others in CORPORA (memos-*.jsonl), of which it has seen none; the
rows have been written with most of them at hand.
"""

import argparse
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.next_call import Item, memos, own_memos
from review.next_call import _read_memo, find_next_call
from review.next_call.dated import Dated
from review.next_call.memo import Memo
from review.next_call.mentions import around
from review.next_call.neighbours import Neighbours
from review.next_call.own_facts import OwnClause

OWN: Final = ("dev", "earlier", "rounds", "others", "unseen")
ROUNDS: Final = 400
RATE: Final = 0.05
RIDGE: Final = 1e-3
MOST: Final = 40


@dataclass(frozen=True)
class Case:
    """A memo: a row of features for each day found and a last one for none of them, the right row, and the days."""

    item: Item
    days: Sequence[str]
    right: int
    features: Sequence[frozenset[str]]


def _facts(of: object) -> Iterator[str]:
    for name, value in vars(type(of)).items():
        if isinstance(value, cached_property) and name[0] != "_" and getattr(of, name):
            yield name


def _features(memo: Memo, dated: Dated, *, verdicts: bool) -> frozenset[str]:
    mention, told = dated.mention, memo.told[dated.mention.clause.index]
    day = mention.expression.day
    assert day is not None
    mentions = [one.mention for one in memo.dated if one.span < dated.span]
    found = {f"own {name}" for name in _facts(OwnClause(mention, told, memo.tokens))}
    found |= {f"near {name}" for name in _facts(Neighbours(mention, around(mention, memo.told), mentions))}
    found |= {f"relation {mention.relation}", f"means {day.meaning}", f"content {min(told.content, 4)}"}
    found |= {f"speaker {told.speaker}", f"role {told.clause.role}", f"opener {told.clause.opener}"}
    found |= {"timed"} if dated.clock else set()
    found |= {"last"} if dated is memo.dated[-1] else set()
    return frozenset(found | ({f"stands {mention.standing}", f"why {mention.why}"} if verdicts else set()))


def cases(items: Sequence[Item], *, verdicts: bool) -> list[Case]:
    made = []
    for item in items:
        memo = _read_memo(item.text, datetime.fromisoformat(item.spoken_at), item.locale)
        ahead = [d for d in memo.dated if d.mention.expression.day and d.outcome.day and not d.outcome.gone][:MOST]
        days = [str(d.outcome.day) for d in ahead]
        rights = {day for day, _ in (item.right, *item.also)}
        right = next((at for at, day in enumerate(days) if day in rights), len(days))
        talk = {"a talk is named"} if any(one.call for one in memo.told) else {"no talk is named"}
        rows = [_features(memo, dated, verdicts=verdicts) for dated in ahead]
        made.append(Case(item, days, right, [*rows, frozenset({"none", *talk, f"{min(len(days), 3)} days"})]))
    return made


def learn(train: Sequence[Case]) -> dict[str, float]:
    """The weight of each feature that occurs more than twice."""
    counted: dict[str, int] = {}
    for case in train:
        for name in set().union(*case.features):
            counted[name] = counted.get(name, 0) + 1
    columns = {name: at for at, name in enumerate(sorted(name for name, count in counted.items() if count > 2))}
    matrices = [_matrix(case, columns) for case in train]
    weights, first, second = (np.zeros(len(columns)) for _ in range(3))
    for step in range(1, ROUNDS + 1):
        slope = RIDGE * weights
        for case, matrix in zip(train, matrices, strict=True):
            shares = _shares(matrix @ weights)
            shares[case.right] -= 1.0
            slope += matrix.T @ shares / len(train)
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights = weights - RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return {name: float(weights[at]) for name, at in columns.items()}


def _matrix(case: Case, columns: dict[str, int]) -> NDArray[np.float64]:
    matrix = np.zeros((len(case.features), len(columns)))
    for row, names in enumerate(case.features):
        matrix[row, [columns[name] for name in names if name in columns]] = 1.0
    return matrix


def _shares(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum())


def score(weights: dict[str, float], test: Sequence[Case]) -> tuple[float, float]:
    """The shares whose day is right, by the ranker and by the rows."""
    ranked = rows = 0
    for case in test:
        rights = {day for day, _ in (case.item.right, *case.item.also)}
        scores = [sum(weights.get(name, 0.0) for name in names) for names in case.features]
        best = int(np.argmax(scores))
        ranked += (case.days[best] if best < len(case.days) else None) in rights
        call = find_next_call(case.item.text, datetime.fromisoformat(case.item.spoken_at), locale=case.item.locale)
        rows += (str(call.date) if call and call.date else None) in rights
    return ranked / len(test), rows / len(test)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, nargs="?", help="folder with the memos of others")
    options: Any = parser.parse_args()
    own = [item for name in OWN for item in own_memos(name)]
    others = (
        {path.stem: list(memos(path)) for path in sorted(options.corpora.glob("memos-*.jsonl"))}
        if options.corpora
        else {}
    )
    for verdicts in (False, True):
        kind = "with verdicts" if verdicts else "facts alone"
        train = cases([one for one in own if zlib.crc32(one.text.encode()) % 2], verdicts=verdicts)
        weights = learn(train)
        print(f"{kind}: {len(train)} memos, {len(weights)} weights")
        tests = {"the other half": [one for one in own if not zlib.crc32(one.text.encode()) % 2], **others}
        for name, items in tests.items():
            ranked, rows = score(weights, cases(items, verdicts=verdicts))
            print(f"  {name:15} {len(items):5}  ranker {ranked:6.1%}  rows {rows:6.1%}")


if __name__ == "__main__":
    main()
