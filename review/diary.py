"""What a day for the next call is held against before the rep confirms it. Each finding is said, none forbids."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from review.next_call import WEEKEND, Reading

# Two calls closer than this can hardly both be made.
_TOO_CLOSE = dt.timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When the rep works: ISO weekdays (Monday is 1), and local times of day, the end not included."""

    days: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    start: dt.time = dt.time(8)
    end: dt.time = dt.time(18)


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """A call already promised for a day, with whom; `time` is None where only the day was agreed."""

    time: dt.time | None
    who: str


def _nothing_planned(_day: dt.date) -> Sequence[PlannedCall]:
    return ()


@dataclass(frozen=True, slots=True)
class Diary:
    """What is known about the rep's days.

    :ivar country: ISO 3166 letters, for public holidays; empty, or a country without data: none are known.
    :ivar region: its ISO 3166-2 subdivision ("SCT", "BY"), where holidays differ; empty: those of the whole country.
    :ivar planned: the open calls of a day.
    :ivar zone: the rep's time zone with its clock changes; None: that of the system.
    """

    country: str = ""
    region: str = ""
    hours: WorkingHours = field(default_factory=WorkingHours)
    planned: Callable[[dt.date], Sequence[PlannedCall]] = _nothing_planned
    zone: dt.tzinfo | None = None

    def remarks(self, when: Reading, now: dt.datetime) -> list[str]:
        """What the rep should know about a day, and a clock time where there is one; plain sentences."""
        if when.date is None:
            return []
        found = [self._past(when.date, when.time, now), self._day_off(when.date), self.holiday(when.date)]
        if when.time is not None:
            found += [self._outside_hours(when.time), *self._close_calls(when.date, when.time)]
        return [remark for remark in found if remark]

    def settle(self, day: dt.date, at: dt.time) -> tuple[dt.time, str]:
        """The clock time, and what is to be said about it, where the clocks change just then.

        A time that the change leaves out is moved on by as much as the clocks are (PEP 495); of one that comes twice
        the first is meant.
        """
        from dateutil import tz

        moment = dt.datetime.combine(day, at, self.zone or tz.tzlocal())
        if not tz.datetime_exists(moment):
            moved = tz.resolve_imaginary(moment).time().replace(tzinfo=None)
            return moved, f"the clocks go forward: {at:%H:%M} is left out that day, so {moved:%H:%M}"
        if tz.datetime_ambiguous(moment):
            return at, f"the clocks go back: {at:%H:%M} comes twice that day, the first is meant"
        return at, ""

    def holiday(self, day: dt.date) -> str:
        """ "Boxing Day is a public holiday (GB)"; empty where it is none, or nothing is known of the country."""
        if not self.country:
            return ""
        # Only here: loading it and a country's rules takes a tenth of a second.
        import holidays

        try:
            known = holidays.country_holidays(
                self.country, subdiv=self.region or None, years=day.year, language="en_US"
            )
        except NotImplementedError:
            return ""
        name = known.get(day)
        where = "-".join(part for part in (self.country, self.region) if part)
        return f"{name} is a public holiday ({where})" if name else ""

    def _past(self, day: dt.date, at: dt.time | None, now: dt.datetime) -> str:
        if day < now.date():
            return "that day is past"
        return "that time is past" if day == now.date() and at and at <= now.time() else ""

    def _day_off(self, day: dt.date) -> str:
        if day.isoweekday() in self.hours.days:
            return ""
        return WEEKEND if day.isoweekday() > 5 else f"you do not work on {day:%A}s"

    def _outside_hours(self, at: dt.time) -> str:
        if self.hours.start <= at < self.hours.end:
            return ""
        return f"outside your working hours, {self.hours.start:%H:%M} to {self.hours.end:%H:%M}"

    def _close_calls(self, day: dt.date, at: dt.time) -> list[str]:
        return [
            f"you have a call with {other.who} at {other.time:%H:%M} that day"
            for other in self.planned(day)
            if other.time is not None and abs(_on(day, other.time) - _on(day, at)) < _TOO_CLOSE
        ]


def _on(day: dt.date, at: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, at.replace(tzinfo=None))
