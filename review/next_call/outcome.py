"""What a day phrase can mean, and against what it is resolved."""

from dataclasses import dataclass
from datetime import date, datetime, time

from review.next_call.workdays import working_day


@dataclass(frozen=True, slots=True)
class Context:
    """When the memo was spoken, how its numbers are ordered, and the days said before this phrase.

    `previous` is the last future day of the story, from which a bare weekday is counted; `anchor` is the day a
    phrase such as "a week after the demo on the 3rd" counts from, None where it could not be found.
    """

    now: datetime
    month_first: bool
    previous: date | None = None
    anchor: date | None = None

    @property
    def today(self) -> date:
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A day with its other readings, or a window without a day; `gone` for what lies in the past."""

    day: date | None = None
    others: tuple[date, ...] = ()
    ambiguous: bool = False
    window: tuple[date, date] | None = None
    gone: bool = False
    at: time | None = None
    notes: tuple[str, ...] = ()
    width: int = 1


def exactly(day: date) -> Outcome:
    return Outcome(day)


def roughly(day: date, *others: date, window: tuple[date, date] | None = None) -> Outcome:
    """A day that the words only approximate; the other readings go with it."""
    return Outcome(day, tuple(other for other in others if other != day), ambiguous=True, window=window)


def roughly_working(day: date) -> Outcome:
    """Moved to a working day, because the words leave the day open; the day itself stays on offer."""
    return roughly(working_day(day), day)


def between(first: date, last: date) -> Outcome:
    """No day: a window wider than a week cannot name a call day."""
    return Outcome(ambiguous=True, window=(first, last), width=(last - first).days + 1)


NO_DAY = Outcome(ambiguous=True, width=10_000)
