"""What is not known of a contact yet, asked at the terminal right after the brief."""

from collections.abc import Callable
from typing import Final

import click

from aftercall.terminal.keyboard import typed_line
from aftercall.terminal.layout import cut
from ground.printable import printable

_ROOM_TO_ANSWER: Final = 16

_ONE_LINE_UP: Final = "\x1b[1A\x1b[2K"
"""Move the cursor up and clear the line (ECMA-48, CUU and EL)."""


def ask(questions: dict[str, str], keep: Callable[[str, str], None], room: int) -> None:
    """Ask each question; Enter skips, Ctrl-C or Ctrl-D ends. Each answer is kept at once.

    All prompts stand on one line, one after the other, so that the brief above stays on the screen.

    :param room: columns of the terminal; a prompt leaves some of them for the answer.
    """
    for number, (topic, question) in enumerate(questions.items(), start=1):
        prompt = cut(f"{number}/{len(questions)} (Enter skips) {question}", room - _ROOM_TO_ANSWER)
        click.echo(f"{prompt} ", nl=False)
        try:
            typed = typed_line()
        except (KeyboardInterrupt, EOFError):
            click.echo("\r\x1b[2K", nl=False)
            return
        click.echo(_ONE_LINE_UP, nl=False)
        if answer := printable(typed).strip():
            keep(topic, answer)
