"""Correct a memo that was confirmed before: the sentences that the rep names, one at a time."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from rich.constrain import Constrain
from rich.padding import Padding
from rich.text import Text

from aftercall.terminal.sentence_screen import LONGEST_LINE
from aftercall.terminal.terminal import Terminal
from ground.printable import printable
from memos.models import Action, Correction, Sentence, Version
from review.errors import NotConfirmed

_ASK: Final = "  number of a sentence to correct, Enter when done: "

UNCHANGED: Final = "Left. The memo is as it was."


def correct(
    terminal: Terminal,
    present: Version,
    reader: str,
    now: Callable[[], datetime],
    clock: Callable[[], float] = time.monotonic,
) -> Correction | None:
    """Let the rep correct the version in force; None when nothing was changed.

    Only sentences that were up by themselves change, so none is confirmed unread; the others stay as they were read.
    An emptied sentence is struck, and a struck one is offered as it was heard.

    :param now: the time with its zone.
    :param clock: seconds, monotonic.
    :raises NotConfirmed: the rep left; nothing is to be stored.
    """
    began = clock()
    sentences = list(present.sentences)
    try:
        _list(terminal, sentences)
        while typed := terminal.line(_ASK):
            if not (typed.isdecimal() and 1 <= int(typed) <= len(sentences)):
                terminal.show(f"  A number from 1 to {len(sentences)}.")
                continue
            _correct_one(terminal, sentences, int(typed) - 1, clock)
            _list(terminal, sentences)
    except NotConfirmed as left:
        raise NotConfirmed(UNCHANGED) from left
    if sentences == list(present.sentences):
        return None
    return Correction(present.number, tuple(sentences), reader, now(), clock() - began)


def _correct_one(terminal: Terminal, sentences: list[Sentence], position: int, clock: Callable[[], float]) -> None:
    sentence = sentences[position]
    began = clock()
    if sentence.heard and sentence.text != sentence.heard:
        terminal.show(Text(f"  heard: {printable(sentence.heard)}", style="dim"))
    text = printable(terminal.line("  edit: ", printable(sentence.text or sentence.heard)))
    left = [each for each in sentences if each.text and each is not sentence]
    if not text and not left:
        terminal.show("  Nothing would be left of the memo, so the sentence stays.")
        return
    if text == sentence.text:
        return
    action: Action = "strike" if not text else "keep" if text == sentence.heard else "edit"
    sentences[position] = replace(sentence, text=text, action=action, seconds=clock() - began)


def _list(terminal: Terminal, sentences: list[Sentence]) -> None:
    terminal.show()
    for number, sentence in enumerate(sentences, start=1):
        if sentence.text:
            line = Text(f"{number:>2}  {printable(sentence.text)}")
        else:
            what = "(not written down)" if sentence.action == "keep" else f"(struck) {printable(sentence.heard)}"
            line = Text(f"{number:>2}  {what}", style="dim")
        terminal.show(Constrain(Padding(line, (0, 2), expand=False), LONGEST_LINE + 8))
    terminal.show()
