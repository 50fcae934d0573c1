"""A second reader looks at what the rules made of a memo: it makes doubt, and orders what is offered.

It is a small model (`day_model`) that knows nothing of the rules' verdicts. Its word is never taken as sure: where it
is much surer of another day, that day stands first, in doubt (what that was measured to gain: docs/next-call.md).
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from review.next_call.calls import call_from
from review.next_call.dated import Dated
from review.next_call.day_features import Candidate
from review.next_call.day_model import Ranking, rank
from review.next_call.doubts import MOST_OFFERED, weigh
from review.next_call.memo import Memo
from review.next_call.model import NextCall, Reading
from review.next_call.proposals import UNDECIDED, propose, says_there_is_none

RULES_COUNT: Final = 0.7
"""What is added to the score of the day that the rules chose."""

UNNAMED: Final = 0.02
"""How probable a day is that no date of the memo names."""

SURE: Final = 0.8
"""Less, and the day of the rules is in doubt."""

NEARLY_CERTAIN: Final = 0.9
"""From here on a day is sure that the rules doubted for what stands around it."""

MUCH_SURER: Final = 5.0
"""So many times as probable as the rules' day another one stands first."""

WORTH_OFFERING: Final = 0.02
UNRANKED: Final = 0.5

ANOTHER_DAY: Final = "the words fit another day, too"
NO_CALL_EITHER: Final = "the words fit a memo without a call, too"
NOT_OUTRIGHT: Final = "it is not said outright that the talk is then"
Shares = Mapping[date | None, float]


def by_rules(memo: Memo, call: NextCall | None, chosen: Dated | None) -> tuple[NextCall | None, Dated | None]:
    """`call`, read from `chosen`, with the doubts and offers of the rules."""
    if call is None or chosen is None:
        return propose(memo), None
    return weigh(memo, call, chosen), chosen


def read_again(memo: Memo, call: NextCall | None, chosen: Dated | None) -> tuple[NextCall | None, Dated | None]:
    """`call`, read from `chosen`, with the doubts and offers of both readers, or the day that the second puts first."""
    ranking = rank(memo)
    if ranking is None:
        return by_rules(memo, call, chosen)
    if call is None or chosen is None:
        return _where_none_was_decided(memo, ranking)
    if call.date is None:
        call = weigh(memo, call, chosen)
        return replace(call, others=_offers(memo, ranking, call, ranking.probabilities)), chosen
    shares = probabilities_with_the_rules(ranking, call.date)
    first = _first(ranking, shares)
    left_open = {other.date for other in call.others}
    if first is not None and first.day not in left_open and shares[first.day] > MUCH_SURER * shares[call.date]:
        return _put_first(memo, ranking, first, call)
    call = weigh(memo, call, chosen, day_is_certain=shares[call.date] >= NEARLY_CERTAIN)
    if shares[call.date] < SURE:
        rival = max((day for day in shares if day != call.date), key=lambda day: shares[day])
        call = replace(call, ambiguous=True, notes=(*call.notes, _doubt(rival)))
    return replace(call, others=_offers(memo, ranking, call, shares)), chosen


def probabilities_with_the_rules(ranking: Ranking, chosen: date | None) -> dict[date | None, float]:
    """The second reader's probabilities of the days, where it is known which of them the rules chose."""
    shares = {chosen: UNNAMED} | ranking.probabilities
    shares[chosen] *= math.exp(RULES_COUNT)
    whole = sum(shares.values())
    return {day: share / whole for day, share in shares.items()}


def _doubt(rival: date | None) -> str:
    return NO_CALL_EITHER if rival is None else f"{ANOTHER_DAY}: {rival:%a} {rival.day} {rival:%b}"


def _first(ranking: Ranking, shares: Shares) -> Candidate | None:
    """What speaks most for the most probable day; None where that is none."""
    day = max(shares, key=lambda one: shares[one])
    return None if day is None else ranking.of(day)


def _put_first(memo: Memo, ranking: Ranking, first: Candidate, rules: NextCall | None) -> tuple[NextCall, Dated]:
    """`first` in the place of what the rules chose, which is offered after it."""
    assert first.dated is not None
    call = call_from(memo, first.dated)
    taken = rules is not None and rules.date is not None
    others = (Reading(rules.date, rules.time, rules.heard), *call.others) if rules and taken else call.others
    call = replace(call, date=first.day, ambiguous=True, others=tuple(one for one in others if one.date != first.day))
    note = _doubt(rules.date) if rules and taken else NOT_OUTRIGHT
    offers = _offers(memo, ranking, call, ranking.probabilities, kept=int(taken))
    return replace(call, others=offers, notes=(*call.notes, note)), first.dated


def _where_none_was_decided(memo: Memo, ranking: Ranking) -> tuple[NextCall | None, Dated | None]:
    proposed = propose(memo)
    if says_there_is_none(memo):
        return proposed, None
    shares = probabilities_with_the_rules(ranking, None)
    first = _first(ranking, shares)
    if first is not None and shares[first.day] > MUCH_SURER * shares[None]:
        return _put_first(memo, ranking, first, proposed)
    if proposed is None and shares[None] >= SURE:
        return None, None
    call = proposed or NextCall(None, None, "", ambiguous=True, notes=(UNDECIDED,))
    others = _offers(memo, ranking, call, shares)
    return (replace(call, heard=call.heard or others[0].heard, others=others) if others else None), None


def _offers(memo: Memo, ranking: Ranking, call: NextCall, shares: Shares, kept: int = 0) -> tuple[Reading, ...]:
    """The other readings of `call` and the days of the second reader, likeliest first; `kept` of them stay in front."""
    known = {call.date, *(other.date for other in call.others)}
    added = [
        Reading(day, one.dated.clock.at if one.dated.clock else None, memo.heard(one.dated))
        for day in shares
        if day not in known and shares[day] >= WORTH_OFFERING
        if (one := ranking.of(day)) is not None and one.dated is not None and _may_be_offered(one.dated)
    ]

    def likely(reading: Reading) -> float:
        # The same day at another hour is as likely as the day; a day that no date names, as the week before, is no
        # matter of which date is meant, and the rules have a reason for it.
        return -(1.0 if reading.date == call.date else shares.get(reading.date, UNRANKED))

    others = [*call.others[:kept], *sorted([*call.others[kept:], *added], key=likely)]
    return tuple(others[: MOST_OFFERED - 1])


def _may_be_offered(dated: Dated) -> bool:
    """Not a day that was said not to be it, nor the end of a contract."""
    return dated.mention.relation != "not" and not dated.mention.ends
