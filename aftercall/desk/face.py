"""What the desk needs of a face. A terminal fulfils it, and so can a page."""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from capture.recorder import Progress
    from capture.recording import EndedBy
    from review.again import SayAgain
    from review.gate import Gate
    from review.play import Player
    from review.session import Session


class Status(Protocol):
    """A line for what changes while the rep waits."""

    def show(self, text: str, *, now: bool = False) -> None:
        """Show ``text`` in place of what is there; too frequent calls are passed over, unless it must be ``now``."""
        ...

    def progress(self, what: str, done: float, total: float) -> None:
        """Show how much of the work is done, both in seconds of sound."""
        ...

    def clear(self) -> None:
        """Make room for another line."""
        ...


class RecordingScreen(Protocol):
    """Shows how a recording stands, and takes the rep's wish to end it."""

    def begin(self, source: str) -> None:
        """Tell the rep to speak: samples arrive, so nothing that is said from here on is lost. Keys count from now."""
        ...

    def show(self, progress: "Progress", heard: str) -> None:
        """Show what the recorder says after a block, and what was heard so far."""
        ...

    def say(self, line: str) -> None:
        """Tell one line."""
        ...

    def offer(self, gate: "Gate") -> bool:
        """Show the first sentence that is up: the end of the memo is offered. Speech takes the offer back, the first
        key takes it. Whether it is shown: not every face can take a sentence away again.
        """
        ...

    def withdraw(self) -> None:
        """Take the sentence away again: the rep speaks on."""
        ...

    def bell(self) -> None:
        """Make a sound by which the rep knows that they may speak, where none could be played."""
        ...

    def asked_to_stop(self) -> "EndedBy | None":
        """Why the recording is to end; None where it is not. Asked after each block."""
        ...


class Reader(Protocol):
    """Has a memo read by a person."""

    def read(self, session: "Session", player: "Player | None", say_again: "SayAgain | None") -> None:
        """Draw the session until all is answered.

        :raises NotConfirmed: the rep left; what was answered is kept.
        :raises Discarded: the rep threw the memo away.
        :raises RecordAgain: the rep wants to speak it again.
        """
        ...

    def stored(self, what_next: str) -> None:
        """Tell that the memo is stored, and what follows from it."""
        ...


class Face(Protocol):
    """Where the desk meets the rep."""

    def say(self, line: str) -> None:
        """Tell one line that is not data. It holds nothing that a terminal would act upon."""
        ...

    def status(self) -> AbstractContextManager[Status]:
        """A line of status, cleared when the context ends."""
        ...

    def recording(self) -> AbstractContextManager[RecordingScreen]:
        """A screen for one recording."""
        ...

    def get_ready(self) -> None:
        """Load what the reading will need, while the rep speaks and does not wait. Called from another thread."""
        ...

    def reader(self) -> Reader:
        """What has memos read.

        :raises NoTerminal: nobody can be reading.
        """
        ...
