"""What the rep undertook besides the next call, confirmed at a terminal: one key for all of it."""

from rich.text import Text

from aftercall.terminal.terminal import ENTER, LEAVE, Terminal
from review.commitment_question import CommitmentQuestion
from review.errors import KEPT, NotConfirmed, NotTaken


def ask_commitments(terminal: Terminal, question: CommitmentQuestion) -> None:
    """Show what was heard, and take the rep's keys: all of it is kept with Enter, one is struck by its number.

    :raises NotConfirmed: the rep left.
    """
    terminal.show()
    _show(terminal, question)
    question.show()
    while question.answer is None:
        pressed = terminal.key()
        if pressed in LEAVE:
            raise NotConfirmed(KEPT)
        try:
            if pressed in ENTER:
                question.accept()
            elif pressed == "n":
                question.none()
            else:
                question.strike(int(pressed) if pressed.isdecimal() else 0)
                _show(terminal, question)
        except NotTaken as why:
            terminal.show(f"  {why}")


def _show(terminal: Terminal, question: CommitmentQuestion) -> None:
    terminal.show(Text("You promised", style="dim"))
    for number, line in enumerate(question.lines, start=1):
        if number in question.struck:
            terminal.show(Text(f"  {number}  struck: {line}", style="dim strike"))
        else:
            terminal.show(Text.assemble(f"  {number}  ", (line, "bold")))
    last = len(question.lines)
    numbers = "1 strike it" if last == 1 else f"1 to {last} strike that one"
    terminal.show(Text(f"Enter yes · {numbers} · n none of it · q later", style="dim"))
