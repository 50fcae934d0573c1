"""One run of the program: settings, places, the face, and the rooms opened as they are needed."""

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Self

from aftercall.desk.errors import BadSettings, NothingFound
from aftercall.desk.face import Face, Status
from aftercall.desk.home import Home
from aftercall.desk.settings import Loaded, Settings, load
from ground.printable import printable

if TYPE_CHECKING:
    from capture.inbox import Inbox
    from memos.store import Store
    from review.ended_call import LastCalls
    from transcribe.weights import Places


def _none_known(name: str) -> "LastCalls | None":
    return None


@dataclass(frozen=True, slots=True)
class App:
    """One run of the program.

    :ivar face: where the rep is told something that is not data.
    :ivar told: troubles that were said already, and are not to be said once more at the end.
    :ivar at_end: what is to be done when the run ends, however it ends, by what it is about: once, however often it was
        asked for. None of it may raise.
    :ivar last_calls: what knows the last calls under that name; None where nothing does.
    """

    home: Home
    loaded: Loaded
    face: Face
    told: set[str] = field(default_factory=set)
    at_end: dict[str, Callable[[], None]] = field(default_factory=dict)
    last_calls: "Callable[[str], LastCalls | None]" = _none_known

    @classmethod
    def start(
        cls,
        environment: Mapping[str, str],
        face_for: Callable[[Settings], Face],
        last_calls: "Callable[[str], LastCalls | None]" = _none_known,
    ) -> Self:
        """Find the places and read the settings.

        :raises BadSettings: a setting makes no sense, or the time zone of this machine.
        """
        try:
            datetime.now().astimezone()
        except ValueError:
            zone = printable(environment.get("TZ", ""))
            raise BadSettings(
                f"The time zone of this machine is none: {zone!r} is a day or more from UTC. "
                "The variable TZ is to name one."
            ) from None
        home = Home.find(environment)
        loaded = load(home.config_file, environment)
        return cls(home, loaded, face_for(loaded.settings), last_calls=last_calls)

    def end(self) -> None:
        """Do what is to be done at the end."""
        while self.at_end:
            _, do = self.at_end.popitem()
            do()

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.loaded.settings

    def now(self) -> datetime:
        """The time, with the zone of this machine."""
        return datetime.now().astimezone()

    def say(self, line: str = "") -> None:
        """Tell the rep something that is not data. It may quote names that others chose."""
        self.face.say(printable(line))

    def status(self) -> AbstractContextManager[Status]:
        """A line for what changes while the rep waits; use it as a context manager."""
        return self.face.status()

    @property
    def inbox(self) -> "Inbox":
        """What is not confirmed yet."""
        from capture.inbox import Inbox

        return Inbox(self.home.inbox)

    @property
    def places(self) -> "Places":
        """Where weights are looked for and kept."""
        from transcribe.weights import Places

        return Places.usual(self.home.models)

    def engine(self, wanted: str | None = None) -> str:
        """The engine asked for, or that of the settings, or the best that is installed."""
        from transcribe.engines import default_engine

        return wanted or self.settings.engine or default_engine()

    def store(self) -> "Store":
        """The confirmed memos, opened; to be closed by the caller (a context manager).

        :raises MemosError: it cannot be opened.
        """
        from memos.store import Store

        return Store.open(self.home.database, clock=self.now)

    def any_store(self) -> "AbstractContextManager[Store | None]":
        """The confirmed memos, or None where there are none yet; to be closed by the caller (a context manager).

        :raises MemosError: they cannot be opened; see `store_to_read`.
        """
        return self.store_to_read() if self.home.database.exists() else nullcontext()

    def past_memos(self) -> "Store":
        """The confirmed memos, to look into; to be closed by the caller (a context manager).

        :raises NothingFound: there are none yet.
        """
        if not self.home.database.exists():
            raise NothingFound("No memo has been confirmed yet.")
        return self.store_to_read()

    def store_to_read(self) -> "Store":
        """The confirmed memos, opened at least to be read; to be closed by the caller (a context manager).

        How that is done where the disk is full or read-only is told once; whatever would write then raises StoreFull or
        StoreNotWritable.

        :raises MemosError: they cannot be opened.
        """
        from memos.read_only import open_at_least_to_read

        store, only_read = open_at_least_to_read(self.home.database, self.now)
        if only_read is not None and str(only_read) not in self.told:
            from aftercall.desk.hints import line_of

            # What then cannot be written would be told in the words of the trouble, which says no more.
            self.told.update({str(only_read), line_of(only_read.trouble)})
            self.say(str(only_read))
        return store

    def remind(self) -> None:
        """Say what waits to be read, unless the settings say not to."""
        if self.settings.reminder and self.home.inbox.is_dir():
            from aftercall.desk.reminder import reminder

            inbox = self.inbox
            if ids := inbox.ids():
                self.say(reminder(len(ids), inbox.notes.facts_or_guess(ids[0]).spoken_at, self.now()))

    def is_confirmed(self, recording_id: str) -> bool:
        """Whether the memo of that recording is stored."""
        return bool(self.confirmed_among([recording_id]))

    def confirmed_among(self, recording_ids: Collection[str]) -> list[str]:
        """Those of the recordings whose memos are stored, in order; the store is opened once for all of them.

        That it can only be read is for who needs it to tell.

        :raises MemosError: it cannot be opened.
        """
        if not recording_ids or not self.home.database.exists():
            return []
        from memos.read_only import open_at_least_to_read

        with open_at_least_to_read(self.home.database, self.now)[0] as store:
            confirmed = store.confirmed_at(recording_ids)
        return [recording_id for recording_id in recording_ids if recording_id in confirmed]
