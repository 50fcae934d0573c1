"""The calendars of the settings: which there are, how events in them are made, and the password of the server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from aftercall.desk.errors import FrontDoorError

if TYPE_CHECKING:
    from aftercall.desk.home import Home
    from aftercall.desk.settings import Settings
    from memos.calendar.entry import Style
    from memos.calendar.places import Place
    from memos.calendar.server import Account

PASSWORD_VARIABLE: Final = "AFTERCALL_CALDAV_PASSWORD"  # noqa: S105 - the name of it

FEED: Final = "feed"
"""What the store calls the feed."""


@dataclass(frozen=True, slots=True)
class CalendarServer:
    """A CalDAV server, or one calendar there.

    :ivar calendar: the name of the calendar; empty: the only one.
    :ivar answer_seconds: how long an answer may take.
    """

    url: str
    user: str
    calendar: str
    answer_seconds: float

    def account(self, password: str | None = None) -> Account:
        """Who asks it for what; the password is looked up when it is needed, unless it is given."""
        from memos.calendar.server import Account

        return Account(
            self.url,
            self.user,
            self._kept_password if password is None else lambda: password,
            self.calendar,
            self.answer_seconds,
        )

    @property
    def _keyring_service(self) -> str:
        return f"aftercall {self.url}"

    def keep_password(self, password: str) -> None:
        """Keep it in the system's keyring, for that user.

        :raises CalendarExtraMissing: the package for it is not installed.
        :raises FrontDoorError: there is no keyring.
        """
        require_keyring()
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(self._keyring_service, self.user, password)
        except KeyringError as error:
            raise FrontDoorError(
                f"The password is right, but there is no keyring to keep it in ({error}). "
                f"Set {PASSWORD_VARIABLE} instead."
            ) from error

    def _kept_password(self) -> str:
        from memos.errors import CalendarPasswordMissing

        given = os.environ.get(PASSWORD_VARIABLE)
        if given:
            return given
        require_keyring()
        import keyring
        from keyring.errors import KeyringError

        try:
            kept = keyring.get_password(self._keyring_service, self.user)
        except KeyringError as error:
            raise CalendarPasswordMissing(f"the keyring cannot be read, and {PASSWORD_VARIABLE} is not set") from error
        if not kept:
            raise CalendarPasswordMissing(f"neither in the keyring nor in {PASSWORD_VARIABLE}")
        return kept


def require_keyring() -> None:
    """See that there is a package to keep passwords with, before one is asked for.

    :raises CalendarExtraMissing: there is none.
    """
    from memos.errors import CalendarExtraMissing

    try:
        import keyring
    except ImportError as error:
        raise CalendarExtraMissing from error
    del keyring


@dataclass(frozen=True, slots=True)
class CalendarSettings:
    """What of the settings the calendars need. A place that is None is not wanted.

    :ivar folder: of events, one for each open call (a vdir).
    :ivar feed: a file with all open calls.
    :ivar style: how events are made.
    :ivar zone: the time zone that the rep is in, an IANA name.
    """

    folder: Path | None
    feed: Path | None
    server: CalendarServer | None
    style: Style
    zone: str

    @classmethod
    def of(cls, settings: Settings, home: Home) -> Self:
        """The part of the settings; the feed is meant from the data folder, unless it says from where."""
        from memos.calendar.entry import Style
        from memos.calendar.event import own_zone

        server = CalendarServer(
            settings.caldav_url, settings.caldav_user, settings.caldav_calendar, settings.caldav_seconds
        )
        style = Style(
            alarm=timedelta(minutes=round(settings.calendar_alarm)) if settings.calendar_alarm >= 0 else None,
            alarm_at=time.fromisoformat(settings.calendar_alarm_at) if settings.calendar_alarm_at else None,
            length=timedelta(minutes=round(settings.calendar_minutes)),
            with_memo=settings.calendar_memo,
        )
        return cls(
            home.calendar if settings.calendar_folder else None,
            home.data / Path(settings.calendar_feed).expanduser() if settings.calendar_feed else None,
            server if server.url else None,
            style,
            settings.calendar_zone or own_zone(),
        )

    @property
    def where(self) -> dict[str, str]:
        """What the store calls each calendar, and where it is."""
        from memos.calendar.places import Folder
        from memos.calendar.server import key_of

        found = {}
        if self.folder:
            found[Folder.key] = str(self.folder)
        if self.feed:
            found[FEED] = str(self.feed)
        if self.server:
            found[key_of(self.server.url, self.server.user, self.server.calendar)] = self.server.url
        return found

    def places(self, *, server: bool) -> Iterator[Place]:
        """Those that events are written to one by one; that of a server only if it is asked for."""
        if self.folder:
            from memos.calendar.places import Folder

            yield Folder(self.folder)
        if server and self.server:
            from memos.calendar.server import CalDavCalendar

            yield CalDavCalendar(self.server.account())
