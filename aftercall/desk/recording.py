"""One memo recorded: the microphone on one side, a face on the other, and what is written down in between."""

import math
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from aftercall.desk.app import App
from aftercall.desk.hints import line_of
from aftercall.desk.listening import Listening
from aftercall.desk.offer import OfferedEnd
from aftercall.desk.settings import Settings
from aftercall.desk.stop_file import StopFile
from aftercall.desk.words import clock, recording_in_words
from capture.cue import Cue
from capture.endpoint import EndpointSettings, Phase
from capture.level import LevelWatch, Suspicion
from capture.recorder import Fault, Progress, Recorded, Recorder
from capture.recording import EndedBy
from capture.sources import Source
from capture.speech import silero_probability

if TYPE_CHECKING:
    from aftercall.desk.face import RecordingScreen
    from capture.inbox import Inbox

_FOR_LATER: Final = (EndedBy.LATER, EndedBy.PHONE, EndedBy.INTERRUPT)
"""Endings after which the rep has no time to read."""

_SUSPICIONS: Final = {
    Suspicion.DIGITAL_SILENCE: "gives nothing at all, not even the noise of a room: is it muted, or the wrong one?",
    Suspicion.TOO_QUIET: "is so quiet that no voice can be in it: is it the right one?",
}


def microphone(app: App, wanted: str | None = None) -> Source:
    """The microphone that is wanted, a part of its name or its number; else that of the settings.

    :raises NoMicrophone: there is none.
    """
    from capture.microphone import Microphone, find_input

    return Microphone(find_input(wanted or app.settings.device or None))


def record(
    app: App,
    source: Source,
    *,
    contact: str | None = None,
    max_seconds: float | None = None,
    listening: Listening | None = None,
    live: bool = True,
    inbox: "Inbox | None" = None,
    read_after: bool = True,
    closing_silence: float | None = None,
    also_stop: Callable[[], EndedBy | None] = lambda: None,
) -> Recorded:
    """Record one memo, and show how it stands.

    :param listening: writes down while the rep speaks; without it the memo is transcribed later.
    :param live: whether the source is a microphone: a cue is played, and one that gives no voice is called out.
    :param inbox: where it is kept; by default with the other memos.
    :param read_after: whether somebody is there to read it, to whom its end is offered.
    :param closing_silence: seconds that end it, where they are others than the settings have.
    :param also_stop: asked after each block, besides the face.
    :raises NoSpeech, NoMicrophone, DiskTrouble: see :meth:`capture.recorder.Recorder.record`.
    """
    settings = app.settings
    policy = _policy(settings, closing_silence, max_seconds, live=live)
    recorder = Recorder(inbox or app.inbox, silero_probability(), app.now, policy)

    with ExitStack() as stack:
        cue = stack.enter_context(Cue()) if live and settings.cue else None
        screen = stack.enter_context(app.face.recording())
        heard_from = _Microphone(screen, source.name, cue, live=live)
        offered = OfferedEnd(screen, listening, settings) if listening and live and read_after else None

        def on_progress(progress: Progress) -> None:
            heard_from.look(progress)
            if listening:
                listening.hear(progress)
            if offered:
                offered.look(progress)
            screen.show(progress, listening.text if listening else "")

        begin = listening.begin if listening else lambda path: None
        asked_to_stop = stack.enter_context(StopFile(screen.asked_to_stop, also_stop, on_begin=begin))
        recorded = recorder.record(
            source,
            contact_hint=contact,
            asked_to_stop=asked_to_stop,
            on_begin=asked_to_stop.begin,
            on_progress=on_progress,
        )
        # Asked to leave while the end of it was written, on a slow disk: there is no time to read either.
        if (asked := asked_to_stop()) in _FOR_LATER:
            recorded = replace(recorded, recording=replace(recorded.recording, ended_by=asked))
    if inbox is None and (is_for_later(recorded) or not (offered and offered.up)):
        app.say(f"Recorded {recording_in_words(recorded.recording, app.now().date())}.")
    for line in _what_went_wrong(recorded, policy):
        app.say(line)
    return recorded


def _policy(
    settings: Settings, closing_silence: float | None, max_seconds: float | None, *, live: bool
) -> EndpointSettings:
    """When the recording ends; a file is taken as a whole, whatever its pauses."""
    return EndpointSettings(
        offer_silence=settings.end_silence,
        closing_silence=(closing_silence or settings.closing_silence) if live else math.inf,
        no_speech=settings.no_speech if live else math.inf,
        max_seconds=max_seconds or settings.max_seconds,
    )


def _what_went_wrong(recorded: Recorded, policy: EndpointSettings) -> Iterator[str]:
    if recorded.recording.ended_by is EndedBy.MAX_SECONDS:
        yield f"It was ended at its greatest length, {clock(policy.max_seconds)}; `max_seconds` in the settings."
    if recorded.trouble is not None:
        yield line_of(recorded.trouble)
    if recorded.recording.overflows:
        yield f"The microphone dropped samples {recorded.recording.overflows} times: the computer was too busy."


def is_for_later(recorded: Recorded) -> bool:
    """Whether the recording ended in a way that leaves no time to read."""
    return recorded.recording.ended_by in _FOR_LATER


class _Microphone:
    """Tells the rep to speak as soon as sound comes in, and what is wrong with a microphone that gives none that could
    be a voice, or gives nothing any more."""

    def __init__(self, screen: "RecordingScreen", source: str, cue: Cue | None, *, live: bool) -> None:
        self._screen = screen
        self._source = source
        self._cue = cue
        self._levels = LevelWatch(source) if live else None
        self._began = False
        self._faulty = False

    def look(self, progress: Progress) -> None:
        if not self._began and not progress.stalled:
            self._began = True
            self._screen.begin(self._source)
            if self._cue is not None and not self._cue.play():
                self._screen.bell()
        if progress.phase is Phase.WAITING and not progress.stalled:
            self._suspect(progress)
        if progress.fault is Fault.ZEROS and not self._faulty:
            self._screen.say(
                f"{self._source} gives nothing any more, not even the noise of a room: is it muted, or unplugged? "
                f"What was said until then is kept. Other inputs: {self._others()}."
            )
        self._faulty = progress.fault is Fault.ZEROS

    def _suspect(self, progress: Progress) -> None:
        suspicion = self._levels.update(progress.level, progress.elapsed) if self._levels else None
        if suspicion is None:
            return
        self._screen.say(f"{self._source} {_SUSPICIONS[suspicion]} Other inputs: {self._others()}.")

    def _others(self) -> str:
        from capture.microphone import input_devices, named

        return named([device for device in input_devices() if not self._source.endswith(device.name)]) or "none"
