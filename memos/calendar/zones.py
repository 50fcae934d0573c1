"""Definitions of time zones (RFC 5545, 3.6.5). To be imported late: it loads icalendar.

icalendar (7.3) looks for changes of the clocks in steps of 64 days, and so misses those of Morocco, which puts its
clocks back for the five weeks of Ramadan; and it writes changes as lists (RDATE), of which some servers keep only the
first. Here each change stands by itself, as any reader understands it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_STEP = dt.timedelta(days=5)
"""Shorter than any time between two changes: Egypt once stopped its summer time for two weeks."""


def definition(zone: str, first: dt.date, last: dt.date) -> Timezone:
    """The zone of that IANA name as it is from one day to the other, and after that as it is in the end."""
    defined = Timezone()
    defined.add("TZID", zone)
    begin = dt.datetime.combine(first, dt.time(), dt.UTC) - dt.timedelta(days=1)
    end = dt.datetime.combine(last, dt.time(), dt.UTC)
    for before, onset in pairwise((begin, begin, *_changes(ZoneInfo(zone), begin, end))):
        defined.add_component(_observance(before, onset, ZoneInfo(zone)))
    return defined


def _observance(before: dt.datetime, onset: dt.datetime, zone: ZoneInfo) -> TimezoneStandard | TimezoneDaylight:
    """What holds from `onset` on, after what holds since `before`; both in UTC."""
    after = onset.astimezone(zone)
    made = TimezoneDaylight() if after.dst() else TimezoneStandard()
    was, becomes = before.astimezone(zone).utcoffset(), after.utcoffset()
    assert was is not None
    assert becomes is not None
    made.DTSTART = (onset + was).replace(tzinfo=None)  # on the clocks as they were
    made.TZOFFSETFROM = was
    made.TZOFFSETTO = becomes
    made.add("TZNAME", after.tzname() or zone.key)
    return made


def _changes(zone: ZoneInfo, begin: dt.datetime, end: dt.datetime) -> Iterator[dt.datetime]:
    """The moments, in UTC, at which the clocks or the name of the time change."""
    steps = range((end - begin) // _STEP + 2)
    for early, late in pairwise(begin + _STEP * step for step in steps):
        if _kept(zone, early) != _kept(zone, late):
            yield _between(zone, early, int(_STEP.total_seconds()))


def _between(zone: ZoneInfo, early: dt.datetime, seconds: int) -> dt.datetime:
    """The first second at which it is not as it was at `early`; at the latest it is after so many."""
    same, other = 0, seconds
    while other - same > 1:
        middle = (same + other) // 2
        if _kept(zone, early + dt.timedelta(seconds=middle)) == _kept(zone, early):
            same = middle
        else:
            other = middle
    return early + dt.timedelta(seconds=other)


def _kept(zone: ZoneInfo, moment: dt.datetime) -> tuple[object, ...]:
    local = moment.astimezone(zone)
    return local.utcoffset(), local.dst(), local.tzname()
