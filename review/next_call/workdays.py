"""Arithmetic on days: weeks run Monday to Sunday, working days are Monday to Friday."""

from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

_DAY = timedelta(days=1)


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def weekday_after(day: date, weekday: int) -> date:
    """The first such weekday strictly after `day`."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def working_day(day: date, step: int = 1) -> date:
    """`day`, or where it is a weekend the next working day (the one before for a negative step)."""
    while day.weekday() > 4:
        day += _DAY * step
    return day


def add(day: date, count: int, unit: str) -> date:
    """`day` plus so many units; months keep the day of the month where it exists. OverflowError past year 9999,
    ValueError for hours and minutes."""
    try:
        match unit:
            case "day":
                return day + timedelta(days=count)
            case "week":
                return day + timedelta(weeks=count)
            case "fortnight":
                return day + timedelta(weeks=2 * count)
            case "month":
                return day + relativedelta(months=count)
            case "quarter":
                return day + relativedelta(months=3 * count)
            case "year":
                return day + relativedelta(years=count)
    except ValueError as error:
        raise OverflowError(str(error)) from error
    raise ValueError(f"no unit of days: {unit}")


def add_working(day: date, count: int) -> date:
    """`day` plus so many working days."""
    for _ in range(count):
        day = working_day(day + _DAY)
    return day


def month_bounds(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, add(first, 1, "month") - _DAY


def quarter_bounds(year: int, quarter: int) -> tuple[date, date]:
    first = date(year, 3 * quarter - 2, 1)
    return first, add(first, 3, "month") - _DAY


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth such weekday of a month, counted from its end for a negative nth; None where there is none."""
    first, last = month_bounds(year, month)
    if nth > 0:
        day = weekday_after(first - _DAY, weekday) + timedelta(weeks=nth - 1)
    else:
        day = weekday_after(last, weekday) - timedelta(weeks=-nth)
    return day if day.month == month else None


def holiday(name: str, year: int) -> date:
    """The day of a named holiday; movable ones by their rule (US federal law, Easter by the Gregorian computus)."""
    if name in _FIXED:
        return date(year, *_FIXED[name])
    if name == "black-friday":
        return holiday("thanksgiving", year) + _DAY
    if name in _NTH:
        month, weekday, nth = _NTH[name]
        day = nth_weekday(year, month, weekday, nth)
        assert day is not None
        return day
    return easter(year) + timedelta(days=_FROM_EASTER[name])


_FIXED = {
    "christmas": (12, 25),
    "christmas-eve": (12, 24),
    "boxing": (12, 26),
    "new-year": (1, 1),
    "new-year-eve": (12, 31),
    "valentine": (2, 14),
    "independence": (7, 4),
    "halloween": (10, 31),
    "veterans": (11, 11),
    "patrick": (3, 17),
}
_NTH = {
    "thanksgiving": (11, 3, 4),
    "labor": (9, 0, 1),
    "memorial": (5, 0, -1),
    "mlk": (1, 0, 3),
    "presidents": (2, 0, 3),
    "columbus": (10, 0, 2),
    "mothers": (5, 6, 2),
    "fathers": (6, 6, 3),
}
_FROM_EASTER = {"easter": 0, "good-friday": -2, "easter-monday": 1, "ash-wednesday": -46}
HOLIDAYS = frozenset({*_FIXED, *_NTH, *_FROM_EASTER, "black-friday"})
