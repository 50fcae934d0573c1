"""When a memo was spoken, as recorders write it into the names of their files.

A phone's recorder names a file by its own clock, so the time has no zone and is taken to be this machine's. Such as
``20261121 164005.m4a`` and ``20261121 164005-1A2B3C4D.m4a`` (iPhone, as the Voice Memos app keeps them),
``Voice 261121_164005.m4a`` and ``Call recording Dana_261121_164005.m4a`` (Samsung), ``recording-20261121-164005.m4a``
(Pixel), ``2026-11-21-16-40-05.mp3`` and ``11-21-16.40.05`` (Xiaomi; the latter has no year and is passed over).
"""

import re
from datetime import datetime
from typing import Final

_DAY: Final = r"(?P<year>(?:20)?[0-9]{2})(?P<d>[-_.]?)(?P<month>[0-9]{2})(?P=d)(?P<day>[0-9]{2})"
_CLOCK: Final = r"(?P<hour>[0-9]{2})(?P<c>[-_.:]?)(?P<minute>[0-9]{2})(?:(?P=c)(?P<second>[0-9]{2}))?"
_PARTS: Final = ("month", "day", "hour", "minute", "second")
_TIME: Final = re.compile(rf"(?<![0-9]){_DAY}[ _T-]{{1,3}}(?:at )?{_CLOCK}(?![0-9])")


def time_in_name(name: str) -> datetime | None:
    """The time that the name of a file gives, with the zone of this machine; None where it gives none.

    A day alone is no time, and digits that are no day or no time of day are none either.
    """
    for found in _TIME.finditer(name):
        year = found["year"]
        # Six digits are a day only beside six of a time: "261121_164005".
        if len(year) == 2 and (found["d"] or found["second"] is None):
            continue
        try:
            month, day, hour, minute, second = (int(found[part] or 0) for part in _PARTS)
            century = 2000 if len(year) == 2 else 0
            return datetime(century + int(year), month, day, hour, minute, second).astimezone()
        except (ValueError, OverflowError):
            continue
    return None
