"""The day that a length of time from now comes to: "in two weeks", "in an hour and a half", "give it a few days"."""

from dataclasses import replace
from datetime import datetime, timedelta

from review.next_call import workdays as wd
from review.next_call.outcome import Context, Outcome, between, exactly, roughly, roughly_working
from review.next_call.patterns import Phrase, amounts

_MOST_WORKDAYS = 400
_CLOCK_UNITS = frozenset({"second", "minute", "hour"})


def ahead(p: Phrase, c: Context) -> Outcome | None:
    if p.unit in {"hour", "minute"}:
        return clock_ahead(p, c)
    if p.which == "quarter":
        return None
    if p.which == "half":
        days = {"day": 0, "year": 183}.get(p.unit)
        return None if days is None else roughly_working(c.today + timedelta(days=days))
    day = wd.add(c.today + timedelta(days=p.which == "plusday"), p.count, p.unit)
    if p.which == "or" and p.second:
        return roughly(day, wd.add(c.today, p.second, p.unit))
    if p.which == "within":
        return roughly(day)
    return roughly_working(day) if p.which == "about" else exactly(day)


def compound(p: Phrase, c: Context) -> Outcome | None:
    """ "In an hour and a half", "1 day 2 hours": added up; only hours and minutes name a clock time."""
    parts = amounts(p)
    then, exact = c.now, False
    for count, unit in parts:
        if unit in _CLOCK_UNITS:
            then, exact = then + timedelta(**{f"{unit}s": count}), True
        else:
            then = datetime.combine(wd.add(then.date(), count, unit), then.time())
    if p.which == "half":
        halves = {"hour": 30, "day": 720, "week": 5040, "minute": 0}
        if not parts or parts[0][1] not in halves:
            return None
        then += timedelta(minutes=halves[parts[0][1]])
    return Outcome(then.date(), at=then.time().replace(second=0, microsecond=0) if exact else None)


def clock_ahead(p: Phrase, c: Context) -> Outcome:
    part = {"half": 30, "quarter": 15}.get(p.which.partition("-")[0])
    minutes = part or p.count * (60 if p.unit == "hour" else 1)
    minutes = -minutes if p.which.endswith("ago") else minutes
    then: datetime = c.now + timedelta(minutes=minutes)
    return Outcome(then.date(), ambiguous=p.which == "about", at=then.time().replace(second=0, microsecond=0))


def ago(p: Phrase, c: Context) -> Outcome | None:
    if p.unit in {"hour", "minute"}:
        return replace(clock_ahead(p, c), gone=True)
    return Outcome(wd.add(c.today, -p.count, p.unit), gone=True)


def few(p: Phrase, c: Context) -> Outcome | None:
    count = int(p.which)
    if p.unit in {"month", "quarter", "year"}:
        return between(wd.add(c.today, max(1, count - 1), p.unit), wd.add(c.today, count + 2, p.unit))
    if p.unit in {"hour", "minute"}:
        return replace(clock_ahead(replace(p, count=count), c), ambiguous=True)
    return roughly_working(wd.add(c.today, count, p.unit))


def workdays(p: Phrase, c: Context) -> Outcome:
    """ "In four business days"; a working week is a week."""
    if p.unit == "day" and p.count <= _MOST_WORKDAYS:
        return exactly(wd.add_working(c.today, p.count))
    return exactly(wd.add(c.today, p.count, p.unit))
