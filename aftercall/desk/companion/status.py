"""How things stand, asked every second by a status bar: nothing is loaded that this does not need."""

from dataclasses import asdict, dataclass

from aftercall.desk.app import App
from aftercall.desk.rows import Row
from aftercall.desk.words import clock


@dataclass(frozen=True, slots=True)
class Status:
    """How things stand.

    :ivar seconds: for how long a memo has been recorded; None where none is.
    :ivar contact: whom it is about, as far as that was said.
    :ivar waiting: memos that wait to be read.
    :ivar due: calls that are due today, or were before.
    """

    seconds: int | None
    contact: str | None
    waiting: int
    due: int

    def row(self) -> Row:
        """As data."""
        return {"recording": self.seconds is not None} | asdict(self)

    def in_words(self) -> str:
        """ "recording 0:12 · 2 waiting · 3 due"; what is none is left out."""
        parts = [
            f"recording {clock(self.seconds)}" if self.seconds is not None else "",
            f"{self.waiting} waiting" if self.waiting else "",
            f"{self.due} due" if self.due else "",
        ]
        return " · ".join(filter(None, parts)) or "nothing waits"


def status(app: App) -> Status:
    """How things stand now.

    :raises MemosError: the store cannot be read.
    """
    from aftercall.desk.companion.slots import slots_of
    from memos.lateness import local_due

    now = app.now()
    recording = app.inbox.being_recorded() if app.home.inbox.is_dir() else None
    seconds = max(0, int((now - recording.spoken_at).total_seconds())) if recording else None
    due = sum(local_due(slot)[0] <= now.date() for slot in slots_of(app, now))
    waiting = sum(1 for path in app.home.inbox.glob("*.wav"))
    return Status(seconds, recording.contact_hint if recording else None, waiting, due)
