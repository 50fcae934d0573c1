"""Phrases wider than a day: a working day that stands for them, or only a window."""

from collections.abc import Callable
from datetime import date, timedelta

from review.next_call import lexicon
from review.next_call import workdays as wd
from review.next_call.outcome import NO_DAY, Context, Outcome, between, exactly, roughly
from review.next_call.patterns import Phrase


def _week(p: Phrase, c: Context) -> Outcome:
    part, _, ahead = p.which.partition("-")
    if part == "gone":
        return Outcome(wd.monday(c.today) - timedelta(weeks=1), gone=True)
    start = wd.monday(c.today) + timedelta(weeks=int(ahead))
    window = (max(start, c.today), start + timedelta(days=6))
    if part == "rest":
        # "This week" is open until Friday; on a weekend nothing is left of it but the coming days.
        return roughly(max(wd.working_day(c.today + timedelta(days=1), -1), c.today), window=window)
    first, last = {"early": (0, 4), "mid": (1, 3), "late": (3, 4)}[part]
    day = start + timedelta(days={"early": 0, "mid": 2, "late": 4}[part])
    if day < c.today:
        return roughly(day + timedelta(weeks=1), window=(c.today, day + timedelta(weeks=1)))
    return roughly(day, window=(max(start + timedelta(days=first), c.today), start + timedelta(days=last)))


def _weekend(p: Phrase, c: Context) -> Outcome:
    saturday = wd.monday(c.today) + timedelta(days=5)
    if p.which == "after":
        return exactly(saturday + timedelta(days=2))
    saturday += timedelta(weeks=int(p.which))
    return roughly(max(saturday, c.today), saturday + timedelta(days=1))


def _month_of(p: Phrase, c: Context) -> tuple[date, date]:
    """The bounds of the month named; a month gone by is next year's."""
    bounds = wd.month_bounds(p.year or c.today.year, p.month)
    gone = bounds[1] < c.today and not p.year
    return wd.month_bounds(c.today.year + 1, p.month) if gone else bounds


def _part(p: Phrase, c: Context) -> Outcome:
    """First or last working day of a month, quarter or year, or the working day at its middle."""
    part, _, scope = p.which.partition("-")
    bounds = _bounds(p, c, part, scope)
    while (day := _pick(part, bounds)) < c.today and not p.year:
        after = bounds[1] + timedelta(days=1)
        months = 12 if (p.month or p.count or scope == "late-year") else _months(bounds)
        start = wd.add(bounds[0], 12, "month") if months == 12 else after
        bounds = (start, wd.add(start, _months(bounds), "month") - timedelta(days=1))
    return roughly(day)


def _months(bounds: tuple[date, date]) -> int:
    return round(((bounds[1] - bounds[0]).days + 1) / 30.4)


def _pick(part: str, bounds: tuple[date, date]) -> date:
    match part:
        case "early":
            return wd.working_day(bounds[0])
        case "mid":
            return wd.working_day(bounds[0] + timedelta(days=14))
        case _:
            return wd.working_day(bounds[1], -1)


def _bounds(p: Phrase, c: Context, part: str, scope: str) -> tuple[date, date]:
    if p.month:
        return _month_of(p, c)
    if scope == "quarter":
        return wd.quarter_bounds(p.year or c.today.year, p.count)
    if scope.startswith("quarter"):
        this = wd.quarter_bounds(c.today.year, (c.today.month + 2) // 3)
        return this if scope.endswith("0") else _quarter_after(this)
    if scope == "year":
        year = c.today.year + (part == "early")
        return date(year, 1, 1), date(year, 12, 31)
    first = wd.add(c.today.replace(day=1), int(scope), "month")
    return wd.month_bounds(first.year, first.month)


def _quarter_after(bounds: tuple[date, date]) -> tuple[date, date]:
    start = bounds[1] + timedelta(days=1)
    return wd.quarter_bounds(start.year, (start.month + 2) // 3)


def _nth_week(p: Phrase, c: Context) -> Outcome:
    """ "The second week of January": its Monday, counting weeks from the first Monday of the month."""
    if p.which == "next":
        first = wd.add(c.today.replace(day=1), 1, "month")
        year, month = first.year, first.month
    else:
        bounds = _month_of(p, c)
        year, month = bounds[0].year, bounds[0].month
    if p.count == 1:
        return roughly(wd.working_day(date(year, month, 1)))
    start = wd.nth_weekday(year, month, 0, min(p.count, 4))
    assert start is not None
    return roughly(start, window=(start, start + timedelta(days=6)))


def in_month(p: Phrase, c: Context) -> Outcome:
    return _from_today(c, *_month_of(p, c))


def _from_today(c: Context, first: date, last: date) -> Outcome:
    if last < c.today:
        return Outcome(first, gone=True)
    return between(max(first, c.today), last)


def _months_ahead(p: Phrase, c: Context) -> Outcome:
    first = wd.add(c.today.replace(day=1), int(p.which), "month")
    return _from_today(c, *wd.month_bounds(first.year, first.month))


def _quarter(p: Phrase, c: Context) -> Outcome | None:
    if p.count > 4:
        return None
    bounds = wd.quarter_bounds(p.year or c.today.year, p.count)
    if bounds[1] < c.today and not p.year:
        bounds = wd.quarter_bounds(c.today.year + 1, p.count)
    return _from_today(c, *bounds)


def _quarters_ahead(p: Phrase, c: Context) -> Outcome:
    this = wd.quarter_bounds(c.today.year, (c.today.month + 2) // 3)
    if p.which == "1":
        return between(*_quarter_after(this))
    return _from_today(c, *this) if p.which == "0" else Outcome(this[0] - timedelta(days=1), gone=True)


def _year(p: Phrase, c: Context) -> Outcome:
    if p.year:
        return _from_today(c, date(p.year, 1, 1), date(p.year, 12, 31))
    if p.which == "new":
        return between(date(c.today.year + 1, 1, 1), date(c.today.year + 1, 1, 31))
    year = c.today.year + int(p.which)
    return _from_today(c, date(year, 1, 1), date(year, 12, 31))


def _season(p: Phrase, c: Context) -> Outcome:
    """Seasons by whole months, as calendars and sales plans count them in the northern hemisphere."""
    year = p.year or c.today.year
    while True:
        first = date(year, lexicon.SEASONS[p.which], 1)
        last = wd.add(first, 3, "month") - timedelta(days=1)
        if last >= c.today or p.year:
            return _from_today(c, first, last)
        year += 1


def _open(_p: Phrase, _c: Context) -> Outcome:
    return NO_DAY


def _holidays(_p: Phrase, c: Context) -> Outcome:
    """The winter holidays; what is put off until after them comes in the weeks that follow New Year."""
    year = c.today.year + (c.today.month > 1)
    return between(date(year, 1, 2), date(year, 1, 31))


def _holiday_ahead(p: Phrase, c: Context) -> date:
    day = wd.holiday(p.which, c.today.year)
    return day if day >= c.today else wd.holiday(p.which, c.today.year + 1)


def _after_holiday(p: Phrase, c: Context) -> Outcome:
    """ "After Easter": no day, the three weeks that follow."""
    day = _holiday_ahead(p, c)
    return between(day + timedelta(days=1), day + timedelta(days=21))


def _before_holiday(p: Phrase, c: Context) -> Outcome:
    day = _holiday_ahead(p, c)
    day = day if day > c.today else wd.holiday(p.which, c.today.year + 1)  # said on that very day
    return between(c.today, day - timedelta(days=1))


def _coming_span(p: Phrase, c: Context) -> Outcome:
    """ "In the next two weeks": any day of them; wider than a week, so only a window."""
    count = int(p.which or 0) or p.count or 1
    if p.unit in {"hour", "minute"}:
        return exactly(c.today)
    last = wd.add(c.today, count, p.unit)
    if (last - c.today).days <= 7:
        return roughly(wd.working_day(last, -1), window=(c.today, last))
    return between(c.today, last)


def _gone(_p: Phrase, c: Context) -> Outcome:
    return Outcome(c.today - timedelta(days=1), gone=True)


WINDOWS: dict[str, Callable[[Phrase, Context], Outcome | None]] = {
    "week": _week,
    "weekend": _weekend,
    "part": _part,
    "nth_week": _nth_week,
    "in_month": in_month,
    "months": _months_ahead,
    "quarter": _quarter,
    "quarters": _quarters_ahead,
    "year": _year,
    "season": _season,
    "open": _open,
    "holidays": _holidays,
    "after_holiday": _after_holiday,
    "before_holiday": _before_holiday,
    "coming_span": _coming_span,
    "gone": _gone,
}
