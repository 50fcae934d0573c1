"""The calendars brought up to date: when told to, and by themselves after a call has changed; and how they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

from aftercall.desk.app import App
from aftercall.desk.calendar_settings import FEED, CalendarSettings
from aftercall.desk.calendar_words import question_in_words
from aftercall.desk.errors import FrontDoorError
from aftercall.desk.hints import line_of
from aftercall.desk.rows import Row, moment
from aftercall.desk.words import clock_time
from ground.errors import AftercallError

if TYPE_CHECKING:
    from memos.calendar.book import CalendarBook, Copy
    from memos.calendar.entry import Entry
    from memos.calendar.sync import Answer, Decide, Question, Synced
    from memos.store import Store

_AT_MOST_SECONDS: Final = 15.0
"""How long a command that is about something else may be kept by the calendars."""


_BEGIN: Final = b"BEGIN:VCALENDAR"


def calendars_are_stale(app: App) -> None:
    """To be called after a call was promised, changed or closed, or a contact renamed.

    When the command ends, however it ends, all calendars of the settings are brought up to date, once. What goes wrong
    there is a line for the rep and no more: it neither raises nor changes the exit code, and waits in the store.
    """
    app.at_end.setdefault("calendars", partial(_bring_up_to_date, app))


def _bring_up_to_date(app: App) -> None:
    try:
        calendars = CalendarSettings.of(app.settings, app.home)
        if not calendars.where:
            return
        lines: list[str] = []
        with app.status() as status, app.store() as store:
            status.show("bringing your calendar up to date …")
            update(store, calendars, lambda _: None, say=lines.append, until=monotonic() + _AT_MOST_SECONDS)
        for line in lines:
            app.say(line)
    except KeyboardInterrupt:
        app.say("Calendar: stopped; the changes wait and go out with the next: aftercall calendar sync")
    except (AftercallError, OSError) as error:
        if (line := line_of(error)) not in app.told:
            app.say(f"Calendar: {line}")
    except Exception as error:  # noqa: BLE001 - what was confirmed is stored, and the rep is to see that it was
        app.say(f"Calendar: not brought up to date ({type(error).__name__}: {error}); try: aftercall calendar sync")


def update(
    store: Store,
    calendars: CalendarSettings,
    decide: Decide,
    *,
    say: Callable[[str], None],
    server: bool = True,
    until: float = float("inf"),
) -> tuple[list[Synced], int]:
    """Bring the folder, the feed and, unless `server` is False, the CalDAV calendar up to date.

    What went wrong, or is to be asked, is told in lines to `say`. One that fails does not keep the others.
    Returns what was done in each that went well, and the exit code.
    """
    from memos.calendar.sync import Sync
    from memos.errors import CalendarTrouble

    book, code = store.calendar, 0
    done = []
    for place in calendars.places(server=server):
        try:
            synced = Sync(place, book, calendars.style, calendars.zone, decide, until).run()
        except CalendarTrouble as trouble:
            say(f"Calendar: {line_of(trouble)}")
            code = code or trouble.exit_code
        else:
            done.append(synced)
            for question in synced.questions:
                say(f"Calendar: {question_in_words(question)}. `aftercall calendar sync` asks what holds.")
            if synced.questions or synced.waiting:
                code = code or 9
    try:
        _write_feed(book, calendars)
    except CalendarTrouble as trouble:
        say(f"Calendar: {line_of(trouble)}")
        code = code or trouble.exit_code
    return done, code


def _write_feed(book: CalendarBook, calendars: CalendarSettings) -> None:
    from memos.calendar.feed import write_feed
    from memos.errors import CalendarTrouble

    if not calendars.feed:
        return
    try:
        write_feed(calendars.feed, book.wanted(calendars.style, calendars.zone), calendars.style)
    except CalendarTrouble as trouble:
        book.note(FEED, str(trouble))
        raise
    book.note(FEED, None)


class Answering:
    """Answers what was changed in a calendar about one call or to-do, in place of the rep; leaves all else for later.

    :ivar answered: whether anything was asked about it.
    """

    def __init__(self, entry_id: str, answer: Answer) -> None:
        self._entry_id = entry_id
        self._answer = answer
        self.answered = False

    def decide(self, question: Question) -> Answer | None:
        """See memos.calendar.sync.Decide."""
        if question.entry.id != self._entry_id:
            return None
        self.answered = True
        return self._answer


def open_calls_as_calendar(store: Store, calendars: CalendarSettings) -> tuple[bytes, int, int]:
    """All open calls and to-dos as one iCalendar file, and how many calls and to-dos there are."""
    from memos.calendar.feed import feed

    found = store.calendar.wanted(calendars.style, calendars.zone, noted=False)
    wanted = [one for one in found if not one.entry.closed]
    tasks = sum(one.entry.is_task for one in wanted)
    return feed(wanted, calendars.style), len(wanted) - tasks, tasks


def replace_calendar_file(path: Path, content: bytes) -> None:
    """Write a calendar to a file of its own, or over another calendar.

    :raises FrontDoorError: there is something else in its place, which is left as it is.
    :raises DiskTrouble: the disk refused.
    """
    from ground.durable import atomic_file, disk_trouble

    with disk_trouble("Nothing was written."):
        if path.exists() and not _is_calendar(path):
            raise FrontDoorError(f"{path} is no calendar and was left as it is. Give another name.")
        with atomic_file(path) as file:
            file.write(content)


def _is_calendar(path: Path) -> bool:
    from ground.reader import Senseless, open_regular

    try:
        with open_regular(path) as file:
            return file.read(len(_BEGIN)) == _BEGIN
    except Senseless:
        return False


def state_rows(store: Store, calendars: CalendarSettings) -> list[Row]:
    """How each calendar stands: when it was last up to date, what waits, and why."""
    from memos.calendar.book import PlaceState

    book = store.calendar
    states, wanted = book.states(), book.wanted(calendars.style, calendars.zone, noted=False)
    asked = Counter(place for place, _ in book.questions())
    rows = []
    for key, where in calendars.where.items():
        state = states.get(key, PlaceState())
        rows.append(
            {
                "id": key,
                "where": where,
                "synced_at": moment(state.synced_at),
                "waiting": None if key == FEED else book.waiting(key, wanted),
                "questions": asked[key],
                "failing_since": moment(state.failing_since),
                "failure": state.failure,
            }
        )
    return rows


def open_questions(store: Store, calendars: CalendarSettings) -> list[tuple[Entry, str, Copy]]:
    """What was changed in a calendar and waits for an answer, as last seen: the call, the calendar, and its copy."""
    entries = {one.entry.uid: one.entry for one in store.calendar.wanted(calendars.style, calendars.zone, noted=False)}
    return [(entries[copy.uid], place, copy) for place, copy in store.calendar.questions() if copy.uid in entries]


def question_row(entry: Entry, place: str, copy: Copy) -> Row:
    """One of them as data."""
    return {
        "id": entry.id,
        "calendar": place,
        "call": entry.title,
        "due": entry.date.isoformat() if entry.date else None,
        "time": clock_time(entry.time),
        "change": copy.question,
        "theirs": copy.theirs.isoformat() if copy.theirs else None,
    }
