"""What all requests share: the run of the program, the readings that are open, and who is still looking."""

import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from threading import Event, Lock
from typing import Final

from aftercall.desk.app import App
from aftercall.web import works
from aftercall.web.face import Told
from aftercall.web.keys import Keys
from aftercall.web.reading import Reading

NEW: Final = "new"
"""The name of the reading whose memo is being recorded, and has no id yet."""


class House:
    """The server's own: one for all requests, which come in threads of their own.

    :param clock: seconds, monotonic.
    """

    def __init__(self, app: App, keys: Keys, clock: Callable[[], float] = time.monotonic) -> None:
        self.app = app
        self.keys = keys
        self._clock = clock
        self._lock = Lock()
        self._readings: dict[str, Reading] = {}
        self._seen = clock()
        self._told: list[str] = []
        self.closing = Event()
        """Set when the server ends."""

    # -- the readings ------------------------------------------------------------------------------------------

    def reading(self, name: str) -> Reading | None:
        """The reading of the memo with this id, or of the :data:`NEW` one, whether it goes on or has ended; None where
        none was begun."""
        with self._lock:
            return self._known(name)

    def read(self, recording_id: str) -> Reading:
        """The reading of that memo: the one that goes on, wherever it was opened, or one that begins now.

        :raises UnknownRecording: it is not in the inbox.
        """
        with self._lock:
            known = self._known(recording_id)
            if known is not None and not known.left:
                return known
            recording = self.app.inbox.get(recording_id)
            going_on = self._known(recording.id)
            if going_on is not None and not going_on.left:
                return going_on
            begun = Reading(self.app, works.waiting(recording), recording, self.tell, self.log, self._clock)
            self._readings[recording.id] = begun
        begun.start()
        return begun

    def record(self, contact: str | None) -> None:
        """Record a memo, to be read then; where one is being recorded already, that goes on."""
        with self._lock:
            last = self._readings.get(NEW)
            if last is not None and last.recording is None and not last.left:
                return
            if last is not None and last.recording is not None:
                self._readings[last.recording.id] = last
            begun = Reading(self.app, works.spoken(contact), None, self.tell, self.log, self._clock)
            self._readings[NEW] = begun
        begun.start()

    def after(self, recording_id: str) -> str:
        """The id of the memo that waits after this one; empty where none does."""
        with suppress(OSError, ValueError):
            ids = [recording.id for recording in self.app.inbox.recordings()] if self.app.home.inbox.is_dir() else []
            return next(iter(ids[ids.index(recording_id) + 1 :]), "")
        return ""

    def _known(self, name: str) -> Reading | None:
        found = self._readings.get(name)
        new = self._readings.get(NEW)
        if found is None and new is not None and new.recording is not None and new.recording.id == name:
            return new
        return found

    def waiting(self) -> int:
        """How many memos wait to be read; 0 where that cannot be said, which the inbox tells."""
        with suppress(OSError, ValueError):
            return len(self.app.inbox.ids()) if self.app.home.inbox.is_dir() else 0
        return 0

    # -- a request's own ---------------------------------------------------------------------------------------

    @contextmanager
    def run(self) -> Iterator[tuple[App, Told]]:
        """The program for one request: what it tells is kept for the page, and what is to be done at its end is done
        when the request is."""
        told = Told()
        app = replace(self.app, face=told, told=set(), at_end={})
        try:
            yield app, told
        finally:
            app.end()

    def tell(self, lines: Iterable[str]) -> None:
        """Keep lines for the page that is shown next."""
        with self._lock:
            self._told += lines

    def told(self) -> list[str]:
        """The lines since they were last asked for."""
        with self._lock:
            lines, self._told = self._told, []
        return lines

    def log(self, error: BaseException) -> None:
        """Keep the details of a bug where a command keeps them."""
        path = self.app.home.data / "last-failure.txt"
        with suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")

    # -- who is looking ----------------------------------------------------------------------------------------

    def seen(self) -> None:
        """A page is open, or was a moment ago."""
        self._seen = self._clock()

    @property
    def unseen(self) -> float:
        """Seconds since a page was last known to be open; 0 while something is recorded or written down."""
        with self._lock:
            busy = any(reading.busy for reading in self._readings.values())
        if busy:
            self.seen()
        return self._clock() - self._seen

    def let_go(self, seconds: float) -> None:
        """Leave the readings whose page was closed so many seconds ago, so that a terminal can have them."""
        with self._lock:
            readings = list(self._readings.values())
        for reading in readings:
            if reading.unseen > seconds:
                reading.leave()

    def close(self) -> None:
        """Leave all that goes on: what was answered is kept, what was recorded is in the inbox."""
        self.closing.set()
        with self._lock:
            readings = list(self._readings.values())
        for reading in readings:
            reading.leave()
        for reading in readings:
            reading.join()
