"""The recorder: from a source, block by block, to a recording on disk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from pathlib import Path
from typing import Final

from capture.endpoint import Endpointer, EndpointSettings, Phase
from capture.errors import MicrophoneLost, NoSpeech
from capture.inbox import Inbox
from capture.level import ZeroWatch
from capture.open_recording import OpenRecording
from capture.pcm import BLOCK_BYTES, BLOCK_SECONDS, SAMPLE_RATE, SILENCE_DBFS, level_dbfs, seconds
from capture.recording import EndedBy, Recording
from capture.sources import Source
from capture.trim import Trim
from capture.whispering import Whispering
from ground.errors import DiskTrouble

POLL_SECONDS: Final = 0.1
"""How long a read waits before keys and signals are looked at again."""

STALLED_SECONDS: Final = 0.8
"""A source that gives nothing for this long is said to be stalled, so that it is known within a second."""

_ENDINGS: Final = {
    Phase.OVER: EndedBy.SILENCE,
    Phase.NOBODY: EndedBy.NO_SPEECH,
    Phase.FULL: EndedBy.MAX_SECONDS,
}


class Fault(Enum):
    """What is wrong with the source in the middle of a memo: what is said now is lost."""

    STALLED = auto()
    """It has given nothing for too long, neither sound nor silence."""
    ZEROS = auto()
    """It gives exact zeros, where it gave sound before: muted, unplugged, or another device has taken its place."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How a recording stands, after each block.

    An end is *offered* while ``phase`` is OFFERED: the text up to ``speech_end`` can be shown, and the microphone stays
    open. When a later ``phase`` is SPEAKING the offer is withdrawn, and the memo goes on as if nothing had been. The
    first key of a reading is handed to the recorder (``asked_to_stop``: ``EndedBy.READING``), which closes the
    microphone; nothing may be played before :meth:`Recorder.record` has returned, so that no sound of our own is ever
    part of a memo or takes an offer back.

    :ivar elapsed: seconds of sound.
    :ivar level: dBFS of the last block.
    :ivar countdown: seconds until silence ends it; None while it does not run.
    :ivar probability: of speech in the last block; None: there was no block (``Fault.STALLED``).
    :ivar speech_end: samples from the first to where the memo's own voice was last heard; None before it spoke.
    :ivar remaining: seconds until the greatest length ends it, in the last 30 s before that; None until then.
    :ivar fault: what is wrong with the source, for as long as it is.
    """

    elapsed: float
    level: float
    phase: Phase
    countdown: float | None
    overflows: int
    probability: float | None
    speech_end: int | None = None
    remaining: float | None = None
    fault: Fault | None = None

    @property
    def stalled(self) -> bool:
        """Whether the source has given nothing for too long."""
        return self.fault is Fault.STALLED


@dataclass(frozen=True, slots=True)
class Recorded:
    """A finished recording, and what cut it short if something did."""

    recording: Recording
    trouble: MicrophoneLost | None = None


class Recorder:
    """Records one memo at a time into an inbox.

    :param speech_probability: of a block of exactly 512 samples, from 0.0 to 1.0.
    :param clock: the time with its zone.
    """

    def __init__(
        self,
        inbox: Inbox,
        speech_probability: Callable[[bytes], float],
        clock: Callable[[], datetime],
        settings: EndpointSettings,
    ) -> None:
        self._inbox = inbox
        self._speech_probability = speech_probability
        self._clock = clock
        self._settings = settings

    def record(
        self,
        source: Source,
        *,
        contact_hint: str | None = None,
        asked_to_stop: Callable[[], EndedBy | None] = lambda: None,
        on_begin: Callable[[Path], None] = lambda path: None,
        on_progress: Callable[[Progress], None] = lambda progress: None,
    ) -> Recorded:
        """Record until silence, the greatest length, the end of the source, or until asked to stop.

        The silence after the last word is not part of the recording, except at the end of a source, which is taken
        as it is.

        :param asked_to_stop: asked after each block; the reason to stop, if there is one.
        :param on_begin: told the file that the samples go to, raw, before the first of them.
        :param on_progress: told how it stands after each block, which is in the file then.
        :raises NoSpeech: nobody spoke in time, and nothing may have been a whisper; nothing is kept.
        :raises NoMicrophone: the source could not be opened; nothing is kept.
        :raises DiskTrouble: the disk refused; what was said until then is kept.
        """
        open_recording = self._inbox.begin(self._clock(), source.name, contact_hint)
        on_begin(open_recording.path)
        memo = _Memo(self._speech_probability, self._settings, watch_for_zeros=source.live)
        trouble: MicrophoneLost | None = None
        try:
            with source:
                ended_by = self._take(source, open_recording, memo, asked_to_stop, on_progress)
        except MicrophoneLost as lost:
            trouble, ended_by = lost, EndedBy.MICROPHONE_LOST
        except BaseException as error:
            # Whatever it was, sound that is on disk becomes a recording; without any, no trace is left.
            self._keep_what_there_is(open_recording, error)
            raise
        nobody = ended_by in (EndedBy.NO_SPEECH, EndedBy.END_OF_SOURCE) and not memo.has_speech
        if open_recording.duration == 0 or (nobody and not memo.is_whispered()):
            open_recording.abandon()
            if trouble:
                raise trouble
            raise NoSpeech(f"Nobody spoke ({source.name}), so nothing was kept.")
        samples = None if ended_by is EndedBy.END_OF_SOURCE else memo.samples
        if ended_by is EndedBy.NO_SPEECH:
            ended_by = EndedBy.SILENCE
        return Recorded(open_recording.finish(ended_by, source.overflows, samples), trouble)

    def _take(
        self,
        source: Source,
        open_recording: OpenRecording,
        memo: "_Memo",
        asked_to_stop: Callable[[], EndedBy | None],
        on_progress: Callable[[Progress], None],
    ) -> EndedBy:
        while True:
            if asked := asked_to_stop():
                # While the disk was slow, words may have come in that were spoken before the key was pressed.
                waiting = source.waiting()
                open_recording.write(waiting)
                memo.take_all(waiting)
                return asked
            block = source.read(POLL_SECONDS)
            if block is None:
                if source.silent_for > STALLED_SECONDS:
                    on_progress(memo.stalled(source.overflows))
                continue
            open_recording.write(block)
            if len(block) < BLOCK_BYTES:
                return EndedBy.END_OF_SOURCE
            progress = memo.take(block, source.overflows)
            on_progress(progress)
            if ending := _ENDINGS.get(progress.phase):
                if ending is EndedBy.SILENCE and progress.fault is Fault.ZEROS:
                    raise MicrophoneLost(f"{source.name} turned to digital silence. What was said until then is kept.")
                return ending

    @staticmethod
    def _keep_what_there_is(open_recording: OpenRecording, error: BaseException) -> None:
        if open_recording.duration == 0:
            open_recording.abandon()
            return
        try:
            ended_by = EndedBy.DISK if isinstance(error, DiskTrouble) else EndedBy.INTERRUPT
            open_recording.finish(ended_by)
        except DiskTrouble as again:
            error.add_note(str(again))


class _Memo:
    """What is known of a memo while it grows."""

    def __init__(
        self, speech_probability: Callable[[bytes], float], settings: EndpointSettings, *, watch_for_zeros: bool
    ) -> None:
        self._speech_probability = speech_probability
        self._endpointer = Endpointer(settings)
        self._trim = Trim()
        self._whispering = Whispering()
        self._zeros = ZeroWatch() if watch_for_zeros else None
        self._received = 0

    @property
    def has_speech(self) -> bool:
        return self._endpointer.last_speech is not None

    def is_whispered(self) -> bool:
        """Whether what was heard, no voice, may have been a whisper."""
        self._whispering.look()
        return self._whispering.heard

    @property
    def samples(self) -> int | None:
        """How many of it are the memo, without the silence after it; None for all."""
        return self._trim.samples if self.has_speech else None

    def take(self, block: bytes, overflows: int) -> Progress:
        """Judge the next block."""
        self._received += len(block)
        now, level = seconds(self._received), level_dbfs(block)
        probability = self._speech_probability(block)
        self._trim.update(probability)
        if not self.has_speech and self._whispering.update(block):
            self._endpointer.wait_on()
        phase = self._endpointer.update(probability, now - BLOCK_SECONDS, now, level)
        fault = Fault.ZEROS if self._zeros and self._zeros.update(block) else None
        return self._progress(level, phase, self._endpointer.countdown, overflows, probability, fault)

    def take_all(self, waiting: bytes) -> None:
        """Judge what came in after the last block, of any length."""
        for at in range(0, len(waiting), BLOCK_BYTES):
            self.take(waiting[at : at + BLOCK_BYTES].ljust(BLOCK_BYTES, b"\0"), 0)

    def stalled(self, overflows: int) -> Progress:
        """How it stands while no block comes."""
        return self._progress(SILENCE_DBFS, self._endpointer.phase, None, overflows, None, Fault.STALLED)

    def _progress(
        self,
        level: float,
        phase: Phase,
        countdown: float | None,
        overflows: int,
        probability: float | None,
        fault: Fault | None,
    ) -> Progress:
        spoken = self._endpointer.last_speech
        return Progress(
            seconds(self._received),
            level,
            phase,
            countdown,
            overflows,
            probability,
            speech_end=None if spoken is None else round(spoken * SAMPLE_RATE),
            remaining=self._endpointer.remaining,
            fault=fault,
        )
