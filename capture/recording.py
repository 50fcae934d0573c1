"""The facts of one recording, and the id that names it from then on."""

import math
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import count
from typing import Any, Final, Self

from capture.pcm import SAMPLE_RATE

_ID: Final = re.compile(r"[12][0-9]{7}-[0-9]{6}-[0-9a-f]{4}")

_PARTS: Final = 0x10000
"""Of a second, that an id tells apart."""

_STEP: Final = timedelta(microseconds=math.ceil(1_000_000 / _PARTS))
"""From an id to a later one."""


class EndedBy(StrEnum):
    """Why a recording is over."""

    ENTER = "enter"
    LATER = "later"
    INTERRUPT = "interrupt"
    PHONE = "another call"
    CALL_GOES_ON = "the call goes on"
    READING = "the reading began"
    SILENCE = "silence"
    NO_SPEECH = "no speech"
    MAX_SECONDS = "max seconds"
    END_OF_SOURCE = "end of source"
    MICROPHONE_LOST = "microphone lost"
    DISK = "disk"
    RECOVERED = "recovered after a crash"
    IMPORTED = "imported"
    TYPED = "typed"


def new_id(now: datetime, suffix: str | None = None) -> str:
    """An id that sorts by time and is short enough to type the end of: ``20261121-164005-7f3a``.

    The time is UTC, so that neither travel nor the end of summer time breaks the order. ``suffix`` is four hex
    digits; without it they are the part of the second, in 65,536ths, so that ids made within one second sort as well
    and their ends still differ from day to day.
    """
    moment = now.astimezone(UTC)
    return f"{moment:%Y%m%d-%H%M%S}-{suffix or f'{moment.microsecond * _PARTS // 1_000_000:04x}'}"


def ids_from(now: datetime) -> Iterator[str]:
    """The ids that something made at ``now`` may get, without end: that of the moment, then later and later ones.

    The first that is free is its own; whoever creates the file must do so exclusively.
    """
    moment = now.astimezone(UTC)
    return (new_id(moment + step * _STEP) for step in count())


def is_id(text: str) -> bool:
    """Whether ``text`` has the form of an id, and begins with a time that exists."""
    try:
        return _ID.fullmatch(text) is not None and time_of(text) is not None
    except ValueError:
        return False


def time_of(recording_id: str) -> datetime:
    """The time an id was made from, in UTC."""
    return datetime.strptime(recording_id[:15], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Recording:
    """The facts of one recorded memo.

    :ivar spoken_at: when it began, with zone.
    :ivar duration: seconds; None while it is still being recorded.
    :ivar source: where the sound came from, for a person to read ("microphone: USB Headset").
    :ivar contact_hint: whom the rep said the call was with, before speaking.
    :ivar ended_by: None while it is still being recorded.
    :ivar overflows: times the device reported that samples were dropped.
    """

    id: str
    spoken_at: datetime
    duration: float | None
    source: str
    contact_hint: str | None = None
    ended_by: EndedBy | None = None
    overflows: int = 0
    sample_rate: int = SAMPLE_RATE

    def ended(self, ended_by: EndedBy, duration: float, overflows: int = 0) -> Self:
        """The same recording, over."""
        return replace(self, ended_by=ended_by, duration=duration, overflows=overflows)

    def to_dict(self) -> dict[str, Any]:
        """For JSON; the time as ISO 8601 with its offset."""
        return asdict(self) | {"spoken_at": self.spoken_at.isoformat()}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """The reverse of :meth:`to_dict`.

        :raises ValueError: if a fact is missing or makes no sense.
        """
        try:
            spoken_at = datetime.fromisoformat(data["spoken_at"])
            ended_by = EndedBy(data["ended_by"]) if data["ended_by"] else None
            recording = cls(**data | {"spoken_at": spoken_at, "ended_by": ended_by})
        except (KeyError, TypeError) as error:
            raise ValueError(f"facts of a recording: {error}") from error
        if not recording._makes_sense():
            raise ValueError("facts of a recording: no zone, no id, or a value of the wrong kind")
        return recording

    def _makes_sense(self) -> bool:
        """Whether the facts are of the declared types, which those read from a file need not be."""
        return (
            isinstance(self.id, str)
            and is_id(self.id)
            and self.spoken_at.tzinfo is not None
            and (self.duration is None or (isinstance(self.duration, int | float) and 0 <= self.duration < math.inf))
            and isinstance(self.source, str)
            and isinstance(self.contact_hint, str | None)
            and isinstance(self.overflows, int)
            and self.sample_rate == SAMPLE_RATE
        )
