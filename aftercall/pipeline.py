"""A memo's way through the rooms: from a recording in the inbox to a confirmed memo."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from aftercall.after_confirming import run_on_confirm
from aftercall.app import App
from aftercall.calendars import calendars_are_stale
from aftercall.errors import FrontDoorError
from aftercall.notes import REVIEW, TRANSCRIPT
from aftercall.retention import erase_files, files_of
from aftercall.screen import clock, meter_of_share
from capture.recording import EndedBy
from transcribe.errors import BadTranscript
from transcribe.transcript import Transcript

if TYPE_CHECKING:
    from aftercall.screen import StatusLine
    from capture.recording import Recording
    from memos.models import ConfirmedMemo
    from review.terminal import Terminal
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
    """Refuse an engine or a model that is not there, before anybody speaks for it; nothing is loaded.

    :raises TranscribeError: it is not there.
    """
    from transcribe.engines import check_engine
    from transcribe.weights import require

    name = model or app.settings.model
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
            app.say(f"Names are not looked up: {error}")
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
            on_progress=show_progress(status),
        )
    before = kept_transcript(app, recording) if mark_differences else None
    if before is not None:
        from transcribe.compare import compared

        transcript = compared(transcript, before)
    app.inbox.notes.keep(recording.id, TRANSCRIPT, transcript.to_dict())
    return transcript


def show_progress(status: "StatusLine") -> Callable[[float, float], None]:
    """What shows seconds done, of how many, on the line."""

    def show(done: float, total: float) -> None:
        share = done / total if total else 1.0
        status.show(f"transcribing {meter_of_share(share)} {clock(done)} of {clock(total)}")

    return show


@contextmanager
def stopping_keeps_the_memo() -> Iterator[None]:
    """Ctrl-C while a memo is transcribed on the way to its reading leaves it for later, as Ctrl-C in the reading does.

    :raises NotConfirmed: it was pressed.
    """
    from review.errors import NotConfirmed

    try:
        yield
    except KeyboardInterrupt:
        raise NotConfirmed("Stopped before it was read. Nothing is lost: the memo waits in the inbox.") from None


def kept_transcript(app: App, recording: "Recording") -> Transcript | None:
    """What was heard in a recording, if it was transcribed. One that is damaged counts as none: the sound is there."""
    note = app.inbox.notes.read(recording.id, TRANSCRIPT)
    try:
        return None if note is None else Transcript.from_dict(note)
    except BadTranscript:
        return None


def confirm(app: App, recording: "Recording", transcript: Transcript, terminal: "Terminal") -> None:
    """Let the rep read and confirm a memo; store it, and tidy it out of the inbox. Or throw it away, if told so.

    :raises NotConfirmed: the rep left; nothing is stored.
    """
    from rich.text import Text

    from aftercall.again import MemoPlayer, SayingAgain, archive_again
    from aftercall.diary import diary
    from capture.only_one import only_one
    from review.confirm import Review, ReviewSettings, Unconfirmed
    from review.errors import Discarded, RecordAgain

    inbox, settings = app.inbox, app.settings
    memo = Unconfirmed(
        recording.id,
        recording.spoken_at,
        recording.duration or 0.0,
        recording.source,
        recording.contact_hint,
        transcript,
        inbox.notes.read(recording.id, REVIEW),
    )
    how = ReviewSettings(settings.reader, settings.doubt_below, settings.locale, settings.country)
    reading = only_one(
        inbox.wav(recording.id),
        f"{recording.id} is being read, or was just confirmed, at another terminal.",
        create=False,
    )
    with reading, app.store() as store, SayingAgain(app, recording) as again:
        player = MemoPlayer(inbox.wav(recording.id), again) if recording.duration else None
        review = Review(terminal, store, how, app.now, player=player, say_again=again, diary=diary(settings, store))
        try:
            confirmed = review.run(memo, partial(inbox.notes.keep, recording.id, REVIEW))
        except RecordAgain:
            confirmed = None
        except Discarded:
            folder = inbox.discard(recording.id)
            terminal.show(Text(f"Thrown away, as you asked. Should you want it back: {folder}"))
            return
        if confirmed is not None:
            archive_again(app, recording.id)
            inbox.archive(recording.id, app.home.audio)
            if settings.keep_audio == 0:
                erase_files(app.home.data, files_of(app.home.audio, [recording.id]))
    if confirmed is None:
        _record_again(app, recording, terminal)
        return
    calendars_are_stale(app)
    terminal.show()
    terminal.show(Text.assemble(("Stored. ", "bold green"), _what_next(confirmed, app)))
    run_on_confirm(app, confirmed.id)


def _record_again(app: App, recording: "Recording", terminal: "Terminal") -> None:
    """Have a memo that could not be read spoken again, and read that. The first stays until there is another."""
    from aftercall.again import microphone
    from aftercall.session import is_for_later, record
    from review.errors import NotConfirmed

    outcome = record(app, microphone(app), contact=recording.contact_hint)
    app.inbox.discard(recording.id)
    if is_for_later(outcome):
        raise NotConfirmed("It waits in the inbox, to be read later.")
    with stopping_keeps_the_memo(), make_transcriber(app) as transcriber:
        transcript = transcribe(app, outcome.recording, transcriber)
    confirm(app, outcome.recording, transcript, terminal)


def _what_next(confirmed: "ConfirmedMemo", app: App) -> str:
    from review.next_call import Reading, spell_out
    from review.whom import describe

    who = describe(confirmed.contact) if confirmed.contact else "nobody named"
    if confirmed.next_call is None:
        return f"No next call ({confirmed.no_next_call_reason}). It is {confirmed.id}."
    promise = confirmed.next_call
    return f"Call {who} on {spell_out(Reading(promise.date, promise.time), app.now().date())}. It is {confirmed.id}."
