"""Kinds of arguments: days and moments, as ISO or as a rep would say them."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import click

from aftercall.desk.app import App
from aftercall.desk.errors import NoSuchDay

if TYPE_CHECKING:
    from review.next_call import NextCall


_EARLIEST: Final = 1980
_LATEST: Final = 2999
"""Years, as for the dates of files (capture.decode)."""


class Moment(click.ParamType[datetime]):
    """A point in time in ISO 8601; without a zone it is local."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """See click."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no time in ISO 8601, as 2026-11-21T16:40 is.", param, ctx)
        if not _EARLIEST <= moment.year <= _LATEST:
            self.fail(f"{value!r} is no year in which a memo was spoken.", param, ctx)
        return moment if moment.tzinfo else moment.astimezone()


class Day(click.ParamType[date]):
    """A day: ISO, or in words that are read as a next call's would be ("next Friday"), from now.

    :param past: whether the day is one that has been: "Friday" is the last one then.
    """

    name = "day"

    def __init__(self, *, past: bool = False) -> None:
        self._past = past

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """See click."""
        if isinstance(value, date):
            return value
        assert ctx is not None
        app = ctx.find_object(App)
        assert app is not None
        answer = understood(value, app.now(), app.settings.locale)
        if answer is None or answer.date is None:
            self.fail(f"{value!r} names no day. ISO (2026-11-24) always does.", param, ctx)
        return _latest(answer.date, app.now().date()) if self._past else answer.date


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


def _latest(day: date, today: date) -> date:
    """The same weekday, or the same day of the year, that was last; a day that has been stays."""
    if day <= today:
        return day
    from dateutil.relativedelta import relativedelta

    week_before: date = day - relativedelta(weeks=1)
    year_before: date = day - relativedelta(years=1)
    return week_before if week_before <= today else year_before


MOMENT = Moment()
DAY = Day()
PAST_DAY = Day(past=True)
