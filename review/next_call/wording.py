"""Say a next call to the rep, and to a program."""

import datetime as dt

from review.next_call.model import DateFound, NextCall, Reading


def spell_out(when: NextCall | DateFound | Reading, today: dt.date) -> str:
    """ "Tuesday 24 November 2026, 14:30, in 3 days"; a window where there is no day; counted from `today`."""
    window = None if isinstance(when, Reading) else when.window
    when = when.reading if isinstance(when, DateFound) else when
    if when.date is None and window is None and when.time is not None:
        return f"{when.time:%H:%M}"
    if when.date is None:
        return _window(window)
    clock = f", {when.time:%H:%M}" if when.time is not None else ""
    return f"{_day(when.date)}{clock}, {_distance((when.date - today).days)}"


def spell_loosely(call: NextCall) -> str:
    """The days that a loose phrase leaves open, where one of them was taken; empty where it was meant exactly."""
    if call.date is None or call.window is None:
        return ""
    first, last = call.window
    return f"said loosely: any day from {first:%A} {first.day} {first:%B} to {last:%A} {last.day} {last:%B}"


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
        "others": [_when(other.date, other.time) | _from(other.heard) for other in call.others],
    }
    if call.window:
        plain["window"] = _span(call.window)
    if call.notes:
        plain["notes"] = list(call.notes)
    return plain


def to_json_found(found: DateFound) -> dict[str, object]:
    """One date of a memo as plain JSON values; `start` and `end` are its characters in the text."""
    plain: dict[str, object] = {
        "heard": found.heard,
        "start": found.start,
        "end": found.end,
        **_when(found.reading.date, found.reading.time),
        "ambiguous": found.ambiguous,
    }
    if found.window:
        plain["window"] = _span(found.window)
    plain |= {"chosen": found.chosen, "reason": found.reason}
    if found.probability is not None:
        plain |= {"probability": round(found.probability, 3), "weighed": list(found.weighed)}
    if found.right is not None:
        speaking_for, against = found.swayed
        plain |= {"right": round(found.right, 3), "for": list(speaking_for), "against": list(against)}
    return plain


def _from(heard: str) -> dict[str, str | None]:
    return {"heard": heard} if heard else {}


def _span(window: tuple[dt.date, dt.date]) -> dict[str, str]:
    return {"start": window[0].isoformat(), "end": window[1].isoformat()}


def _when(day: dt.date | None, at: dt.time | None) -> dict[str, str | None]:
    return {"date": day.isoformat() if day else None, "time": f"{at:%H:%M}" if at is not None else None}
