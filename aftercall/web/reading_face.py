"""The desk's face in the thread of a reading: its screens instead of a terminal's lines."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Final, Self

from aftercall.desk.words import clock
from aftercall.web.reader import PageReader
from aftercall.web.screens import Floor, Screen
from capture.endpoint import Phase
from capture.recorder import Fault
from capture.recording import EndedBy
from ground.printable import printable

if TYPE_CHECKING:
    from types import TracebackType

    from aftercall.desk.face import Reader, RecordingScreen, Status
    from aftercall.web.strip import Strip
    from capture.recorder import Progress
    from review.call_question import CallQuestion
    from review.gate import Gate
    from review.play import Stretch


class ReadingFace:
    """Implements aftercall.desk.face.Face.

    :param samples: the sound of a stretch of the memo.
    :param strip_of: the coming two weeks, for the question of the next call.
    """

    def __init__(
        self, floor: Floor, samples: "Callable[[Stretch], bytes]", strip_of: "Callable[[CallQuestion], Strip]"
    ) -> None:
        self._floor = floor
        self._samples = samples
        self._strip_of = strip_of

    def say(self, line: str) -> None:
        """See Face."""
        self._floor.say(line)

    @contextmanager
    def status(self) -> "Iterator[Status]":
        """See Face."""
        yield _Doing(self._floor)

    def recording(self) -> "AbstractContextManager[RecordingScreen]":
        """See Face."""
        return _Recording(self._floor)

    def get_ready(self) -> None:
        """See Face."""

    def reader(self) -> "Reader":
        """See Face."""
        return PageReader(self._floor, self._samples, self._strip_of)


class _Doing:
    """A line of status: the screen while nothing is asked."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    def show(self, text: str, *, now: bool = False) -> None:
        """See Status."""
        self._floor.put_up(Screen("busy", {"doing": text}))

    def progress(self, what: str, done: float, total: float) -> None:
        """See Status."""
        share = f" {done / total:.0%}" if total else ""
        self.show(f"{what}{share} …")

    def clear(self) -> None:
        """See Status."""


class _Recording:
    """Implements aftercall.desk.face.RecordingScreen: it ends by silence, or by the rep's button.

    The sentence that is offered is looked at, and not answered yet: it is up again once the microphone is closed, and
    its time counts from when it was sent first.
    """

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._source = ""
        self._offered = ""
        self._lines: tuple[str, ...] = ()
        self._heard = ""
        self._doing = "opening the microphone …"
        self._clock = clock(0)
        self._level = 0

    def __enter__(self) -> Self:
        self._floor.stop_recording.clear()
        self._floor.offered = None
        self._put_up()
        return self

    def __exit__(
        self, kind: "type[BaseException] | None", error: BaseException | None, trace: "TracebackType | None"
    ) -> None:
        self._floor.put_up(Screen("busy", {"doing": "writing it down …"}, self._lines))

    def begin(self, source: str) -> None:
        """See RecordingScreen."""
        self._source = source

    def show(self, progress: "Progress", heard: str) -> None:
        """See RecordingScreen."""
        self._heard = printable(heard)
        self._doing = _doing(progress, offered=bool(self._offered))
        self._clock, self._level = clock(progress.elapsed), percent(progress.level)
        self._put_up()

    def say(self, line: str) -> None:
        """See RecordingScreen."""
        self._lines = (*self._lines, printable(line))

    def offer(self, gate: "Gate") -> bool:
        """See RecordingScreen."""
        assert gate.up is not None
        self._offered = printable(gate.up.shown)
        return True

    def withdraw(self) -> None:
        """See RecordingScreen."""
        self._offered = ""

    def bell(self) -> None:
        """See RecordingScreen."""

    def asked_to_stop(self) -> EndedBy | None:
        """See RecordingScreen."""
        if self._floor.leaving.is_set():
            return EndedBy.LATER
        if self._floor.stop_recording.is_set():
            return EndedBy.READING if self._offered else EndedBy.ENTER
        return None

    def _put_up(self) -> None:
        facts = {
            "doing": self._doing,
            "clock": self._clock,
            "level": self._level,
            "source": self._source,
            "heard": self._heard,
            "offered": self._offered,
        }
        self._floor.put_up(Screen("recording", facts, self._lines))


FAULTS: Final = {
    Fault.STALLED: "NO SOUND is coming from the microphone",
    Fault.ZEROS: "NOTHING comes from the microphone any more: muted, or unplugged?",
}


def _doing(progress: "Progress", *, offered: bool) -> str:
    """What is said beside the meter; empty where the memo just goes on."""
    if progress.fault is not None:
        return FAULTS[progress.fault]
    if progress.phase is Phase.WAITING:
        return "Speak now."
    left = f"{progress.remaining:.0f} s left" if progress.remaining is not None else ""
    if progress.phase is not Phase.OFFERED or progress.countdown is None:
        return left
    if offered:
        return " · ".join(filter(None, ["listening still: speak on, or read", left]))
    return f"ends in {progress.countdown:.0f} s, unless you go on"


def percent(level: float) -> int:
    """A level in dBFS as a share of what a meter shows: 0 at -60 dBFS and below, 100 at full scale."""
    return round(max(0.0, min(1.0, 1 + level / 60)) * 100)
