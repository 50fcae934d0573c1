"""What the rep undertook besides the next call, confirmed at a terminal: one key for all of it."""

from typing import Final

from rich.text import Text

from aftercall.terminal.layout import key_lines
from aftercall.terminal.terminal import ENTER, LEAVE, Terminal, answer_line
from review.commitment_question import CommitmentQuestion
from review.errors import KEPT, NotConfirmed, NotTaken

_ASK: Final = "  by when? (as you would say it, or 2026-11-24, or 'none'): "


def ask_commitments(terminal: Terminal, question: CommitmentQuestion) -> None:
    """Show what was heard, and take the rep's keys: all of it is kept with Enter, one is struck by its number, and the
    day of one is changed.

    :raises NotConfirmed: the rep left.
    """
    terminal.show()
    _show(terminal, question)
    while question.answer is None:
        pressed = _key(terminal)
        try:
            if pressed in ENTER:
                question.accept()
            elif pressed == "n":
                question.none()
            elif pressed == "a":
                _change_day(terminal, question)
            else:
                question.strike(_number(pressed))
                _show(terminal, question)
        except NotTaken as why:
            terminal.show(f"  {why}")


def _key(terminal: Terminal) -> str:
    pressed = terminal.key()
    if pressed in LEAVE:
        raise NotConfirmed(KEPT)
    return pressed


def _number(pressed: str) -> int:
    return int(pressed) if pressed.isascii() and pressed.isdecimal() else 0


def _change_day(terminal: Terminal, question: CommitmentQuestion) -> None:
    """Ask which one, where there are several, and for its day; an empty line goes back to what was offered.

    :raises NotTaken: there is none of that number.
    """
    number = 1
    if len(question.lines) > 1:
        terminal.show(f"  which one? 1 to {len(question.lines)}")
        number = _number(_key(terminal))
        question.require(number)
    while typed := answer_line(terminal, _ASK):
        try:
            question.change_day(number, typed)
            break
        except NotTaken as why:
            terminal.show(f"  {why}")
    _show(terminal, question)


def _show(terminal: Terminal, question: CommitmentQuestion) -> None:
    terminal.show(Text("You promised", style="dim"))
    for number, line in enumerate(question.lines, start=1):
        if number in question.struck:
            terminal.show(Text(f"  {number}  struck: {line}", style="dim strike"))
        else:
            terminal.show(Text.assemble(f"  {number}  ", (line, "bold")))
    last = len(question.lines)
    numbers = "1 strike it" if last == 1 else f"1 to {last} strike that one"
    keys = f"Enter yes · {numbers} · a another day · n none of it · q later"
    terminal.show(Text(key_lines(keys, terminal.width), style="dim"))
    question.show()
