"""The day that each phrase of the grammar means. One function per meaning; the rules are docs/next-call.md's."""

from collections.abc import Callable
from datetime import date, timedelta

from review.next_call import workdays as wd
from review.next_call.month_days import (
    day_of_month,
    month_day,
    month_either,
    numeric,
    week_of,
    weekday_and_day,
    weekday_number,
)
from review.next_call.outcome import NO_DAY, Context, Outcome, exactly, roughly, roughly_working
from review.next_call.patterns import Phrase, amounts
from review.next_call.spans import ago, ahead, clock_ahead, compound, few, workdays
from review.next_call.windows import WINDOWS

Meaning = Callable[[Phrase, Context], Outcome | None]
_WEEK = timedelta(weeks=1)


def resolve(phrase: Phrase, context: Context) -> Outcome | None:
    """What `phrase` means in `context`; None where it names no possible day ("February 30")."""
    try:
        outcome = MEANINGS[phrase.meaning](phrase, context)
    except (ValueError, OverflowError):
        return None
    if outcome and outcome.day and outcome.day < context.today:
        return Outcome(outcome.day, gone=True)
    return outcome


def _near(p: Phrase, c: Context) -> Outcome:
    offset = int(p.which)
    return exactly(c.today + timedelta(days=offset))


def _weekday(p: Phrase, c: Context) -> Outcome:
    base = c.previous if c.previous and c.previous > c.today else c.today
    if base > c.today and base.weekday() == p.weekday:
        return exactly(base)
    return exactly(wd.weekday_after(base, p.weekday))


def _this_weekday(p: Phrase, c: Context) -> Outcome:
    day = wd.monday(c.today) + timedelta(days=p.weekday)
    return exactly(day if day >= c.today else day + _WEEK)


def _coming_weekday(p: Phrase, c: Context) -> Outcome:
    return exactly(wd.weekday_after(c.today, p.weekday))


def _next_weekday(p: Phrase, c: Context) -> Outcome:
    this = wd.monday(c.today) + timedelta(days=p.weekday)
    return roughly(this + _WEEK, this) if this > c.today else exactly(this + _WEEK)


def _weekday_of_week(p: Phrase, c: Context) -> Outcome:
    return exactly(wd.monday(c.today) + timedelta(weeks=int(p.which), days=p.weekday))


def _last_weekday(p: Phrase, c: Context) -> Outcome:
    return Outcome(wd.weekday_after(c.today - _WEEK - timedelta(days=1), p.weekday), gone=True)


def _weekday_plus_weeks(p: Phrase, c: Context) -> Outcome:
    day = wd.weekday_after(c.today, p.weekday) + int(p.which) * _WEEK
    # "Friday fortnight", said on a Friday: from the coming one, or from that day.
    return roughly(day, day - _WEEK) if c.today.weekday() == p.weekday else exactly(day)


def _weekday_plus(p: Phrase, c: Context) -> Outcome | None:
    """ "A week on Tuesday"; also "three days from Friday"."""
    start = wd.weekday_after(c.today, p.weekday)
    if p.which == "next":
        start = _next_weekday(p, c).day or start
    for count, unit in amounts(p) or [(p.count, p.unit)]:
        start = wd.add(start, count, unit)
    return exactly(start)


def _day_after(_: Phrase, c: Context) -> Outcome:
    """ "Call him day after": the one that follows the day of the story, or tomorrow."""
    return exactly((c.anchor or c.today + timedelta(days=1)) + timedelta(days=1))


def _weekday_ahead(p: Phrase, c: Context) -> Outcome | None:
    """ "Tuesday in two weeks": that weekday of the week so far ahead."""
    unit = p.unit or p.which
    if unit not in {"week", "fortnight", "month"}:
        return None
    return exactly(wd.monday(wd.add(c.today, p.count, unit)) + timedelta(days=p.weekday))


def _weekday_after_anchor(p: Phrase, c: Context) -> Outcome:
    return exactly(wd.weekday_after(c.anchor or c.today, p.weekday))


def _weekday_before_anchor(p: Phrase, c: Context) -> Outcome:
    """ "The Friday before the show"; where that has no date, the coming Friday."""
    if c.anchor is None:
        return _weekday_after_anchor(p, c)
    return exactly(wd.weekday_after(c.anchor - _WEEK - timedelta(days=1), p.weekday))


def _nth_weekday_after_anchor(p: Phrase, c: Context) -> Outcome:
    """ "The first Monday after the holidays"."""
    return exactly(wd.weekday_after(c.anchor or c.today, p.weekday) + (p.count - 1) * _WEEK)


def _weekday_of_anchor_week(p: Phrase, c: Context) -> Outcome:
    return exactly(wd.monday(c.anchor or c.today) + _WEEK + timedelta(days=p.weekday))


def _that_weekday(p: Phrase, c: Context) -> Outcome:
    """ "That Friday", "the Friday": the same day again where it was named, else the first after it."""
    if c.anchor and c.anchor.weekday() == p.weekday:
        return exactly(c.anchor)
    return _weekday_after_anchor(p, c)


def _month_named(p: Phrase, c: Context) -> tuple[int, int]:
    """Year and month of "of March", "of next month", "of this month", "in the new year"."""
    if p.month:
        year = p.year or c.today.year + (p.month < c.today.month)
        return year, p.month
    if p.which == "new":
        return c.today.year + 1, 1
    first = c.today.replace(day=1)
    first = wd.add(first, 1, "month") if p.which.endswith("next") else first
    return first.year, first.month


def _weekday_after_next(p: Phrase, c: Context) -> Outcome:
    """ "The Friday after next": the one that follows the coming one; some count from next week's."""
    day = wd.weekday_after(c.today, p.weekday) + _WEEK
    other = wd.monday(c.today) + timedelta(weeks=2, days=p.weekday)
    return roughly(day, other) if day != other else exactly(day)


def _last_day(p: Phrase, c: Context) -> Outcome:
    """ "The last day of March", taken at its word, working day or not."""
    year, month = _month_named(p, c)
    return exactly(wd.month_bounds(year, month)[1])


def _nth_weekday(p: Phrase, c: Context) -> Outcome | None:
    year, month = _month_named(p, c)
    nth = -1 if p.which.startswith("last") else p.count
    day = wd.nth_weekday(year, month, p.weekday, nth)
    if day and day < c.today and not p.year and p.month:
        day = wd.nth_weekday(year + 1, month, p.weekday, nth)
    elif day and day < c.today and p.which.endswith("this"):
        following = wd.add(date(year, month, 1), 1, "month")
        day = wd.nth_weekday(following.year, following.month, p.weekday, nth)
    return exactly(day) if day else None


def _weekdays_ahead(p: Phrase, c: Context) -> Outcome:
    """ "Two Fridays from now": the coming one is the first."""
    return exactly(wd.weekday_after(c.today, p.weekday) + (p.count - 1) * _WEEK)


def _offset(p: Phrase, c: Context) -> Outcome | None:
    """A week after the demo: from the event's date, which is the anchor; without it no day can be told."""
    if c.anchor is None or p.unit in {"hour", "minute"}:
        return NO_DAY
    direction, _, few = p.which.partition("-")
    count = int(few) if few else p.count or 1
    day = wd.add(c.anchor, count if direction == "after" else -count, p.unit or "day")
    if p.unit == "week" and not p.count and not few:
        start = wd.monday(day)
        return roughly(start, day, window=(start, start + timedelta(days=6)))
    return roughly_working(day) if few else exactly(day)


def _shift(p: Phrase, c: Context) -> Outcome:
    """ "Pushed it back a week": from the day that the talk was set for; without one no day can be told."""
    if c.anchor is None or p.unit in {"hour", "minute"}:
        return NO_DAY
    return exactly(wd.add(c.anchor, p.count if p.which == "on" else -p.count, p.unit))


def _anchor(p: Phrase, c: Context) -> Outcome:
    if p.which == "later" and p.unit in {"hour", "minute"}:
        return clock_ahead(p, c)
    if p.which == "later":
        return exactly(wd.add(c.anchor or c.today, p.count, p.unit))
    return exactly((c.anchor or c.today) + timedelta(days=int(p.which)))


def _anchor_week(p: Phrase, c: Context) -> Outcome:
    start = wd.monday(c.anchor or c.today) + _WEEK
    day = start + timedelta(days=4 if p.which == "late" else 0)
    return roughly(day, window=(start, start + timedelta(days=6)))


def _holiday(p: Phrase, c: Context) -> Outcome:
    day = wd.holiday(p.which, p.year or c.today.year)
    return exactly(day if day >= c.today or p.year else wd.holiday(p.which, c.today.year + 1))


MEANINGS: dict[str, Meaning] = {
    "near": _near,
    "next_morning": _near,
    "weekday": _weekday,
    "this_weekday": _this_weekday,
    "coming_weekday": _coming_weekday,
    "next_weekday": _next_weekday,
    "weekday_of_week": _weekday_of_week,
    "last_weekday": _last_weekday,
    "weekday_plus_weeks": _weekday_plus_weeks,
    "weekday_plus": _weekday_plus,
    "weekday_number": weekday_number,
    "month_either": month_either,
    "day_after": _day_after,
    "workdays": workdays,
    "weekday_ahead": _weekday_ahead,
    "weekday_after": _weekday_after_anchor,
    "weekday_before": _weekday_before_anchor,
    "nth_weekday_after": _nth_weekday_after_anchor,
    "weekday_of_anchor_week": _weekday_of_anchor_week,
    "that_weekday": _that_weekday,
    "weekday_after_next": _weekday_after_next,
    "last_day": _last_day,
    "nth_weekday": _nth_weekday,
    "day_of_month": day_of_month,
    "weekday_and_day": weekday_and_day,
    "month_day": month_day,
    "numeric": numeric,
    "week_of": week_of,
    "ahead": ahead,
    "ago": ago,
    "few": few,
    "compound": compound,
    "bare": compound,
    "weekdays_ahead": _weekdays_ahead,
    "offset": _offset,
    "anchor": _anchor,
    "shift": _shift,
    "anchor_week": _anchor_week,
    "holiday": _holiday,
    **WINDOWS,
}
