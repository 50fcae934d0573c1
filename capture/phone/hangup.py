"""When a call is over, judged from who holds the microphone.

A phone app opens the microphone for a call and lets go of it at the end. The policy sees only whether any of them holds
it, and when, so that several calls at once, or an app with several streams, count as one.
"""

from dataclasses import dataclass
from enum import Enum, auto


class CallEvent(Enum):
    """What has become clear."""

    BEGAN = auto()
    """An app took the microphone."""
    HUNG_UP = auto()
    """The last app let go of it, after a call that was long enough to count."""
    GOES_ON = auto()
    """What was taken for a hang-up was none: an app took the microphone again within a moment."""


@dataclass(frozen=True, slots=True)
class HangUpSettings:
    """All in seconds.

    :ivar min_call: a shorter use of the microphone is no call: a sound check, a voice message, a mistake.
    :ivar settle: how long the microphone must be free before that counts as a hang-up. Apps that move to another
        device close their stream and open it anew some 0.1 s later; the cue has to come within half a second.
    :ivar reopen: an app that takes the microphone again within this time had not hung up.
    """

    min_call: float = 5.0
    settle: float = 0.3
    reopen: float = 1.0


class HangUpPolicy:
    """Takes (held, time) pairs in order of time, at every change and now and then between, and tells what they mean."""

    def __init__(self, settings: HangUpSettings) -> None:
        self.settings = settings
        self._began: float | None = None
        self._let_go: float | None = None
        self._reported = False

    @property
    def in_call(self) -> bool:
        """Whether the microphone is held, as far as is known."""
        return self._began is not None and self._let_go is None

    @property
    def is_settling(self) -> bool:
        """Whether something becomes clear by nothing but the time that goes by."""
        return self._let_go is not None and not self._reported

    def update(self, held: bool, now: float) -> CallEvent | None:
        """Take whether any phone app holds the microphone at the time ``now`` (seconds, monotonic)."""
        return self._taken(now) if held else self._free(now)

    def _taken(self, now: float) -> CallEvent | None:
        if self.in_call:
            return None
        goes_on = self._let_go is not None and now - self._let_go <= self.settings.reopen
        was_reported, self._reported, self._let_go = self._reported, False, None
        if goes_on:
            return CallEvent.GOES_ON if was_reported else None
        self._began = now
        return CallEvent.BEGAN

    def _free(self, now: float) -> CallEvent | None:
        if self._began is None:
            return None
        if self._let_go is None:
            self._let_go = now
        if self._reported or now - self._let_go < self.settings.settle:
            return None
        if self._let_go - self._began < self.settings.min_call:
            # Too short to count; but if it goes on within a moment, the call began when it began.
            if now - self._let_go > self.settings.reopen:
                self._began = self._let_go = None
            return None
        self._reported = True
        return CallEvent.HUNG_UP
