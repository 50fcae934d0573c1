"""When a call is due on the rep's own clock, and how late a late one is.

The bounds follow a rule of sales coaches: a few days late is nothing to talk about, some weeks are worth one apology,
and after months the talk begins anew.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from memos.models import FollowUp
    from memos.slots import Slot


class Lateness(Enum):
    """How to open the call."""

    AS_AGREED = "as agreed"
    """On time, or so little late that it is not mentioned."""

    LATE = "late"
    """Say sorry once, without reasons, and ask where they stand."""

    LONG = "long"
    """Say that it has been long, and ask how things are with them today."""

    NOT_AGREED = "not agreed"
    """On time, but the contact knows of no call, or waited for one that came while they could not be reached."""


def lateness(days_late: int, apologise_after_days: float, long_after_days: float) -> Lateness:
    """How late it is `days_late` after the day that was agreed; the bounds themselves still count to the lower side."""
    if days_late > long_after_days:
        return Lateness.LONG
    return Lateness.LATE if days_late > apologise_after_days else Lateness.AS_AGREED


def local_due(follow_up: FollowUp | Slot, zone: dt.tzinfo | None = None) -> tuple[dt.date, dt.time | None]:
    """The day and time of a call in `zone`, or on this machine's clock.

    A call without a time, or whose zone is not known here, stays on its day: a day has no zone.
    """
    if follow_up.due_time is None or follow_up.due_zone is None:
        return follow_up.due_date, follow_up.due_time
    from zoneinfo import ZoneInfo

    try:
        there = dt.datetime.combine(follow_up.due_date, follow_up.due_time, ZoneInfo(follow_up.due_zone))
        here = there.astimezone(zone)
    except (LookupError, ValueError, OSError, OverflowError):
        return follow_up.due_date, follow_up.due_time
    return here.date(), here.time()
