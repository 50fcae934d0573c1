"""What was changed in a calendar, asked at the terminal: is it to hold?"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from aftercall.desk.calendar_words import question_in_words

if TYPE_CHECKING:
    from aftercall.terminal.terminal import Terminal
    from memos.calendar.sync import Answer, Decide, Question

_KEEP: Final = {
    "gone": "put it back",
    "cancelled": "put it back",
    "done": "open it again",
    "moved": "move it back",
    "edited": "as it was",
    "unreadable": "write it anew",
}
_TAKE: Final = {
    "gone": "cancel it",
    "cancelled": "cancel it",
    "done": "it is done",
    "moved": "it is then",
    "edited": "leave it so",
    "unreadable": "leave it so",
}


def asking() -> Decide:
    """Asks at the terminal; where there is none, every question is left for later."""
    from aftercall.terminal.terminal import RealTerminal

    return CalendarAsker(RealTerminal()).ask if sys.stdin.isatty() and sys.stderr.isatty() else lambda _: None


class CalendarAsker:
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
            self._terminal.show(printable(f"{question_in_words(question)}."))
            self._terminal.show(f"  m keep mine: {keep} · t take theirs: {take} · Enter decide later · q leave")
            while (pressed := self._terminal.key(alone=True)) not in ("m", "t", "\r", "\n", *LEAVE):
                self._terminal.show("  m, t, Enter or q.")
        except NotConfirmed:  # Ctrl-C, or the terminal was closed
            pressed = LEAVE[0]
        self._left = pressed in LEAVE
        return "mine" if pressed == "m" else "theirs" if pressed == "t" else None
