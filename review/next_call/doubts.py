"""What else the next call may be, likeliest first, and why it is not shown as sure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from review.next_call.dated import Dated
from review.next_call.memo import Memo
from review.next_call.model import NextCall, Reading
from review.next_call.verdicts import AGREED, CALL, CONDITION, DECLINED, EVENT, LOOSE, PAST, WEAK

MOST_OFFERED: Final = 3
"""Readings in all that are offered, the first among them; more is a list to read, and no key to press."""

_WEEK: Final = timedelta(days=7)
_BY: Final = frozenset({"by", "before"})
_LITTLE: Final = 2
"""Words of a clause without a verb of its own; with more there is one that the reader does not know."""

_NEAR: Final = 2
"""Sentences after the call's own in which a day without a verb may still be meant for it."""

_A_WEEK_ON: Final = "it may be the week before: it was counted on from a day that was said earlier"

# How likely a day that was passed over is the one after all, by how it stands: best first.
_LIKELY: Final = (CALL, WEAK, LOOSE, DECLINED, EVENT, CONDITION)


def weigh(memo: Memo, call: NextCall, chosen: Dated) -> NextCall:
    """`call` with the days it may be else, and in doubt where the memo gives a reason for that.

    Sure it is only where no later day or hour without a verb of its own was passed over, and where what decided is not
    the weakest of reasons.
    """
    if call.date is None:
        return _with_days_beside(memo, call, chosen)
    reasons = tuple(dict.fromkeys(doubts(memo, call, chosen)))
    call = with_days_passed_over(memo, call, chosen)
    return replace(call, ambiguous=call.ambiguous or bool(reasons), notes=(*call.notes, *reasons))


def doubts(memo: Memo, call: NextCall, chosen: Dated) -> Iterator[str]:
    """Why `call`, read from `chosen`, may be another day or another hour."""
    yield from _doubts_of_the_hour(memo, call, chosen)
    yield from _doubts_of_the_day(memo, chosen)
    yield from _weakly_decided(memo, call, chosen)
    yield from _counted_on(memo, chosen)


def with_days_passed_over(memo: Memo, call: NextCall, chosen: Dated) -> NextCall:
    """`call` with the days to come that it may be else, the likeliest first."""
    others = list(call.others)
    if call.date is not None and is_counted_on(memo, chosen):
        others.append(Reading(call.date - _WEEK, call.time))
    for dated in sorted(_passed_over(memo, chosen), key=lambda one: _rank(memo, one, chosen)):
        reading = Reading(dated.outcome.day, dated.clock.at if dated.clock else None, memo.heard(dated))
        known = {call.date, *(other.date for other in others)}
        if len(others) < MOST_OFFERED - 1 and reading.date not in known:
            others.append(reading)
    return replace(call, others=tuple(others))


def _with_days_beside(memo: Memo, call: NextCall, chosen: Dated) -> NextCall:
    """ "Friday afternoon we go through the range, on the phone, sometime after three.": the days of its sentence."""
    sentence = chosen.mention.clause.sentence
    beside = [one for one in _passed_over(memo, chosen) if one.mention.clause.sentence == sentence]
    others = tuple(Reading(one.outcome.day, None, memo.heard(one)) for one in beside)
    return replace(call, others=(*call.others, *others)[: MOST_OFFERED - 1])


def _doubts_of_the_hour(memo: Memo, call: NextCall, chosen: Dated) -> Iterator[str]:
    for dated in _said_soon_after(memo, chosen):
        if dated.mention.expression.day is None and dated.clock and call.time != dated.clock.at:
            yield f"whose hour is “{memo.heard(dated)}”?"


def _doubts_of_the_day(memo: Memo, chosen: Dated) -> Iterator[str]:
    others = _other_days(memo, chosen)
    for dated in _said_soon_after(memo, chosen):
        if dated.mention.standing in {*AGREED, EVENT} and not dated.mention.relation and dated in others:
            yield f"“{memo.heard(dated)}” may be the day as well"


def _said_soon_after(memo: Memo, chosen: Dated) -> list[Dated]:
    first = chosen.mention.clause.sentence
    near = [one for one in memo.dated if 0 <= one.mention.clause.sentence - first <= _NEAR and one.span > chosen.span]
    return [one for one in near if _says_nothing_else(memo, one)]


def _weakly_decided(memo: Memo, call: NextCall, chosen: Dated) -> Iterator[str]:
    mention = chosen.mention
    if mention.standing == LOOSE and not (call.time and not _rivals(memo, chosen)):
        yield "no talk is named with it"
    told = memo.told[mention.clause.index]
    beside = mention.why.startswith("it goes with") and not mention.direct
    if beside and told.speaker in {"he", "she", "they"} and not told.settles:
        yield "what they do then may be no talk"
    if mention.why in {"it goes with the talk named after it", "it corrects the day before it"}:
        yield "it is not said outright that the talk is then"


def is_counted_on(memo: Memo, chosen: Dated) -> bool:
    """Whether it may be the week before, since the weekday was counted from a day that was said earlier."""
    return any(_counted_on(memo, chosen))


def _counted_on(memo: Memo, chosen: Dated) -> Iterator[str]:
    day = chosen.mention.expression.day
    weekday = day is not None and day.meaning == "weekday" and not _counted_on_in_its_sentence(memo, chosen)
    if weekday and chosen.outcome.day and chosen.outcome.day - memo.today > _WEEK:
        yield _A_WEEK_ON


def plainly_counted_on(memo: Memo, chosen: Dated) -> bool:
    """Whether the only other day of the memo stands in its sentence, before it, and it is counted from that; or a feast
    does: "after Easter, Tuesday at nine"."""
    if _after_a_feast(memo, chosen):
        return True
    return len(_other_days(memo, chosen)) == 1 and _counted_on_in_its_sentence(memo, chosen)


def _after_a_feast(memo: Memo, chosen: Dated) -> bool:
    days = (one.mention.expression.day for one in memo.dated if _stands_before(one, chosen))
    return any(day is not None and day.meaning == "after_holiday" for day in days)


def _stands_before(one: Dated, chosen: Dated) -> bool:
    return one.mention.clause.sentence == chosen.mention.clause.sentence and one.span < chosen.span


def _counted_on_in_its_sentence(memo: Memo, chosen: Dated) -> bool:
    """ "He'll test Wednesday and I'll call Friday": plainly after that; not after what is further off or has to be done
    by then: "prices go up on the first and I'll try her Thursday"."""
    sentence = chosen.mention.clause.sentence
    before = [one for one in _other_days(memo, chosen) if one.span < chosen.span]
    same = [one for one in before if one.mention.clause.sentence == sentence]
    if not same or same[-1].mention.relation in _BY or (_day(same[-1]) - memo.today) > _WEEK:
        return False
    between = {token.word for token in memo.tokens[same[-1].span[1] : chosen.span[0]]}
    return "so" not in between


def _day(dated: Dated) -> date:
    return dated.outcome.day or date.max


def _says_nothing_else(memo: Memo, dated: Dated) -> bool:
    """Without a verb of its own, and neither past nor turned down nor a condition."""
    told, mention = memo.told[dated.mention.clause.index], dated.mention
    settled = mention.standing in {DECLINED, PAST, CONDITION} or mention.relation == "not"
    verb = told.acts or told.has_subject or told.dates_event or told.of_a_thing or told.tells_what_is
    return not (settled or verb) and told.content <= _LITTLE


def _other_days(memo: Memo, chosen: Dated) -> Sequence[Dated]:
    return [
        one
        for one in memo.dated
        if one.mention.expression.day is not None
        and one.outcome.day is not None
        and not one.outcome.gone
        and one.outcome.day != chosen.outcome.day
    ]


def _passed_over(memo: Memo, chosen: Dated) -> list[Dated]:
    """The days to come that are not the next call, but for those that were said not to be and for the end of a
    contract."""
    return [
        one
        for one in _other_days(memo, chosen)
        if one.mention.standing in _LIKELY and one.mention.relation != "not" and not one.mention.ends
    ]


def _rivals(memo: Memo, chosen: Dated) -> bool:
    """Whether another day may have been agreed on as well: without a verb of its own, or in so many words."""
    return any(one.mention.standing == LOOSE or _says_nothing_else(memo, one) for one in _passed_over(memo, chosen))


def _rank(memo: Memo, dated: Dated, chosen: Dated) -> tuple[int, bool, int]:
    """By how it stands, then those without a verb of their own, then the nearest."""
    standing = _LIKELY.index(dated.mention.standing)
    apart = abs(dated.mention.clause.sentence - chosen.mention.clause.sentence)
    return standing, not _says_nothing_else(memo, dated), apart
