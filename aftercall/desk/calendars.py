"""The calendars of the settings, brought up to date: when told to, and by themselves after a call has changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import time, timedelta
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

import click

from aftercall.desk.app import App
from ground.errors import AftercallError

if TYPE_CHECKING:
    from memos.calendar.book import CalendarBook
    from memos.calendar.event import Style
    from memos.calendar.places import Place
    from memos.calendar.server import Account
    from memos.calendar.sync import Decide, Outcome
    from memos.store import Store

PASSWORD_VARIABLE: Final = "AFTERCALL_CALDAV_PASSWORD"  # noqa: S105 - the name of it

FEED: Final = "feed"
"""What the store calls the feed."""

_AT_MOST_SECONDS: Final = 15.0
"""How long a command that is about something else may be kept by the calendars."""

_STALE: Final = "aftercall.desk.calendars.stale"


def calendars_are_stale(app: App) -> None:
    """To be called after a call was promised, changed or closed, or a contact renamed.

    When the command ends, however it ends, all calendars of the settings are brought up to date, once. What goes wrong
    there is a line for the rep and no more: it neither raises nor changes the exit code, and waits in the store.
    """
    context = click.get_current_context(silent=True)
    if context is None:
        _bring_up_to_date(app)
        return
    root = context.find_root()
    if _STALE not in root.meta:
        root.meta[_STALE] = True
        root.call_on_close(partial(_bring_up_to_date, app))


def _bring_up_to_date(app: App) -> None:
    from aftercall.desk.hints import line_of

    try:
        if not places_of(app):
            return
        lines: list[str] = []
        with app.status() as status, app.store() as store:
            status.show("bringing your calendar up to date …")
            update(app, store, lambda _: None, say=lines.append, until=monotonic() + _AT_MOST_SECONDS)
        for line in lines:
            app.say(line)
    except KeyboardInterrupt:
        app.say("Calendar: stopped; the changes wait and go out with the next: aftercall calendar sync")
    except (AftercallError, OSError) as error:
        app.say(f"Calendar: {line_of(error)}")
    except Exception as error:  # noqa: BLE001 - what was confirmed is stored, and the rep is to see that it was
        app.say(f"Calendar: not brought up to date ({type(error).__name__}: {error}); try: aftercall calendar sync")


def update(
    app: App,
    store: Store,
    decide: Decide,
    *,
    say: Callable[[str], None] | None = None,
    server: bool = True,
    until: float = float("inf"),
) -> tuple[list[Outcome], int]:
    """Bring the folder, the feed and, unless `server` is False, the CalDAV calendar up to date.

    What went wrong, or is to be asked, is told in lines to `say`. One that fails does not keep the others.
    Returns what was done in each that went well, and the exit code.
    """
    from aftercall.desk.hints import line_of
    from aftercall.terminal.calendar_questions import told
    from memos.calendar.sync import Sync
    from memos.errors import CalendarTrouble

    book, code, say = store.calendar, 0, say or app.say
    style, zone = style_of(app), zone_of(app)
    done = []
    for place in _places(app, server=server):
        try:
            outcome = Sync(place, book, style, zone, decide, until).run()
        except CalendarTrouble as trouble:
            say(f"Calendar: {line_of(trouble)}")
            code = code or trouble.exit_code
        else:
            done.append(outcome)
            for question in outcome.questions:
                say(f"Calendar: {told(question)}. `aftercall calendar sync` asks what holds.")
            if outcome.questions or outcome.waiting:
                code = code or 9
    try:
        _write_feed(app, book, style, zone)
    except CalendarTrouble as trouble:
        say(f"Calendar: {trouble}")
        code = code or trouble.exit_code
    return done, code


def _places(app: App, *, server: bool) -> Iterator[Place]:
    if app.settings.calendar_folder:
        from memos.calendar.places import Folder

        yield Folder(app.home.calendar)
    if server and app.settings.caldav_url:
        from memos.calendar.server import CalDavCalendar

        yield CalDavCalendar(account_of(app))


def _write_feed(app: App, book: CalendarBook, style: Style, zone: str) -> None:
    from memos.calendar.feed import write_feed
    from memos.errors import CalendarTrouble

    if not app.settings.calendar_feed:
        return
    try:
        write_feed(feed_path(app), book.wanted(style, zone), style)
    except CalendarTrouble as trouble:
        book.note(FEED, str(trouble))
        raise
    book.note(FEED, None)


def places_of(app: App) -> dict[str, str]:
    """What the store calls each calendar of the settings, and where it is."""
    from memos.calendar.places import Folder
    from memos.calendar.server import key_of

    settings = app.settings
    named = {
        Folder.key: str(app.home.calendar) if settings.calendar_folder else "",
        FEED: str(feed_path(app)) if settings.calendar_feed else "",
        key_of(settings.caldav_url, settings.caldav_user, settings.caldav_calendar): settings.caldav_url,
    }
    return {key: where for key, where in named.items() if where}


def feed_path(app: App) -> Path:
    """Where the feed is; from the data folder, unless the setting says from where."""
    return app.home.data / Path(app.settings.calendar_feed).expanduser()


def account_of(app: App, password: str | None = None) -> Account:
    """Where the settings say that the calendar server is; the password is looked up when it is needed."""
    from memos.calendar.server import Account

    settings = app.settings
    return Account(
        settings.caldav_url,
        settings.caldav_user,
        partial(_password, app) if password is None else lambda: password,
        settings.caldav_calendar,
        settings.caldav_seconds,
    )


def keyring_service(app: App) -> str:
    """What the password is kept under in the system's keyring, for the user of the settings."""
    return f"aftercall {app.settings.caldav_url}"


def _password(app: App) -> str:
    from memos.errors import CalendarExtraMissing, CalendarPasswordMissing

    given = os.environ.get(PASSWORD_VARIABLE)
    if given:
        return given
    try:
        import keyring
        import keyring.errors
    except ImportError as error:
        raise CalendarExtraMissing from error
    try:
        kept = keyring.get_password(keyring_service(app), app.settings.caldav_user)
    except keyring.errors.KeyringError as error:
        raise CalendarPasswordMissing(f"the keyring cannot be read, and {PASSWORD_VARIABLE} is not set") from error
    if not kept:
        raise CalendarPasswordMissing(f"neither in the keyring nor in {PASSWORD_VARIABLE}")
    return kept


def style_of(app: App) -> Style:
    """How the settings say that events are to be made."""
    from memos.calendar.event import Style

    settings = app.settings
    return Style(
        alarm=timedelta(minutes=round(settings.calendar_alarm)) if settings.calendar_alarm >= 0 else None,
        alarm_at=time.fromisoformat(settings.calendar_alarm_at) if settings.calendar_alarm_at else None,
        length=timedelta(minutes=round(settings.calendar_minutes)),
        with_memo=settings.calendar_memo,
    )


def zone_of(app: App) -> str:
    """The time zone that the rep is in."""
    from memos.calendar.event import own_zone

    return app.settings.calendar_zone or own_zone()
