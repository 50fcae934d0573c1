"""A recording at the terminal: a line when it begins, one that changes, the offer of its end, the keys that end it."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

import click

from aftercall.desk.words import clock
from aftercall.terminal.layout import told
from aftercall.terminal.status_line import StatusLine, meter
from aftercall.terminal.stop import StopRequest
from capture.endpoint import Phase
from capture.recorder import Fault
from capture.recording import EndedBy
from ground.printable import printable

if TYPE_CHECKING:
    from aftercall.terminal.sentence_screen import Begun
    from aftercall.terminal.terminal import RealTerminal
    from capture.recorder import Progress
    from review.gate import Gate

_HEARD_SHOWN: Final = 52
"""Characters of what was heard that stand beside the meter."""

_FAULTS: Final = {
    Fault.STALLED: "NO SOUND is coming from the microphone",
    Fault.ZEROS: "NOTHING comes from the microphone any more: muted, or unplugged?",
}


class TerminalRecording:
    """Implements aftercall.desk.face.RecordingScreen. A context manager: the terminal is as before when it ends.

    :param visible: whether there is a line that changes: a screen reader would read every change of it.
    :param on_begun: told of the sentence that is up when the recording ends.
    """

    def __init__(self, *, visible: bool, on_begun: "Callable[[Begun], None]") -> None:
        self._visible = visible
        self._status = StatusLine(visible=visible)
        self._stop = StopRequest()
        self._on_begun = on_begun
        self._can_offer = visible and sys.stdin.isatty() and sys.stderr.isatty()
        self._terminal: RealTerminal | None = None
        self._fault: Fault | None = None
        self._up: tuple[str, float, int] | None = None
        """The sentence of the offer, since when it is up, and how many rows it takes."""

    def __enter__(self) -> Self:
        self._stop.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.__exit__(kind, error, trace)
        self._status.clear()
        if self._up is not None:
            from aftercall.terminal.sentence_screen import Begun

            text, since, _ = self._up
            self._on_begun(Begun(text, since, self._stop.first_key))

    def begin(self, source: str) -> None:
        """See RecordingScreen."""
        self.say(f"Speak now.   {source} · Enter ends it · l ends it, to be read later")
        self._stop.keys_count = True

    def show(self, progress: "Progress", heard: str) -> None:
        """See RecordingScreen."""
        tail = self._tail(progress) or _end_of(heard)
        news = progress.fault is not self._fault
        self._fault = progress.fault
        self._status.show(f"● {clock(progress.elapsed)}  {meter(progress.level)}  {tail}", now=news)

    def say(self, line: str) -> None:
        """See RecordingScreen."""
        self._status.clear()
        line = printable(line)
        click.echo(told(line) if self._visible else line, err=True)

    def offer(self, gate: "Gate") -> bool:
        """See RecordingScreen."""
        if not self._can_offer:
            return False
        from aftercall.terminal.sentence_screen import drawn
        from aftercall.terminal.terminal import RealTerminal

        self._terminal = self._terminal or RealTerminal()
        self._status.clear()
        rows = self._terminal.show_for_now(["", *drawn(self._terminal, gate)])
        assert gate.up is not None
        self._up = (gate.up.shown, time.monotonic(), rows)
        self._stop.sentence_is_up = True
        return True

    def withdraw(self) -> None:
        """See RecordingScreen."""
        if self._up is None or self._terminal is None:
            return
        self._status.clear()
        self._terminal.take_away(self._up[2])
        self._up, self._stop.sentence_is_up = None, False

    def bell(self) -> None:
        """See RecordingScreen."""
        click.echo("\a", nl=False, err=True)

    def asked_to_stop(self) -> EndedBy | None:
        """See RecordingScreen."""
        return self._stop()

    def _tail(self, progress: "Progress") -> str:
        """What stands beside the meter instead of what was heard; empty: that."""
        if progress.fault is not None:
            return _FAULTS[progress.fault]
        if progress.phase is Phase.WAITING:
            return "waiting for your voice"
        left = f"{progress.remaining:.0f} s left" if progress.remaining is not None else ""
        if progress.phase is not Phase.OFFERED or progress.countdown is None:
            return left
        if self._up is not None:
            return " · ".join(filter(None, ["listening still: speak on, or answer", left]))
        return f"ends in {progress.countdown:.0f} s, unless you go on"


def _end_of(heard: str) -> str:
    """The last words, as many as fit on any terminal beside the meter."""
    heard = printable(heard)
    return heard if len(heard) <= _HEARD_SHOWN else f"…{heard[-_HEARD_SHOWN:]}"
