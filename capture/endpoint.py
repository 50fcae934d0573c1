"""When a memo begins and when it is over, judged from the probability of speech and the level of each block.

The field calls this endpointing. The policy keeps no sound and no clock, so it behaves the same on a live microphone,
on a file read as fast as it goes, and on a made-up sequence in a test. docs/endpoint.md says how well it does.
"""

from dataclasses import dataclass
from enum import Enum, auto

from capture.nearness import Nearness


@dataclass(frozen=True, slots=True)
class EndpointSettings:
    """All in seconds, but for the two probabilities.

    :ivar end_silence: silence after speech that ends the memo; thinking pauses are shorter.
    :ivar no_speech: how long to wait for the first word.
    :ivar max_seconds: a memo is never longer.
    :ivar start_probability: a block at or above it may be speech. 0.5 is Silero's own default.
    :ivar stay_probability: once speech, still speech down to here; 0.15 lower is Silero's own default. It keeps a
        word's quiet end from being taken for a pause.
    :ivar min_speech: a run of speech shorter than this is a click, a key or a breath and counts for nothing.
    """

    end_silence: float = 2.5
    no_speech: float = 10.0
    max_seconds: float = 600.0
    start_probability: float = 0.5
    stay_probability: float = 0.35
    min_speech: float = 0.2


class Phase(Enum):
    """What the recorder should know after each block."""

    WAITING = auto()
    """Nobody has spoken yet."""
    SPEAKING = auto()
    PAUSING = auto()
    """A silence after speech: the countdown runs."""
    OVER = auto()
    """The silence was long enough."""
    NOBODY = auto()
    """Nobody spoke within the time given."""
    FULL = auto()
    """The memo reached its greatest length."""


class Endpointer:
    """Takes the blocks in order of time and says which phase the memo is in."""

    def __init__(self, settings: EndpointSettings) -> None:
        self.settings = settings
        self.phase = Phase.WAITING
        self._nearness = Nearness()
        self._run_began: float | None = None
        self._last_speech: float | None = None
        self._now = 0.0

    @property
    def last_speech(self) -> float | None:
        """When speech was last heard; None before the first."""
        return self._last_speech

    @property
    def countdown(self) -> float | None:
        """Seconds until the memo is taken to be over; None while nobody pauses."""
        if self.phase is not Phase.PAUSING or self._last_speech is None:
            return None
        return max(0.0, self._last_speech + self.settings.end_silence - self._now)

    def update(self, probability: float, begin: float, end: float, level: float = 0.0) -> Phase:
        """Take the probability of speech of the block from ``begin`` to ``end`` (seconds of sound).

        :param level: of the block, in dBFS. Where all are the same, all speech is the memo's own.
        """
        self._now = end
        near = self._nearness.update(level, probability >= self.settings.start_probability, begin, end)
        self._follow_run(probability if near else 0.0, begin, end)
        self.phase = self._judge()
        return self.phase

    def _follow_run(self, probability: float, begin: float, end: float) -> None:
        threshold = self.settings.start_probability if self._run_began is None else self.settings.stay_probability
        if probability < threshold:
            self._run_began = None
            return
        if self._run_began is None:
            self._run_began = begin
        if end - self._run_began >= self.settings.min_speech:
            self._last_speech = end

    def _judge(self) -> Phase:
        if self._now >= self.settings.max_seconds:
            return Phase.FULL
        if self._last_speech is None:
            # Someone who is in the middle of a first word at the limit has begun in time.
            late = self._now >= self.settings.no_speech and self._run_began is None
            return Phase.NOBODY if late else Phase.WAITING
        silence = self._now - self._last_speech
        if silence >= self.settings.end_silence and self._run_began is None:
            return Phase.OVER
        return Phase.SPEAKING if silence == 0 else Phase.PAUSING
