"""What was promised besides calls, as an iCalendar to-do (RFC 5545, 3.6.2)."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Final

from memos.calendar.entry import Style
from memos.calendar.text import clean, on_one_line
from memos.models import State, name_and_company

if TYPE_CHECKING:
    from icalendar import Todo

_EDITION: Final = 1
"""Part of every fingerprint: to be raised when the same promise is to make another to-do than before."""

_STATUS: Final = {"open": "NEEDS-ACTION", "done": "COMPLETED", "cancelled": "CANCELLED"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """What a to-do is made of. `sentence` says what was promised, in the memo `text` that was spoken on `said_on`.

    `zone` is where the rep is: a phone that gives it a time means one there. `closed_at` is None while it is open.
    """

    uid: str
    id: str
    sequence: int
    state: State
    date: dt.date | None
    zone: str
    name: str | None
    company: str | None
    sentence: str
    text: str
    said_on: dt.date
    closed_at: dt.datetime | None

    @property
    def closed(self) -> bool:
        """Whether nothing is to be done any more."""
        return self.state != "open"

    @property
    def is_task(self) -> bool:
        """See Entry."""
        return True

    @property
    def time(self) -> dt.time | None:
        """None: it has a day at most."""
        return None

    @property
    def title(self) -> str:
        """ "Dana Whitfield (Brightwater): I'll send her the quote by Friday."."""
        name, company = on_one_line(self.name), on_one_line(self.company)
        whom = name_and_company(name, company) if name else company
        said = on_one_line(self.sentence)
        return f"{whom}: {said}" if whom else said

    def fingerprint(self, style: Style) -> str:
        """Differs when the to-do would."""
        told = (_EDITION, "to-do", astuple(self), style.with_memo)
        return hashlib.sha256(repr(told).encode("utf-8", "replace")).hexdigest()

    def make(self, style: Style, changed_at: dt.datetime) -> Todo:
        """The to-do, as changed last at `changed_at`: due on its day, and ticked off once it is done."""
        from icalendar import Todo

        made = Todo()
        made.add("UID", self.uid)
        made.add("SEQUENCE", self.sequence)
        made.add("DTSTAMP", changed_at.astimezone(dt.UTC))
        made.add("LAST-MODIFIED", changed_at.astimezone(dt.UTC))
        if self.date:
            made.add("DUE", self.date)
        made.add("SUMMARY", self.title)
        made.add("DESCRIPTION", self._notes(style))
        made.add("STATUS", _STATUS[self.state])
        if self.state == "done" and self.closed_at:
            made.add("COMPLETED", self.closed_at.astimezone(dt.UTC))
            made.add("PERCENT-COMPLETE", 100)
        return made

    def _notes(self, style: Style) -> str:
        lines = (
            f"Promised on {self.said_on.day} {self.said_on:%B %Y}",
            clean(self.text) if style.with_memo else "",
            f"Memo {self.id}",
        )
        return "\n".join(line for line in lines if line)
