"""One recording at the terminal: the screen while it runs, and what comes after it."""

import math
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import click

from aftercall.app import App, describe
from aftercall.listening import Listening
from aftercall.pipeline import confirm, stopping_keeps_the_memo
from aftercall.screen import StatusLine, clock, meter
from aftercall.stop import StopRequest
from capture.cue import Cue
from capture.endpoint import EndpointSettings, Phase
from capture.errors import NoSpeech
from capture.level import LevelWatch, Suspicion
from capture.recorder import Outcome, Progress, Recorder
from capture.recording import EndedBy
from capture.sources import Source
from capture.speech import silero_probability
from review.printable import printable

if TYPE_CHECKING:
    from capture.inbox import Inbox

_FOR_LATER: Final = (EndedBy.LATER, EndedBy.PHONE, EndedBy.INTERRUPT)
"""Endings after which the rep has no time to read."""

_COUNTDOWN_AFTER: Final = 0.5
"""Seconds of silence before the countdown is shown: shorter ones are between words."""

_HEARD_SHOWN: Final = 52
"""Characters of what was heard that stand beside the meter."""

_SUSPICIONS: Final = {
    Suspicion.DIGITAL_SILENCE: "gives nothing at all, not even the noise of a room: is it muted, or the wrong one?",
    Suspicion.TOO_QUIET: "is so quiet that no voice can be in it: is it the right one?",
}


class RecordingScreen:
    """Tells the rep how the recording stands: a line when it begins, one that changes, and what is wrong."""

    def __init__(
        self, app: App, source: Source, status: StatusLine, on_first_sound: Callable[[], None], live: bool
    ) -> None:
        self._app = app
        self._source = source
        self._status = status
        self._on_first_sound = on_first_sound
        self._levels = LevelWatch(source.name) if live else None
        self._began = False

    def show(self, progress: Progress, heard: str) -> None:
        """Take what the recorder says after each block, and what was heard so far."""
        if not self._began and not progress.stalled:
            # Only now: samples have arrived, so nothing that is said from here on is lost.
            self._began = True
            self._say(f"Speak now.   {self._source.name} · Enter ends it · l ends it, to be read later")
            self._on_first_sound()
        if progress.phase is Phase.WAITING and not progress.stalled:
            self._suspect(progress)
        line = f"● {clock(progress.elapsed)}  {meter(progress.level)}  {self._tail(progress) or _end_of(heard)}"
        self._status.show(line, now=progress.stalled)

    def _tail(self, progress: Progress) -> str:
        if progress.stalled:
            return "NO SOUND is coming from the microphone"
        if progress.phase is Phase.WAITING:
            return "waiting for your voice"
        whole = self._app.settings.end_silence
        if progress.countdown is not None and progress.countdown < whole - _COUNTDOWN_AFTER:
            return f"ends in {progress.countdown:.1f} s, unless you go on"
        return ""

    def _suspect(self, progress: Progress) -> None:
        suspicion = self._levels.update(progress.level, progress.elapsed) if self._levels else None
        if suspicion is None:
            return
        from capture.microphone import input_devices, named

        others = named([device for device in input_devices() if not self._source.name.endswith(device.name)])
        self._say(f"{self._source.name} {_SUSPICIONS[suspicion]} Other inputs: {others or 'none'}.")

    def _say(self, line: str) -> None:
        self._status.clear()
        self._app.say(line)


def _end_of(heard: str) -> str:
    """The last words, as many as fit on any terminal beside the meter."""
    heard = printable(heard)
    return heard if len(heard) <= _HEARD_SHOWN else f"…{heard[-_HEARD_SHOWN:]}"


def record(
    app: App,
    source: Source,
    *,
    contact: str | None = None,
    max_seconds: float | None = None,
    listening: Listening | None = None,
    live: bool = True,
    inbox: "Inbox | None" = None,
    also_stop: Callable[[], EndedBy | None] = lambda: None,
) -> Outcome:
    """Record one memo, with the screen and the keys.

    :param listening: writes down while the rep speaks; without it the memo is transcribed later.
    :param live: whether the source is a microphone: a cue is played, and one that gives no voice is called out.
    :param inbox: where it is kept; by default with the other memos.
    :param also_stop: asked after each block, besides the keys.
    :raises NoSpeech, NoMicrophone, DiskTrouble: see :meth:`capture.recorder.Recorder.record`.
    """
    settings = app.settings
    policy = EndpointSettings(
        offer_silence=settings.end_silence,
        # A file is taken as a whole, whatever its pauses.
        closing_silence=settings.end_silence if live else math.inf,
        no_speech=settings.no_speech if live else math.inf,
        max_seconds=max_seconds or settings.max_seconds,
    )
    recorder = Recorder(inbox or app.inbox, silero_probability(), app.now, policy)

    with ExitStack() as stack:
        cue = stack.enter_context(Cue()) if live and settings.cue else None
        status = stack.enter_context(app.status())
        keys = stack.enter_context(StopRequest())

        def on_first_sound() -> None:
            keys.keys_count = True
            if cue is not None and not cue.play():
                click.echo("\a", nl=False, err=True)

        screen = RecordingScreen(app, source, status, on_first_sound, live)

        def on_progress(progress: Progress) -> None:
            screen.show(progress, listening.text if listening else "")
            if listening:
                listening.hear(progress)

        def asked_to_stop() -> EndedBy | None:
            return keys() or also_stop()

        outcome = recorder.record(
            source,
            contact_hint=contact,
            asked_to_stop=asked_to_stop,
            on_begin=listening.begin if listening else lambda path: None,
            on_progress=on_progress,
        )
        # Asked to leave while the end of it was written, on a slow disk: there is no time to read either.
        if (asked := asked_to_stop()) in _FOR_LATER:
            outcome = replace(outcome, recording=replace(outcome.recording, ended_by=asked))
    if inbox is None:
        app.say(f"Recorded {describe(outcome.recording)}.")
    if outcome.trouble is not None:
        app.say(str(outcome.trouble))
    if outcome.recording.overflows:
        app.say(f"The microphone dropped samples {outcome.recording.overflows} times: the computer was too busy.")
    return outcome


def is_for_later(outcome: Outcome) -> bool:
    """Whether the recording ended in a way that leaves no time to read."""
    return outcome.recording.ended_by in _FOR_LATER


def read_back(app: App, outcome: Outcome, listening: Listening) -> None:
    """Let the rep read and confirm what was heard.

    :raises NoSpeech: no words were heard. NoTerminal, NotConfirmed: see :func:`aftercall.pipeline.confirm`.
    """
    from review.terminal import open_terminal

    recording = outcome.recording
    with stopping_keeps_the_memo():
        transcript = listening.finish(recording)
    if not transcript.segments:
        raise NoSpeech(f"No words were heard. The recording is kept in the inbox ({recording.id}).")
    confirm(app, recording, transcript, open_terminal(plain=app.settings.plain))
