"""Decide which of the dates in a memo, if any, is the agreed next call."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from review.next_call.calls import call_from
from review.next_call.dated import Dated
from review.next_call.first_answer import Answer, BothWeights, first_answer, shipped
from review.next_call.memo import Memo
from review.next_call.model import NextCall
from review.next_call.ranker import Weights
from review.next_call.second_reader import by_rules, read_again
from review.next_call.told import Told
from review.next_call.verdicts import AGREED, CALL, EVENT, LOOSE, WEAK

_BRANCH_REACH = 25
_BRANCH = frozenset("or if otherwise unless else".split())


def decide(
    memo: Memo, by: BothWeights | None = None, sure_by: Weights | None = None
) -> tuple[NextCall | None, Dated | None]:
    """The next call, with what it may be else, and the date it was read from; both None where no call was agreed.

    The second reader weighs with `by`, how sure it is, is told by `sure_by`: the weights that are shipped, where none
    are given.
    """
    call, chosen = _decide(memo)
    answer = first_answer(memo, call, chosen, by or shipped())
    return by_rules(memo, call, chosen) if answer is None else read_again(memo, answer, sure_by)


def first_answer_to(memo: Memo, by: BothWeights | None = None) -> Answer | None:
    """What stands first, before it is asked how sure it is; None where the second reader keeps out of it."""
    return first_answer(memo, *_decide(memo), by or shipped())


def decide_by_rules(memo: Memo) -> tuple[NextCall | None, Dated | None]:
    """The same without the second reader."""
    return by_rules(memo, *_decide(memo))


def _decide(memo: Memo) -> tuple[NextCall | None, Dated | None]:
    agreed = [d for d in memo.dated if d.mention.standing in AGREED and not d.outcome.gone]
    days = _surest(agreed)
    if days:
        loose = days[0].mention.standing == LOOSE and not _branches(memo, days)
        return _choose(memo, days[-1:] if loose else days)
    # A clock time alone, of the surest talk.
    alone = min(agreed, key=lambda d: (CALL, WEAK, LOOSE).index(d.mention.standing), default=None)
    if alone is None:
        return None, None
    beside = _day_beside(memo, alone)
    if beside is not None:
        call = call_from(memo, replace(beside, clock=alone.clock, clock_span=alone.span))
        return replace(call, ambiguous=True), beside
    return call_from(memo, alone), alone


def _surest(agreed: Sequence[Dated]) -> list[Dated]:
    """The days of a talk, else of a meeting, else those without one; a window that names no day comes after both."""
    windows = [d for d in agreed if d.mention.expression.day is not None]
    named = [d for d in windows if d.outcome.day is not None]
    for among, standing in ((named, CALL), (named, WEAK), (windows, CALL), (windows, WEAK), (windows, LOOSE)):
        if days := [d for d in among if d.mention.standing == standing]:
            return days
    return []


def _day_beside(memo: Memo, alone: Dated) -> Dated | None:
    """ "She's busy till lunch on Monday and then she's free, so I said two.": the day is that of the sentence."""
    days = [
        dated
        for dated in memo.dated
        if dated.outcome.day
        and not dated.outcome.gone
        and dated.mention.expression.day is not None
        and dated.mention.standing == EVENT
        and not dated.mention.relation
        and dated.mention.clause.sentence == alone.mention.clause.sentence
        and dated.span < alone.span
    ]
    return days[-1] if days else None


def _branches(memo: Memo, days: list[Dated]) -> bool:
    return any(_branch(memo, first, second) for first, second in pairwise(days))


def _choose(memo: Memo, days: list[Dated]) -> tuple[NextCall, Dated]:
    named = _named(memo, days)
    first = named[0]
    told = [d for d in days if d.outcome.day and d.span > first.span]
    branches = [d for d in told if _branch(memo, first, d) and d.outcome.day != first.outcome.day]
    if not branches and first.outcome.day:
        first = min(named, key=_soonest)
        first = _conclusion(memo, first) or first
    return call_from(memo, first, branches), first


def _named(memo: Memo, days: list[Dated]) -> list[Dated]:
    """The days that a talk is named with, or as good as that; all where there is none."""
    direct = [d for d in days if d.mention.direct or _with_its_hour(d, memo.told[d.mention.clause.index])] or days
    return [d for d in direct if d.outcome.day] or [d for d in days if d.outcome.day] or days


def _with_its_hour(dated: Dated, told: Told) -> bool:
    """ "Eddie's call is Monday at nine, Manny's is this Thursday at nine": as good as said with the talk itself."""
    return dated.mention.standing == CALL and dated.mention.expression.clock is not None and told.content <= 1


def _conclusion(memo: Memo, first: Dated) -> Dated | None:
    """A later day that is said with its hour, and little else: "He said Wednesday. I can't. So Friday, 8 a.m.".

    Where the first has an hour already, only another one of the same day: "at three, or did he say four? The 10th at
    four".
    """
    found = None
    for dated in memo.dated:
        mention = dated.mention
        exact = mention.expression.day and mention.expression.clock and dated.outcome.day and not dated.outcome.gone
        same_day = dated.outcome.day == first.outcome.day
        open_still = first.clock is None or first.inherited or (same_day and dated.clock != first.clock)
        if exact and open_still and dated.span > first.span and _settles(dated, memo.told[mention.clause.index]):
            found = dated
    return found


def _settles(dated: Dated, told: Told) -> bool:
    mention = dated.mention
    if told.clause.role != "main" or mention.direct or mention.relation or told.acts:
        return False
    if mention.standing not in AGREED | {EVENT}:
        return False
    brief = told.content <= 1 and told.words[:1] in (("it",), ("so",), ("then",))
    return told.content == 0 or told.settles or (brief and mention.standing in AGREED)


def _soonest(dated: Dated) -> tuple[date, bool]:
    """By day; of two readings of one day the surer one."""
    return dated.outcome.day or date.max, dated.outcome.ambiguous


def _branch(memo: Memo, first: Dated, second: Dated) -> bool:
    start, end = first.mention.expression.end, second.mention.expression.start
    return end - start <= _BRANCH_REACH and any(token.word in _BRANCH for token in memo.tokens[start:end])
