"""The day that a day of a month means: "the 15th", "Thursday the 4th", "March 31", "3/14", "Monday 30"."""

from dataclasses import replace
from datetime import date, time, timedelta

from review.next_call import workdays as wd
from review.next_call.outcome import Context, Outcome, exactly, roughly
from review.next_call.patterns import Phrase
from review.next_call.windows import in_month

_TWO_MONTHS = timedelta(days=62)
_FIRST_HOUR, _NOON = 7, 12


def day_of_month(p: Phrase, c: Context) -> Outcome | None:
    """The next such day of a month strictly after today, months that have none left out."""
    first = c.today.replace(day=1)
    for months in range(1 if p.which else 0, 13):
        start = wd.add(first, months, "month")
        last = wd.month_bounds(start.year, start.month)[1]
        if p.day <= last.day and start.replace(day=p.day) > c.today:
            return exactly(start.replace(day=p.day))
    return None


def weekday_and_day(p: Phrase, c: Context) -> Outcome | None:
    """The first date from today on where weekday and day of the month agree; within two years, else the day's."""
    first = c.today.replace(day=1)
    for months in range(24):
        start = wd.add(first, months, "month")
        if p.day <= wd.month_bounds(start.year, start.month)[1].day:
            day = start.replace(day=p.day)
            if day >= c.today and day.weekday() == p.weekday:
                return exactly(day)
    return None


def weekday_number(p: Phrase, c: Context) -> Outcome | None:
    """ "Monday 30", as numbers are typed: the date where both agree within two months, else the hour of that day; from
    seven to twelve the hour, at which most calls are."""
    date_of_both = weekday_and_day(p, c)
    day = wd.weekday_after(c.today, p.weekday)
    clock = time(p.day + 12 * (p.day < _FIRST_HOUR)) if p.day < 24 else None
    near = date_of_both is not None and date_of_both.day is not None and date_of_both.day - c.today < _TWO_MONTHS
    if date_of_both and date_of_both.day and near and not _FIRST_HOUR <= p.day <= _NOON:
        return roughly(date_of_both.day, day) if p.day < _FIRST_HOUR else date_of_both
    if clock and near and date_of_both and date_of_both.day != day:
        return Outcome(day, (date_of_both.day,) if date_of_both.day else (), ambiguous=True, at=clock)
    return Outcome(day, at=clock) if clock else date_of_both


def month_day(p: Phrase, c: Context) -> Outcome | None:
    if p.year:
        return _checked(date(p.year, p.month, p.day), p, c)
    for year in range(c.today.year, c.today.year + 9):
        # A leap day waits for its year; any other day comes within one.
        if p.day <= wd.month_bounds(year, p.month)[1].day:
            day = date(year, p.month, p.day)
            if day >= c.today:
                return _checked(day, p, c)
        elif (p.month, p.day) != (2, 29):
            return None
    return None


def _checked(day: date, p: Phrase, c: Context) -> Outcome:
    """The date, and a doubt where a weekday was said that is not the date's."""
    if p.weekday in (-1, day.weekday()):
        return exactly(day)
    said = wd.weekday_after(c.today, p.weekday)
    note = f"{day:%d %B %Y} is a {day:%A}, not a {said:%A}"
    return Outcome(day, (said,), ambiguous=True, notes=(note,))


def month_either(p: Phrase, c: Context) -> Outcome | None:
    """ "The 11th or 12th of January"."""
    first, second = month_day(p, c), month_day(replace(p, day=p.second), c)
    return roughly(first.day, second.day) if first and second and first.day and second.day else first


def numeric(p: Phrase, c: Context) -> Outcome | None:
    """ISO as it stands; dots put the day first; slashes as the locale does, the other way where only that is a date."""
    numbers = p.fields
    if numbers[0] >= 1000:
        return _checked(date(*numbers[:3]), p, c)
    dotted = numbers[0] == 0 and len(numbers) > 2
    if len(numbers) == 2 and numbers[1] >= 1000:
        return in_month(Phrase("in_month", month=numbers[0], year=numbers[1]), c)
    first, second, *rest = numbers[1:] if dotted else numbers
    month_first = c.month_first and not dotted
    month, day = (first, second) if month_first else (second, first)
    if month > 12 and not dotted:
        month, day = day, month
    year = rest[0] + (2000 if rest[0] < 100 else 0) if rest else 0
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    named = Phrase("month_day", weekday=p.weekday, month=month, day=day, year=year)
    return _turned(named, c) or month_day(named, c)


def _turned(named: Phrase, c: Context) -> Outcome | None:
    """ "Fri 12/2", where only the 12th of February is a Friday."""
    if named.weekday < 0 or named.year or named.day > 12:
        return None
    turned = month_day(replace(named, month=named.day, day=named.month), c)
    return turned if _falls_on(turned, named.weekday) and not _falls_on(month_day(named, c), named.weekday) else None


def _falls_on(outcome: Outcome | None, weekday: int) -> bool:
    return outcome is not None and outcome.day is not None and outcome.day.weekday() == weekday


def week_of(p: Phrase, c: Context) -> Outcome | None:
    found = month_day(p, c) if p.month else day_of_month(p, c)
    if not found or not found.day:
        return None
    start = wd.monday(found.day)
    return roughly(start, found.day, window=(start, start + timedelta(days=6)))
