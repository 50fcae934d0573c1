"""Fits the weights of the second reader, its days' and its hours', to the labelled memos of tests/data/next_call, and
those by which the first answer is sure or in doubt.

    python -m benchmarks.train_next_call --scores FILE --judge    how good it is on hands that it has not seen
    python -m benchmarks.train_next_call --scores FILE --write    the weights that are shipped

FILE holds what the encoder of days says of each memo without having seen its hand (benchmarks/train_day_encoder.py).

The files are cut into the same parts as there, a hand in one part: memos of one hand are alike, and weights that have
seen some of them know the others. With --judge each of the `stranger` files is read, as a rep's memos would be, by what
was learnt from the other parts. The rules have learnt from the first four of these hands: how sure an answer is, is
learnt from the others alone, each answered with weights that have not seen it. Only numpy is needed; the result is the
same each time.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain
from pathlib import Path
from typing import Final

from benchmarks.day_scores import parts_of, scores_in
from benchmarks.next_call import OWN, Item, Score, own_memos, own_sentences, plain
from benchmarks.ranker_fit import Case, fit
from review.next_call import _read_memo, confidence, day_model, hour_model
from review.next_call.dated import Dated
from review.next_call.day_encoder import ReadWhole
from review.next_call.day_features import candidates as days_of
from review.next_call.decide import decide, first_answer_to
from review.next_call.first_answer import BothWeights
from review.next_call.hour_features import candidates as hours_of
from review.next_call.memo import Memo
from review.next_call.ranker import Candidate, Weights

PACKAGE: Final = Path(__file__).parents[1] / "review" / "next_call"
SENTENCES: Final = "sentences"
STRANGERS_COUNT: Final = 3.0
"""How many of the project's own memos one of a stranger's weighs, who did not know the rules."""

SENTENCES_COUNT: Final = 3.0
"""The same of the project's plain sentences, each of which must be read right."""

LEARNT_BY_THE_RULES: Final = frozenset(f"stranger-{number}" for number in (1, 2, 3, 4))
RIDGE_OF_CONFIDENCE: Final = 8.0
PLAIN_COUNT: Final = 3.0
"""How many answers to a stranger one to a plain sentence of the project's own weighs, of how sure it is."""


@dataclass(frozen=True)
class Hand:
    """The memos of one file; what there is to rank in them."""

    name: str
    items: Sequence[Item]
    memos: Sequence[Memo]
    days: Sequence[Case[date]]
    hours: Sequence[Case[time]]


def hand(name: str, items: Iterable[Item], whole: ReadWhole) -> Hand:
    """Memos that name no day to come, or no hour for it, are left out of what is to be ranked.

    :param whole: what the encoder of days says without having seen the hand.
    """
    items = list(items)
    memos = [_read_memo(item.text, datetime.fromisoformat(item.spoken_at), item.locale) for item in items]
    weight = STRANGERS_COUNT if name.startswith("stranger") else SENTENCES_COUNT if name == SENTENCES else 1.0
    days, hours = [], []
    for item, memo in zip(items, memos, strict=True):
        found = days_of(memo, whole)
        days.append(Case(found, right_days(item), weight))
        hours += [Case(hours_of(memo, day, _named_by(found, day)), at, weight) for day, at in _hours(item)]
    return Hand(
        name,
        items,
        memos,
        [case for case in days if len(case.candidates) > 1],
        [case for case in hours if len(case.candidates) > 1],
    )


def right_days(item: Item) -> frozenset[date | None]:
    return frozenset(day and date.fromisoformat(day) for day, _ in (item.right, *item.also))


def _hours(item: Item) -> list[tuple[date, frozenset[time | None]]]:
    """The day that is right, with the hours of which one is right on it."""
    day = item.right[0]
    if day is None:
        return []
    hours = frozenset(at and time.fromisoformat(at) for one, at in (item.right, *item.also) if one == day)
    return [(date.fromisoformat(day), hours)]


def _named_by(found: Sequence[Candidate[date]], day: date) -> Dated | None:
    return next((one.dated for one in found if one.value == day), None)


def fit_both(hands: Iterable[Hand], whole: ReadWhole) -> BothWeights:
    hands = list(hands)
    days, hours = ([case for hand in hands for case in hand.days], [case for hand in hands for case in hand.hours])
    return BothWeights(fit(days), fit(hours), whole)


def answers(hand: Hand, by: BothWeights, weight: float = 1.0) -> list[Case[bool]]:
    """The first answers to the memos of a hand with these weights, and whether they are right; one without a day, which
    is always in doubt, is none."""
    made = []
    for item, memo in zip(hand.items, hand.memos, strict=True):
        answer = first_answer_to(memo, by)
        if answer is not None and (answer.call is None or answer.call.date):
            right = plain(answer.call) in {item.right, *item.also}
            made.append(Case(confidence.candidates(memo, answer), frozenset({right}), weight))
    return made


def fit_confidence(cases: Iterable[Case[bool]], plain_ones: Iterable[Case[bool]]) -> Weights:
    """The weights by which an answer is sure: `plain_ones` are short and hold little to doubt, as few of a hand do."""
    return fit([*cases, *plain_ones], ridge=RIDGE_OF_CONFIDENCE)


def judge(hand: Hand, by: BothWeights, sure: Weights) -> str:
    """How the memos of a hand are read with these weights."""
    score = Score()
    for item, memo in zip(hand.items, hand.memos, strict=True):
        score.add(item, decide(memo, by, sure)[0])
    shares = (score.day, score.both, score.offered, score.asked, score.sure_and_wrong)
    none = sum(day is None for day, _ in (item.right for item in hand.items))
    return (
        "date {:.1%}, with time {:.1%}, offered {:.1%}, asked {:.1%}, sure and wrong {:.1%}, ".format(
            *(share / score.n for share in shares)
        )
        + f"invented {score.invented} of {none}"
    )


def write(file: str, weights: Weights) -> None:
    rows = (f" {json.dumps(name, ensure_ascii=False)}: {weight}" for name, weight in weights.items())
    (PACKAGE / file).write_text("{\n" + ",\n".join(rows) + "\n}\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scores", type=Path, required=True, metavar="FILE", help="what the encoder of days says")
    parser.add_argument("--judge", action="store_true", help="say how the strangers' files are read")
    parser.add_argument("--write", action="store_true", help="write the weights")
    arguments = parser.parse_args()
    whole = scores_in(arguments.scores)
    hands = [hand(path.stem, own_memos(path.stem), whole) for path in sorted(OWN.glob("*.jsonl"))]
    hands.append(hand(SENTENCES, own_sentences(), whole))
    strangers = [one for one in hands if one.name.startswith("stranger")]
    left_out: dict[str, BothWeights] = {}
    for part in parts_of([len(one.items) for one in hands]):
        weights = fit_both((one for at, one in enumerate(hands) if at not in part), whole)
        left_out |= {hands[at].name: weights for at in part}
    unlearnt = [one for one in strangers if one.name not in LEARNT_BY_THE_RULES]
    answered = {one.name: answers(one, left_out[one.name]) for one in unlearnt}
    made = fit_both(hands, whole)
    plain_ones = answers(hands[-1], made, PLAIN_COUNT)
    for one in strangers if arguments.judge else ():
        others = (case for name, cases in answered.items() if name != one.name for case in cases)
        sure = fit_confidence(others, plain_ones)
        print(one.name, len(one.items), judge(one, left_out[one.name], sure), flush=True)
    if arguments.write:
        write(day_model.WEIGHTS, made.days)
        write(hour_model.WEIGHTS, made.hours)
        write(confidence.WEIGHTS, fit_confidence(chain.from_iterable(answered.values()), plain_ones))


if __name__ == "__main__":
    main()
