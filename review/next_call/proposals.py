"""Days that may have been agreed on where the memo decides for none: offered, never taken."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from review.next_call.agreements import closes
from review.next_call.clocks import Clock
from review.next_call.dated import Dated
from review.next_call.memo import Memo
from review.next_call.model import NextCall, Reading
from review.next_call.verdicts import EVENT
from review.next_call.words import NO_CALL, UNTIL

MOST_PROPOSED: Final = 2
UNDECIDED: Final = "no talk is named with any day"

_LIMITS: Final = UNTIL | {"not", "since", "by", "before", "from"}
_ENOUGH: Final = 2
# An hour said so shortly after a day goes with it.
_SOON: Final = 1


def propose(memo: Memo) -> NextCall | None:
    """The days to come that may be meant, likeliest first, without one that is taken; None where there is none.

    A day is proposed that is said with an hour and of which nothing tells that it is for something else. Where the
    memo says that there is nothing more to talk about, none is.
    """
    if says_there_is_none(memo):
        return None
    hours = [one for one in memo.dated if one.mention.expression.day is None]
    likelihoods = [(_likelihood(memo, one, hours), one) for one in memo.dated]
    likely = sorted((pair for pair in likelihoods if pair[0] >= _ENOUGH), key=lambda pair: -pair[0])
    readings: dict[object, Reading] = {}
    for _, dated in likely[:MOST_PROPOSED]:
        clock = dated.clock or _hour_beside(hours, dated)
        readings.setdefault(
            dated.outcome.day, Reading(dated.outcome.day, clock.at if clock else None, memo.heard(dated))
        )
    others = tuple(readings.values())
    if not others:
        return None
    return NextCall(None, None, others[0].heard, ambiguous=True, others=others, notes=(UNDECIDED,))


def says_there_is_none(memo: Memo) -> bool:
    words = [token.word for token in memo.tokens]
    return closes(words) or NO_CALL.within(words)


def _likelihood(memo: Memo, dated: Dated, hours: Sequence[Dated]) -> int:
    """How much speaks for a day: an hour, little else said, the rep in it; another's doing, an event against it."""
    mention, told = dated.mention, memo.told[dated.mention.clause.index]
    day = mention.expression.day is not None and dated.outcome.day is not None and not dated.outcome.gone
    if not day or mention.standing != EVENT or mention.relation in _LIMITS or mention.theirs or mention.ends:
        return 0
    timed = dated.clock is not None or _hour_beside(hours, dated) is not None
    against = sum((told.clause.role != "main", bool(told.acts), told.dates_event, told.for_another, told.of_a_thing))
    return 2 * timed + (told.content <= 1) + (told.speaker in {"i", "we"}) - 2 * against


def _hour_beside(hours: Sequence[Dated], dated: Dated) -> Clock | None:
    """The first of the `hours` behind a day, which stand in the order of the memo, if it is said soon after."""
    at = bisect_right(hours, dated.span, key=lambda one: one.span)
    if at < len(hours) and hours[at].mention.clause.sentence - dated.mention.clause.sentence <= _SOON:
        return hours[at].clock
    return None
