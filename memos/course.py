"""What becomes of the calls promised to one contact, told from what took place in the order in which it did.

Memos are confirmed in any order. So the state of the calls is not changed from memo to memo, but told anew from all of
them, by when they were spoken, and from what the rep changed by hand in between. Pure: no store in it.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from memos.models import Promise, State
from memos.outcomes import Outcome, is_talk


@dataclass(frozen=True, slots=True)
class Told:
    """A memo: when it was spoken, in UTC so that texts sort as moments do, and on which day where it was.

    `author` is who confirmed it, where more than one rep calls the contact.
    """

    memo_id: str
    at: str
    day: dt.date
    outcome: Outcome | None
    next_call: Promise | None
    author: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What the rep made of a call by hand; `call` is the id of the memo that opened it, `to` the day it got, if any.

    `after` sorts it among the memos: it comes after all that the rep knew of when they made it. `author` is who did.
    """

    call: str
    after: str
    at: dt.datetime
    what: Literal["put_off", "moved", "agreed", "done", "cancelled", "reopened"]
    to: Promise | None
    author: str = ""


@dataclass(slots=True)
class Course:
    """A promised call as it stands at the end.

    `agreed` is the day on which the contact expects it, None where they know nothing of it. `moved_by` and `closed_by`
    are the memos that did that last; None where the rep did, by hand, at `closed_at`. `held_on` is the day of the talk.
    `author` is who promised it, `changed_by` who closed or moved it last.
    """

    memo_id: str
    due: Promise
    agreed: dt.date | None
    state: State = "open"
    times_put_off: int = 0
    moved_by: str | None = None
    closed_by: str | None = None
    closed_at: dt.datetime | None = None
    held_on: dt.date | None = None
    author: str = ""
    changed_by: str = ""


@dataclass(slots=True)
class _Telling:
    courses: dict[str, Course] = field(default_factory=dict)
    went_into: dict[str, str] = field(default_factory=dict)

    def open(self) -> list[Course]:
        """The open calls, the one that is due first before the others."""
        found = [course for course in self.courses.values() if course.state == "open"]
        return sorted(
            found, key=lambda course: (course.due.date, course.due.time is None, course.due.time or dt.time())
        )

    def hear(self, memo: Told) -> None:
        """A talk closes what is open. A call that reached nobody leaves it open, on the day that was said, if one was;
        a day that moves no call is a call of its own, of which the contact knows only after a talk.

        What somebody else promised is closed by a talk on its day or later: it has been held then, by a colleague. What
        they promised for a later day stays theirs, and no call in vain moves it."""
        talk = is_talk(memo.outcome)
        if talk:
            for course in self.open():
                if course.author == memo.author or course.due.date <= memo.day:
                    course.state, course.closed_by, course.closed_at = "done", memo.memo_id, None
                    course.held_on, course.changed_by = memo.day, memo.author
        if memo.next_call is None:
            return
        own = [course for course in self.open() if course.author == memo.author]
        if not talk and own:
            first = own[0]
            first.due, first.moved_by, first.changed_by = memo.next_call, memo.memo_id, memo.author
            self.went_into[memo.memo_id] = first.memo_id
        else:
            agreed = memo.next_call.date if talk else None
            self.courses[memo.memo_id] = Course(memo.memo_id, memo.next_call, agreed, author=memo.author)

    def change(self, change: Change) -> None:
        """What the rep did to a call; nothing where a talk that they told of only later had closed it by then."""
        course = self.courses.get(self.went_into.get(change.call, change.call))
        if course is None or (course.state != "open" and change.what != "reopened"):
            return
        course.changed_by = change.author
        if change.what == "done" or change.what == "cancelled":
            course.state, course.closed_by, course.closed_at = change.what, None, change.at
            course.held_on = change.at.date() if change.what == "done" else None
            return
        if change.to is not None:
            course.due, course.moved_by = change.to, None
        if change.what == "reopened":
            course.state, course.closed_by, course.closed_at, course.held_on = "open", None, None, None
        elif change.what == "put_off":
            course.times_put_off += 1
        elif change.what == "agreed":
            course.agreed = course.due.date


def tell(memos: Iterable[Told], changes: Sequence[Change]) -> tuple[dict[str, Course], dict[str, str]]:
    """The calls by the memos that opened them; and of each memo whose day moved another call, which one that is."""
    telling = _Telling()
    # Of what took place at one moment the memo comes first: only what it opened can have been changed.
    waiting = deque(sorted(changes, key=lambda change: change.after))
    for memo in sorted(memos, key=lambda memo: (memo.at, memo.memo_id)):
        while waiting and waiting[0].after < memo.at:
            telling.change(waiting.popleft())
        telling.hear(memo)
    for change in waiting:
        telling.change(change)
    return telling.courses, telling.went_into
