"""A promised call as an iCalendar event (RFC 5545)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from memos.calendar.entry import Style
from memos.calendar.text import clean, on_one_line, tel
from memos.models import name_and_company

if TYPE_CHECKING:
    from icalendar import Alarm, Calendar, Component, Event, Todo

PRODUCT = "-//aftercall//aftercall//EN"

# Part of every fingerprint: to be raised when the same call is to make another event than before.
_EDITION = 1

# A definition lists every change of the clocks; nobody promises a call for later than this.
_YEARS_OF_ZONES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What an event is made of. `zone` is the IANA name of the zone that `time` is meant in; `heard` are the words
    that the date was read from and `text` the whole memo, spoken on `spoken_on`."""

    uid: str
    memo_id: str
    sequence: int
    closed: bool
    date: dt.date
    time: dt.time | None
    zone: str
    name: str | None
    company: str | None
    phone: str | None
    heard: str
    text: str
    spoken_on: dt.date
    agreed: bool = True
    in_vain: int = 0

    @property
    def id(self) -> str:
        """That of the memo."""
        return self.memo_id

    @property
    def is_task(self) -> bool:
        """See Entry."""
        return False

    @property
    def title(self) -> str:
        """ "Call Dana Whitfield (Brightwater)"."""
        name, company = on_one_line(self.name), on_one_line(self.company)
        if not name:
            number = on_one_line(self.phone)
            return f"Call somebody at {company}" if company else f"Call {number}" if number else "Call (nobody named)"
        return f"Call {name_and_company(name, company)}"

    @property
    def start(self) -> dt.datetime | dt.date:
        """The moment, or the day."""
        return dt.datetime.combine(self.date, self.time, ZoneInfo(self.zone)) if self.time else self.date

    def notes(self, style: Style) -> str:
        """What stands below the title: the number, what was agreed on, the memo."""
        day = f"{self.spoken_on.day} {self.spoken_on:%B %Y}"
        heard, said = on_one_line(self.heard), "Agreed" if self.agreed else "Noted"
        lines = (
            tel(self.phone) or on_one_line(self.phone),
            f"{said} on {day}: “{heard}”" if heard else f"{said} on {day}",
            f"Called in vain since the last talk: {self.in_vain}" if self.in_vain else "",
            clean(self.text) if style.with_memo else "",
            f"Memo {self.memo_id}",
        )
        return "\n".join(line for line in lines if line)

    def fingerprint(self, style: Style) -> str:
        """Differs when the event would."""
        # Without what is so of most calls: their events need not be written anew where they came before it.
        *told, agreed, in_vain = astuple(self)
        more = () if agreed and not in_vain else (agreed, in_vain)
        return hashlib.sha256(repr((_EDITION, (*told, *more), astuple(style))).encode("utf-8", "replace")).hexdigest()

    def make(self, style: Style, changed_at: dt.datetime) -> Event:
        """The event, as changed last at `changed_at`.

        A call with a time is an event in its zone; one without is an event of the whole day that leaves the day free. A
        call that is closed is cancelled and does not ring.
        """
        from icalendar import Event, vUri

        event = Event()
        event.add("UID", self.uid)
        event.add("SEQUENCE", self.sequence)
        event.add("DTSTAMP", changed_at.astimezone(dt.UTC))
        event.add("LAST-MODIFIED", changed_at.astimezone(dt.UTC))
        event.add("DTSTART", self.start)
        event.add("DTEND", self.start + (style.length if self.time else dt.timedelta(days=1)))
        event.add("SUMMARY", self.title)
        event.add("DESCRIPTION", self.notes(style))
        event.add("STATUS", "CANCELLED" if self.closed else "CONFIRMED")
        event.add("TRANSP", "TRANSPARENT" if self.closed or not self.time else "OPAQUE")
        if link := tel(self.phone):
            event.add("URL", vUri(link))
        trigger = _trigger(self, style)
        if trigger is not None and not self.closed:
            event.add_component(_alarm(self.title, trigger))
        return event


def calendar(components: Iterable[Event | Todo], *, name: str | None = None) -> bytes:
    """A whole calendar file with these components and the time zones that they need; `name` is what it is called."""
    from icalendar import Calendar

    made = Calendar()
    made.add("PRODID", PRODUCT)
    made.add("VERSION", "2.0")
    if name:
        # Not in any standard; what calendars that subscribe to a file go by.
        made.add("X-WR-CALNAME", name)
    for component in components:
        made.add_component(component)
    return written(made)


def written(made: Calendar) -> bytes:
    """`made` as a file, with a definition of each zone that it names and does not define."""
    from memos.calendar.verbatim import keep_texts

    keep_texts(made)
    years = [when.year for one in (*made.events, *made.todos) if (when := _moment_or_none(one)) is not None]
    if years:
        from memos.calendar.zones import definition

        span = dt.date(min(years), 1, 1), dt.date(min(max(years) + 1, min(years) + _YEARS_OF_ZONES), 1, 1)
        ours = [definition(name, *span) for name in sorted(made.get_missing_tzids()) if is_zone(name)]
        made.subcomponents = [*ours, *made.subcomponents]
        made.add_missing_timezones(*span)  # those that others name in their own ways
    return bytes(made.to_ical())


def moment(component: Component) -> dt.datetime | dt.date | None:
    """When an event begins, or a to-do is due, if it is: its day, or its moment as it stands there."""
    from icalendar import Event, Todo

    if isinstance(component, Event):
        return component.start
    return component.DUE if isinstance(component, Todo) else None


def _moment_or_none(component: Component) -> dt.datetime | dt.date | None:
    """The same; None also for one that does not say so, as another program may have put beside ours."""
    try:
        return moment(component)
    except (ValueError, TypeError):
        return None


@cache
def own_zone() -> str:
    """The IANA name of the zone of this machine; UTC where it has none that is known."""
    from tzlocal import get_localzone_name

    name = get_localzone_name()
    return name if is_zone(name) else "UTC"


def is_zone(name: str | None) -> bool:
    """Whether it is the name of a time zone, as America/New_York."""
    try:
        return bool(name) and ZoneInfo(str(name)) is not None
    except (KeyError, OSError, ValueError):  # unknown; a folder of zones; a path
        return False


def _trigger(call: Call, style: Style) -> dt.timedelta | None:
    """When the alarm goes off, seen from the start: of a day that is midnight."""
    if call.time:
        return None if style.alarm is None else -style.alarm
    if style.alarm_at is None:
        return None
    return dt.timedelta(hours=style.alarm_at.hour, minutes=style.alarm_at.minute)


def _alarm(title: str, trigger: dt.timedelta) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", title)
    alarm.add("TRIGGER", trigger)
    return alarm
