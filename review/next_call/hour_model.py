"""How probable each hour of a memo is as that of the call on a day that is known, and that none was said.

benchmarks/train_next_call.py fits it to the labelled memos of tests/data/next_call and writes hour_weights.json.
"""

from datetime import date, time
from typing import Final

from review.next_call.dated import Dated
from review.next_call.hour_features import candidates
from review.next_call.memo import Memo
from review.next_call.ranker import Ranking, Weights, rank_candidates, shipped

WEIGHTS: Final = "hour_weights.json"


def weights() -> Weights:
    """Those that are shipped."""
    return shipped(WEIGHTS)


def rank_hours(memo: Memo, day: date, chosen: Dated | None, by: Weights | None = None) -> Ranking[time] | None:
    """What `memo` makes probable for the call on `day`, which `chosen` names; None where there is no hour to rank."""
    found = candidates(memo, day, chosen)
    return rank_candidates(found, weights() if by is None else by) if len(found) > 1 else None
