"""What the commands share: settings, places, and the rooms opened as they are needed."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Self

import click

from aftercall.desk.errors import NothingFound
from aftercall.desk.home import Home
from aftercall.desk.settings import Loaded, Settings, load
from ground.errors import AftercallError
from ground.printable import printable

if TYPE_CHECKING:
    from aftercall.terminal.status_line import StatusLine
    from capture.inbox import Inbox
    from capture.recording import Recording
    from memos.store import Store
    from transcribe.weights import Places


@dataclass(frozen=True, slots=True)
class App:
    """One run of the program."""

    home: Home
    loaded: Loaded
    told: set[str] = field(default_factory=set)
    """Troubles that were said already, and are not to be said once more at the end."""

    @classmethod
    def start(cls, environment: Mapping[str, str]) -> Self:
        """Find the places and read the settings.

        :raises BadSettings: a setting makes no sense.
        """
        home = Home.find(environment)
        return cls(home, load(home.config_file, environment))

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.loaded.settings

    def plainly(self, plain: bool) -> Self:
        """The same, for a screen reader where the flag --plain says so; else as the settings have it."""
        if not plain:
            return self
        return replace(self, loaded=replace(self.loaded, settings=replace(self.settings, plain=True)))

    def now(self) -> datetime:
        """The time, with the zone of this machine."""
        return datetime.now().astimezone()

    def say(self, line: str = "") -> None:
        """Tell the rep something that is not data. It may quote names that others chose."""
        click.echo(printable(line), err=True)

    def status(self) -> "StatusLine":
        """A line for what changes while the rep waits, where it can be seen: a screen reader would read every change.

        Use it as a context manager.
        """
        from aftercall.terminal.status_line import StatusLine

        return StatusLine(visible=not self.settings.plain)

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

        :raises MemosError: they cannot be opened.
        """
        return self.store() if self.home.database.exists() else nullcontext()

    def past_memos(self) -> "Store":
        """The confirmed memos, to look into; to be closed by the caller (a context manager).

        :raises NothingFound: there are none yet.
        """
        if not self.home.database.exists():
            raise NothingFound("No memo has been confirmed yet.")
        return self.store()

    def remind(self) -> None:
        """Say what waits to be read, unless the settings say not to."""
        if self.settings.reminder and self.home.inbox.is_dir():
            from aftercall.desk.reminder import reminder

            if line := reminder(self.inbox.recordings(), self.now()):
                self.say(line)

    def recover(self) -> None:
        """Finish what a crash left behind, and say so."""
        if not self.home.inbox.is_dir():
            return
        from aftercall.desk.saying_again import recover_again

        recover_again(self)
        recovery = self.inbox.recover()
        for recording in recovery.recovered:
            self.say(
                f"Recovered a recording that was cut off: {describe(recording)}. `aftercall review` goes on with it."
            )
        for path in recovery.set_aside:
            self.say(f"{path.name} is no sound that can be read; it was moved to {path.parent / 'set-aside'}.")
        for line in recovery.trouble:
            self.say(line)
        self._archive_confirmed()

    def _archive_confirmed(self) -> None:
        """Tidy away recordings whose memo was stored just before something went wrong.

        A store or a disk in trouble is only told of: it must not keep the rep from speaking the next memo.
        """
        from aftercall.desk.saying_again import archive_again

        try:
            for recording in self.inbox.recordings():
                if self.is_confirmed(recording.id):
                    archive_again(self, recording.id)
                    self.inbox.archive(recording.id, self.home.audio)
        except (AftercallError, OSError) as error:
            self.told.add(str(error))
            self.say(str(error))

    def is_confirmed(self, recording_id: str) -> bool:
        """Whether the memo of that recording is stored."""
        from memos.errors import NotFound

        if not self.home.database.exists():
            return False
        with self.store() as store:
            try:
                store.get(recording_id)
            except NotFound:
                return False
        return True


def describe(recording: "Recording") -> str:
    """ "14.0 s with Dana, Saturday 21 November 16:40 (20261121-164005-7f3a)"."""
    from aftercall.desk.words import long_day

    length = f"{recording.duration:.1f} s" if recording.duration is not None else "of unknown length"
    who = f" with {recording.contact_hint}" if recording.contact_hint else ""
    when = long_day(recording.spoken_at, datetime.now().astimezone().date())
    return f"{length}{who}, {when} ({recording.id})"
