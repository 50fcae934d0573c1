"""Transcribing a recording while it is being made, so that the text is there when the rep stops talking.

At each pause the open part, from where the last one was closed up to the pause, is transcribed as it stands. If the
silence turns out to be the end, the text is whole before the recorder has decided so. If speech goes on, the part is
done again as a whole at the next pause, not patched: half a sentence is heard better with the other half. A part that
has become long enough is closed when speech goes on after it.

Parts are short, so that nobody waits for the last one, and a short part is heard worse than a long one, most of all
at its ends. So a part that was closed is listened to once more together with the one before it, as long as both fit
into Whisper's window: while the rep goes on speaking, and the last one while the first sentence is up to be read. So
the text comes to be what a whole file would have given. That waits, and is given up where it has been begun,
when a pause comes after words that were not heard yet.

The recorder only adds numbers to a list and never waits. If the worker fails, so does nothing but the head start: the
recording is transcribed when it is finished, as a file.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from ground.silero import BLOCK_SAMPLES
from transcribe.client import Progress, Transcriber
from transcribe.context import text_before
from transcribe.errors import GivenUp, TranscribeError, UnreadableSound
from transcribe.live_cuts import LONG_PAUSE, LONGEST, PAUSE, ends_before, weakest
from transcribe.live_part import WINDOW, Part, joined, words_of
from transcribe.live_speech import LiveSpeech
from transcribe.transcript import Transcript

_FEW: Final = 4 * BLOCK_SAMPLES
"""Samples after the last chunk in which nobody has said anything yet."""


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
        self._speech = LiveSpeech()
        self._closed: list[Part] = []
        self._unjoined = 1
        self._attempt: Part | None = None
        self._shown: int | None = None
        self._joining = self._at_the_end = False
        self._failed = False
        self._over = False
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._follow, name="live-transcription", daemon=True)
        self._thread.start()

    def add(self, probability: float, own_end: int | None = None) -> None:
        """Take the probability of speech of the next chunk, which is in the file already.

        :param own_end: samples up to where the memo's own voice was heard last; None where all speech is its own.
        """
        with self._news:
            self._speech.add(probability, own_end)
            if self._joining and self._own_since() and self._speech.is_silent(LONG_PAUSE):
                self._joining = False
                self._transcriber.give_up()
            self._news.notify()

    @property
    def text(self) -> str:
        """What was heard so far; its end may still change."""
        with self._news:
            heard = [*self._closed, *([self._attempt] if self._attempt else [])]
        return " ".join(part.heard.text for part in heard if part.heard.segments)

    @property
    def whole(self) -> Transcript | None:
        """All that the memo's own voice said so far, as :meth:`finish` gives it if nobody speaks on; None while some of
        it is not written down yet."""
        with self._news:
            if self._failed or self._attempt is None or self._own_since():
                return None
            if self._speech.softer_since(self._heard_to):  # it is about to be listened to
                return None
            heard = [*(part.heard for part in self._closed), self._attempt.heard]
            samples = len(self._speech) * BLOCK_SAMPLES
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
            nothing_new = not self._speech.since(self._heard_to) and samples - len(self._speech) * BLOCK_SAMPLES <= _FEW
            in_vain = self._at_the_end and nothing_new
            self._news.notify()
            joining = self._joining
        if in_vain:
            self._transcriber.abandon()
        elif joining:
            self._transcriber.give_up()
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
                    if (end := self._due()) is not None:
                        return end
                    # While nobody speaks, what was heard may be up to be read: then it is not heard again.
                    if self._shown is not None or (self._unjoined < len(self._closed) and self._own_since()):
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
        speech = self._speech
        if self._own_since():
            if len(speech) - self._begin > LONGEST:
                return weakest(speech.probabilities, self._begin)
            if speech.is_silent(PAUSE):
                return len(speech)
        return len(speech) if speech.softer_since(self._heard_to) else None

    @property
    def _heard_to(self) -> int:
        """The chunk up to which all was listened to."""
        return self._attempt.end if self._attempt else self._begin

    def _own_since(self) -> bool:
        """Whether there is speech of the memo's own voice that was not listened to yet."""
        return self._speech.own_since(self._heard_to)

    def _goes_on(self) -> bool:
        """Whether somebody speaks on after a part that is long enough to be closed."""
        attempt = self._attempt
        if attempt is None or not self._own_since():
            return False
        return ends_before(self._speech.probabilities[attempt.begin :], attempt.end - attempt.begin)

    def _listen(self, end: int) -> None:
        heard = self._transcribe(self._begin, end)
        with self._news:
            self._attempt = Part(self._begin, end, heard)

    def _close(self) -> None:
        assert self._attempt
        self._closed.append(self._attempt)
        self._attempt = self._shown = None

    def _join(self) -> None:
        """Listen to the first closed part that was not yet heard with the one before it, together with that."""
        first, last = self._closed[self._unjoined - 1 : self._unjoined + 1]
        try:
            part = self._heard_with(first, last.end)
        except GivenUp:
            return  # It is done when somebody speaks on.
        with self._news:
            if part:
                self._closed[self._unjoined - 1 : self._unjoined + 1] = [part]
            else:
                self._unjoined += 1

    def _join_the_end(self) -> None:
        """Listen to the part that was heard last, with the one before it, unless a word that is up would change."""
        with self._news:
            words, self._shown = self._shown, None
            attempt = self._attempt
            if self._over or attempt is None or not self._closed:
                return
            self._at_the_end = True
        *before, last = self._closed
        try:
            part = self._heard_with(last, attempt.end)
        except TranscribeError as error:
            if not self._over and not isinstance(error, GivenUp):
                raise
            return  # The reading has begun, or somebody speaks on.
        finally:
            self._at_the_end = False
        with self._news:
            if part is None or self._over:
                return
            if words_of([*before, part])[:words] == words_of([*self._closed, attempt])[:words]:
                self._closed, self._attempt = before, part
                self._unjoined = max(1, min(self._unjoined, len(before)))

    def _heard_with(self, part: Part, end: int) -> Part | None:
        """A part and what follows it up to chunk `end`, heard again as one; None where they do not fit into a window.

        :raises GivenUp: words were said meanwhile that wait to be heard, and a long pause came.
        """
        if end - part.begin > WINDOW:
            return None
        self._joining = True
        try:
            return Part(part.begin, end, self._transcribe(part.begin, end))
        finally:
            self._joining = False

    def _transcribe(
        self, begin: int, end: int, samples: int | None = None, on_progress: Progress | None = None
    ) -> Transcript:
        """What is heard from one chunk to another; with `samples` up to there, beyond the last chunk."""
        speech = self._speech.probabilities[begin:end] if samples is None else None
        before = [segment for part in self._closed if part.end <= begin for segment in part.heard.segments]

        def ask() -> Transcript:
            return self._transcriber.transcribe(
                self._path,
                start=begin * BLOCK_SAMPLES,
                end=end * BLOCK_SAMPLES if samples is None else samples,
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
        known = len(self._speech)
        unseen = samples - known * BLOCK_SAMPLES
        if self._goes_on():
            self._close()
        if unseen > _FEW:
            last = [self._transcribe(self._begin, known, samples, on_progress)]
        elif self._own_since() or (self._attempt is None and self._speech.since(self._heard_to)):
            last = [self._transcribe(self._begin, known, on_progress=on_progress)]
        else:
            last = [self._attempt.heard] if self._attempt else []
            if self._speech.since(self._heard_to):  # by whomever: it comes after what may be up
                last.append(self._transcribe(self._heard_to, known, on_progress=on_progress))
        heard = [*(part.heard for part in self._closed), *last]
        return joined(heard or [self._transcribe(0, known)], samples)
