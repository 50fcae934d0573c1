"""The line at the end of a command that says what waits to be read."""

from datetime import datetime
from typing import Final

from aftercall.shown import long_day
from capture.recording import Recording

END_OF_DAY: Final = 17
"""The hour, local time, from which the line says that the day ends."""


def waiting_line(count: int) -> str:
    """How many wait: "1 memo waits to be read", "2 memos wait to be read"."""
    return f"{count} memo waits to be read" if count == 1 else f"{count} memos wait to be read"


def reminder(waiting: list[Recording], now: datetime) -> str | None:
    """What to say about the recordings in the inbox, oldest first; None where there are none.

    :param now: with zone.
    """
    if not waiting:
        return None
    since = waiting[0].spoken_at.astimezone(now.tzinfo)
    when = f"{since:%H:%M}" if since.date() == now.date() else long_day(since, now.date())
    hurry = " before the day ends" if now.hour >= END_OF_DAY else ""
    return f"{waiting_line(len(waiting))}{hurry}, since {when}: `aftercall review`"
