"""The first answer of both readers of a memo, before it is asked how sure it is.

The second reader is two small models (`day_model`, `hour_model`) that know nothing of the rules' verdicts. Where they
are surer of another day or hour than of that of the rules, that one stands first (docs/next-call.md tells what that was
measured to gain).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Final

from review.next_call import day_model, hour_model
from review.next_call.calls import call_from, heard_of
from review.next_call.dated import Dated
from review.next_call.day_encoder import ReadWhole, scores
from review.next_call.doubts import plainly_counted_on
from review.next_call.memo import Memo
from review.next_call.model import NextCall, Reading
from review.next_call.proposals import propose, says_there_is_none
from review.next_call.ranker import Candidate, Ranking, Value, Weights, rank_candidates

RULES_COUNT: Final = 0.7
"""What is added to the score of the day that the rules chose."""

RULES_COUNT_OF_HOURS: Final = 2.0
"""The same of the hour: of hours the rules have learnt nearly all there is."""

UNNAMED: Final = 0.02
"""How probable a day or an hour is that nothing in the memo names."""

SURER: Final = 1.3
"""So many times as probable as that of the rules another day, or hour, stands first."""

LIKELIER_THAN_ALL_ELSE: Final = 0.5
"""So probable at least a day that no rule decided for stands first."""

NEARLY_CERTAIN: Final = 0.9
"""So probable a day stands first though it is for somebody else, or no call in place of the day of the rules."""

Shares = Mapping[date | None, float]
Hours = Mapping[time | None, float]


@dataclass(frozen=True, slots=True)
class BothWeights:
    """The weights of the two models, and what reads a memo as a whole."""

    days: Weights
    hours: Weights
    whole: ReadWhole = scores


def shipped() -> BothWeights:
    return BothWeights(day_model.weights(), hour_model.weights())


@dataclass(frozen=True, slots=True)
class Answer:
    """`call`, read from `chosen`, both None for no call; `rules` is what the rules made of it, with the days that they
    propose where they decided for none.

    `days` and `hours` tell how probable each day and each hour is to both readers. `settled` where the memo says in so
    many words that there is no call, of whatever.
    """

    call: NextCall | None
    chosen: Dated | None
    rules: NextCall | None
    ranking: Ranking[date]
    days: Shares
    hours: Hours
    settled: bool = False

    @property
    def day(self) -> date | None:
        return self.call.date if self.call else None

    @property
    def at(self) -> time | None:
        return self.call.time if self.call else None

    @property
    def day_of_the_rules(self) -> date | None:
        return self.rules.date if self.rules else None


def first_answer(memo: Memo, call: NextCall | None, chosen: Dated | None, by: BothWeights) -> Answer | None:
    """What stands first where the rules read `call` from `chosen`; None where there is no day to weigh."""
    ranking = day_model.rank(memo, by.days, by.whole)
    if ranking is None:
        return None
    if call is None or chosen is None:
        return _where_none_was_decided(memo, ranking, by)
    if call.date is None:
        return Answer(call, chosen, call, ranking, ranking.probabilities, {})
    if plainly_counted_on(memo, chosen):
        kept = [one for one in ranking.candidates if one.dated is not chosen or one.value == call.date]
        ranking = rank_candidates(kept, by.days)
    days = probabilities_with_the_rules(ranking, call.date)
    first = _first(ranking, days)
    left_open = {other.date for other in call.others}
    if first is not None and first.value not in left_open and days[first.value] > SURER * days[call.date]:
        return _put_first(memo, call, first, ranking, days, by)
    if first is None and days[None] > NEARLY_CERTAIN:
        return Answer(None, None, call, ranking, days, {})
    again, hours = _with_its_hour(memo, call, chosen, by)
    return Answer(again, chosen, call, ranking, days, hours)


def probabilities_with_the_rules(
    ranking: Ranking[Value], chosen: Value | None, count: float = RULES_COUNT
) -> dict[Value | None, float]:
    """The second reader's probabilities of the days or hours, where it is known which of them the rules chose."""
    shares = {chosen: UNNAMED} | ranking.probabilities
    shares[chosen] *= math.exp(count)
    whole = sum(shares.values())
    return {value: share / whole for value, share in shares.items()}


def _with_its_hour(memo: Memo, call: NextCall, chosen: Dated, by: BothWeights) -> tuple[NextCall, Hours]:
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
    return replace(call, time=first, heard=heard, others=(rules, *others)), hours


def _first(ranking: Ranking[date], shares: Shares) -> Candidate[date] | None:
    """What speaks most for the most probable day; None where that is none."""
    day = max(shares, key=lambda one: shares[one])
    return None if day is None else ranking.of(day)


def _put_first(
    memo: Memo,
    rules: NextCall | None,
    first: Candidate[date],
    ranking: Ranking[date],
    days: Shares,
    by: BothWeights,
) -> Answer:
    """`first` in the place of what the rules chose, which is offered after it."""
    assert first.dated is not None
    call = replace(call_from(memo, first.dated), date=first.value)
    call, hours = _with_its_hour(memo, call, first.dated, by)
    others = call.others
    if rules is not None and rules.date is not None:
        others = (Reading(rules.date, rules.time, rules.heard), *others)
    call = replace(call, others=tuple(one for one in others if one.date != first.value))
    return Answer(call, first.dated, rules, ranking, days, hours)


def _where_none_was_decided(memo: Memo, ranking: Ranking[date], by: BothWeights) -> Answer:
    proposed, days = propose(memo), probabilities_with_the_rules(ranking, None)
    settled = says_there_is_none(memo)
    first = _first(ranking, days)
    if first is not None and not settled and not _is_over(first):
        # "We said Friday at nine for the fitter."
        enough = NEARLY_CERTAIN if _is_for_another(memo, first) else max(SURER * days[None], LIKELIER_THAN_ALL_ELSE)
        if days[first.value] > enough:
            return _put_first(memo, proposed, first, ranking, days, by)
    return Answer(None, None, proposed, ranking, days, {}, settled)


def _is_for_another(memo: Memo, candidate: Candidate[date]) -> bool:
    return candidate.dated is not None and memo.told[candidate.dated.mention.clause.index].for_another


def _is_over(candidate: Candidate[date]) -> bool:
    """A day that is gone, or today, when the talk was held already."""
    outcome = candidate.dated.outcome if candidate.dated else None
    return outcome is not None and outcome.gone and outcome.day == candidate.value
