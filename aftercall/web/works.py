"""What the thread of a reading does: have a memo of the inbox read, or one that is recorded first."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from aftercall.desk.app import App
from aftercall.web.reading import Reading

if TYPE_CHECKING:
    from capture.recording import Recording


def waiting(recording: "Recording") -> Callable[[App, Reading], None]:
    """A memo of the inbox, transcribed first where it is not yet."""

    def work(app: App, reading: Reading) -> None:
        from aftercall.desk.reading import confirm
        from aftercall.desk.transcribing import kept_transcript, make_transcriber, transcribe

        transcript = kept_transcript(app, recording)
        if transcript is None:
            with make_transcriber(app) as transcriber:
                transcript = transcribe(app, recording, transcriber)
        confirm(app, recording, transcript)

    return work


def spoken(contact: str | None) -> Callable[[App, Reading], None]:
    """A memo that is spoken now, into the microphone of this machine."""

    def work(app: App, reading: Reading) -> None:
        from aftercall.desk.listening import Listening
        from aftercall.desk.reading import read_back
        from aftercall.desk.recording import is_for_later, microphone, record
        from review.errors import NotConfirmed

        source = microphone(app)
        with Listening(app, contact=contact) as listening:
            recorded = record(app, source, contact=contact, listening=listening)
            reading.recording = recorded.recording
            if is_for_later(recorded):
                raise NotConfirmed("Recorded. It waits in the inbox, to be read later.")
            read_back(app, recorded, listening)

    return work
