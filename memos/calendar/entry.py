"""What stands in calendars: promised calls as events, and what else was promised as to-dos."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from icalendar import Event, Todo


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How events are made.

    `alarm` is how long before the call the phone rings, None for not at all; `alarm_at` the same for a call without a
    time, as a clock time of its day. `length` is that of a call with a time. `with_memo`: whether events carry the
    text of the memo, or only the words that were agreed on.
    """

    alarm: dt.timedelta | None = dt.timedelta(minutes=10)
    alarm_at: dt.time | None = dt.time(9)
    length: dt.timedelta = dt.timedelta(minutes=15)
    with_memo: bool = True


class Entry(Protocol):
    """One of them. `id` is what the rep names it by; `zone` the IANA name of the zone that `time` is meant in."""

    @property
    def uid(self) -> str:
        """The UID of the component."""

    @property
    def id(self) -> str:
        """That of the memo, or of what was promised in it."""

    @property
    def sequence(self) -> int:
        """Raised by each change."""

    @property
    def closed(self) -> bool:
        """Whether nothing is to be done any more."""

    @property
    def is_task(self) -> bool:
        """Whether it is a to-do; not every calendar takes those."""

    @property
    def date(self) -> dt.date | None:
        """The day; None where there is none."""

    @property
    def time(self) -> dt.time | None:
        """The clock time; None where there is none."""

    @property
    def zone(self) -> str:
        """Where that is meant."""

    @property
    def title(self) -> str:
        """What it is called."""

    def fingerprint(self, style: Style) -> str:
        """Differs when what stands in the calendar would."""

    def make(self, style: Style, changed_at: dt.datetime) -> Event | Todo:
        """It as a component, as changed last at `changed_at`."""
