"""When the next call is, asked at a terminal."""

from typing import Final

from rich.text import Text

from aftercall.terminal.terminal import ENTER, LEAVE, Terminal
from review.call_question import CallQuestion, Offer
from review.errors import KEPT, NotConfirmed, NotTaken

_ASK: Final = "  when? (as you would say it, or 2026-11-24 14:30, or 'none'): "


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
    numbers = f" · 1 to {len(offer.others) + 1} that one" if offer.others else ""
    terminal.show(Text(f"y yes{numbers} · a another day · n none · q later", style="dim"))


def _choose(terminal: Terminal, question: CallQuestion, offer: Offer) -> None:
    """Take keys until the question is answered, or another day is up."""
    while question.offer is offer and question.answer is None:
        pressed = terminal.key()
        if pressed in LEAVE:
            raise NotConfirmed(KEPT)
        try:
            if pressed == "y" or pressed in ENTER:
                question.accept(meant=pressed == "y")
            elif pressed == "a":
                _type(terminal, question)
            elif pressed == "n":
                _ask_why(terminal, question)
            else:
                question.choose(int(pressed) if pressed.isdecimal() else 0)
        except NotTaken as why:
            terminal.show(f"  {why}")


def _type(terminal: Terminal, question: CallQuestion) -> None:
    """Take a day that is typed, or the reason for none."""
    while True:
        try:
            if not question.type(terminal.line(_ASK)):
                _ask_why(terminal, question)
        except NotTaken as why:
            terminal.show(f"  {why}")
        else:
            return


def _ask_why(terminal: Terminal, question: CallQuestion) -> None:
    while True:
        try:
            question.none(terminal.line("  why is there no next call? "))
        except NotTaken as why:
            terminal.show(f"  {why}")
        else:
            return
