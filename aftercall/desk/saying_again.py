"""A sentence said again, or added: back to the microphone in the middle of a review."""

from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from aftercall.desk.app import App
from aftercall.desk.stages import TRANSCRIPT
from capture.replacements import replacements_of
from review.again import SaidAgain
from review.errors import KEPT, NotConfirmed, NotSaidAgain
from transcribe.errors import TranscribeError

if TYPE_CHECKING:
    from capture.recording import EndedBy, Recording
    from review.play import Stretch
    from transcribe.client import Transcriber


_SENTENCE_OVER: Final = 4.0
"""Seconds of silence after a sentence that is said again: it is up at once, and can be said once more."""


class SayingAgain:
    """Implements review.again.SayAgain for one memo. A context manager: its worker ends with it.

    :param also_stop: asked after each block of a recording, besides the face.
    """

    def __init__(self, app: App, memo: "Recording", also_stop: "Callable[[], EndedBy | None]" = lambda: None) -> None:
        self._app = app
        self._memo = memo
        self._also_stop = also_stop
        self._inbox = replacements_of(app.home.inbox, memo.id)
        self._transcriber: Transcriber | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._transcriber is not None:
            self._transcriber.close()

    def record(self) -> SaidAgain:
        """See review.again.SayAgain."""
        from aftercall.desk.recording import is_for_later, microphone, record
        from capture.errors import MicrophoneLost, NoMicrophone, NoSpeech

        try:
            source = microphone(self._app)
            self._load()
            recorded = record(
                self._app,
                source,
                inbox=self._inbox,
                closing_silence=_SENTENCE_OVER,
                also_stop=self._also_stop,
            )
        except (NoMicrophone, MicrophoneLost, NoSpeech) as why:
            raise NotSaidAgain(str(why)) from why
        if is_for_later(recorded):
            raise NotConfirmed(KEPT)
        return self._heard(recorded.recording)

    def left_over(self, known: Collection[str]) -> SaidAgain | None:
        """See review.again.SayAgain."""
        found = self._inbox.recordings() if self._inbox.folder.is_dir() else []
        recordings = [recording for recording in found if recording.id not in known]
        return self._heard(recordings[-1]) if recordings else None

    def wav(self, recording_id: str) -> Path:
        """Where the sound of a replacement is."""
        return self._inbox.wav(recording_id)

    def _load(self) -> "Transcriber":
        """Begin to load the model while the rep speaks; what goes wrong comes out of the transcribing."""
        from aftercall.desk.transcribing import make_transcriber

        if self._transcriber is None:
            self._transcriber = make_transcriber(self._app)
            with suppress(TranscribeError, OSError):
                self._transcriber.start()
        return self._transcriber

    def _heard(self, recording: "Recording") -> SaidAgain:
        from aftercall.desk.hints import line_of

        try:
            with self._app.status() as status:
                status.show("transcribing …")
                transcript = self._load().transcribe(self._inbox.wav(recording.id))
        except TranscribeError as why:
            raise NotSaidAgain(f"It was recorded, but not transcribed: {line_of(why)}") from why
        except KeyboardInterrupt:
            raise NotConfirmed(KEPT) from None
        self._inbox.notes.keep(recording.id, TRANSCRIPT, transcript.to_dict())
        said = SaidAgain(recording.id, transcript)
        if not said.words:
            raise NotSaidAgain("No words were heard in that.")
        return said


class MemoPlayer:
    """Implements review.play.Player: a memo's sound, and that of its replacements."""

    def __init__(self, wav: Path, again: SayingAgain) -> None:
        from capture.playback import Playback

        self._wav = wav
        self._again = again
        self._playback = Playback()

    def play(self, stretch: "Stretch") -> str | None:
        """See review.play.Player."""
        wav = self._again.wav(stretch.said_again) if stretch.said_again else self._wav
        return self._playback.play(wav, stretch.start, stretch.end)

    def stop(self) -> None:
        """See review.play.Player."""
        self._playback.stop()
