"""The parts that the settings ask for, put together."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aftercall.desk.app import App
from aftercall.desk.companion.child import Child, Saying
from aftercall.desk.companion.last import FETCHED, RANG, Last
from aftercall.desk.companion.loop import LONGEST_SLEEP, Part
from aftercall.desk.companion.ringing import alarm_at, due_now, evening_at, rung_file
from aftercall.desk.companion.rings import Rung, evening_to_ring, next_moment
from aftercall.desk.companion.slots import slots_of

if TYPE_CHECKING:
    from capture.folders.ledger import Ledger

_AGAIN_SECONDS: Final = 60.0
"""After which a ring that was begun and not noted is begun once more."""

_SOONEST: Final = 0.2


def ledger_of(app: App) -> "Ledger":
    """What of the folders was dealt with."""
    from capture.folders.ledger import Ledger

    return Ledger(app.home.data / "companion" / "fetched.jsonl")


def memo_folders(app: App) -> list[Path]:
    """The folders of the settings."""
    return [Path(each).expanduser() for each in app.settings.memo_folders]


def parts_of(app: App, say: Callable[[str], None], bell: Callable[[], None], wake: Callable[[], None]) -> list[Part]:
    """What the loop is to look after.

    :param say: told what the rep may want to know, from the loop's thread.
    :param bell: makes a sound, where nothing shows notifications.
    :param wake: has every part get its turn, from any thread.
    """
    last = Last(app.home.data, app.now)

    def begin_ring() -> Child:
        last.note(RANG)
        return Child(["ring"], wake)

    parts: list[Part] = []
    if app.settings.memo_folders:
        parts.append(_folders(app, say, wake, last))
    if app.settings.ring or app.settings.evening_reminder:
        parts.append(Ringing(app, begin_ring, say, bell))
    return parts


def _folders(app: App, say: Callable[[str], None], wake: Callable[[], None], last: Last) -> Part:
    from aftercall.desk.companion.folders import Folders

    def fetch(files: Sequence[Path], if_whole: bool) -> Child:
        options = ["--transcribe", "--nl", *(["--if-whole"] if if_whole else [])]
        return Child(["import", *options, "--", *files], wake)

    def fetched(recording_ids: Sequence[str]) -> None:
        last.note(FETCHED)
        for recording_id in recording_ids:
            say(f"Fetched: {recording_id} waits to be read.")
        Child(["ring", "--waiting"])

    return Folders(memo_folders(app), app.inbox, ledger_of(app), fetch, say=say, wake=wake, on_fetched=fetched)


class Ringing:
    """Implements aftercall.desk.companion.loop.Part: begins ``aftercall ring`` when something is to ring.

    :param begin: begins it.
    :param clock: seconds, monotonic.
    """

    def __init__(
        self,
        app: App,
        begin: Callable[[], Saying],
        say: Callable[[str], None],
        bell: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._begin_ring = begin
        self._say = say
        self._bell = bell
        self._clock = clock
        self._rings: list[Saying] = []
        self._begun: tuple[frozenset[str], float] = (frozenset(), -_AGAIN_SECONDS)

    def turn(self) -> float:
        """See Part."""
        if hasattr(time, "tzset"):
            time.tzset()  # the rep has travelled
        self._tell()
        app, now = self._app, self._app.now()
        rung = Rung.read(rung_file(app)).believed(now)
        slots = slots_of(app, now)
        due = {ring.key for ring in due_now(app, slots, rung, now)}
        soon = next_moment(slots, alarm_at(app.settings), now)
        if evening_to_ring(evening_at(app.settings), rung, now):
            due.add("evening")
        self._begin(frozenset(due))
        return LONGEST_SLEEP if soon is None else _seconds_until(soon, now)

    def close(self) -> None:
        """See Part."""

    def _begin(self, due: frozenset[str]) -> None:
        begun, since = self._begun
        if not due - begun and self._clock() - since < _AGAIN_SECONDS:
            return
        if due:
            self._begun = (due, self._clock())
            self._rings.append(self._begin_ring())

    def _tell(self) -> None:
        """What was said by those that have ended: where there is no desktop, that is the ring itself."""
        for child in [each for each in self._rings if each.output is not None]:
            self._rings.remove(child)
            if child.said:
                self._bell()
            for line in child.said:
                self._say(line)


def _seconds_until(moment: datetime, now: datetime) -> float:
    return max(_SOONEST, (moment - now).total_seconds())
