"""Days that a rep types: ISO, or in words that are read as a next call's would be, from now."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from aftercall.desk.errors import NoSuchDay

if TYPE_CHECKING:
    from review.next_call import NextCall


def understood(words: str, now: datetime, locale: str) -> "NextCall | None":
    """The day, and the time if one is named: ISO, or in words as a rep would say them; None where there is none."""
    from review.next_call import NextCall, resolve_answer

    try:
        return NextCall(date.fromisoformat(words), None, words)
    except ValueError:
        return resolve_answer(words, now, locale=locale)


def time_to_come(words: str, now: datetime, locale: str) -> "NextCall":
    """The same, of a call that is still to be made: its ``date`` is never None.

    :raises NoSuchDay: no day is named, or one that is past.
    """
    from review.next_call import spell_out, unread_time

    found = understood(words, now, locale)
    if found is None or found.date is None:
        raise NoSuchDay(
            f"{words!r} names no day, so nothing was changed. For example: tomorrow at ten · next Tuesday · 2026-11-24"
        )
    if number := unread_time(words, found):
        raise NoSuchDay(f"{number!r} is no time of the day, so nothing was changed.")
    past_time = found.date == now.date() and found.time is not None and found.time <= now.time()
    if found.date < now.date() or past_time:
        raise NoSuchDay(f"{spell_out(found, now.date())}: that is past, so nothing was changed.")
    return found


def time_that_was(words: str, now: datetime, locale: str) -> datetime | None:
    """A moment that is past, in ISO or in words; a weekday is the last of its name, and a day without a time its noon.
    None where no day is named, or one that is still to come.
    """
    from review.next_call import unread_time

    found = understood(words, now, locale)
    if found is None or found.date is None or unread_time(words, found):
        return None
    day = latest(found.date, now.date())
    spoken_at = datetime.combine(day, found.time or time(12)).astimezone()
    if found.time is None and day == now.date():
        return min(spoken_at, now)
    return spoken_at if spoken_at <= now else None


def latest(day: date, today: date) -> date:
    """The same weekday, or the same day of the year, that was last; a day that has been stays."""
    if day <= today:
        return day
    from dateutil.relativedelta import relativedelta

    week_before: date = day - relativedelta(weeks=1)
    year_before: date = day - relativedelta(years=1)
    return week_before if week_before <= today else year_before
