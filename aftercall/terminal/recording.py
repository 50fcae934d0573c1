"""A recording at the terminal: a line when it begins, one that changes, and the keys that end it."""

from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

import click

from aftercall.desk.words import clock
from aftercall.terminal.status_line import StatusLine, meter
from aftercall.terminal.stop import StopRequest
from capture.endpoint import Phase
from capture.recording import EndedBy
from ground.printable import printable

if TYPE_CHECKING:
    from capture.recorder import Progress

_COUNTDOWN_AFTER: Final = 0.5
"""Seconds of silence before the countdown is shown: shorter ones are between words."""

_HEARD_SHOWN: Final = 52
"""Characters of what was heard that stand beside the meter."""


class TerminalRecording:
    """Implements aftercall.desk.face.RecordingScreen. A context manager: the terminal is as before when it ends.

    :param visible: whether there is a line that changes: a screen reader would read every change of it.
    """

    def __init__(self, *, visible: bool) -> None:
        self._status = StatusLine(visible=visible)
        self._stop = StopRequest()

    def __enter__(self) -> Self:
        self._stop.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.__exit__(kind, error, trace)
        self._status.clear()

    def begin(self, source: str) -> None:
        """See RecordingScreen."""
        self.say(f"Speak now.   {source} · Enter ends it · l ends it, to be read later")
        self._stop.keys_count = True

    def show(self, progress: "Progress", heard: str, end_silence: float) -> None:
        """See RecordingScreen."""
        tail = _tail(progress, end_silence) or _end_of(heard)
        self._status.show(f"● {clock(progress.elapsed)}  {meter(progress.level)}  {tail}", now=progress.stalled)

    def say(self, line: str) -> None:
        """See RecordingScreen."""
        self._status.clear()
        click.echo(printable(line), err=True)

    def bell(self) -> None:
        """See RecordingScreen."""
        click.echo("\a", nl=False, err=True)

    def asked_to_stop(self) -> EndedBy | None:
        """See RecordingScreen."""
        return self._stop()


def _tail(progress: "Progress", end_silence: float) -> str:
    """What stands beside the meter instead of what was heard; empty: that."""
    if progress.stalled:
        return "NO SOUND is coming from the microphone"
    if progress.phase is Phase.WAITING:
        return "waiting for your voice"
    if progress.countdown is not None and progress.countdown < end_silence - _COUNTDOWN_AFTER:
        return f"ends in {progress.countdown:.1f} s, unless you go on"
    return ""


def _end_of(heard: str) -> str:
    """The last words, as many as fit on any terminal beside the meter."""
    heard = printable(heard)
    return heard if len(heard) <= _HEARD_SHOWN else f"…{heard[-_HEARD_SHOWN:]}"
