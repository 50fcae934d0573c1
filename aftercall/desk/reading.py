"""The reading of a memo that waits in the inbox, and what comes of it: stored, spoken again, or thrown away."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from aftercall.desk.app import App
from aftercall.desk.calendars import calendars_are_stale
from aftercall.desk.on_confirm import run_on_confirm
from aftercall.desk.retention import erase_files, files_of
from aftercall.desk.stages import REVIEW
from aftercall.desk.transcribing import make_transcriber, transcribe
from aftercall.desk.words import with_number
from capture.errors import NoSpeech

if TYPE_CHECKING:
    from aftercall.desk.listening import Listening
    from capture.recorder import Recorded
    from capture.recording import EndedBy, Recording
    from memos.models import ConfirmedMemo
    from memos.store import Store
    from review.unconfirmed import Unconfirmed
    from transcribe.transcript import Transcript


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


def read_back(
    app: App,
    recorded: "Recorded",
    listening: "Listening",
    *,
    private: bool = False,
    also_stop: "Callable[[], EndedBy | None]" = lambda: None,
) -> None:
    """Let the rep read and confirm what was just recorded and heard; if ``private``, it is shared with no team.

    :param also_stop: asked while a sentence is said again or added: why the microphone is to be closed, or None.
    :raises NoSpeech: no words were heard. NoTerminal, NotConfirmed: see :func:`confirm`; CalledAway also before it.
    """
    from aftercall.desk.called_away import may_be_left

    recording = recorded.recording
    with stopping_keeps_the_memo(), may_be_left():
        transcript = listening.finish(recording)
    if not transcript.segments and not transcript.holes:
        raise NoSpeech(f"No words were heard. The recording is kept in the inbox ({recording.id}).")
    confirm(app, recording, transcript, private=private, also_stop=also_stop)


def confirm(
    app: App,
    recording: "Recording",
    transcript: "Transcript",
    *,
    private: bool = False,
    also_stop: "Callable[[], EndedBy | None]" = lambda: None,
) -> None:
    """Let the rep read and confirm a memo; store it, and tidy it out of the inbox. Or throw it away, if told so.

    :param private: it is shared with no team; said once, it stays so when it is left for later.
    :param also_stop: see :func:`read_back`.

    :raises NotConfirmed: the rep left, or nobody can be reading (NoTerminal); nothing is stored.
    """
    from aftercall.desk.review_settings import diary, review_settings
    from aftercall.desk.saying_again import MemoPlayer, SayingAgain
    from aftercall.desk.seal import SealedNotes
    from capture.replacements import archive_replacements
    from review.errors import Discarded, RecordAgain
    from review.session import Session

    inbox, settings = app.inbox, app.settings
    alone = inbox.alone_with(recording.id, f"{recording.id} is being read, or was just confirmed, at another terminal.")
    reader = app.face.reader()
    with alone, app.store() as store, SayingAgain(app, recording, also_stop) as again:
        player = MemoPlayer(inbox.wav(recording.id), again) if recording.duration else None
        answers = SealedNotes(inbox.notes, REVIEW, app.home.data)
        keep = partial(answers.keep, recording.id, transcript)
        answered = answers.read(recording.id, transcript)
        private = private or bool(answered and answered.get("private"))
        memo = _unconfirmed(app, recording, transcript, answered, private)
        session = Session(memo, store, review_settings(settings), keep, app.now, diary=diary(settings, store))
        try:
            reader.read(session, player, again)
            confirmed = session.confirm()
        except RecordAgain:
            confirmed = None
        except Discarded:
            folder = inbox.discard(recording.id)
            app.say(f"Thrown away, as you asked. Should you want it back: {folder}")
            return
        still_open = None
        if confirmed is not None:
            still_open = _still_open(confirmed, store)
            archive_replacements(app.home.inbox, recording.id, app.home.audio)
            inbox.archive(recording.id, app.home.audio)
            if settings.keep_audio == 0:
                erase_files(app.home.data, files_of(app.home.audio, [recording.id]))
    if confirmed is None:
        _record_again(app, recording, private, also_stop)
        return
    calendars_are_stale(app)
    reader.stored(_what_next(confirmed, app))
    if still_open:
        app.say(still_open)
    run_on_confirm(app, confirmed.id)


def _unconfirmed(
    app: App, recording: "Recording", transcript: "Transcript", answers: "dict[str, Any] | None", private: bool
) -> "Unconfirmed":
    from aftercall.desk.last_call import last_call, number_of
    from review.unconfirmed import Unconfirmed

    call = last_call(app, recording.spoken_at, recording.contact_hint)
    return Unconfirmed(
        recording.id,
        recording.spoken_at,
        recording.duration or 0.0,
        recording.source,
        recording.contact_hint or (number_of(call, app.settings.country) if call else None),
        transcript,
        answers,
        call,
        private,
    )


def _record_again(app: App, recording: "Recording", private: bool, also_stop: "Callable[[], EndedBy | None]") -> None:
    """Have a memo that could not be read spoken again, and read that. The first stays until there is another."""
    from aftercall.desk.recording import is_for_later, microphone, record
    from review.errors import NotConfirmed

    recorded = record(app, microphone(app), contact=recording.contact_hint, also_stop=also_stop)
    app.inbox.discard(recording.id)
    if is_for_later(recorded):
        raise NotConfirmed("It waits in the inbox, to be read later.")
    with stopping_keeps_the_memo(), make_transcriber(app) as transcriber:
        transcript = transcribe(app, recorded.recording, transcriber)
    confirm(app, recorded.recording, transcript, private=private, also_stop=also_stop)


def _still_open(confirmed: "ConfirmedMemo", store: "Store") -> str | None:
    """What is told after a call that did not reach the contact, and whose memo names no day: the promise stays."""
    from aftercall.desk.words import call_with
    from memos.outcomes import is_talk

    if is_talk(confirmed.outcome) or confirmed.next_call is not None:
        return None
    contact = store.get(confirmed.id).contact
    calls = store.calls.of_contact(contact.id) if contact else []
    if not calls:
        return None
    return f"Still open: {call_with(calls[0])}. If it is not to be made: aftercall cancel {calls[0].memo_id}"


def _what_next(confirmed: "ConfirmedMemo", app: App) -> str:
    from review.next_call import Reading, spell_out

    if confirmed.next_call is None:
        return f"No next call ({confirmed.no_next_call_reason}). It is {confirmed.id}."
    who = with_number(confirmed.contact) if confirmed.contact else "nobody named"
    promise = confirmed.next_call
    return f"Call {who} on {spell_out(Reading(promise.date, promise.time), app.now().date())}. It is {confirmed.id}."
