"""``aftercall watch``: the companion, which records whenever a call ends, fetches memos, and rings."""

import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from aftercall.commands.contact_options import NUMBER, hint
from aftercall.desk.app import App

if TYPE_CHECKING:
    from aftercall.desk.companion.calls import Calls
    from aftercall.desk.companion.first_look import FirstLook
    from aftercall.desk.companion.last import Last
    from aftercall.terminal.lines import Lines
    from capture.folders.ledger import Ledger
    from capture.recording import EndedBy


@click.command()
@click.option("--number", type=NUMBER, metavar="NUMBER", help="The number that the next call is with; with --once.")
@click.option("--device", metavar="NAME", help="Microphone: a part of its name, or its number in `aftercall doctor`.")
@click.option("--later", is_flag=True, help="Record and transcribe only; a notification says how many memos wait.")
@click.option("--once", is_flag=True, help="End after the first memo; nothing is fetched, and nothing rings.")
@click.option("--fetch-old", is_flag=True, help="Fetch what was in memo_folders before they were looked after, too.")
@click.pass_obj
def command(app: App, number: str | None, device: str | None, later: bool, once: bool, fetch_old: bool) -> None:
    """Record when a phone app hangs up, fetch memos, and ring.

    Sees any application (or those named in the setting phone_apps) take the microphone and let go of it, says "speak
    now", records, and reads the memo with you, in this terminal. Meanwhile what arrives in memo_folders is imported
    and transcribed, and promised calls ring. Each part can be off in the settings: hang_ups, memo_folders, ring,
    evening_reminder. Ctrl-C ends it. One watcher per user. Hang-ups on Linux, with PulseAudio or PipeWire;
    docs/hang-up.md says what to bind on other systems.
    """
    from aftercall.desk.companion.begin import begin, phone
    from aftercall.desk.companion.calls import Calls
    from aftercall.desk.companion.last import BEGAN, Last
    from aftercall.terminal.lines import Lines
    from ground.durable import disk_trouble, private_folder
    from ground.lock import only_one
    from transcribe.languages import require_language

    if number and not once:
        raise click.UsageError("--number is of one call: give it with --once.")
    require_language(app.settings.model, app.settings.language or None)
    with disk_trouble("Nothing was started."):
        private_folder(app.home.data)
    with (
        only_one(app.home.data / "watch.lock", "aftercall watch is running already; one is enough."),
        ExitStack() as stack,
    ):
        calls = Calls(phone(app, stack, alone=once))
        lines = Lines(app.say)
        if not once:
            _look_first(app, fetch_old)
            begin(app, stack, calls, lines.say, lines.bell)
        last = Last(app.home.data, app.now)
        _load_ahead()
        last.note(BEGAN)
        app.say(_waiting_for(app))
        _watch(app, calls, lines, last, device, later, once, hint(app, None, number))


def _watch(
    app: App,
    calls: "Calls",
    lines: "Lines",
    last: "Last",
    device: str | None,
    later: bool,
    once: bool,
    whom: str | None,
) -> None:
    """Record whenever a call ends, or a recording is asked for."""
    from aftercall.desk.companion.last import HEARD
    from aftercall.desk.hints import line_of
    from aftercall.desk.last_call import number_of_last_call
    from capture.phone.hangup import CallEvent
    from ground.errors import AftercallError
    from review.errors import CalledAway, Terminated

    while True:
        lines.tell()
        if calls.wait(1.0) is not CallEvent.HUNG_UP:
            continue
        app.say()
        asked, said = calls.taken()
        if not asked:
            last.note(HEARD)
        try:
            _one_memo(app, calls, device, later, said or whom or (None if asked else number_of_last_call(app)))
        except CalledAway:
            app.say("Another call has ended: its memo first. What you answered is kept.")
            continue
        except AftercallError as trouble:
            if once or isinstance(trouble, Terminated):
                raise
            app.say(line_of(trouble))
        finally:
            calls.at = "waiting"
        if once:
            return
        app.remind()
        if not calls.has_something:
            app.say(_waiting_for(app))


def _waiting_for(app: App) -> str:
    return "Waiting for a call to end. Ctrl-C ends the watch." if app.settings.hang_ups else "Waiting. Ctrl-C ends it."


def _look_first(app: App, fetch_old: bool) -> None:
    """Settle what is to become of the sound files that are in a folder before it is looked after: asked once, at a
    terminal; elsewhere they stay where they are, and that is said."""
    from aftercall.desk.companion.first_look import first_looks, take_all
    from aftercall.desk.companion.parts import ledger_of, memo_folders

    folders = memo_folders(app)
    if not folders:
        return
    ledger = ledger_of(app)
    if fetch_old:
        for folder in folders:
            ledger.forget_old(folder)
    for look in first_looks(ledger, folders, app.home.data):
        if not look.found or fetch_old:
            take_all(ledger, look)
        elif sys.stdin.isatty() and sys.stderr.isatty():
            question = f"{look.folder} holds {len(look.found)} sound files already. Fetch them, too?"
            if click.confirm(question, default=False, err=True):
                take_all(ledger, look)
            else:
                _leave(app, ledger, look)


def _leave(app: App, ledger: "Ledger", look: "FirstLook") -> None:
    from aftercall.desk.companion.first_look import leave

    with app.status() as status:
        leave(ledger, look, lambda count: status.show(f"{count} of {len(look.found)} looked at"))


def _load_ahead() -> None:
    """Load what a recording takes now, while nobody waits to speak: from a disk that is cold it takes seconds."""
    import aftercall.desk.listening
    import aftercall.desk.recording
    import capture.microphone
    from capture.portaudio import portaudio
    from capture.speech import silero_probability

    del aftercall, capture
    portaudio()
    silero_probability()


def _one_memo(app: App, calls: "Calls", device: str | None, later: bool, whom: str | None) -> None:
    """Record and read the memo of a call that has just ended.

    :raises CalledAway: another one has ended in the meantime.
    """
    from aftercall.desk.called_away import may_be_left
    from aftercall.desk.companion.child import Child
    from aftercall.desk.listening import Listening
    from aftercall.desk.reading import read_back
    from aftercall.desk.recording import is_for_later, microphone, record
    from aftercall.terminal.called_away import CallsMeanwhile
    from capture.portaudio import rescan
    from capture.recording import EndedBy
    from review.errors import CalledAway

    calls.at = "recording"
    rescan()
    # A worker for each memo: between calls a loaded model would only take memory.
    with Listening(app, contact=whom) as listening:
        recorded = record(
            app,
            microphone(app, device),
            contact=whom,
            listening=listening,
            read_after=not later,
            also_stop=_another_call(calls),
        )
        calls.at = "reading"  # another may be asked for again
        recording = recorded.recording
        if recording.ended_by is EndedBy.INTERRUPT:
            raise KeyboardInterrupt  # it is kept; and Ctrl-C ends the watch, whatever the watch is at
        if recording.ended_by is EndedBy.CALL_GOES_ON:
            folder = app.inbox.discard(recording.id)
            app.say(f"The call goes on after all; what was recorded of it is in {folder}.")
        elif later:
            try:
                with CallsMeanwhile(calls), may_be_left():
                    listening.finish(recording)
            except CalledAway:
                Child(["transcribe", recording.id])
                raise
            Child(["ring", "--waiting"])
        elif not is_for_later(recorded):
            with CallsMeanwhile(calls) as meanwhile:
                read_back(app, recorded, listening, also_stop=lambda: EndedBy.PHONE if meanwhile.rang else None)


def _another_call(calls: "Calls") -> "Callable[[], EndedBy | None]":
    """Asked after each block: has a phone app taken the microphone again?"""
    from capture.phone.hangup import CallEvent
    from capture.phone.watch import POLL_SECONDS
    from capture.recording import EndedBy

    endings = {CallEvent.GOES_ON: EndedBy.CALL_GOES_ON, CallEvent.BEGAN: EndedBy.PHONE}
    looked = 0.0

    def asked() -> "EndedBy | None":
        nonlocal looked
        if time.monotonic() - looked < POLL_SECONDS:
            return None
        looked = time.monotonic()
        event = calls.wait(0)
        return endings.get(event) if event else None

    return asked
