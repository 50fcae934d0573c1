"""How probable each day of a memo is as the next call's, and that there is none.

benchmarks/train_next_call.py fits it to the labelled memos of tests/data/next_call and writes day_weights.json.
"""

from datetime import date
from typing import Final

from review.next_call.day_encoder import ReadWhole, scores
from review.next_call.day_features import candidates
from review.next_call.memo import Memo
from review.next_call.ranker import Ranking, Weights, rank_candidates, shipped

WEIGHTS: Final = "day_weights.json"


def weights() -> Weights:
    """Those that are shipped."""
    return shipped(WEIGHTS)


def rank(memo: Memo, by: Weights | None = None, whole: ReadWhole = scores) -> Ranking[date] | None:
    """What `memo` makes probable, by the shipped weights unless others are given; None where no day is to be ranked.

    :param whole: what reads it as a whole.
    """
    found = candidates(memo, whole)
    return rank_candidates(found, weights() if by is None else by) if len(found) > 1 else None
