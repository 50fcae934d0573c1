"""Say a next call to the rep, and to a program."""

import datetime as dt

from review.next_call.model import NextCall, Reading


def spell_out(when: NextCall | Reading, today: dt.date) -> str:
    """ "Tuesday 24 November 2026, 14:30, in 3 days"; a window where there is no day; counted from `today`."""
    if when.date is None:
        return _window(when.window if isinstance(when, NextCall) else None)
    clock = f", {when.time:%H:%M}" if when.time is not None else ""
    return f"{_day(when.date)}{clock}, {_distance((when.date - today).days)}"


def _day(day: dt.date) -> str:
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def _window(window: tuple[dt.date, dt.date] | None) -> str:
    return f"no day named, between {_day(window[0])} and {_day(window[1])}" if window else "no day named"


def _distance(days: int) -> str:
    match days:
        case 0:
            return "today"
        case 1:
            return "tomorrow"
        case -1:
            return "yesterday"
        case _:
            return f"in {days} days" if days > 0 else f"{-days} days ago"


def to_json(call: NextCall | None) -> dict[str, object]:
    """A next call as plain JSON values; `date` is null where there is none, `heard` null where nothing was."""
    if call is None:
        return {"date": None, "time": None, "ambiguous": False, "heard": None, "others": []}
    plain: dict[str, object] = {
        **_when(call.date, call.time),
        "ambiguous": call.ambiguous,
        "heard": call.heard,
        "others": [_when(other.date, other.time) for other in call.others],
    }
    if call.window:
        plain["window"] = {"start": call.window[0].isoformat(), "end": call.window[1].isoformat()}
    if call.notes:
        plain["notes"] = list(call.notes)
    return plain


def _when(day: dt.date | None, at: dt.time | None) -> dict[str, str | None]:
    return {"date": day.isoformat() if day else None, "time": f"{at:%H:%M}" if at is not None else None}
