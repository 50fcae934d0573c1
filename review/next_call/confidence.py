"""How probable it is that the first answer is right: its day and its hour, or that there is no call.

A logistic model over plain facts of what both readers made of the memo. benchmarks/train_next_call.py fits it to
answers that were given with weights which had not seen the memo's hand, and writes confidence_weights.json.
"""

import re
from collections.abc import Iterator
from typing import Final

from review.next_call.dated import Dated
from review.next_call.day_features import WHOLE
from review.next_call.doubts import doubts
from review.next_call.feature_words import spell
from review.next_call.first_answer import Answer
from review.next_call.memo import Memo
from review.next_call.model import NextCall
from review.next_call.ranker import MOST_FACTS, Candidate, Ranking, Weights, rank_candidates, shipped

WEIGHTS: Final = "confidence_weights.json"

PLAINLY_SAID: Final = frozenset(
    {"first said in brief, and the rules have no doubt", "first said in brief, among its days: at least 90 % probable"}
)
"""Of what has these facts no more is wrong than of what is sure by its probability: it may be shown as sure as well."""

_LEVELS: Final = (30, 50, 60, 70, 80, 85, 90, 93, 95, 97, 98, 99)
_DAYS: Final = (2, 3, 4, 6)
_MOST_HOURS: Final = 3
_BRIEF: Final = 2
_BOUND: Final = ": at least "
# "First thing", "after lunch", "end of day".
_PARTS: Final = frozenset("first after lunch lunchtime end close cob eod".split())
_QUOTED: Final = re.compile("“.*”")


def weights() -> Weights:
    """Those that are shipped."""
    return shipped(WEIGHTS)


def confidence(memo: Memo, answer: Answer, by: Weights | None = None) -> Ranking[bool]:
    """How probable it is that `answer` is right, by the shipped weights unless others are given."""
    return rank_candidates(candidates(memo, answer), weights() if by is None else by)


def candidates(memo: Memo, answer: Answer) -> list[Candidate[bool]]:
    """That `answer` is right, with the facts, and that it is not, of which nothing is told."""
    facts = tuple(sorted({f"first {fact}" for fact in _facts(memo, answer)}))
    return [Candidate(True, answer.chosen, facts), Candidate(False, None, ())]


def _facts(memo: Memo, answer: Answer) -> Iterator[str]:
    kind = _kind(answer)
    yield kind
    yield from _at_least(kind, answer.days.get(answer.day, 0))
    if (chosen := answer.ranking.of(answer.day)) is not None:
        yield from (spell(fact) for fact in chosen.features if fact.startswith(WHOLE))
    if answer.settled:
        yield "it is said that there is no more to come"
    named = len({day for day in answer.days if day})
    yield from (f"days that it may be: at least {count}" for count in _DAYS if named >= count)
    if answer.call and answer.chosen:
        yield from _of_a_call(memo, answer, answer.call, answer.chosen)
    else:
        yield f"{kind}, a talk is named" if any(told.call for told in memo.told) else f"{kind}, no talk is named"


def _kind(answer: Answer) -> str:
    if answer.call:
        return "the day"
    if answer.rules is None:
        return "no call"
    return "no call, though a day was agreed" if answer.rules.date else "no call, though a day may be meant"


def _of_a_call(memo: Memo, answer: Answer, call: NextCall, chosen: Dated) -> Iterator[str]:
    mention = chosen.mention
    day, hour = answer.days.get(call.date, 0), answer.hours.get(call.time, 0)
    yield from _at_least("the hour", hour)
    yield from _at_least("day and hour", day * hour)
    yield from _of_both_readers(memo, answer, call, chosen)
    yield f"to the rules it stands as {mention.standing or 'open'}"
    if mention.direct:
        yield "a talk is named with it"
    yield "a talk in its clause" if memo.told[mention.clause.index].call else "no talk in its clause"
    if chosen.outcome.ambiguous:
        yield "said loosely"
    if call.time is None:
        yield f"no hour, of so many: {min(len(answer.hours) - 1, _MOST_HOURS)}"
    else:
        yield "an hour in the same words" if mention.expression.clock else "an hour in other words"
        clocks = (one.mention.expression.clock for one in memo.dated)
        said = {memo.tokens[clock.start].word for clock in clocks if clock and clock.at == call.time}
        if said and said <= _PARTS:
            yield "its hour is a part of the day"
        if len(answer.hours) > _MOST_HOURS - 1:
            yield "other hours that it may be"


def _of_both_readers(memo: Memo, answer: Answer, call: NextCall, chosen: Dated) -> Iterator[str]:
    """Whether they agree, and whether the rules have a doubt."""
    reasons = [_QUOTED.sub("…", doubt) for doubt in doubts(memo, call, chosen)]
    yield from reasons
    plainly = not reasons and answer.rules is not None and _same(answer.rules, call)
    if plainly:
        yield "the rules have no doubt"
    if memo.told[-1].clause.sentence < _BRIEF:
        among = answer.days.get(call.date, 0) * answer.hours.get(call.time, 0) / (1 - answer.days.get(None, 0))
        yield "said in brief"
        yield from _at_least("said in brief, among its days", among)
        if plainly:
            yield "said in brief, and the rules have no doubt"
    if answer.day_of_the_rules != call.date:
        yield "the rules read another day" if answer.day_of_the_rules else "the rules read no day"
    elif answer.rules and answer.rules.time != call.time:
        yield "the rules read another hour"


def _same(one: NextCall, other: NextCall) -> bool:
    return (one.date, one.time) == (other.date, other.time)


def _at_least(what: str, share: float) -> Iterator[str]:
    yield from (f"{what}{_BOUND}{level} % probable" for level in _LEVELS if share * 100 >= level)


def swayed(judged: Ranking[bool]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The facts that weighed most for an answer that is judged, and those that did against it, strongest first.

    Of how probable something is only the highest bound that it reaches is told, with the weight of all.
    """
    weighed: dict[str, int] = {}
    told: dict[str, str] = {}
    for name in judged.candidates[0].features:
        about = name.partition(_BOUND)[0]
        weighed[about] = weighed.get(about, 0) + judged.weights.get(name, 0)
        told[about] = spell(name)
    order = sorted(weighed, key=lambda about: -weighed[about])
    speaks_for = tuple(told[about] for about in order if weighed[about] > 0)
    against = tuple(told[about] for about in reversed(order) if weighed[about] < 0)
    return speaks_for[:MOST_FACTS], against[:MOST_FACTS]
