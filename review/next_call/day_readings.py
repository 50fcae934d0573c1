"""The days that the words of one date may mean, each with how it was read: the rules take one, another may be it.

"Wednesday" after "he's away Monday" is the first one after that Monday, or the first one to come; "the day after" is
counted from the day said last, or from one said before. Which it is, is weighed by the second reader.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from review.next_call.dated import Dated
from review.next_call.memo import Memo
from review.next_call.said_day import read

MOST_READINGS: Final = 5
"""Days by one date; more would be counted from days that nobody thinks of any more."""

_BEFORE: Final = 3
_AFTER: Final = 1
_WEEK: Final = timedelta(days=7)
_FAR: Final = timedelta(days=400)
_COUNTED: Final = frozenset(
    "weekday that_weekday weekday_after weekday_before nth_weekday_after weekday_of_anchor_week offset anchor "
    "anchor_week day_after shift".split()
)
_ORDER: Final = ("the day said before", "the day said before that", "a day said earlier")


@dataclass(frozen=True, slots=True)
class DayReading:
    """A day that the words may mean; `facts` tell from which days it comes out so."""

    day: date
    facts: tuple[str, ...]


def readings(memo: Memo, dated: Dated, ahead: Sequence[Dated]) -> list[DayReading]:
    """The rules' reading first; `ahead` are the days of the memo in the order of the telling."""
    assert dated.outcome.day is not None
    found: dict[date, list[str]] = {dated.outcome.day: ["as the story goes"]}
    for day in dated.outcome.others:
        found.setdefault(day, []).append("another day that the words may mean")
    for day, fact in _counted_anew(memo, dated, ahead):
        if memo.today <= day < memo.today + _FAR and (day in found or len(found) < MOST_READINGS):
            found.setdefault(day, []).append(fact)
    return [DayReading(day, tuple(dict.fromkeys(facts))) for day, facts in found.items()]


def _counted_anew(memo: Memo, dated: Dated, ahead: Sequence[Dated]) -> Iterator[tuple[date, str]]:
    phrase = dated.mention.expression.day
    assert phrase is not None
    if phrase.meaning not in _COUNTED and dated.mention.expression.anchor is None:
        return
    for name, start, source in _starts(memo, dated, ahead):
        outcome = read(dated.mention.expression, memo.counted_from(start))
        if outcome and outcome.day:
            yield outcome.day, f"{phrase.meaning}, from {name}"
            if source is not None:
                yield outcome.day, f"{phrase.meaning}, from {_what(memo, source)}"
    if phrase.meaning == "weekday":
        first = memo.today + timedelta(days=(phrase.weekday - memo.today.weekday() - 1) % 7 + 1)
        yield first + _WEEK, "weekday, a week after the first"
        if phrase.weekday == memo.today.weekday():
            yield memo.today, "weekday, that of the memo"


def _starts(memo: Memo, dated: Dated, ahead: Sequence[Dated]) -> Iterator[tuple[str, date | None, Dated | None]]:
    """The days that it may be counted from with the date that names each; the day of the memo as None."""
    yield "today", None, None
    at = next(step for step, one in enumerate(ahead) if one is dated)
    seen: list[date] = []
    for one in reversed(ahead[:at]):
        day = one.outcome.window[0] - timedelta(days=1) if one.outcome.window else one.outcome.day
        if day is None or day in seen:
            continue
        yield f"{_ORDER[len(seen)]}, {_where(one, dated)}", day, one
        seen.append(day)
        if len(seen) == _BEFORE:
            break
    for one in ahead[at + 1 : at + 1 + _AFTER]:
        yield "the day said after it", one.outcome.day, one


def _what(memo: Memo, one: Dated) -> str:
    """What a date is of, and how it was said: of a later exact date of an event a weekday is seldom counted on."""
    told, day = memo.told[one.mention.clause.index], one.mention.expression.day
    of = "a talk" if told.call else "an event" if told.dates_event or told.acts else "something else"
    far = "within a week" if one.outcome.day and (one.outcome.day - memo.today).days <= _WEEK.days else "later"
    return f"the day of {of} {far}, said as {day.meaning if day else 'an hour'}"


def _where(one: Dated, dated: Dated) -> str:
    here, there = dated.mention.clause, one.mention.clause
    if here.index == there.index:
        return "in its clause"
    apart = here.sentence - there.sentence
    if apart == 0:
        return f"in its sentence, “{here.opener}”"
    return "a sentence before" if apart == 1 else "further up"
