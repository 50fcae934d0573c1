"""One place brought up to date: ours go out, theirs are asked about, and neither is overwritten unseen.

What our event says is compared with what it said when it was last written, and what is found in the place with what
was found then; each by what it says, since servers and phones write the same event in their own ways. What only we
have changed is written. What was changed there is asked about, and stays as it is until there is an answer.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal
from zoneinfo import ZoneInfo

from memos.calendar import merge
from memos.calendar.book import CalendarBook, Copy, Kind
from memos.calendar.entry import Entry, Style
from memos.calendar.event import calendar
from memos.calendar.places import Conflict, Found, Place, name_of
from memos.calendar.wanted import Wanted
from memos.errors import CalendarConfusing, CalendarNotWritten, CalendarRefused, CalendarTrouble

if TYPE_CHECKING:
    from icalendar import Event, Todo

Answer = Literal["mine", "theirs"]

_TOLD_AT_LEAST: Final = ("when", "status")  # what no server may make something else of

_REFUSALS: Final = 3  # after so many the server takes nothing at all


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something was changed in a calendar: is that to hold?

    `theirs` is when it is to be there, in the zone of the call, if it was moved; `their_title` what it is called
    there, if it was renamed.
    """

    place: str
    entry: Entry
    kind: Kind
    theirs: dt.datetime | dt.date | None = None
    their_title: str | None = None


Decide = Callable[[Question], Answer | None]
"""Answers a question, or leaves it for later."""


@dataclass(slots=True)
class Synced:
    """What was done in a place. `waiting` events could not be written now, `questions` wait for an answer."""

    created: int = 0
    changed: int = 0
    cancelled: int = 0
    removed: int = 0
    taken: int = 0
    waiting: int = 0
    questions: list[Question] = field(default_factory=list)


class Sync:
    """Brings `place` up to date.

    :param zone: where the rep is, an IANA name.
    :param decide: answers the questions.
    :param until: of `time.monotonic`; what is not begun by then waits for the next time.
    """

    def __init__(
        self, place: Place, book: CalendarBook, style: Style, zone: str, decide: Decide, until: float = float("inf")
    ) -> None:
        self._place = place
        self._book = book
        self._style = style
        self._zone = zone
        self._decide = decide
        self._until = until
        self._synced = Synced()

    def run(self) -> Synced:
        """Do it, and note how it went.

        Raises CalendarTrouble; what was written before is noted, and what was not waits.
        """
        try:
            self._run()
        except CalendarTrouble as trouble:
            self._book.note(self._place.key, str(trouble))
            raise
        self._book.note(self._place.key, None)
        return self._synced

    def _run(self) -> None:
        wanted = self._wanted()
        copies = self._book.copies(self._place.key)
        etags = self._place.look([copy.name for copy in copies.values()])
        refused: list[CalendarTrouble] = []
        odd: list[CalendarTrouble] = []
        for uid in dict.fromkeys([*wanted, *copies]):
            if time.monotonic() > self._until:
                raise CalendarTrouble(self._place.label, "took too long")
            copy = copies.get(uid)
            try:
                self._settle(wanted.get(uid), copy, etags.get(copy.name) if copy else None)
            except Conflict:
                # Changed there just now. The next time it is found like any other change.
                self._synced.waiting += 1
            except (CalendarRefused, CalendarNotWritten) as refusal:
                # It may be about this one event, as one that is too long: the others are not to wait for it.
                refused.append(refusal)
                if len(refused) == _REFUSALS:
                    raise
            except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
                # What is found there is no event that can be worked with, whatever is wrong with it.
                odd.append(self._odd(wanted.get(uid), uid, error))
        for trouble in (*refused, *odd):
            raise trouble

    def _wanted(self) -> dict[str, Wanted]:
        """By UID, what is to be in the calendar; no tasks where it takes none."""
        wanted = {one.entry.uid: one for one in self._book.wanted(self._style, self._zone)}
        if not any(one.entry.is_task for one in wanted.values()):
            return wanted
        takes = self._place.takes_tasks()
        self._book.note_tasks(self._place.key, takes)
        return {uid: one for uid, one in wanted.items() if takes or not one.entry.is_task}

    def _odd(self, wanted: Wanted | None, uid: str, error: Exception) -> CalendarTrouble:
        which = ", ".join(map(str, filter(None, [wanted.entry.title, wanted.entry.date]))) if wanted else uid
        why = f"{type(error).__name__}: {error}".replace("\n", " ")
        odd = CalendarConfusing(self._place.label, f"holds something odd in place of “{which}” ({name_of(uid)}; {why})")
        odd.__cause__ = error
        return odd

    def _settle(self, wanted: Wanted | None, copy: Copy | None, etag: str | None) -> None:
        if wanted is None:
            if copy is not None:
                self._remove(copy, etag)
        elif copy is None:
            if not wanted.entry.closed:
                self._create(wanted)
        elif etag is None:
            self._gone(wanted, copy)
        elif etag != copy.etag or wanted.fingerprint != copy.fingerprint or copy.question:
            found = self._place.read(copy.name)
            if found is None:
                self._gone(wanted, copy)
            else:
                self._compare(wanted, copy, found)

    def _create(self, wanted: Wanted) -> None:
        event, said = self._ours(wanted)
        copy = Copy(
            uid=wanted.entry.uid, name=name_of(wanted.entry.uid), etag="", fingerprint="", written={}, there=said
        )
        try:
            self._put(wanted, replace(copy, written=said), calendar([event]), None)
        except Conflict:
            # Written before, and the power went before that was noted; or put there by somebody else.
            found = self._place.read(copy.name)
            if found is None:
                raise
            self._compare(wanted, replace(copy, written=said), found)
        else:
            self._synced.created += 1

    def _remove(self, copy: Copy, etag: str | None) -> None:
        if etag is not None:
            self._place.remove(copy.name, etag)
            self._synced.removed += 1
        self._book.forget(self._place.key, copy.uid)

    def _gone(self, wanted: Wanted, copy: Copy) -> None:
        if wanted.entry.closed:
            self._book.forget(self._place.key, copy.uid)
            return
        answer = self._asked(copy, Question(place=self._place.label, entry=wanted.entry, kind="gone"))
        if answer == "mine":
            self._create(wanted)
        elif answer == "theirs" and self._book.cancel(wanted.entry):
            self._book.forget(self._place.key, copy.uid)
            self._synced.taken += 1

    def _compare(self, wanted: Wanted, copy: Copy, found: Found) -> None:
        """Settle an event that is there and that we have changed, or they, or both."""
        try:
            _, event = merge.find(found.file, copy.uid)
            theirs: merge.Facts | None = merge.facts(event, wanted.entry.zone)
        except merge.Unreadable:
            event, theirs = None, None
        mine, ours = self._ours(wanted)
        to_write = merge.differing(ours, copy.written)
        if theirs is None:
            asked = set(merge.ASKED)
        else:
            asked = merge.differing(theirs, copy.there, merge.ASKED) & merge.differing(theirs, ours, merge.ASKED)
        if asked and not wanted.entry.closed:
            question = self._question(wanted.entry, event, asked)
            answer = self._asked(copy, question)
            if answer is None:
                return
            if answer == "mine":
                to_write |= asked
            else:
                again = self._take(wanted, question, theirs)
                if again is None:
                    return
                wanted = again
                mine, ours = self._ours(wanted)
                to_write = merge.differing(ours, copy.written) - asked
        if theirs is not None:
            to_write &= merge.differing(ours, theirs)
        if to_write:
            self._put(wanted, replace(copy, written=ours), merge.merged(found.file, mine, to_write), found.etag)
            if wanted.entry.closed and "status" in to_write:
                self._synced.cancelled += 1
            else:
                self._synced.changed += 1
        else:
            self._keep(wanted, replace(copy, written=ours), found.etag, theirs or copy.there)

    def _question(self, entry: Entry, event: Event | Todo | None, asked: set[str]) -> Question:
        question = Question(place=self._place.label, entry=entry, kind="unreadable")
        if event is None:
            return question
        if "status" in asked:
            return replace(question, kind="done" if merge.is_done(event) else "cancelled")
        if "title" in asked:
            question = replace(question, their_title=str(event.get("SUMMARY", "")))
        question = replace(question, kind="edited")
        if "when" in asked:
            theirs = merge.when(event, entry.zone)
            if isinstance(theirs, dt.datetime):
                theirs = theirs.astimezone(ZoneInfo(entry.zone))
            question = replace(question, kind="moved", theirs=theirs)
        return question

    def _asked(self, copy: Copy, question: Question) -> Answer | None:
        answer = self._decide(question)
        if answer is None:
            self._synced.questions.append(question)
            if copy.question != question.kind or copy.theirs != question.theirs:
                self._book.keep(self._place.key, replace(copy, question=question.kind, theirs=question.theirs))
        return answer

    def _take(self, wanted: Wanted, question: Question, theirs: merge.Facts | None) -> Wanted | None:
        """Take over what was changed; the call as it is then. None if it was changed here in the meantime."""
        self._synced.taken += 1
        if question.kind == "cancelled":
            done = self._book.cancel(wanted.entry)
        elif question.kind == "done":
            done = self._book.tick_off(wanted.entry)
        elif question.kind == "moved" and question.theirs is not None:
            done = self._book.move(wanted.entry, question.theirs)
        else:
            # How it is called and described there has no place here: it stays as it is there.
            return wanted
        if not done:
            self._synced.taken -= 1
            self._synced.waiting += 1
            return None
        return next(one for one in self._book.wanted(self._style, self._zone) if one.entry.uid == wanted.entry.uid)

    def _put(self, wanted: Wanted, copy: Copy, file: bytes, etag: str | None) -> None:
        zone = wanted.entry.zone
        sent = there = merge.facts(merge.find(file, copy.uid)[1], zone)
        new = self._place.put(copy.name, file, etag)
        if new is None:
            # The server has put it in a form of its own: that is what later changes are seen against.
            found = self._place.read(copy.name)
            if found is None:
                raise Conflict(copy.name)
            new = found.etag
            try:
                there = merge.facts(merge.find(found.file, copy.uid)[1], zone)
            except merge.Unreadable:
                there = {}
            if merge.differing(sent, there, _TOLD_AT_LEAST):
                raise CalendarConfusing(self._place.label, f"did not take {copy.name} as it was sent")
        self._keep(wanted, copy, new, there)

    def _keep(self, wanted: Wanted, copy: Copy, etag: str, there: merge.Facts) -> None:
        kept = replace(copy, etag=etag, fingerprint=wanted.fingerprint, there=there, question=None, theirs=None)
        self._book.keep(self._place.key, kept)

    def _ours(self, wanted: Wanted) -> tuple[Event | Todo, merge.Facts]:
        event = wanted.entry.make(self._style, wanted.changed_at)
        return event, merge.facts(event, wanted.entry.zone)
