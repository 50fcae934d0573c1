"""Writing down while the rep speaks: the recorder's progress on one side, the transcriber on the other."""

from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from aftercall.desk.app import App
from aftercall.desk.stages import TRANSCRIPT
from aftercall.desk.transcribing import expected_words, make_transcriber, transcribe
from ground.errors import AftercallError

if TYPE_CHECKING:
    from capture.recorder import Progress
    from capture.recording import Recording
    from review.known_words import KnownWords
    from transcribe.client import Transcriber
    from transcribe.live import LiveTranscription
    from transcribe.transcript import Transcript


class Listening:
    """A context manager for one memo: its worker ends with it.

    Nothing is loaded before the first sound is in, so that it cannot be late because of this.
    """

    def __init__(
        self, app: App, engine: str | None = None, model: str | None = None, contact: str | None = None
    ) -> None:
        self._app = app
        self._choice = (engine, model)
        self._contact = contact
        self._path: Path | None = None
        self._transcriber: Transcriber | None = None
        self._live: LiveTranscription | None = None
        self._failed = False
        self.known: KnownWords | None = None
        """What is known of words, as soon as it was looked up while the rep speaks."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            # Not finished: the phone rings, and the terminal is wanted back.
            self._live.abandon()
        if self._transcriber is not None:
            self._transcriber.close()

    def begin(self, path: Path) -> None:
        """Be told where the samples will be."""
        self._path = path

    def hear(self, progress: "Progress") -> None:
        """Take what the recorder says after each block. Nothing that goes wrong here reaches the recorder."""
        if progress.probability is None or self._path is None or self._failed:
            return
        if self._live is None:
            from transcribe.errors import TranscribeError
            from transcribe.live import LiveTranscription

            try:
                self._transcriber = make_transcriber(self._app, *self._choice)
                self._transcriber.start()
            except (TranscribeError, OSError):
                # Said when the memo is over, by the pass over the whole of it.
                self._failed = True
                return
            self._live = LiveTranscription(self._transcriber, self._path, self._get_ready)
        self._live.add(progress.probability, progress.speech_end or 0)

    def _get_ready(self) -> str | None:
        """What is to be expected; and what the reading will need is imported while the rep speaks, not while they wait.

        Runs in the thread that waits for the worker.
        """
        import aftercall.desk.review_settings
        import review.session
        from review.known_words import KnownWords

        del aftercall, review  # they are loaded now, which is all that is wanted
        self._app.face.get_ready()
        with suppress(AftercallError), self._app.any_store() as store:
            self.known = KnownWords.of(store) if store else KnownWords(frozenset(), ())
        return expected_words(self._app, self._contact)

    @property
    def text(self) -> str:
        """What was heard so far."""
        return self._live.text if self._live else ""

    @property
    def whole(self) -> "Transcript | None":
        """All that was spoken so far; None while some of it is not written down yet."""
        return self._live.whole if self._live else None

    def shown(self, words: int) -> None:
        """Be told that the first so many words are up to be read, and may not change any more."""
        if self._live:
            self._live.shown(words)

    def finish(self, recording: "Recording") -> "Transcript":
        """What was heard, kept beside the recording.

        :raises TranscribeError: nothing was kept; the recording is as it was.
        """
        inbox = self._app.inbox
        if self._live is None:
            with make_transcriber(self._app, *self._choice) as transcriber:
                return transcribe(self._app, recording, transcriber)
        with self._app.status() as status:
            samples = round((recording.duration or 0.0) * recording.sample_rate)
            transcript = self._live.finish(inbox.wav(recording.id), samples, partial(status.progress, "transcribing"))
        self._live = None
        inbox.notes.keep(recording.id, TRANSCRIPT, transcript.to_dict())
        return transcript
