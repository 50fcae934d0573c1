"""A second reader looks at what the rules made of a memo: it makes doubt, and orders what is offered.

It is two small models (`day_model`, `hour_model`) that know nothing of the rules' verdicts. Their word is never taken
as sure: where they are surer of another day or hour, that one stands first, in doubt (docs/next-call.md tells what that
was measured to gain).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Final

from review.next_call import day_model, hour_model
from review.next_call.calls import call_from, heard_of
from review.next_call.dated import Dated
from review.next_call.doubts import MOST_OFFERED, plainly_counted_on, weigh
from review.next_call.memo import Memo
from review.next_call.model import NextCall, Reading
from review.next_call.proposals import UNDECIDED, propose, says_there_is_none
from review.next_call.ranker import Candidate, Ranking, Value, Weights, rank_candidates

RULES_COUNT: Final = 0.7
"""What is added to the score of the day that the rules chose."""

RULES_COUNT_OF_HOURS: Final = 2.0
"""The same of the hour: of hours the rules have learnt nearly all there is."""

UNNAMED: Final = 0.02
"""How probable a day or an hour is that nothing in the memo names."""

SURE: Final = 0.9
"""Less probable, with its hour, and the day of the rules is in doubt."""

SURE_IN_BRIEF: Final = 0.75
"""The same of what is said in one sentence or two, among its days: little else can be meant, and a call was read."""

NEARLY_CERTAIN: Final = 0.95
"""From here on a day, or an hour, is sure that the rules doubted for what stands around it."""

SURER: Final = 1.3
"""So many times as probable as that of the rules another day, or hour, stands first."""

WORTH_OFFERING: Final = 0.02
UNRANKED: Final = 0.5
_BRIEF: Final = 2

ANOTHER_DAY: Final = "the words fit another day, too"
ANOTHER_HOUR: Final = "the words fit another hour, too"
NO_HOUR_EITHER: Final = "the words fit a call without an hour, too"
NO_CALL_EITHER: Final = "the words fit a memo without a call, too"
UNLIKE_A_CALL: Final = "the words fit a memo without a call better"
NOT_OUTRIGHT: Final = "it is not said outright that the talk is then"
Shares = Mapping[date | None, float]


@dataclass(frozen=True, slots=True)
class BothWeights:
    """The weights of the two models."""

    days: Weights
    hours: Weights


def shipped() -> BothWeights:
    return BothWeights(day_model.weights(), hour_model.weights())


def by_rules(memo: Memo, call: NextCall | None, chosen: Dated | None) -> tuple[NextCall | None, Dated | None]:
    """`call`, read from `chosen`, with the doubts and offers of the rules."""
    if call is None or chosen is None:
        return propose(memo), None
    return weigh(memo, call, chosen), chosen


def read_again(
    memo: Memo, call: NextCall | None, chosen: Dated | None, by: BothWeights
) -> tuple[NextCall | None, Dated | None]:
    """`call`, read from `chosen`, with the doubts and offers of both readers, or the day that the second puts first."""
    ranking = day_model.rank(memo, by.days)
    if ranking is None:
        return by_rules(memo, call, chosen)
    if call is None or chosen is None:
        return _where_none_was_decided(memo, ranking, by)
    if call.date is None:
        call = weigh(memo, call, chosen)
        return replace(call, others=_offers(memo, ranking, call, ranking.probabilities)), chosen
    if plainly_counted_on(memo, chosen):
        kept = [one for one in ranking.candidates if one.dated is not chosen or one.value == call.date]
        ranking = rank_candidates(kept, by.days)
    shares = probabilities_with_the_rules(ranking, call.date)
    first = _first(ranking, shares)
    left_open = {other.date for other in call.others}
    if first is not None and first.value not in left_open and shares[first.value] > SURER * shares[call.date]:
        return _put_first(memo, ranking, first, call, by)
    if first is None and shares[None] > SURER * shares[call.date]:
        return _withdrawn(memo, ranking, call, shares), None
    call, hours = _with_its_hour(memo, call, chosen, by)
    certain = shares[call.date] >= NEARLY_CERTAIN
    call = weigh(memo, call, chosen, day_is_certain=certain, hour_is_certain=hours.get(call.time, 0) >= NEARLY_CERTAIN)
    call = _doubted(memo, call, shares, hours)
    return replace(call, others=_offers(memo, ranking, call, shares)), chosen


def probabilities_with_the_rules(
    ranking: Ranking[Value], chosen: Value | None, count: float = RULES_COUNT
) -> dict[Value | None, float]:
    """The second reader's probabilities of the days or hours, where it is known which of them the rules chose."""
    shares = {chosen: UNNAMED} | ranking.probabilities
    shares[chosen] *= math.exp(count)
    whole = sum(shares.values())
    return {value: share / whole for value, share in shares.items()}


def _with_its_hour(
    memo: Memo, call: NextCall, chosen: Dated, by: BothWeights
) -> tuple[NextCall, dict[time | None, float]]:
    """`call` with the hour that stands first, and how probable each is."""
    assert call.date is not None
    ranking = hour_model.rank_hours(memo, call.date, chosen, by.hours)
    if ranking is None:
        return call, {call.time: 1.0}
    hours = probabilities_with_the_rules(ranking, call.time, RULES_COUNT_OF_HOURS)
    first = max(hours, key=lambda at: hours[at])
    if hours[first] <= SURER * hours[call.time]:
        return call, hours
    candidate = ranking.of(first)
    span = (candidate.clock.start, candidate.clock.end) if candidate and candidate.clock else None
    rules = Reading(call.date, call.time, call.heard)
    others = tuple(replace(one, time=first) if one.time == call.time else one for one in call.others)
    heard = heard_of(memo, [chosen.span, span] if span else [chosen.span])
    return replace(call, time=first, heard=heard, ambiguous=True, others=(rules, *others)), hours


def _sure(memo: Memo) -> float:
    return SURE_IN_BRIEF if _is_brief(memo) else SURE


def _is_brief(memo: Memo) -> bool:
    return memo.told[-1].clause.sentence < _BRIEF


def _doubted(memo: Memo, call: NextCall, days: Shares, hours: Mapping[time | None, float]) -> NextCall:
    """`call`, in doubt where it is not probable enough; told is what weighs more, another day or another hour."""
    day, hour = days[call.date], hours[call.time]
    if _is_brief(memo):
        day /= 1 - days.get(None, 0)
    if day * hour >= _sure(memo):
        return call
    if day <= hour:
        note = _doubt(max((one for one in days if one != call.date), key=lambda one: days[one]))
    else:
        at = max((one for one in hours if one != call.time), key=lambda one: hours[one])
        note = NO_HOUR_EITHER if at is None else f"{ANOTHER_HOUR}: {at:%H:%M}"
        known = any((one.date, one.time) == (call.date, at) for one in call.others)
        call = call if known else replace(call, others=(Reading(call.date, at), *call.others))
    return replace(call, ambiguous=True, notes=(*call.notes, note))


def _doubt(rival: date | None) -> str:
    return NO_CALL_EITHER if rival is None else f"{ANOTHER_DAY}: {rival:%a} {rival.day} {rival:%b}"


def _first(ranking: Ranking[date], shares: Shares) -> Candidate[date] | None:
    """What speaks most for the most probable day; None where that is none."""
    day = max(shares, key=lambda one: shares[one])
    return None if day is None else ranking.of(day)


def _put_first(
    memo: Memo, ranking: Ranking[date], first: Candidate[date], rules: NextCall | None, by: BothWeights
) -> tuple[NextCall, Dated]:
    """`first` in the place of what the rules chose, which is offered after it."""
    assert first.dated is not None
    call = replace(call_from(memo, first.dated), date=first.value)
    call, _ = _with_its_hour(memo, call, first.dated, by)
    taken = rules is not None and rules.date is not None
    others = (Reading(rules.date, rules.time, rules.heard), *call.others) if rules and taken else call.others
    call = replace(call, ambiguous=True, others=tuple(one for one in others if one.date != first.value))
    note = _doubt(rules.date) if rules and taken else NOT_OUTRIGHT
    offers = _offers(memo, ranking, call, ranking.probabilities, kept=int(taken))
    return replace(call, others=offers, notes=(*call.notes, note)), first.dated


def _withdrawn(memo: Memo, ranking: Ranking[date], rules: NextCall, shares: Shares) -> NextCall:
    """No call, in doubt, where the words fit a memo without one; what the rules chose is offered."""
    none = NextCall(
        None, None, rules.heard, True, (Reading(rules.date, rules.time, rules.heard),), notes=(UNLIKE_A_CALL,)
    )
    return replace(none, others=_offers(memo, ranking, none, shares, kept=1))


def _where_none_was_decided(
    memo: Memo, ranking: Ranking[date], by: BothWeights
) -> tuple[NextCall | None, Dated | None]:
    proposed = propose(memo)
    if says_there_is_none(memo):
        return proposed, None
    shares = probabilities_with_the_rules(ranking, None)
    first = _first(ranking, shares)
    if first is not None and not _is_over(first) and shares[first.value] > SURER * shares[None]:
        return _put_first(memo, ranking, first, proposed, by)
    if proposed is None and shares[None] >= _sure(memo):
        return None, None
    call = proposed or NextCall(None, None, "", ambiguous=True, notes=(UNDECIDED,))
    others = _offers(memo, ranking, call, shares)
    return (replace(call, heard=call.heard or others[0].heard, others=others) if others else None), None


def _offers(memo: Memo, ranking: Ranking[date], call: NextCall, shares: Shares, kept: int = 0) -> tuple[Reading, ...]:
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


def _is_over(candidate: Candidate[date]) -> bool:
    """A day that is gone, or today, when the talk was held already."""
    outcome = candidate.dated.outcome if candidate.dated else None
    return outcome is not None and outcome.gone and outcome.day == candidate.value


def _may_be_offered(dated: Dated) -> bool:
    """Not a day that was said not to be it, nor the end of a contract."""
    return dated.mention.relation != "not" and not dated.mention.ends
