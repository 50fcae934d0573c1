"""What a reading begins with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from review.ended_call import EndedCall
from transcribe.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A memo that waits to be read.

    :ivar spoken_at: when it was spoken, with zone.
    :ivar duration: seconds of sound.
    :ivar draft: what an earlier review left, as :class:`Draft` wrote it.
    :ivar call: what the phone system noted of the call, where that is known.
    :ivar private: whether it is to be shared with no team; once said so, it stays so when it is read later.
    """

    id: str
    spoken_at: datetime
    duration: float
    source: str
    contact_hint: str | None
    transcript: Transcript
    draft: dict[str, Any] | None
    call: EndedCall | None = None
    private: bool = False
