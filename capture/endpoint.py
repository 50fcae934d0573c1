"""When a memo begins, when its end is offered and when it is over, from the probability of speech and the level of
each block.

The field calls this endpointing. No length of silence tells a pause for thought from an end, so an end is only an
offer at first: whoever speaks on takes it back, and it has cost nothing. The policy keeps no sound and no clock, so it
behaves the same on a live microphone, on a file read as fast as it goes, and on a made-up sequence in a test.
docs/endpoint.md says how well it does.
"""

import math
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from capture.nearness import NEAR, WITHIN_EARSHOT, Nearness

ANNOUNCED_SECONDS: Final = 30.0
"""How long before its greatest length a memo is told of it: time to finish the sentence and say what matters."""

SOFT_SECONDS: Final = 5.0
"""How long what follows a silence may stay soft, without one syllable that is near, and be the rep's own voice: people
who grow softer after a pause come near sooner, others who begin to talk do not (docs/endpoint.md)."""

ALONE_SECONDS: Final = 15.0
"""How long a silence in which nobody was heard says that nobody talks behind the rep: people at other tables pause as
well, and now and then one of them comes near."""


@dataclass(frozen=True, slots=True)
class EndpointSettings:
    """All in seconds, but for the two probabilities.

    :ivar offer_silence: silence after speech after which the end is offered; whoever speaks on takes it back.
    :ivar closing_silence: silence after speech that ends the memo where nobody answers the offer. Where it is no longer
        than ``offer_silence`` the offer itself is the end: for one who has no way to take it back. Infinite: never.
    :ivar no_speech: how long to wait for the first word. Infinite: for ever.
    :ivar max_seconds: a memo is never longer.
    :ivar start_probability: a block at or above it may be speech. 0.5 is Silero's own default.
    :ivar stay_probability: once speech, still speech down to here; 0.15 lower is Silero's own default. It keeps a
        word's quiet end from being taken for a pause.
    :ivar min_speech: a run of speech shorter than this is a click, a key or a breath and counts for nothing.
    """

    offer_silence: float = 1.2
    closing_silence: float = 15.0
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
    """Also after an offer: then it is withdrawn, and the memo goes on."""
    PAUSING = auto()
    """A silence after speech, too short to mean anything."""
    OFFERED = auto()
    """A silence after speech that may be the end: the offer stands, and the microphone is open."""
    OVER = auto()
    """The silence was long enough."""
    NOBODY = auto()
    """Nobody spoke within the time given."""
    FULL = auto()
    """The memo reached its greatest length."""


class _Runs:
    """The runs of speech in the blocks: where the last one that counts ended, and whether one is going on."""

    def __init__(self, settings: EndpointSettings) -> None:
        self._settings = settings
        self._began: float | None = None
        self.last: float | None = None

    @property
    def going_on(self) -> bool:
        """Whether the last block was speech, though the run may be too short to count yet."""
        return self._began is not None

    def update(self, probability: float, begin: float, end: float) -> None:
        """Take the block from ``begin`` to ``end``."""
        settings = self._settings
        threshold = settings.start_probability if self._began is None else settings.stay_probability
        if probability < threshold:
            self._began = None
            return
        if self._began is None:
            self._began = begin
        if end - self._began >= settings.min_speech:
            self.last = end


class Endpointer:
    """Takes the blocks in order of time and says which phase the memo is in.

    Two silences are told apart. The one that offers an end is that of the memo's own voice: people behind it do not
    delay the offer for long. The one that closes the microphone is that of everybody within earshot: while there is
    speech that could be the rep's, if softer, it stays open.

    The memo's own voice is what is near. Where nobody at all was heard for as long as it takes to offer an end, nobody
    talks behind it, and what comes in the next :data:`ALONE_SECONDS` is its own as far as earshot, until it has gone on
    without a near syllable for :data:`SOFT_SECONDS`: people speak on more softly after a pause.
    """

    def __init__(self, settings: EndpointSettings) -> None:
        self.settings = settings
        self.phase = Phase.WAITING
        self._nearness = Nearness()
        self._own = _Runs(settings)
        self._near = _Runs(settings)
        self._anybody = _Runs(settings)
        self._alone_at: float | None = None
        offer_is_the_end = settings.closing_silence <= settings.offer_silence
        self._closing = self._own if offer_is_the_end else self._anybody
        self._closing_silence = max(settings.offer_silence, settings.closing_silence)
        self._now = self._waiting_since = 0.0

    @property
    def last_speech(self) -> float | None:
        """When the memo's own voice was last heard; None before the first."""
        return self._own.last

    @property
    def countdown(self) -> float | None:
        """Seconds until the memo is taken to be over; None while nobody pauses, or where no silence ends it."""
        if self.phase not in (Phase.PAUSING, Phase.OFFERED) or self._closing_silence == math.inf:
            return None
        return max(0.0, self._closing_silence - self._silence(self._closing))

    @property
    def remaining(self) -> float | None:
        """Seconds until the greatest length; None until the last :data:`ANNOUNCED_SECONDS` of it."""
        left = max(0.0, self.settings.max_seconds - self._now)
        return left if left <= ANNOUNCED_SECONDS else None

    def update(self, probability: float, begin: float, end: float, level: float = 0.0) -> Phase:
        """Take the probability of speech of the block from ``begin`` to ``end`` (seconds of sound).

        :param level: of the block, in dBFS. Where all are the same, all speech is the memo's own.
        """
        self._now = end
        below = self._nearness.update(level, probability >= self.settings.start_probability, end - begin)
        self._near.update(probability if below <= NEAR else 0.0, begin, end)
        self._anybody.update(probability if below <= WITHIN_EARSHOT else 0.0, begin, end)
        reach = WITHIN_EARSHOT if self._is_alone() else NEAR
        self._own.update(probability if below <= reach else 0.0, begin, end)
        self.phase = self._judge()
        return self.phase

    def wait_on(self) -> None:
        """Give whoever has not spoken yet ``no_speech`` from now on: something may have been a whisper."""
        self._waiting_since = self._now

    def _is_alone(self) -> bool:
        """Whether nobody but the rep has been heard of late."""
        if not self._anybody.going_on and self._silence(self._anybody) >= self.settings.offer_silence:
            self._alone_at = self._now
        elif self._alone_at is not None:
            near = max(self._alone_at, self._near.last or 0.0)
            if self._now - near >= SOFT_SECONDS or self._now - self._alone_at >= ALONE_SECONDS:
                self._alone_at = None
        return self._alone_at is not None

    def _silence(self, runs: _Runs) -> float:
        return self._now - (runs.last or 0.0)

    def _judge(self) -> Phase:
        if self._now >= self.settings.max_seconds:
            return Phase.FULL
        if self._own.last is None:
            # Someone who is in the middle of a first word at the limit has begun in time.
            late = self._now - self._waiting_since >= self.settings.no_speech and not self._own.going_on
            return Phase.NOBODY if late else Phase.WAITING
        silence = self._silence(self._own)
        if silence == 0:
            return Phase.SPEAKING
        if silence < self.settings.offer_silence:
            return Phase.PAUSING
        if self._own.going_on:
            # A first syllable, or a click: it neither makes an offer nor takes one back before it counts.
            return Phase.OFFERED if self.phase is Phase.OFFERED else Phase.PAUSING
        over = self._silence(self._closing) >= self._closing_silence and not self._closing.going_on
        return Phase.OVER if over else Phase.OFFERED
