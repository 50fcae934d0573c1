"""One order for what is done on machines whose clocks disagree: a hybrid logical clock.

Kulkarni, Demirbas, Madappa, Avva, Leone: Logical Physical Clocks (OPODIS 2014). A stamp is the time, as long as that
is later than every stamp seen so far; where it is not, the latest of them, counted on. So what was done after
something else was seen sorts after it, however wrong the clock; and where clocks are right, stamps are times.
"""

from __future__ import annotations

from typing import Final

_DIGITS: Final = 6

SMALLEST: Final = ""
"""Sorts before every stamp."""


def after(seen: str, moment: str, device: str) -> str:
    """The next stamp: later than `seen`, and not earlier than `moment`.

    `seen` is the greatest stamp so far, or SMALLEST; `moment` is in UTC as :func:`memos.records.utc` writes it. Stamps
    sort as texts, and begin with a time in that form. Two devices never make the same one.
    """
    time, count = _parts(seen)
    if moment > time:
        return _stamp(moment, 0, device)
    return _stamp(time, count + 1, device)


def at(moment: str, count: int, device: str) -> str:
    """The stamp of what was done at a time that is known, before the store was in a team."""
    return _stamp(moment, count, device)


def time_of(stamp: str) -> str:
    """The time with which a stamp begins."""
    return stamp.partition("/")[0]


def _stamp(moment: str, count: int, device: str) -> str:
    return f"{moment}/{count:0{_DIGITS}x}/{device}"


def _parts(stamp: str) -> tuple[str, int]:
    time, _, rest = stamp.partition("/")
    return time, int(rest.partition("/")[0] or "0", 16) if rest else 0
