"""Transcribing a recording while it is being made, so that the text is there when the rep stops talking.

At each pause the open part, from where the last one was closed up to the pause, is transcribed as it stands. If the
silence turns out to be the end, the text is whole before the recorder has decided so. If speech goes on, the part is
done again as a whole at the next pause, not patched: half a sentence is heard better with the other half. A part that
has become long enough is closed at a pause, and the next one is told its last sentences.

The recorder only adds numbers to a list and never waits. If the worker fails, so does nothing but the head start: the
recording is transcribed when it is finished, as a file.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from transcribe.client import Progress, Transcriber
from transcribe.context import told
from transcribe.errors import TranscribeError, UnreadableSound
from transcribe.transcript import Segment, Transcript

CHUNK_SAMPLES: Final = 512
"""Samples, at 16 kHz, that one probability of speech is about: 32 ms."""

_CHUNKS_PER_SECOND: Final = 16_000 / CHUNK_SAMPLES
_SPEECH: Final = 0.5
_QUIET: Final = 0.35
"""Silero's own thresholds, as in transcribe.speech."""

_PAUSE: Final = round(0.4 * _CHUNKS_PER_SECOND)
"""Chunks. A stop consonant is a quarter of this; a breath between two phrases is longer."""

_LONG_ENOUGH: Final = round(10 * _CHUNKS_PER_SECOND)
"""Chunks after which a part is closed at a pause. Shorter parts cost accuracy, longer ones are done again too often."""

_LONGEST: Final = 2 * _LONG_ENOUGH
"""Chunks after which a part is closed where speech is least probable: some people never pause."""

_MIN_SPEECH: Final = 3
"""Chunks. Less is a click, as in transcribe.speech."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What was heard in the open part.

    :ivar end: the chunk up to which it was listened to.
    """

    end: int
    heard: Transcript


class LiveTranscription:
    """Follows one recording. The recorder's thread calls :meth:`add`, another one :meth:`finish`.

    :param transcriber: nobody else may use it until :meth:`finish` returns.
    :param path: the file that the samples go to: raw, 16 kHz mono, growing.
    :param expect: asked once, in the thread that waits for the worker, for names and terms to expect.
    """

    def __init__(self, transcriber: Transcriber, path: Path, expect: Callable[[], str | None] = lambda: None) -> None:
        self._transcriber = transcriber
        self._path = path
        self._expect = expect
        self._expected: str | None = None
        self._probabilities: list[float] = []
        self._closed: list[Transcript] = []
        self._begin = 0
        self._attempt: _Attempt | None = None
        self._failed = False
        self._over = False
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._follow, name="live-transcription", daemon=True)
        self._thread.start()

    def add(self, probability: float) -> None:
        """Take the probability of speech of the next chunk, which is in the file already."""
        with self._news:
            self._probabilities.append(probability)
            self._news.notify()

    @property
    def text(self) -> str:
        """What was heard so far; its end may still change."""
        with self._news:
            heard = [*self._closed, *([self._attempt.heard] if self._attempt else [])]
        return " ".join(transcript.text for transcript in heard if transcript.segments)

    @property
    def whole(self) -> Transcript | None:
        """All that was spoken so far, as :meth:`finish` gives it if nobody speaks on; None while some of it is not
        written down yet."""
        with self._news:
            if self._failed or self._attempt is None or self._spoken_since():
                return None
            heard = [*(part.heard for part in self._closed), self._attempt.heard]
            samples = len(self._probabilities) * CHUNK_SAMPLES
        return _joined(heard, samples)

    def finish(self, wav: Path, samples: int, on_progress: Progress | None = None) -> Transcript:
        """The whole transcript, once the recording is over.

        :param wav: where the sound is now.
        :param samples: how many there are.
        :raises TranscribeError: as :meth:`Transcriber.transcribe` does, when a whole-file pass fails as well.
        """
        with self._news:
            self._path = wav
            self._over = True
            self._news.notify()
        self._thread.join()
        if not self._failed:
            try:
                return self._whole(samples, on_progress)
            except TranscribeError:
                self._failed = True
        return self._transcriber.transcribe(wav, prompt=self._expected, on_progress=on_progress)

    def abandon(self) -> None:
        """End it at once: nobody will ask for the text. The transcriber cannot be used any more."""
        with self._news:
            self._over = True
            self._news.notify()
        self._transcriber.abandon()
        self._thread.join()

    # -- the thread ----------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        self._expected = self._expect()
        try:
            while (end := self._wait_for_pause()) is not None:
                self._listen(end)
        except TranscribeError:
            self._failed = True

    def _wait_for_pause(self) -> int | None:
        """The chunk at which the open part may be transcribed; None when the recording is over."""
        with self._news:
            while not self._over:
                known = self._probabilities
                if self._spoken_since():
                    if len(known) - self._begin > _LONGEST:
                        return self._weakest()
                    if all(p < _QUIET for p in known[-_PAUSE:]):
                        return len(known)
                self._news.wait()
        return None

    def _spoken_since(self) -> bool:
        """Whether there is speech that was not listened to yet."""
        listened = self._attempt.end if self._attempt else self._begin
        return sum(p >= _SPEECH for p in self._probabilities[listened:]) >= _MIN_SPEECH

    def _weakest(self) -> int:
        """The chunk in the second half of the open part at which a cut hurts least."""
        half = self._begin + _LONG_ENOUGH
        return min(range(half, self._begin + _LONGEST), key=lambda index: self._probabilities[index])

    def _listen(self, end: int) -> None:
        heard = self._transcribe(end)
        with self._news:
            if end - self._begin >= _LONG_ENOUGH:
                self._closed.append(heard)
                self._begin, self._attempt = end, None
            else:
                self._attempt = _Attempt(end, heard)

    def _transcribe(self, end: int, samples: int | None = None, on_progress: Progress | None = None) -> Transcript:
        speech = self._probabilities[self._begin : end] if samples is None else None

        def ask() -> Transcript:
            return self._transcriber.transcribe(
                self._path,
                start=self._begin * CHUNK_SAMPLES,
                end=end * CHUNK_SAMPLES if samples is None else samples,
                prompt=told(self._expected, [segment for closed in self._closed for segment in closed.segments]),
                speech=speech,
                on_progress=on_progress,
            )

        try:
            return ask()
        except UnreadableSound:
            # The recording was finished in the meantime, and is a file of another name now.
            return ask()

    # -- the end -------------------------------------------------------------------------------------------------

    def _whole(self, samples: int, on_progress: Progress | None) -> Transcript:
        known = len(self._probabilities)
        unseen = samples - known * CHUNK_SAMPLES
        if unseen > 4 * CHUNK_SAMPLES:
            last = [self._transcribe(known, samples, on_progress)]
        elif self._spoken_since():
            last = [self._transcribe(known, on_progress=on_progress)]
        else:
            last = [self._attempt.heard] if self._attempt else []
        return _joined([*self._closed, *last] or [self._transcribe(known)], samples)


def _joined(parts: list[Transcript], samples: int) -> Transcript:
    segments: tuple[Segment, ...] = tuple(segment for part in parts for segment in part.segments)
    spoken = next((part for part in parts if part.segments), parts[0])
    return Transcript(segments, spoken.language, spoken.engine, spoken.model, spoken.weights_sha256, samples / 16_000)
