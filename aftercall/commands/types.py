"""Kinds of arguments: days and moments, as ISO or as a rep would say them."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import click

from aftercall.desk.app import App
from aftercall.desk.typed_days import latest, understood

if TYPE_CHECKING:
    from memos.outcomes import Outcome

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
        return latest(answer.date, app.now().date()) if self._past else answer.date


class OutcomeType(click.ParamType["Outcome"]):
    """What became of a call, as in the rows of memos; with hyphens or underscores."""

    name = "outcome"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> "Outcome":
        """See click."""
        from memos.outcomes import Outcome

        try:
            return Outcome(str(value).strip().casefold().replace("-", "_").replace(" ", "_"))
        except ValueError:
            known = ", ".join(outcome.value.replace("_", "-") for outcome in Outcome)
            self.fail(f"{value!r} is none of {known}.", param, ctx)


MOMENT = Moment()
DAY = Day()
PAST_DAY = Day(past=True)
OUTCOME = OutcomeType()
