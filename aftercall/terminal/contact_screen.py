"""Whom the talk was with, asked at a terminal."""

from typing import Final

from rich.text import Text

from aftercall.desk.words import with_number
from aftercall.terminal.terminal import LEAVE, Terminal, answer_line
from review.contact_question import Ask, ContactQuestion
from review.errors import KEPT, NotConfirmed, NotTaken

_PROMPTS: Final = {"contact": "contact", "phone": "number to dial", "email": "e-mail", "role": "role"}


def ask_contact(terminal: Terminal, question: ContactQuestion, heading: str = "Whom did you speak with?") -> None:
    """Put the questions one after the other until all are answered.

    :param heading: what stands above the first of them.
    :raises NotConfirmed: the rep left.
    """
    terminal.show()
    terminal.show(Text(f"{heading}   name, company · empty: nobody · q later", style="dim"))
    while (ask := question.ask) is not None:
        _tell(terminal, question)
        if ask.about == "known":
            _choose(terminal, question, ask)
        else:
            _ask_line(terminal, question, ask)
    _tell(terminal, question)


def _tell(terminal: Terminal, question: ContactQuestion) -> None:
    for remark in question.remarks():
        terminal.show(Text(f"  {remark}", style="dim"))


def _ask_line(terminal: Terminal, question: ContactQuestion, ask: Ask) -> None:
    try:
        question.answer(answer_line(terminal, f"  {_PROMPTS[ask.about]}: ", ask.filled_in, over=True))
    except NotTaken as why:
        terminal.show(f"  {why}")


def _choose(terminal: Terminal, question: ContactQuestion, ask: Ask) -> None:
    assert question.contact is not None
    terminal.show(Text("  Somebody you know?", style="dim"))
    for number, ref in enumerate(ask.choices, start=1):
        terminal.show(Text(f"  {number}  {with_number(ref)}"))
    terminal.show(Text(f"  n  somebody new: {with_number(question.contact)}"))
    while question.ask is ask:
        pressed = terminal.key(alone=True)
        if pressed in LEAVE:
            raise NotConfirmed(KEPT)
        try:
            if pressed == "n":
                question.somebody_new()
            else:
                question.choose(int(pressed) if pressed.isdecimal() else 0)
        except NotTaken as why:
            terminal.show(f"  {why}")
