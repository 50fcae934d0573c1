"""``aftercall watch``: record whenever a call ends."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from aftercall.commands.contact_options import NUMBER, hint
from aftercall.desk.app import App

if TYPE_CHECKING:
    from capture.phone.watch import PhoneWatch
    from capture.recording import EndedBy


@click.command()
@click.option("--number", type=NUMBER, metavar="NUMBER", help="The number that the next call is with; with --once.")
@click.option("--device", metavar="NAME", help="Microphone: a part of its name, or its number in `aftercall doctor`.")
@click.option("--later", is_flag=True, help="Record and transcribe only; a notification says how many memos wait.")
@click.option("--once", is_flag=True, help="End after the first memo.")
@click.pass_obj
def command(app: App, number: str | None, device: str | None, later: bool, once: bool) -> None:
    """Wait until a phone app hangs up, then record.

    Sees any application (or those named in the setting phone_apps) take the microphone and let go of it, says "speak
    now", records, and reads the memo with you, in this terminal. Ctrl-C ends it. One watcher per user. On Linux, with
    PulseAudio or PipeWire; docs/hang-up.md says what to bind on other systems.
    """
    from aftercall.desk.hints import line_of
    from aftercall.desk.last_call import number_of_last_call
    from capture.phone.hangup import CallEvent, HangUpSettings
    from capture.phone.watch import PhoneWatch
    from ground.durable import disk_trouble, private_folder
    from ground.errors import AftercallError
    from ground.lock import only_one
    from ground.printable import printable
    from review.errors import CalledAway, Terminated
    from transcribe.languages import require_language

    if number and not once:
        raise click.UsageError("--number is of one call: give it with --once.")
    settings = app.settings
    require_language(settings.model, settings.language or None)

    def say_no_call(name: str) -> None:
        app.say(f"{printable(name)} holds the microphone only to hand its sound on; that is no call.")

    with disk_trouble("Nothing was started."):
        private_folder(app.home.data)
    with (
        only_one(app.home.data / "watch.lock", "aftercall watch is running already; one is enough."),
        PhoneWatch(HangUpSettings(settings.min_call_seconds), tuple(settings.phone_apps), say_no_call) as phone,
    ):
        _load_ahead()
        app.say("Waiting for a call to end. Ctrl-C ends the watch.")
        another = False
        while True:
            if not another and phone.wait(1.0) is not CallEvent.HUNG_UP:
                continue
            app.say()
            try:
                another = _one_memo(app, phone, device, later, hint(app, None, number) or number_of_last_call(app))
            except CalledAway:
                app.say("Another call has ended: its memo first. What you answered is kept.")
                another = True
                continue
            except AftercallError as trouble:
                another = False
                if once or isinstance(trouble, Terminated):
                    raise
                app.say(line_of(trouble))
            if once:
                return
            app.remind()
            if not another:
                app.say("Waiting for a call to end.")


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


def _one_memo(app: App, phone: "PhoneWatch", device: str | None, later: bool, whom: str | None) -> bool:
    """Record and read the memo of a call that has just ended; whether another one has ended in the meantime."""
    from aftercall.desk.listening import Listening
    from aftercall.desk.notify import notify_waiting
    from aftercall.desk.reading import read_back
    from aftercall.desk.recording import is_for_later, microphone, record
    from aftercall.terminal.called_away import CallsMeanwhile
    from capture.portaudio import rescan
    from capture.recording import EndedBy

    rescan()
    # A worker for each memo: between calls a loaded model would only take memory.
    with Listening(app, contact=whom) as listening:
        recorded = record(
            app,
            microphone(app, device),
            contact=whom,
            listening=listening,
            read_after=not later,
            also_stop=_another_call(phone),
        )
        recording = recorded.recording
        if recording.ended_by is EndedBy.INTERRUPT:
            raise KeyboardInterrupt  # it is kept; and Ctrl-C ends the watch, whatever the watch is at
        if recording.ended_by is EndedBy.CALL_GOES_ON:
            folder = app.inbox.discard(recording.id)
            app.say(f"The call goes on after all; what was recorded of it is in {folder}.")
        elif later:
            listening.finish(recording)
            notify_waiting(len(app.inbox.recordings()))
        elif not is_for_later(recorded):
            with CallsMeanwhile(phone) as calls:
                read_back(app, recorded, listening)
            return calls.hung_up
    return False


def _another_call(phone: "PhoneWatch") -> "Callable[[], EndedBy | None]":
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
        event = phone.wait(0)
        return endings.get(event) if event else None

    return asked
