"""The coming two weeks, day by day: what stands there already, holidays, days off, and what is offered."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aftercall.desk.app import App
from aftercall.desk.review_settings import diary
from review.call_question import CallQuestion, Offer
from review.diary import PlannedCall

DAYS: Final = 14


@dataclass(frozen=True, slots=True)
class Day:
    """One day.

    :ivar offers: the numbers of the offers for it, as they are chosen.
    :ivar planned: the calls promised for it, earliest first.
    :ivar free: why nobody works then: a holiday, or a day off; empty on a working day.
    """

    date: dt.date
    offers: tuple[int, ...]
    planned: tuple[PlannedCall, ...]
    free: str


@dataclass(frozen=True, slots=True)
class Strip:
    """Two weeks from today.

    :ivar hours: the working hours, "08:00 to 18:00".
    """

    days: tuple[Day, ...]
    hours: str


def strip_of(app: App, question: CallQuestion) -> Strip:
    """The strip as it is now."""
    with app.store() as store:
        known = diary(app.settings, store)
        offered = _offered(question.offer)
        today = app.now().date()
        days = tuple(
            Day(
                day,
                tuple(number for number, date in offered if date == day),
                tuple(sorted(known.planned(day), key=lambda call: (call.time is None, call.time or dt.time()))),
                known.holiday(day) or ("" if day.isoweekday() in known.hours.days else "no work"),
            )
            for day in (today + dt.timedelta(days=step) for step in range(DAYS))
        )
        return Strip(days, f"{known.hours.start:%H:%M} to {known.hours.end:%H:%M}")


def _offered(offer: Offer | None) -> Sequence[tuple[int, dt.date]]:
    if offer is None:
        return ()
    dates = [offer.call.date, *(reading.date for reading, _ in offer.others)]
    return [(number, date) for number, date in enumerate(dates, start=1) if date is not None]
