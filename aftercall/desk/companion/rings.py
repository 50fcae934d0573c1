"""Which promised calls are to ring, and what was rung: each call once for the moment that it is promised for.

A call rings at its time, one without a time at ``calendar_alarm_at`` of its day, both on the rep's own clock. Moved to
another moment it rings at that; made, or called off, it rings no more.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from ground.durable import atomic_file, disk_trouble, private_folder
from ground.reader import Senseless, read_json
from memos.lateness import local_due
from memos.slots import Slot

LATE: Final = timedelta(minutes=2)
"""Rung later than this, a call was missed: the machine was asleep or off, or nothing was there to ring."""

_CLOCK_WAS_WRONG: Final = timedelta(hours=28)
"""A call that was rung more than this before its moment was rung by a clock that was wrong, and counts as not rung. No
journey takes a clock back as far: zones lie at most 26 hours apart."""

_KEPT: Final = timedelta(days=60)
"""How long it is known of a closed call that it was rung, since it may be opened again."""


@dataclass(frozen=True, slots=True)
class Ring:
    """A call that is to ring.

    :ivar call_id: the number of the follow-up in the store.
    :ivar moment: when, with the zone of this machine.
    :ivar key: of this call for this moment, as it was promised.
    """

    call_id: int
    memo_id: str
    moment: datetime
    key: str


def ring_of(slot: Slot, alarm_at: time | None) -> Ring | None:
    """When an open call rings; None: never, since it has no time and there is none for those without."""
    day, at = local_due(slot)
    at = at or alarm_at
    if at is None:
        return None
    try:
        moment = datetime.combine(day, at).astimezone()
    except (OverflowError, ValueError, OSError):  # a year that this machine's clock never shows
        return None
    key = " ".join((slot.memo_id, slot.due_date.isoformat(), f"{slot.due_time or ''}", slot.due_zone or ""))
    return Ring(slot.id, slot.memo_id, moment, key.rstrip())


def to_ring(slots: Iterable[Slot], alarm_at: time | None, rung: "Rung", now: datetime) -> list[Ring]:
    """The calls whose moment has come and that were not rung for it, the first to come before the others."""
    rings = (ring for slot in slots if (ring := ring_of(slot, alarm_at)) is not None)
    return sorted(
        (ring for ring in rings if ring.moment <= now and not rung.has(ring)), key=lambda ring: (ring.moment, ring.key)
    )


def next_moment(slots: Iterable[Slot], alarm_at: time | None, now: datetime) -> datetime | None:
    """When the next call after ``now`` rings; None where none does."""
    rings = (ring_of(slot, alarm_at) for slot in slots)
    return min((ring.moment for ring in rings if ring is not None and ring.moment > now), default=None)


def evening_to_ring(evening_at: time | None, rung: "Rung", now: datetime) -> bool:
    """Whether the evening has come, and nothing was said of what waits on this day."""
    return evening_at is not None and now.time() >= evening_at and rung.evening != now.date()


@dataclass(frozen=True, slots=True)
class Rung:
    """What was rung, as it is kept on disk.

    :ivar at: by the key of each ring, the moment it was for.
    :ivar evening: the last day on which was said what waits.
    """

    at: Mapping[str, datetime]
    evening: date | None = None

    def has(self, ring: Ring) -> bool:
        """Whether the call was rung for that moment."""
        return ring.key in self.at

    def with_rings(self, rings: Iterable[Ring], *, open_keys: Collection[str], now: datetime) -> "Rung":
        """The same with these, and without what is over for long."""
        kept = {key: at for key, at in self.at.items() if key in open_keys or now - at < _KEPT}
        return Rung(kept | {ring.key: ring.moment for ring in rings}, self.evening)

    def believed(self, now: datetime) -> "Rung":
        """The same without what was rung by a clock that was wrong."""
        evening = None if self.evening and self.evening > now.date() + timedelta(days=1) else self.evening
        return Rung({key: at for key, at in self.at.items() if at - now < _CLOCK_WAS_WRONG}, evening)

    @classmethod
    def read(cls, path: Path) -> "Rung":
        """As it was written. A file that makes no sense counts as none: better to ring twice than never."""
        try:
            data: dict[str, Any] = read_json(path)
            at = {str(key): datetime.fromisoformat(moment) for key, moment in data["rung"].items()}
            evening = date.fromisoformat(data["evening"]) if data["evening"] else None
        except (OSError, Senseless, ValueError, TypeError, KeyError, AttributeError):
            return cls({})
        return cls({key: moment for key, moment in at.items() if moment.tzinfo}, evening)

    def write(self, path: Path) -> None:
        """Keep it.

        :raises DiskTrouble: what was kept before is still there.
        """
        data = {
            "rung": {key: at.isoformat() for key, at in self.at.items()},
            "evening": self.evening.isoformat() if self.evening else None,
        }
        with disk_trouble("What was rung may ring once more."):
            private_folder(path.parent)
            with atomic_file(path) as file:
                file.write(json.dumps(data, indent=1).encode())
