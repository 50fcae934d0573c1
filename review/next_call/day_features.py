"""What speaks for a day of a memo, or for none of them, without a rule that decides: words, their places, plain facts.

The second reader (`second_reader`) weighs these. They are told without the verdicts of the rules, so that the two may
differ: a reader that knew the verdicts would repeat them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from review.next_call.dated import Dated
from review.next_call.day_encoder import ReadWhole, scores, told
from review.next_call.day_readings import readings
from review.next_call.hour_without_a_day import hours_without_a_day
from review.next_call.memo import Memo
from review.next_call.near_features import (
    of_its_clause,
    of_the_clauses_beside,
    of_the_sentences,
    of_the_words_beside,
)
from review.next_call.ranker import Candidate

MOST_DATES: Final = 40
"""Dates to come in a text; with more it is no memo, and the second reader keeps out of it."""

_SOON: Final = 1


WHOLE: Final = "whole"
"""The kind of fact that tells what the memo as a whole makes probable."""


def candidates(memo: Memo, whole: ReadWhole = scores) -> list[Candidate[date]]:
    """The days to come in the order of the telling, then those of hours said without one, at last that there is none.

    Empty for more than `MOST_DATES`.

    :param whole: what reads the memo as a whole.
    """
    ahead = [
        one for one in memo.dated if one.mention.expression.day and one.outcome.day and one.outcome.day >= memo.today
    ]
    if len(ahead) > MOST_DATES:
        return []
    made: list[Candidate[date]] = []
    for dated in ahead:
        shared = {*_of_a_date(memo, dated), *_beside_other_talks(memo, dated, ahead)}
        for reading in readings(memo, dated, ahead):
            own = {*_of_a_day(memo, dated, reading.day, ahead), *(f"read {fact}" for fact in reading.facts)}
            made.append(Candidate(reading.day, dated, tuple(sorted(shared | own))))
    made += hours_without_a_day(memo, ahead)
    none: Candidate[date] = Candidate(None, None, tuple(_of_none(memo, {one.outcome.day for one in ahead})))
    return [*_told_of_the_whole(memo, made, none, whole)] if made else [none]


def _told_of_the_whole(
    memo: Memo, made: Sequence[Candidate[date]], none: Candidate[date], whole: ReadWhole
) -> Iterator[Candidate[date]]:
    """The same, each with what the memo as a whole says of it."""
    places = dict.fromkeys(memo.place(one.dated) for one in made if one.dated)
    *of_places, of_none = told(whole(memo.text, list(places)))
    known = dict(zip(places, of_places, strict=True))
    for one in made:
        said = known[memo.place(one.dated)] if one.dated else None
        yield replace(one, features=(*one.features, f"{WHOLE} {said}")) if said else one
    yield replace(none, features=(*none.features, f"{WHOLE} {of_none} that there is none"))


def _of_none(memo: Memo, days: set[date | None]) -> Iterator[str]:
    yield "none no call at all"
    yield "none a talk is named" if any(told.call for told in memo.told) else "none no talk is named"
    yield f"none days in the memo: {min(len(days), 4)}"
    yield from (f"memo {word}" for word in sorted({token.word for token in memo.tokens}))


def _of_a_day(memo: Memo, dated: Dated, day: date, ahead: Sequence[Dated]) -> Iterator[str]:
    """What is so of a day that the words of `dated` may mean."""
    others = [one for one in ahead if one is not dated]
    plain = {
        "the last day in the memo": dated is ahead[-1],
        "the first day in the memo": dated is ahead[0],
        "a weekend": day.weekday() > 4,
        "said before it, too": any(one.outcome.day == day and one.span < dated.span for one in others),
        "said after it, too": any(one.outcome.day == day and one.span > dated.span for one in others),
        "the soonest": all(_day(one) >= day for one in others),
        "the latest": all(_day(one) <= day for one in others),
    }
    yield f"ahead {_distance((day - memo.today).days)}"
    yield from (f"place {name}" for name, so in plain.items() if so)


def _of_a_date(memo: Memo, dated: Dated) -> Iterator[str]:
    mention, day = dated.mention, dated.mention.expression.day
    assert day is not None
    told = memo.told[mention.clause.index]
    yield f"means {day.meaning}"
    plain = {
        "an hour with it": dated.clock,
        "an hour in the same words": mention.expression.clock,
        "a part of the day with it": mention.expression.part,
        "said loosely": dated.outcome.ambiguous,
        "told as over": dated.outcome.gone,
    }
    yield from (f"place {name}" for name, so in plain.items() if so)
    yield from of_its_clause(memo, told, dated.span, mention.relation)
    yield from of_the_words_beside(memo.tokens, dated.span)
    yield from of_the_clauses_beside(memo, told)
    yield from _of_an_hour_alone(memo, dated)
    yield from of_the_sentences(memo, told)


def _of_an_hour_alone(memo: Memo, dated: Dated) -> Iterator[str]:
    """An hour without a day, said soon after it, with no other day between."""
    for one in memo.dated:
        if one.span <= dated.span:
            continue
        apart = one.mention.clause.sentence - dated.mention.clause.sentence
        if one.mention.expression.day is not None or apart > _SOON:
            return
        yield "place an hour after it, in " + ("its sentence" if apart == 0 else "the next")
        return


def _beside_other_talks(memo: Memo, dated: Dated, ahead: Sequence[Dated]) -> Iterator[str]:
    """Of several talks the first to come is the next call, and what is said last corrects what was said before."""
    here = bool(memo.told[dated.mention.clause.index].call)
    for one in ahead:
        if one.outcome.day != dated.outcome.day and memo.told[one.mention.clause.index].call:
            when = "sooner" if _day(one) < _day(dated) else "later"
            said = "before" if one.span < dated.span else "after"
            yield f"beside {'another' if here else 'a'} talk, {when}, said {said} it"


def _day(dated: Dated) -> date:
    return dated.outcome.day or date.max


def _distance(days: int) -> str:
    bounds = ((1, "0"), (2, "1"), (7, "2 to 6"), (14, "7 to 13"), (32, "14 to 31"))
    return next((name for bound, name in bounds if days < bound), "more than 31")
