"""An event as it is found in a calendar: what it says, and how a change of ours goes into it.

A phone keeps more in an event than it was sent: other alarms, a note of having rung, people invited. So a change
replaces what it is about and leaves the rest, and only what a rep would call a change is one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from memos.calendar.event import calendar, is_zone, moment, written
from memos.calendar.text import on_one_line

if TYPE_CHECKING:
    from icalendar import Calendar, Event, Todo

ASKED: Final = ("status", "when", "title", "notes")
"""What a change of theirs is asked about. Any other (alarms, colour, invitations) is theirs to make."""

_STATUS: Final = {"CANCELLED": "cancelled", "COMPLETED": "done"}
"""What a status other than these says is that it is to be done."""

_PROPERTIES: Final = {
    "status": ("STATUS", "TRANSP", "COMPLETED", "PERCENT-COMPLETE"),
    "when": ("DTSTART", "DTEND", "DURATION", "DUE", "TRANSP"),
    "title": ("SUMMARY",),
    "notes": ("DESCRIPTION",),
    "link": ("URL",),
    "alarm": (),
}

Facts = Mapping[str, str]
"""What an event says, by the names of `_PROPERTIES`: comparable, and without its words."""


class Unreadable(ValueError):
    """What is found is no calendar, or the event is not in it."""


def find(file: bytes, uid: str) -> tuple[Calendar, Event | Todo]:
    """The calendar in `file`, and its event or to-do of this UID; of one that was made to repeat, the one that repeats.

    Raises Unreadable.
    """
    from icalendar import Calendar

    try:
        calendar = Calendar.from_ical(file)
        components: list[Event | Todo] = [*calendar.events, *calendar.todos]
        for event in components:
            if str(event.get("UID")) == uid and "RECURRENCE-ID" not in event:
                # What is missing or mangled in them raises here, and not when a change is merged.
                _ = moment(event), calendar.get_missing_tzids()
                return calendar, event
    except (ValueError, LookupError, TypeError, AttributeError) as error:  # as different broken files have it
        raise Unreadable(str(error)) from error
    raise Unreadable(f"no event has the UID {uid}")


def facts(event: Event | Todo, zone: str) -> dict[str, str]:
    """What `event` says. A time without a zone is meant in `zone`."""
    alarms = sorted(alarm.to_ical() for alarm in event.subcomponents if alarm.name == "VALARM")
    return {
        "status": _STATUS.get(str(event.get("STATUS", "")).upper(), "on"),
        "when": at.isoformat() if (at := when(event, zone)) else "",
        "title": _digest(on_one_line(str(event.get("SUMMARY", "")))),
        # Servers and phones lay notes out anew.
        "notes": _digest(on_one_line(str(event.get("DESCRIPTION", "")))),
        "link": _digest(str(event.get("URL", ""))),
        "alarm": _digest(b"".join(alarms).decode("utf-8", "replace")),
    }


def is_done(event: Event | Todo) -> bool:
    """Whether a to-do was ticked off."""
    return _STATUS.get(str(event.get("STATUS", "")).upper()) == "done"


def when(event: Event | Todo, zone: str) -> dt.datetime | dt.date | None:
    """Its day; or its moment in UTC, to the minute.

    Of a to-do it is the day on which it is due, if there is one: what a phone adds of a time is when it rings.
    """
    at = moment(event)
    if not isinstance(at, dt.datetime):
        return at
    if at.tzinfo is None:
        at = at.replace(tzinfo=ZoneInfo(zone))
    if event.name == "VTODO":
        return at.astimezone(ZoneInfo(zone)).date()
    return at.astimezone(dt.UTC).replace(second=0, microsecond=0)


def differing(one: Facts, other: Facts, among: Collection[str] = tuple(_PROPERTIES)) -> set[str]:
    """The names of what differs."""
    return {name for name in among if one.get(name) != other.get(name)}


def merged(there: bytes, ours: Event | Todo, changed: Collection[str]) -> bytes:
    """The file `there` with what `changed` names as in `ours`, and a SEQUENCE above both if that concerns others.

    A file that cannot be read is replaced.
    """
    try:
        whole, event = find(there, str(ours["UID"]))
    except Unreadable:
        return calendar([ours])
    length = _length(event)
    for name in changed:
        for prop in _PROPERTIES[name]:
            event.pop(prop, None)
            if prop in ours:
                event[prop] = ours[prop]
    if "when" in changed:
        _keep_length(event, ours, length)
        # They may define a zone only up to the year of the old date; `written` defines them anew.
        whole.subcomponents = [
            part for part in whole.subcomponents if part.name != "VTIMEZONE" or not is_zone(part.get("TZID"))
        ]
    if "alarm" in changed:
        event.subcomponents = [part for part in event.subcomponents if part.name != "VALARM"]
        event.subcomponents += [part for part in ours.subcomponents if part.name == "VALARM"]
    theirs = _sequence(event)
    rescheduled = bool({"when", "status"} & set(changed))
    event.pop("SEQUENCE", None)
    event.add("SEQUENCE", max(_sequence(ours), theirs + rescheduled))
    for prop in ("DTSTAMP", "LAST-MODIFIED"):
        event[prop] = ours[prop]
    return written(whole)


def _keep_length(event: Event | Todo, ours: Event | Todo, length: dt.timedelta | None) -> None:
    """Let it take as long at its new time as it was made to take at the old one."""
    if length is not None and isinstance(starts := moment(ours), dt.datetime):
        del event["DTEND"]
        event.add("DTEND", starts + length)


def _sequence(event: Event | Todo) -> int:
    try:
        return int(event.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        return 0


def _length(event: Event | Todo) -> dt.timedelta | None:
    """How long a call with a time was made to take; None for a whole day or a to-do, or where it is not said."""
    if event.name == "VTODO" or not isinstance(event.start, dt.datetime) or not ({"DTEND", "DURATION"} & event.keys()):
        return None
    try:
        length: dt.timedelta = event.end - event.start
    except (ValueError, TypeError):
        return None
    return length if length > dt.timedelta(0) else None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
