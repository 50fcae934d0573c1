"""The first answer to a memo with what else it may be: sure, or in doubt and why."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from review.next_call.confidence import PLAINLY_SAID, confidence
from review.next_call.dated import Dated
from review.next_call.doubts import MOST_OFFERED, doubts, is_counted_on, weigh, with_days_passed_over
from review.next_call.first_answer import Answer, Shares
from review.next_call.memo import Memo
from review.next_call.model import NextCall, Reading
from review.next_call.proposals import UNDECIDED, propose
from review.next_call.ranker import Ranking, Value, Weights

SURE: Final = 0.9
"""Less probable as right, and the first answer is in doubt."""

SURE_AGAINST_A_DOUBT: Final = 0.95
"""The same of a day that no rule decided for, and where the rules have a doubt."""

SURE_OF_NONE: Final = 0.93
"""The same of there being no call: nothing is shown of one that is passed over."""

WORTH_OFFERING: Final = 0.02
WORTH_TELLING: Final = 0.02
UNRANKED: Final = 0.5

ANOTHER_DAY: Final = "the words fit another day, too"
ANOTHER_HOUR: Final = "the words fit another hour, too"
NO_HOUR_EITHER: Final = "the words fit a call without an hour, too"
NO_CALL_EITHER: Final = "the words fit a memo without a call, too"
UNLIKE_A_CALL: Final = "the words fit a memo without a call better"
NOT_OUTRIGHT: Final = "it is not said outright that the talk is then"


def by_rules(memo: Memo, call: NextCall | None, chosen: Dated | None) -> tuple[NextCall | None, Dated | None]:
    """`call`, read from `chosen`, with the doubts and offers of the rules."""
    if call is None or chosen is None:
        return propose(memo), None
    return weigh(memo, call, chosen), chosen


def read_again(memo: Memo, answer: Answer, by: Weights | None) -> tuple[NextCall | None, Dated | None]:
    """`answer` with what it may be else, in doubt where it is not probable enough, and the date it was read from."""
    call, chosen = answer.call, answer.chosen
    if call is None or chosen is None:
        return _without_a_call(memo, answer, by), None
    if call.date is None:
        call = weigh(memo, call, chosen)
        return replace(call, others=_offers(memo, answer.ranking, call, answer.days)), chosen
    return _with_a_call(memo, answer, call, chosen, by), chosen


def _without_a_call(memo: Memo, answer: Answer, by: Weights | None) -> NextCall | None:
    """None where it is sure, or the days that may be meant after all."""
    rules = answer.rules
    if rules is not None and rules.date is not None:
        taken = (Reading(rules.date, rules.time, rules.heard),)
        none = NextCall(None, None, rules.heard, True, taken, notes=(UNLIKE_A_CALL,))
        return replace(none, others=_offers(memo, answer.ranking, none, answer.days, kept=1))
    if _is_sure(memo, answer, by, SURE_OF_NONE):
        return None
    none = rules or NextCall(None, None, "", ambiguous=True, notes=(UNDECIDED,))
    others = _offers(memo, answer.ranking, none, answer.days)
    return replace(none, heard=none.heard or others[0].heard, others=others) if others else None


def _with_a_call(memo: Memo, answer: Answer, call: NextCall, chosen: Dated, by: Weights | None) -> NextCall:
    agreed = answer.day_of_the_rules == call.date
    reasons = tuple(doubts(memo, call, chosen)) if agreed else ()
    if agreed:
        call = with_days_passed_over(memo, call, chosen)
    doubted = bool(reasons) or answer.day_of_the_rules is None
    enough = SURE_AGAINST_A_DOUBT if doubted else SURE
    if is_counted_on(memo, chosen) or not _is_sure(memo, answer, by, enough):  # the week before is for the rep to see
        call = _in_doubt(memo, answer, call, reasons)
    replaced = not agreed and answer.day_of_the_rules is not None
    return replace(call, others=_offers(memo, answer.ranking, call, answer.days, kept=int(replaced)))


def _is_sure(memo: Memo, answer: Answer, by: Weights | None, enough: float = SURE) -> bool:
    judged = confidence(memo, answer, by)
    return judged.probabilities[True] >= enough or {*judged.candidates[0].features} >= PLAINLY_SAID


def _in_doubt(memo: Memo, answer: Answer, call: NextCall, reasons: Sequence[str]) -> NextCall:
    """`call` with the reasons of the rules, and with what it is likeliest to be else: another day or another hour."""
    days, hours = answer.days, answer.hours
    of_the_hour = hours[call.time] < days[call.date]
    if of_the_hour:
        at = _likeliest_but(hours, call.time)
        note, share = NO_HOUR_EITHER if at is None else f"{ANOTHER_HOUR}: {at:%H:%M}", hours[at]
        known = any((one.date, one.time) == (call.date, at) for one in call.others)
        call = call if known else replace(call, others=(Reading(call.date, at), *call.others))
    elif answer.day_of_the_rules is None:
        note, share = NOT_OUTRIGHT, 1.0
    else:
        day = _likeliest_but(days, call.date)
        note, share = _doubt(day), days[day]
    told = (*reasons, note) if share >= WORTH_TELLING or not reasons else reasons
    return replace(call, ambiguous=True, notes=(*call.notes, *dict.fromkeys(told)))


def _likeliest_but(shares: Mapping[Value | None, float], taken: Value | None) -> Value | None:
    return max((one for one in shares if one != taken), key=lambda one: shares[one])


def _doubt(rival: date | None) -> str:
    return NO_CALL_EITHER if rival is None else f"{ANOTHER_DAY}: {rival:%a} {rival.day} {rival:%b}"


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


def _may_be_offered(dated: Dated) -> bool:
    """Not a day that was said not to be it, nor the end of a contract."""
    return dated.mention.relation != "not" and not dated.mention.ends
