"""From the sound of a memo to what was heard: the engine that the settings ask for, and the transcript in the inbox."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from aftercall.desk.app import App
from aftercall.desk.errors import FrontDoorError
from aftercall.desk.hints import line_of
from aftercall.desk.stages import TRANSCRIPT
from aftercall.desk.words import clock
from capture.recording import EndedBy
from transcribe.errors import BadTranscript
from transcribe.transcript import Transcript

if TYPE_CHECKING:
    from capture.recording import Recording
    from transcribe.client import Transcriber


def make_transcriber(
    app: App,
    engine: str | None = None,
    model: str | None = None,
    on_step: Callable[[str], None] = lambda step: None,
) -> "Transcriber":
    """A transcriber as the settings, or the flags before them, say; `on_step` is told what loading it takes."""
    from transcribe.client import EngineChoice, Transcriber

    settings = app.settings
    name = model or settings.model
    choice = EngineChoice(
        model=name,
        engine=app.engine(engine),
        language=settings.language or None,
        source=settings.models.get(name),
    )
    return Transcriber(choice, cache=app.home.models, on_step=on_step)


def require_choice(app: App, engine: str | None, model: str | None) -> None:
    """Refuse an engine or a model that is not there, or does not know the language, before anybody speaks for it.

    :raises TranscribeError: it is not there.
    """
    from transcribe.engines import check_engine
    from transcribe.languages import require_language
    from transcribe.weights import require

    name = model or app.settings.model
    require_language(name, app.settings.language or None)
    require(check_engine(app.engine(engine)), name, app.places, app.settings.models.get(name))


def expected_words(app: App, hint: str | None) -> str | None:
    """What Whisper is told to expect: names of the likeliest contacts, and words that were corrected before.

    A store in trouble is no reason not to transcribe.
    """
    from memos import hints
    from memos.errors import MemosError
    from transcribe.context import expectation

    terms = [part.strip() for part in (hints.parse(hint).words or "").split(",")]
    if app.home.database.exists():
        try:
            with app.store() as store:
                terms = store.vocabulary(hint)
        except MemosError as error:
            app.say(f"Names are not looked up: {line_of(error)}")
    return expectation(list(filter(None, terms)))


def transcribe(
    app: App, recording: "Recording", transcriber: "Transcriber", *, mark_differences: bool = False
) -> Transcript:
    """Transcribe a recording of the inbox, keep what was heard beside it, and show how far it is.

    :param mark_differences: from what was heard before, if anything was.
    :raises TranscribeError: nothing was kept; the recording is as it was.
    """
    if recording.ended_by is EndedBy.TYPED:
        raise FrontDoorError(
            f"{recording.id} was typed, so there is nothing to transcribe. Its words are as they were."
        )
    with app.status() as status:
        status.show(f"transcribing {clock(recording.duration or 0.0)} …")
        transcript = transcriber.transcribe(
            app.inbox.wav(recording.id),
            prompt=expected_words(app, recording.contact_hint),
            on_progress=partial(status.progress, "transcribing"),
        )
    before = kept_transcript(app, recording) if mark_differences else None
    if before is not None:
        from transcribe.compare import compared

        transcript = compared(transcript, before)
    app.inbox.notes.keep(recording.id, TRANSCRIPT, transcript.to_dict())
    return transcript


def kept_transcript(app: App, recording: "Recording") -> Transcript | None:
    """What was heard in a recording, if it was transcribed. One that is damaged counts as none: the sound is there."""
    note = app.inbox.notes.read_or_none(recording.id, TRANSCRIPT)
    try:
        return None if note is None else Transcript.from_dict(note)
    except BadTranscript:
        return None
