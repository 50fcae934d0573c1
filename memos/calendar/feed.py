"""All calls and to-dos in one file, for a calendar that subscribes to it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ground.durable import atomic_file
from ground.reader import Senseless, open_regular
from memos.calendar.entry import Style
from memos.calendar.event import calendar
from memos.calendar.wanted import Wanted
from memos.errors import CalendarNotWritten

NAME = "Calls"


def feed(wanted: Iterable[Wanted], style: Style) -> bytes:
    """One calendar with all of it; the same ones give the same bytes."""
    return calendar((one.entry.make(style, one.changed_at) for one in wanted), name=NAME)


def write_feed(path: Path, wanted: Iterable[Wanted], style: Style) -> bool:
    """Write the feed, unless that is what the file says already; whether it was written.

    The folder must exist: it is one that something else syncs. A new file can be read by its owner only, one that
    exists keeps its mode. Raises CalendarNotWritten.
    """
    made = feed(wanted, style)
    try:
        if path.exists() and _says(path, made):
            return False
        with atomic_file(path, path.stat().st_mode & 0o777 if path.exists() else 0o600) as file:
            file.write(made)
    except Senseless as error:
        raise CalendarNotWritten(f"the feed {path}", "cannot be written (it is no file)") from error
    except OSError as error:
        raise CalendarNotWritten(f"the feed {path}", f"cannot be written ({error.strerror})") from error
    return True


def _says(path: Path, made: bytes) -> bool:
    with open_regular(path) as file:
        return file.read(len(made) + 1) == made
