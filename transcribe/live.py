"""Transcribing a recording while it is being made, so that the text is there when the rep stops talking.

At each pause the open part, from where the last one was closed up to the pause, is transcribed as it stands. If the
silence turns out to be the end, the text is whole before the recorder has decided so. If speech goes on, the part is
done again as a whole at the next pause, not patched: half a sentence is heard better with the other half. A part that
has become long enough is closed when speech goes on after it.

Parts are short, so that nobody waits for the last one, and a short part is heard worse than a long one, most of all
at its ends. So a part that was closed is listened to once more together with the one before it, as long as both fit
into Whisper's window: while the rep goes on speaking, and the last one while the first sentence is up to be read. So
the text comes to be what a whole file would have given.

The recorder only adds numbers to a list and never waits. If the worker fails, so does nothing but the head start: the
recording is transcribed when it is finished, as a file.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from transcribe.client import Progress, Transcriber
from transcribe.context import text_before
from transcribe.errors import TranscribeError, UnreadableSound
from transcribe.live_part import Part, joined, words_of
from transcribe.transcript import Transcript

CHUNK_SAMPLES: Final = 512
"""Samples, at 16 kHz, that one probability of speech is about: 32 ms."""

_CHUNKS_PER_SECOND: Final = 16_000 / CHUNK_SAMPLES
_SPEECH: Final = 0.5
_QUIET: Final = 0.35
"""Silero's own thresholds, as in transcribe.voice_activity."""

_PAUSE: Final = round(0.4 * _CHUNKS_PER_SECOND)
"""Chunks. A stop consonant is a quarter of this; a breath between two phrases is longer."""

_LONG_PAUSE: Final = round(0.7 * _CHUNKS_PER_SECOND)
"""Chunks. After it a new sentence begins sooner than after a breath."""

_NEARLY: Final = round(8 * _CHUNKS_PER_SECOND)
"""Chunks after which a part is closed at a long pause."""

_LONG_ENOUGH: Final = round(10 * _CHUNKS_PER_SECOND)
"""Chunks after which a part is closed at any pause. Longer ones are done again too often, and waited for too long."""

_LONGEST: Final = 2 * _LONG_ENOUGH
"""Chunks after which a part is closed where speech is least probable: some people never pause."""

_WINDOW: Final = round(28 * _CHUNKS_PER_SECOND)
"""Chunks that Whisper hears at once: closed parts are listened to again as one as long as they fit into it."""

_FEW: Final = 4 * CHUNK_SAMPLES
"""Samples after the last chunk in which nobody has said anything yet."""

_MIN_SPEECH: Final = 3
"""Chunks. Less is a click, as in transcribe.voice_activity."""


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
        self._closed: list[Part] = []
        self._attempt: Part | None = None
        self._shown: int | None = None
        self._at_the_end = False
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
            heard = [*self._closed, *([self._attempt] if self._attempt else [])]
        return " ".join(part.heard.text for part in heard if part.heard.segments)

    @property
    def whole(self) -> Transcript | None:
        """All that was spoken so far, as :meth:`finish` gives it if nobody speaks on; None while some of it is not
        written down yet."""
        with self._news:
            if self._failed or self._attempt is None or self._spoken_since():
                return None
            heard = [*(part.heard for part in self._closed), self._attempt.heard]
            samples = len(self._probabilities) * CHUNK_SAMPLES
        return joined(heard, samples)

    def shown(self, words: int) -> None:
        """Be told that the first so many words of :attr:`whole` are up to be read.

        They stay as they are. Meanwhile the end is heard again together with the part before it; :meth:`finish` does
        not wait for that.
        """
        with self._news:
            self._shown = words
            self._news.notify()

    def finish(self, wav: Path, samples: int, on_progress: Progress | None = None) -> Transcript:
        """The whole transcript, once the recording is over.

        :param wav: where the sound is now.
        :param samples: how many there are.
        :raises TranscribeError: as :meth:`Transcriber.transcribe` does, when a whole-file pass fails as well.
        """
        with self._news:
            self._path = wav
            self._over = True
            nothing_new = not self._spoken_since() and samples - len(self._probabilities) * CHUNK_SAMPLES <= _FEW
            in_vain = self._at_the_end and nothing_new
            self._news.notify()
        if in_vain:
            self._transcriber.abandon()
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
        while True:
            with self._news:
                while not self._over:
                    if self._goes_on():
                        self._close()
                        break
                    if (end := self._due()) is not None:
                        return end
                    if self._shown is not None:
                        break
                    self._news.wait()
                else:
                    return None
            if self._shown is None:
                self._join()
            else:
                self._join_the_end()

    @property
    def _begin(self) -> int:
        """The chunk at which the open part begins."""
        return self._closed[-1].end if self._closed else 0

    def _due(self) -> int | None:
        known = self._probabilities
        if self._spoken_since():
            if len(known) - self._begin > _LONGEST:
                return self._weakest()
            if all(p < _QUIET for p in known[-_PAUSE:]):
                return len(known)
        return None

    def _spoken_since(self) -> bool:
        """Whether there is speech that was not listened to yet."""
        listened = self._attempt.end if self._attempt else self._begin
        return sum(p >= _SPEECH for p in self._probabilities[listened:]) >= _MIN_SPEECH

    def _goes_on(self) -> bool:
        """Whether somebody speaks on after a part that is long enough to be closed."""
        attempt = self._attempt
        if attempt is None or not self._spoken_since():
            return False
        spoken = [p >= _SPEECH for p in self._probabilities[attempt.begin :]]
        middle = attempt.end - attempt.begin
        pause = spoken.index(True, middle) - max((index for index in range(middle) if spoken[index]), default=0)
        return attempt.end - attempt.begin >= (_NEARLY if pause >= _LONG_PAUSE else _LONG_ENOUGH)

    def _weakest(self) -> int:
        """The chunk in the second half of the open part at which a cut hurts least."""
        half = self._begin + _LONG_ENOUGH
        return min(range(half, self._begin + _LONGEST), key=lambda index: self._probabilities[index])

    def _listen(self, end: int) -> None:
        heard = self._transcribe(self._begin, end)
        with self._news:
            self._attempt = Part(self._begin, end, heard)

    def _close(self) -> None:
        assert self._attempt
        self._closed.append(self._attempt)
        self._attempt = self._shown = None

    def _join(self) -> None:
        """Listen to the part that was closed last once more, together with the one before it where both fit into a
        window: each end of a part is heard with what was said next."""
        if len(self._closed) < 2 or self._closed[-1].end - self._closed[-2].begin > _WINDOW:
            return
        begin, end = self._closed[-2].begin, self._closed[-1].end
        heard = self._transcribe(begin, end)
        with self._news:
            self._closed[-2:] = [Part(begin, end, heard)]

    def _join_the_end(self) -> None:
        """The same with the part that was heard last, unless a word that is being read would change."""
        with self._news:
            words, self._shown = self._shown, None
            attempt, last = self._attempt, self._closed[-1:]
            if self._over or attempt is None or not last or attempt.end - last[0].begin > _WINDOW:
                return
            self._at_the_end = True
        try:
            part = Part(last[0].begin, attempt.end, self._transcribe(last[0].begin, attempt.end))
        except TranscribeError:
            if not self._over:
                raise
            return  # The reading has begun.
        finally:
            self._at_the_end = False
        with self._news:
            before = self._closed[:-1]
            if not self._over and words_of([*before, part])[:words] == words_of([*self._closed, attempt])[:words]:
                self._closed, self._attempt = before, part

    def _transcribe(
        self, begin: int, end: int, samples: int | None = None, on_progress: Progress | None = None
    ) -> Transcript:
        """What is heard from one chunk to another; with `samples` up to there, beyond the last chunk."""
        speech = self._probabilities[begin:end] if samples is None else None
        before = [segment for part in self._closed if part.end <= begin for segment in part.heard.segments]

        def ask() -> Transcript:
            return self._transcriber.transcribe(
                self._path,
                start=begin * CHUNK_SAMPLES,
                end=end * CHUNK_SAMPLES if samples is None else samples,
                prompt=self._expected,
                before=text_before(before),
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
        if self._goes_on():
            self._close()
        if unseen > _FEW:
            last = [self._transcribe(self._begin, known, samples, on_progress)]
        elif self._spoken_since():
            last = [self._transcribe(self._begin, known, on_progress=on_progress)]
        else:
            last = [self._attempt.heard] if self._attempt else []
        heard = [*(part.heard for part in self._closed), *last]
        return joined(heard or [self._transcribe(0, known)], samples)
