"""One reading in a thread of its own, which owns the session and its store; requests hand acts to it, and get screens.

What is up is put on a screen once, and counts as shown from when that screen is first sent. Whatever an act does, the
session decides; an act that names another screen than the one that is up does nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, InvalidStateError
from concurrent.futures import TimeoutError as Late
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Condition, Event, Lock, Thread
from typing import TYPE_CHECKING, Final

from aftercall.desk.app import App
from aftercall.desk.hints import line_of
from aftercall.web.reading_face import ReadingFace
from aftercall.web.screens import BUSY, FINAL, LOOK, Act, Screen
from aftercall.web.strip import strip_of
from aftercall.web.waveform import cut
from capture.replacements import replacements_of
from ground.errors import AftercallError
from review.errors import KEPT, NotConfirmed

if TYPE_CHECKING:
    from capture.recording import Recording
    from review.play import Stretch

_PATIENCE: Final = 10.0
"""Seconds that a request waits for an answer; then it is told what is up."""

_PARTING: Final = 8.0
"""Seconds that the end of the server waits for a reading: what is recorded is being finished."""


class Reading:
    """The reading of one memo.

    :param work: what is done in the thread, from the first screen to the last: it has the memo read, or recorded first.
    :param recording: the memo; None where it is still to be recorded.
    :param tell: takes lines that come after the last screen, for the page that is shown next.
    :param log: keeps the details of a bug.
    :param clock: seconds, monotonic.
    """

    def __init__(
        self,
        app: App,
        work: "Callable[[App, Reading], None]",
        recording: "Recording | None",
        tell: Callable[[Sequence[str]], None],
        log: Callable[[BaseException], None],
        clock: Callable[[], float],
    ) -> None:
        self.recording = recording
        self.stop_recording = Event()
        """Set when the rep wants a recording that goes on within the reading to end."""
        self.leaving = Event()
        """Set when the reading is to be left, whatever goes on."""
        self.offered: tuple[str, float] | None = None
        """See Floor."""
        self._app = replace(app, told=set(), at_end={})
        self._work = work
        self._tell = tell
        self._log = log
        self._clock = clock
        self._seen = clock()
        self._lock = Lock()
        self._changed = Condition(self._lock)
        self._acts: SimpleQueue[tuple[Act, Future[Screen]]] = SimpleQueue()
        self._asking: Future[Screen] | None = None
        self._screen = Screen("busy", {"doing": "opening the memo …"})
        self._said: list[str] = []
        self._sounds: Mapping[str, Stretch] = {}
        self._thread = Thread(target=self._run, name="reading", daemon=True)

    # -- for requests ------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def do(self, act: Act) -> Screen:
        """Hand on what the rep does; what is up then. While nothing is asked, that is all that happens."""
        self._seen = self._clock()
        answer: Future[Screen] = Future()
        with self._lock:
            if self._screen.kind in FINAL | BUSY:
                return self._screen
            self._acts.put((act, answer))
        try:
            return answer.result(_PATIENCE)
        except Late:
            answer.cancel()
            return self._screen

    @property
    def screen(self) -> Screen:
        """What is up. To look at it is not to be shown it: nothing that is to be read is to be sent from here."""
        return self._screen

    def change(self, before: Screen, seconds: float) -> Screen:
        """What is up once that is another screen than before, or after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._screen is not before, seconds)
            return self._screen

    def sent(self, screen: Screen) -> None:
        """To be called before a screen of a recording is sent: a sentence that is offered on it is read from now on."""
        text = screen.facts.get("offered", "")
        if not text:
            self.offered = None
        elif self.offered is None or self.offered[0] != text:
            self.offered = (text, self._clock())

    @property
    def busy(self) -> bool:
        """Whether something is recorded or written down, and nothing is asked."""
        return self._screen.kind in BUSY

    @property
    def left(self) -> bool:
        """Whether it has ended without an answer to what becomes of the memo, and can be begun anew."""
        return self._screen.kind in ("left", "trouble")

    @property
    def unseen(self) -> float:
        """Seconds since its page was last known to be open."""
        return 0.0 if self.busy else self._clock() - self._seen

    def seen(self) -> None:
        """Its page is open."""
        self._seen = self._clock()

    def sound(self, turn: str, what: str) -> "Stretch | None":
        """The stretch of sound that belongs to the screen that is up: "sentence" or "word"."""
        with self._lock:
            return self._sounds.get(what) if turn == self._screen.turn else None

    def leave(self) -> None:
        """Leave it: what was answered is kept, what is being recorded is finished."""
        self.leaving.set()
        self.stop_recording.set()
        if self._thread.is_alive():
            self._acts.put((LOOK, Future()))

    def join(self) -> None:
        """Wait until it has ended."""
        self._thread.join(_PARTING)

    def wav(self, stretch: "Stretch") -> Path:
        """The file in which a stretch of sound is."""
        assert self.recording is not None
        inbox = self._app.home.inbox
        if stretch.said_again:
            return replacements_of(inbox, self.recording.id).wav(stretch.said_again)
        return self._app.inbox.wav(self.recording.id)

    def _samples(self, stretch: "Stretch") -> bytes:
        return cut(self.wav(stretch), stretch.start, stretch.end) if self.recording and self.recording.duration else b""

    # -- for the thread ----------------------------------------------------------------------------------------

    @property
    def asked(self) -> bool:
        """Whether a request waits, to which the screen that is put up next is sent."""
        return self._asking is not None

    def next_act(self, screen: Screen, sounds: "Mapping[str, Stretch]") -> Act:
        """Put a screen up, which is the answer to the act before, and wait for the next act.

        :raises NotConfirmed: the reading is left.
        """
        with self._lock:
            self._sounds = sounds
        self.put_up(screen)
        while True:
            act, asking = self._acts.get()
            if self.leaving.is_set():
                self._asking = asking
                raise NotConfirmed(KEPT)
            if asking.set_running_or_notify_cancel():
                self._asking = asking
                return act

    def put_up(self, screen: Screen) -> None:
        """Put a screen up, and answer who waits. What is done once a memo is stored goes on behind the screen that says
        so."""
        with self._lock:
            if self._screen.kind == "stored":
                return
            self._screen = screen
            self._changed.notify_all()
            asking, self._asking = self._asking, None
        if asking is not None:
            with suppress(InvalidStateError):
                asking.set_result(screen)

    def say(self, line: str) -> None:
        """Keep a line for the next screen."""
        self._said.append(line)

    def said(self) -> tuple[str, ...]:
        """The lines since it was last asked for."""
        lines, self._said = tuple(self._said), []
        return lines

    def _run(self) -> None:
        """From the sound to the end of the reading, whatever that is."""
        app = replace(self._app, face=ReadingFace(self, self._samples, partial(strip_of, self._app)))
        kind, line = "trouble", ""
        try:
            self._work(app, self)
            kind = "gone"
        except NotConfirmed as left:
            kind, line = "left", str(left)
        except AftercallError as error:
            line = line_of(error)
        except Exception as error:  # noqa: BLE001  # a thread's last line: the rep gets a line, we a log
            self._log(error)
            line = f"aftercall failed unexpectedly ({type(error).__name__}: {error}). What was recorded is safe."
        app.end()
        if self._screen.kind == "stored":
            self._tell(self.said())
        else:
            self.put_up(Screen(kind, {"line": line}, self.said()))
        while True:
            try:
                _, late = self._acts.get_nowait()
            except Empty:
                return
            with suppress(InvalidStateError):
                late.set_result(self._screen)
