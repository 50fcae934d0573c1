"""The recorder: from a source, block by block, to a recording on disk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from capture.endpoint import Endpointer, EndpointSettings, Phase
from capture.errors import MicrophoneLost, NoSpeech
from capture.inbox import Inbox
from capture.open_recording import OpenRecording
from capture.pcm import BLOCK_BYTES, BLOCK_SECONDS, SILENCE_DBFS, level_dbfs, seconds
from capture.recording import EndedBy, Recording
from capture.sources import Source
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


@dataclass(frozen=True, slots=True)
class Progress:
    """How a recording stands, after each block.

    :ivar elapsed: seconds of sound.
    :ivar level: dBFS of the last block.
    :ivar countdown: seconds until silence ends it; None while it does not run.
    :ivar probability: of speech in the last block; None: there was no block, nothing has come from the source for too
        long, neither sound nor silence.
    """

    elapsed: float
    level: float
    phase: Phase
    countdown: float | None
    overflows: int
    probability: float | None

    @property
    def stalled(self) -> bool:
        """Whether the source has given nothing for too long."""
        return self.probability is None


@dataclass(frozen=True, slots=True)
class Outcome:
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
    ) -> Outcome:
        """Record until silence, the greatest length, the end of the source, or until asked to stop.

        :param on_begin: told the file that the samples go to, raw, before the first of them.
        :param on_progress: told how it stands after each block, which is in the file then.
        :raises NoSpeech: nobody spoke in time; nothing is kept.
        :raises NoMicrophone: the source could not be opened; nothing is kept.
        :raises DiskTrouble: the disk refused; what was said until then is kept.
        """
        open_recording = self._inbox.begin(self._clock(), source.name, contact_hint)
        on_begin(open_recording.path)
        endpointer = Endpointer(self._settings)
        trouble: MicrophoneLost | None = None
        try:
            with source:
                ended_by = self._take(source, open_recording, endpointer, asked_to_stop, on_progress)
        except MicrophoneLost as lost:
            trouble, ended_by = lost, EndedBy.MICROPHONE_LOST
        except BaseException as error:
            # Whatever it was, sound that is on disk becomes a recording; without any, no trace is left.
            self._keep_what_there_is(open_recording, error)
            raise
        silent_file = ended_by is EndedBy.END_OF_SOURCE and endpointer.last_speech is None
        if open_recording.duration == 0 or ended_by is EndedBy.NO_SPEECH or silent_file:
            open_recording.abandon()
            if trouble:
                raise trouble
            raise NoSpeech(f"Nobody spoke ({source.name}), so nothing was kept.")
        return Outcome(open_recording.finish(ended_by, source.overflows), trouble)

    def _take(
        self,
        source: Source,
        open_recording: OpenRecording,
        endpointer: Endpointer,
        asked_to_stop: Callable[[], EndedBy | None],
        on_progress: Callable[[Progress], None],
    ) -> EndedBy:
        received = 0
        while True:
            if asked := asked_to_stop():
                # While the disk was slow, words may have come in that were spoken before the key was pressed.
                open_recording.write(source.waiting())
                return asked
            block = source.read(POLL_SECONDS)
            if block is None:
                if source.silent_for > STALLED_SECONDS:
                    on_progress(Progress(seconds(received), SILENCE_DBFS, endpointer.phase, None, 0, None))
                continue
            open_recording.write(block)
            received += len(block)
            if len(block) < BLOCK_BYTES:
                return EndedBy.END_OF_SOURCE
            now, level = seconds(received), level_dbfs(block)
            probability = self._speech_probability(block)
            phase = endpointer.update(probability, now - BLOCK_SECONDS, now, level)
            on_progress(Progress(now, level, phase, endpointer.countdown, source.overflows, probability))
            if ending := _ENDINGS.get(phase):
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
