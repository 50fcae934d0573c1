"""What is not known of a contact yet, asked at the terminal right after the brief."""

from collections.abc import Callable
from typing import Final

import click

from aftercall.desk.homework import topic_in_words
from aftercall.terminal.keyboard import discard_typed_ahead, leaving, next_key, typed_line
from aftercall.terminal.layout import cut
from aftercall.terminal.terminal import LEAVE
from ground.printable import printable
from review.errors import NotConfirmed

_ROOM_TO_ANSWER: Final = 16

_ONE_LINE_UP: Final = "\x1b[1A\x1b[2K"
"""Move the cursor up and clear the line (ECMA-48, CUU and EL)."""


def ask(questions: dict[str, str], keep: Callable[[str, str], None], room: int) -> None:
    """Ask each question; Enter skips, Ctrl-C, Ctrl-D or q ends. Each answer is kept as soon as the rep says that it is
    one: who believes to be back at the shell types a command here.

    All prompts stand on one line, one after the other, so that the brief above stays on the screen.

    :param room: columns of the terminal; a prompt leaves some of them for the answer.
    """
    try:
        for number, (topic, question) in enumerate(questions.items(), start=1):
            prompt = cut(f"{number}/{len(questions)} (Enter skips) {question}", room - _ROOM_TO_ANSWER)
            while answer := _line(prompt):
                if answer.lower() in LEAVE:
                    return
                if _is_meant(topic, answer, room):
                    keep(topic, answer)
                    break
    except NotConfirmed:
        click.echo("\r\x1b[2K", nl=False)


def _line(prompt: str) -> str:
    with leaving():
        discard_typed_ahead()
        click.echo(f"{prompt} ", nl=False)
        typed = typed_line()
    click.echo(_ONE_LINE_UP, nl=False)
    return printable(typed).strip()


def _is_meant(topic: str, answer: str, room: int) -> bool:
    """Whether that is the answer."""
    keys = "?  y yes · other keys no"
    click.echo(cut(f"{topic_in_words(topic)}: {answer}", room - len(keys)) + keys, nl=False)
    try:
        return next_key(alone=True) == "y"
    finally:
        click.echo("\r\x1b[2K", nl=False)
