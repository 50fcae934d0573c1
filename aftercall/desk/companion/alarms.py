"""What is said when calls ring: one notification for each, or a list where they are many or were missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from aftercall.desk.companion.desktop import Notification
from aftercall.desk.companion.rings import LATE, Ring
from aftercall.desk.openings import OpeningSettings, opening
from aftercall.desk.reminder import waiting_line
from aftercall.desk.words import clock_time, short_day
from memos.calendar.text import tel
from memos.models import NAMELESS, DueCall

CALL: Final = "call"
BRIEF: Final = "brief"
IN_AN_HOUR: Final = "hour"
TOMORROW: Final = "tomorrow"
SHOW_DUE: Final = "due"
READ: Final = "read"

_MOST_APART: Final = 3
"""Calls that ring at once and have a notification each: five at nine o'clock are a list."""

_MOST_LINES: Final = 6


@dataclass(frozen=True, slots=True)
class Alarm:
    """A notification, and the call that it is of; None: a list, or what waits to be read."""

    notification: Notification
    call: DueCall | None = None


def alarms(rings: Sequence[Ring], calls: Sequence[DueCall], now: datetime, openings: OpeningSettings) -> list[Alarm]:
    """What is said of these calls, each of which stands beside its ring."""
    both = list(zip(rings, calls, strict=True))
    late = [each for each in both if now - each[0].moment > LATE]
    in_time = [each for each in both if now - each[0].moment <= LATE]
    said = []
    if len(late) > 1:
        said.append(_list(f"{len(late)} calls came due while nothing could ring", late, now))
        late = []
    if len(in_time) > _MOST_APART:
        said.append(_list(f"{len(in_time)} calls are due", in_time, now))
        in_time = []
    return said + [_one(ring, call, now, openings) for ring, call in late + in_time]


def waiting_alarm(count: int, *, evening: bool) -> Alarm:
    """What is said of memos that wait to be read."""
    line = f"{waiting_line(count)}{' before the day ends' if evening else ''}."
    return Alarm(Notification("aftercall", line, {READ: "Read"}, clicked=READ))


def _one(ring: Ring, call: DueCall, now: datetime, openings: OpeningSettings) -> Alarm:
    contact = call.follow_up.contact
    day = ring.moment.date()
    wrong = call.attempts.wrong_since(contact.phone) if contact and contact.phone else None
    lines = [
        f"{contact.phone} (turned out to be a wrong number)"
        if wrong and contact
        else (contact and contact.phone) or "",
        _when(ring, call, now),
        opening(call, day, now.date(), openings).words,
    ]
    buttons = {}
    if contact and tel(contact.phone) and not wrong:
        buttons[CALL] = "Call"
    if contact:
        buttons[BRIEF] = "Brief"
    buttons |= {IN_AN_HOUR: "In an hour", TOMORROW: "Tomorrow"}
    title = f"Call {contact.called if contact else NAMELESS}"
    return Alarm(Notification(title, "\n".join(filter(None, lines)), buttons, BRIEF if contact else None), call)


def _when(ring: Ring, call: DueCall, now: datetime) -> str:
    """ "due 14:30", "was due Mon 23 Nov 14:30"; a call without a time is due "today"."""
    at = clock_time(ring.moment.time()) if call.follow_up.due_time else ""
    day = ring.moment.date()
    if now - ring.moment <= LATE:
        return f"due {at or 'today'}"
    return f"was due {' '.join(filter(None, (_day(day, now.date()), at)))}"


def _day(day: date, today: date) -> str:
    return "today" if day == today else short_day(day, today)


def _list(title: str, both: Sequence[tuple[Ring, DueCall]], now: datetime) -> Alarm:
    lines = [
        f"{call.follow_up.contact.called if call.follow_up.contact else NAMELESS}, {_when(ring, call, now)}"
        for ring, call in both[:_MOST_LINES]
    ]
    if more := len(both) - _MOST_LINES:
        lines += [f"and {more} more"] if more > 0 else []
    return Alarm(Notification(title, "\n".join(lines), {SHOW_DUE: "Show"}, clicked=SHOW_DUE))
