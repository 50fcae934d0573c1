"""The next step: a date for the next call that the rep has seen spelt out, or the reason why there is none."""

import time as time_module
from collections.abc import Callable
from datetime import date, datetime

from rich.text import Text

from memos.models import Promise
from review.errors import NotConfirmed
from review.next_call import NextCall, resolve_answer, spell_out
from review.next_call.decide import WEEKEND
from review.printable import printable
from review.reading import shortest_reading
from review.terminal import KEPT, LEAVE, Terminal

_ASK = "  when? (as you would say it, or 2026-11-24 14:30, or 'none'): "


def ask_next_call(
    terminal: Terminal,
    found: NextCall | None,
    now: datetime,
    locale: str,
    clock: Callable[[], float] = time_module.monotonic,
) -> Promise | str:
    """Show the next call that was heard and take the rep's answer: the promise, or the reason why there is none.

    :param now: when the rep answers, with zone: what they type is read as of now, what was heard was read as of the
        talk.
    """
    terminal.show()
    proposed = found
    while True:
        if proposed is None or proposed.date is None:
            _say_what_is_missing(terminal, proposed)
            answer: NextCall | str = _type_one(terminal, now, locale)
        else:
            answer = _offer(terminal, proposed, proposed.date, now, locale, clock)
        if isinstance(answer, str):
            return answer
        if answer is proposed and answer.date is not None:
            return Promise(answer.date, answer.time, None, answer.heard)
        proposed = answer


def _say_what_is_missing(terminal: Terminal, found: NextCall | None) -> None:
    if found is None:
        terminal.show("No next call was heard. A call without a date is seldom made.")
        return
    span = " ({0.day} {0:%B %Y} to {1.day} {1:%B %Y})".format(*found.window) if found.window else ""
    terminal.show(Text(f"A next call was heard, but no day for it: “{printable(found.heard)}”{span}."))


def _offer(
    terminal: Terminal,
    proposed: NextCall,
    day: date,
    now: datetime,
    locale: str,
    clock: Callable[[], float],
) -> NextCall | str:
    """``proposed`` itself when the rep says yes; else another to be offered, or the reason for none."""
    others = [other for other in proposed.others if other.date is not None][:9]
    line = f"{spell_out(proposed, now.date())}, heard: “{printable(proposed.heard)}”"
    terminal.show(Text.assemble(("Next call  ", "dim"), (line, "bold")))
    for note in dict.fromkeys([*proposed.notes, *_remarks(day, now.date())]):
        terminal.show(Text(f"  {printable(note)}", style="yellow"))
    for number, other in enumerate(others, start=1):
        terminal.show(Text(f"  {number}  or {spell_out(other, now.date())}"))
    terminal.show(
        Text("y yes · a another day · n none" + (" · or a number" if others else "") + " · q later", style="dim")
    )
    began = clock()
    while True:
        pressed = terminal.key()
        if pressed in LEAVE:
            raise NotConfirmed(KEPT)
        if pressed in ("y", "\r", "\n"):
            if clock() - began >= shortest_reading(line):
                return proposed
            terminal.show("  That was quicker than anyone reads. Is that the day? y for yes.")
            began = clock()
        elif pressed == "a":
            return _type_one(terminal, now, locale)
        elif pressed == "n":
            return _reason(terminal)
        elif pressed.isdecimal() and 1 <= int(pressed) <= len(others):
            other = others[int(pressed) - 1]
            return NextCall(other.date, other.time, proposed.heard)
        else:
            terminal.show("  y, a, n or q" + (", or a number." if others else "."))


def _type_one(terminal: Terminal, now: datetime, locale: str) -> NextCall | str:
    while True:
        typed = terminal.line(_ASK)
        if typed.casefold() in ("none", "no", "n"):
            return _reason(terminal)
        answer = resolve_answer(typed, now, locale=locale) if typed else None
        if answer is not None:
            return answer
        terminal.show("  No day was understood. For example: Thursday at ten · in two weeks · 2026-11-24 14:30 · none")


def _reason(terminal: Terminal) -> str:
    while True:
        reason = printable(terminal.line("  why is there no next call? "))
        if reason:
            return reason
        terminal.show("  A few words will do. They tell you, weeks from now, that it was meant.")


def _remarks(day: date, today: date) -> list[str]:
    remarks = []
    if day < today:
        remarks.append("that day is past")
    if day.isoweekday() > 5:
        remarks.append(WEEKEND)
    return remarks
