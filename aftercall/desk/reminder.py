"""The line at the end of a command that says what waits to be read."""

from datetime import datetime
from typing import Final

from aftercall.desk.words import long_day

END_OF_DAY: Final = 17
"""The hour, local time, from which the line says that the day ends."""


def waiting_line(count: int) -> str:
    """How many wait: "1 memo waits to be read", "2 memos wait to be read"."""
    return f"{count} memo waits to be read" if count == 1 else f"{count} memos wait to be read"


def nothing_waits(in_progress: int) -> str:
    """What to say where none waits to be read; ``in_progress`` are recordings that are still made, or that a full disk
    keeps from being finished."""
    if not in_progress:
        return "The inbox is empty: every memo is confirmed."
    are = "1 recording is" if in_progress == 1 else f"{in_progress} recordings are"
    return f"No memo waits to be read, but {are} not finished yet."


def reminder(count: int, oldest: datetime, now: datetime) -> str:
    """What to say about the recordings in the inbox, of which there is one at least.

    :param oldest: when the first of them was spoken, with zone.
    :param now: with zone.
    """
    since = oldest.astimezone(now.tzinfo)
    when = f"{since:%H:%M}" if since.date() == now.date() else long_day(since, now.date())
    # What waits since another day has seen that day end.
    hurry = " before the day ends" if since.date() == now.date() and now.hour >= END_OF_DAY else ""
    return f"{waiting_line(count)}{hurry}, since {when}: `aftercall review`"
