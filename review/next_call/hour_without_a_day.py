"""An hour that was said without a day: it may be that of a call today, or of the next working day once it has gone by.

"He's engaged, I'll sit for it again at five" is a call, "they close at five" is none, and the hour that goes with a day
said before it is none of its own: which it is, the second reader weighs.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from review.next_call.dated import Dated
from review.next_call.memo import Memo
from review.next_call.near_features import (
    acts_of,
    of_its_clause,
    of_the_clauses_beside,
    of_the_sentences,
    of_the_words_beside,
    sentence,
)
from review.next_call.ranker import Candidate
from review.next_call.words import UNTIL

MOST_HOURS: Final = 24
"""Hours without a day in a text; with more it is no memo, and none of them is weighed as a day."""

_WAITING: Final = frozenset("give giving gave leave leaving left wait waiting".split())
_HAPPENS: Final = frozenset(
    "close closes open opens start starts arrive arrives leave leaves land lands come comes finish finishes end ends "
    "begin begins".split()
)
_ALONE: Final = "place an hour alone"


def hours_without_a_day(memo: Memo, ahead: Sequence[Dated]) -> list[Candidate[date]]:
    """The day that each hour without one means, in the order of the telling; `ahead` are the days that were said."""
    alone = [one for one in memo.dated if one.mention.expression.day is None and one.outcome.day]
    if len(alone) > MOST_HOURS:
        return []
    alone = [one for one in alone if not _is_of_others(memo, one)]
    return [Candidate(one.outcome.day, one, tuple(sorted({*_of_an_hour(memo, one, alone, ahead)}))) for one in alone]


def _is_of_others(memo: Memo, one: Dated) -> bool:
    """ "He's in till five", "they close at four"; not "I'll give him till five and ring again"."""
    start, told = one.span[0], memo.told[one.mention.clause.index]
    before = [token.word for token in memo.tokens[max(told.clause.start, start - 2) : start]]
    lasts = not UNTIL.isdisjoint(before[-1:]) and not told.says(_WAITING)
    happens = before[-1:] == ["at"] and not _HAPPENS.isdisjoint(before[:-1]) and told.speaker not in {"i", "we"}
    return told.call is None and (lasts or happens)


def _of_an_hour(memo: Memo, one: Dated, alone: Sequence[Dated], ahead: Sequence[Dated]) -> Iterator[str]:
    told = memo.told[one.mention.clause.index]
    yield "means an hour alone"
    yield from of_its_clause(memo, told, one.span, one.mention.relation)
    yield from of_the_words_beside(memo.tokens, one.span)
    yield from of_the_clauses_beside(memo, told)
    yield from of_the_sentences(memo, told)
    clock = one.mention.expression.clock
    plain = {
        "gone by": one.outcome.day != memo.today,
        "said in full": clock is not None and clock.firm,
        "the only hour": len(alone) == 1,
        "the last hour": one is alone[-1],
        "the first hour": one is alone[0],
        "the same hour again": any(other is not one and other.clock == one.clock for other in alone),
    }
    yield from (f"{_ALONE}, {name}" for name, so in plain.items() if so)
    yield f"{_ALONE}, days to come: {min(len({other.outcome.day for other in ahead}), 3)}"
    for act in {*acts_of(sentence(memo, told.clause.index, 0))} or {"no act"}:
        yield f"{_ALONE}, {act} in its sentence"
    for relation in {one.mention.relation} - {""}:
        yield f"{_ALONE}, “{relation}”"
    yield from _from_the_days(one, ahead)


def _from_the_days(one: Dated, ahead: Sequence[Dated]) -> Iterator[str]:
    """Where the days stand, seen from the hour: one said before it mostly has it."""
    here = one.mention.clause
    for other in ahead:
        there = other.mention.clause
        order = "before" if other.span < one.span else "after"
        apart = abs(here.sentence - there.sentence)
        yield f"{_ALONE}, a day {order} it, " + (
            "in its clause" if here.index == there.index else f"{min(apart, 3)} sentences on"
        )
