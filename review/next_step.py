"""The next step: a date for the next call that the rep has seen spelt out, or the reason why there is none."""

import re
import time as time_module
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from rich.text import Text

from aftercall.terminal.terminal import KEPT, LEAVE, Terminal
from ground.printable import printable
from memos.models import Promise
from review.diary import Diary
from review.errors import NotConfirmed
from review.next_call import NO_DAY_SAID, NextCall, Reading, resolve_answer, spell_loosely, spell_out, unread_time
from review.reading import shortest_reading

_NONE = re.compile(r"none\b[\s,;:.–—-]*(?:because\b)?\s*(.*)", re.IGNORECASE | re.DOTALL)
_ASK = "  when? (as you would say it, or 2026-11-24 14:30, or 'none'): "
_MOST_OFFERS = 9
# A longer window is told by its ends: its days would fill the screen.
_WEEK = timedelta(days=7)


def ask_next_call(
    terminal: Terminal,
    found: NextCall | None,
    now: datetime,
    locale: str,
    clock: Callable[[], float] = time_module.monotonic,
    diary: Diary | None = None,
) -> Promise | str:
    """Show the next call that was heard and take the rep's answer: the promise, or the reason why there is none.

    :param now: when the rep answers, with zone: what they type is read as of now, what was heard was read as of the
        talk.
    :param diary: what a day is held against: holidays, working hours, other calls.
    """
    terminal.show()
    question = _Question(terminal, now, locale, clock, diary or Diary())
    proposed = found
    while True:
        if proposed is None or proposed.date is None:
            question.say_what_is_missing(proposed)
            answer: NextCall | str = question.type_one(None)
        else:
            proposed = question.settle(proposed, proposed.date)
            answer = question.offer(proposed, proposed.date or now.date())
        if isinstance(answer, str):
            return answer
        if answer is proposed and answer.date is not None:
            return Promise(answer.date, answer.time, None, answer.heard)
        proposed = answer


@dataclass(frozen=True, slots=True)
class _Question:
    terminal: Terminal
    now: datetime
    locale: str
    clock: Callable[[], float]
    diary: Diary

    def say_what_is_missing(self, found: NextCall | None) -> None:
        if found is None:
            self.terminal.show("No next call was heard. A call without a date is seldom made.")
            return
        span = " ({0.day} {0:%B %Y} to {1.day} {1:%B %Y})".format(*found.window) if found.window else ""
        self.terminal.show(Text(f"A next call was heard, but no day for it: “{printable(found.heard)}”{span}."))

    def settle(self, proposed: NextCall, day: date) -> NextCall:
        """``proposed`` with a clock time that exists on that day, and a note where the clocks change then."""
        if proposed.time is None:
            return proposed
        at, note = self.diary.settle(day, proposed.time)
        return replace(proposed, time=at, notes=(*proposed.notes, note)) if note else proposed

    def offer(self, proposed: NextCall, day: date) -> NextCall | str:
        """``proposed`` itself when the rep says yes; else another to be offered, or the reason for none."""
        others = _other_readings(proposed)
        line = f"{spell_out(proposed, self.now.date())}, heard: “{printable(proposed.heard)}”"
        self.terminal.show(Text.assemble(("Next call  ", "dim"), (line, "bold")))
        remarks = self.diary.remarks(Reading(day, proposed.time), self.now)
        for note in filter(None, dict.fromkeys([spell_loosely(proposed), *proposed.notes, *remarks])):
            self.terminal.show(Text(f"  {printable(note)}", style="yellow"))
        for number, other in enumerate(others, start=1):
            holiday = self.diary.holiday(other.date) if other.date else ""
            said = f"{spell_out(other, self.now.date())}" + (f" ({printable(holiday)})" if holiday else "")
            self.terminal.show(Text(f"  {number}  or {said}"))
        self.terminal.show(
            Text("y yes · a another day · n none" + (" · or a number" if others else "") + " · q later", style="dim")
        )
        return self._choose(proposed, day, others, line)

    def _choose(self, proposed: NextCall, day: date, others: list[Reading], line: str) -> NextCall | str:
        began = self.clock()
        while True:
            pressed = self.terminal.key()
            if pressed in LEAVE:
                raise NotConfirmed(KEPT)
            if pressed in ("\r", "\n") and day < self.now.date():
                self.terminal.show("  That day is past: y if it is meant, a for another.")
            elif pressed in ("y", "\r", "\n"):
                if self.clock() - began >= shortest_reading(line):
                    return proposed
                self.terminal.show("  That was quicker than anyone reads. Is that the day? y for yes.")
                began = self.clock()
            elif pressed == "a":
                return self.type_one(proposed)
            elif pressed == "n":
                return self._reason()
            elif pressed.isdecimal() and 1 <= int(pressed) <= len(others):
                other = others[int(pressed) - 1]
                return NextCall(other.date, other.time, proposed.heard)
            else:
                self.terminal.show("  y, a, n or q" + (", or a number." if others else "."))

    def type_one(self, proposed: NextCall | None) -> NextCall | str:
        """What the rep types instead: a day, read as it would be from a memo, or the reason for none."""
        while True:
            typed = self.terminal.line(_ASK)
            if typed.casefold() in ("none", "no", "n"):
                return self._reason()
            if (why := _NONE.match(typed)) and _says_why(why[1]):
                # "None, locked in for three years" is a reason, and three years from now no day.
                return printable(why[1])
            answer = resolve_answer(typed, self.now, locale=self.locale) if typed else None
            if answer is not None and (number := unread_time(typed, answer)):
                self.terminal.show(f"  {printable(number)} is no time of the day.")
                continue
            if answer is not None:
                return _carried_on(answer, proposed, typed)
            self.terminal.show(
                "  No day was understood. For example: Thursday at ten · in two weeks · 2026-11-24 14:30 · none"
            )

    def _reason(self) -> str:
        while True:
            reason = printable(self.terminal.line("  why is there no next call? "))
            if _says_why(reason):
                return reason
            self.terminal.show("  A few words will do. They tell you, weeks from now, that it was meant.")


def _says_why(reason: str) -> bool:
    return sum(character.isalpha() for character in reason) > 2


def _other_readings(proposed: NextCall) -> list[Reading]:
    """What else the words can mean, and the other working days of a window of a week."""
    others = [other for other in proposed.others if other.date is not None]
    if proposed.window and proposed.window[1] - proposed.window[0] < _WEEK:
        first, last = proposed.window
        days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
        known = {proposed.date, *(other.date for other in others)}
        others += [Reading(day, proposed.time) for day in days if day.isoweekday() < 6 and day not in known]
    return others[:_MOST_OFFERS]


def _carried_on(answer: NextCall, proposed: NextCall | None, typed: str) -> NextCall:
    """ "At three", "same time on Friday": what was not typed stays as it was offered."""
    if proposed is None or proposed.date is None:
        return answer
    if NO_DAY_SAID in answer.notes:
        return NextCall(proposed.date, answer.time, answer.heard)
    if answer.time is None and "same time" in typed.casefold():
        return replace(answer, time=proposed.time)
    return answer
