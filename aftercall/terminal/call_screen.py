"""When the next call is, asked at a terminal."""

import re
from contextlib import suppress
from typing import Final

from rich.text import Text

from aftercall.terminal.layout import key_lines
from aftercall.terminal.terminal import ENTER, LEAVE, Terminal, answer_line, is_typed
from review.call_question import CallQuestion, Offer
from review.errors import KEPT, NotConfirmed, NotTaken

_ASK: Final = "  when? (as you would say it, or 2026-11-24 14:30, or 'none'): "
_REST: Final = re.compile(
    r"(ext|ov(ember)?|oon|ine(teen)?(th)?)\b|one\b[\s,;:.–—-]*because\b|one *[,;:.–—-]", re.IGNORECASE
)
"""What is left of "next", "November", "noon", "nine" and "none, because" without their first letter."""


def ask_next_call(terminal: Terminal, question: CallQuestion) -> None:
    """Show the next call that was heard and take the rep's answer, until there is one.

    :raises NotConfirmed: the rep left.
    """
    terminal.show()
    while question.answer is None:
        if question.offer is None:
            terminal.show(Text(question.missing))
            _type(terminal, question)
        else:
            _show(terminal, question.offer)
            question.show()
            _choose(terminal, question, question.offer)


def _show(terminal: Terminal, offer: Offer) -> None:
    doubt = "in doubt, which one?  " if offer.doubtful else ""
    first = "1  " if offer.others else ""
    terminal.show(Text.assemble(("Next call  ", "dim"), (doubt, "yellow"), (first + offer.line, "bold")))
    for remark in offer.remarks:
        terminal.show(Text(f"  {remark}", style="yellow"))
    for number, (_, line) in enumerate(offer.others, start=2):
        terminal.show(Text(f"  {number}  or {line}"))
    terminal.show(Text(_keys(terminal, offer), style="dim"))


def _keys(terminal: Terminal, offer: Offer) -> str:
    numbers = f" · 1 to {len(offer.others) + 1} that one" if offer.others else ""
    return key_lines(f"y yes{numbers} · a another day · n none · q later", terminal.width)


def _choose(terminal: Terminal, question: CallQuestion, offer: Offer) -> None:
    """Take keys until the question is answered, or another day is up."""
    while question.offer is offer and question.answer is None:
        pressed = terminal.key(alone=True)
        if pressed in LEAVE:
            raise NotConfirmed(KEPT)
        try:
            if is_typed(pressed):
                _type(terminal, question, pressed)
            elif pressed == "y" or pressed in ENTER:
                question.accept(meant=pressed == "y")
            elif pressed == "a":
                _type(terminal, question, pressed)
            elif pressed == "n":
                _ask_why(terminal, question, pressed)
            else:
                question.choose(int(pressed) if pressed.isdecimal() else 0)
        except NotTaken as why:
            terminal.show(f"  {why}")


def _type(terminal: Terminal, question: CallQuestion, pressed: str = "") -> None:
    """Take a day that is typed, or the reason for none; an empty line goes back to the day on offer.

    :param pressed: the key that asked for it, or what was typed in the place of one.
    """
    begun = pressed.strip() if is_typed(pressed) else ""
    while True:
        whole = bool(begun) and pressed.endswith(ENTER)
        typed = begun if whole else answer_line(terminal, _ASK, begun, begun=bool(pressed))
        begun = ""
        if not typed and question.offer is not None:
            terminal.show(Text(_keys(terminal, question.offer), style="dim"))
            return
        try:
            if _is_taken(question, typed, pressed) or _ask_why(terminal, question):
                return
        except NotTaken as why:
            terminal.show(f"  {why}")
        pressed = ""


def _is_taken(question: CallQuestion, typed: str, pressed: str) -> bool:
    """Take what was typed; where it makes no sense, together with the key before it: "a week from now"."""
    try:
        return question.type(typed)
    except NotTaken:
        if pressed != "a":
            raise
        with suppress(NotTaken):
            return question.type(pressed + typed)
        raise


def _ask_why(terminal: Terminal, question: CallQuestion, pressed: str = "") -> bool:
    """Take the reason for none; whether there is one, or a day after all: an empty line goes back."""
    while True:
        typed = answer_line(terminal, "  why is there no next call? ", begun=bool(pressed))
        if not typed:
            if question.offer is not None:
                terminal.show(Text(_keys(terminal, question.offer), style="dim"))
            return False
        try:
            if pressed and _REST.match(typed):
                # "next week", typed where n alone says that there is to be none.
                with suppress(NotTaken):
                    return question.type(pressed + typed)
            question.none(typed)
        except NotTaken as why:
            terminal.show(f"  {why}")
        else:
            return True
