"""What was changed in a calendar, and what was done there, in words."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from aftercall.desk.words import day

if TYPE_CHECKING:
    from memos.calendar.book import Kind
    from memos.calendar.entry import Entry
    from memos.calendar.sync import Question, Synced

_WHAT_WAS_DONE: Final = {
    "gone": "was deleted",
    "cancelled": "was cancelled",
    "done": "was ticked off",
    "moved": "was moved",
    "edited": "has other notes now",
    "unreadable": "is not readable any more",
}


def question_in_words(question: Question) -> str:
    """ "Call Dana (Brightwater), Tue 1 Dec 2026 14:30, was moved to Fri 4 Dec 2026 10:00, says the calendar server"."""
    entry = question.entry
    change = changed_to(question.kind, question.theirs, question.their_title)
    return f"“{entry.title}”, {when_due(entry)}, {change}, says {question.place}"


def when_due(entry: Entry) -> str:
    """ "Tue 1 Dec 2026 14:30"."""
    return day(entry.date, entry.time) if entry.date else "no day named"


def changed_to(kind: Kind, theirs: datetime | date | None, title: str | None = None) -> str:
    """What was done to an event, to follow its name."""
    if kind == "moved" and theirs is not None:
        clock = theirs.time() if isinstance(theirs, datetime) else None
        return f"was moved to {day(theirs, clock)}"
    if kind == "edited" and title is not None:
        return f"was renamed to “{title}”"
    return _WHAT_WAS_DONE[kind]


def summary(done: list[Synced]) -> str:
    """ "Calendar: 2 new, 1 changed."."""
    counts = {
        "new": sum(one.created for one in done),
        "changed": sum(one.changed for one in done),
        "cancelled": sum(one.cancelled for one in done),
        "removed": sum(one.removed for one in done),
        "taken over": sum(one.taken for one in done),
        "waiting": sum(one.waiting + len(one.questions) for one in done),
    }
    return f"Calendar: {', '.join(f'{count} {what}' for what, count in counts.items() if count) or 'nothing to do'}."
