"""What was changed in a calendar, in words, and the rep's answer to it."""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from aftercall.desk.words import day

if TYPE_CHECKING:
    from aftercall.terminal.terminal import Terminal
    from memos.calendar.book import Kind
    from memos.calendar.sync import Answer, Decide, Outcome, Question

_WHAT_WAS_DONE: Final = {
    "gone": "was deleted",
    "cancelled": "was cancelled",
    "moved": "was moved",
    "edited": "has other notes now",
    "unreadable": "is not readable any more",
}

_KEEP: Final = {
    "gone": "put it back",
    "cancelled": "put it back",
    "moved": "move it back",
    "edited": "as it was",
    "unreadable": "write it anew",
}
_TAKE: Final = {
    "gone": "cancel the call",
    "cancelled": "cancel the call",
    "moved": "the call is then",
    "edited": "leave it so",
    "unreadable": "leave it so",
}


def told(question: Question) -> str:
    """ "Call Dana (Brightwater), Tue 1 Dec 2026 14:30, was moved to Fri 4 Dec 2026 10:00, says the calendar server"."""
    call = question.call
    change = changed_to(question.kind, question.theirs, question.their_title)
    return f"“{call.title}”, {day(call.date, call.time)}, {change}, says {question.place}"


def changed_to(kind: Kind, theirs: datetime | date | None, title: str | None = None) -> str:
    """What was done to an event, to follow its name."""
    if kind == "moved" and theirs is not None:
        clock = theirs.time() if isinstance(theirs, datetime) else None
        return f"was moved to {day(theirs, clock)}"
    if kind == "edited" and title is not None:
        return f"was renamed to “{title}”"
    return _WHAT_WAS_DONE[kind]


def summary(done: list[Outcome]) -> str:
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


def asking() -> Decide:
    """Asks at the terminal; where there is none, every question is left for later."""
    from aftercall.terminal.terminal import RealTerminal

    return Asker(RealTerminal()).ask if sys.stdin.isatty() and sys.stderr.isatty() else lambda _: None


class Asker:
    """Asks one question after the other, until the rep has had enough."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._left = False

    def ask(self, question: Question) -> Answer | None:
        """What is to hold; None for later."""
        from aftercall.terminal.terminal import LEAVE
        from ground.printable import printable
        from review.errors import NotConfirmed

        if self._left:
            return None
        keep, take = _KEEP[question.kind], _TAKE[question.kind]
        try:
            self._terminal.show()
            self._terminal.show(printable(f"{told(question)}."))
            self._terminal.show(f"  m keep mine: {keep} · t take theirs: {take} · Enter decide later · q leave")
            while (pressed := self._terminal.key()) not in ("m", "t", "\r", "\n", *LEAVE):
                self._terminal.show("  m, t, Enter or q.")
        except NotConfirmed:  # Ctrl-C, or the terminal was closed
            pressed = LEAVE[0]
        self._left = pressed in LEAVE
        return "mine" if pressed == "m" else "theirs" if pressed == "t" else None
