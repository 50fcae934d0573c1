"""Correct a memo that was confirmed before: the sentences that the rep names, one at a time."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from rich.constrain import Constrain
from rich.padding import Padding
from rich.text import Text

from aftercall.terminal.sentence_screen import LONGEST_LINE
from aftercall.terminal.terminal import ENTER, LEAVE, Terminal
from ground.printable import printable
from memos.models import Correction, Sentence, Version
from review.correcting import Correcting
from review.errors import NotConfirmed, NotTaken, TooQuick

_ASK: Final = "  number of a sentence to correct, Enter when done: "
_KEYS: Final = "Enter keep · e edit · u as it was · q leave all as it was"

UNCHANGED: Final = "Left. The memo is as it was."


def correct(
    terminal: Terminal,
    present: Version,
    reader: str,
    now: Callable[[], datetime],
    clock: Callable[[], float] = time.monotonic,
) -> Correction | None:
    """Let the rep correct the version in force; None when nothing was changed.

    Only sentences that were up by themselves change, and what changed is read before it counts; the others stay as
    they were read. An emptied sentence is struck, and a struck one is offered as it was heard.

    :param now: the time with its zone.
    :param clock: seconds, monotonic.
    :raises NotConfirmed: the rep left; nothing is to be stored.
    """
    began = clock()
    correcting = Correcting(present, clock)
    try:
        _list(terminal, correcting.sentences)
        while typed := terminal.line(_ASK):
            count = len(correcting.sentences)
            if not (typed.isdecimal() and 1 <= int(typed) <= count):
                terminal.show(f"  A number from 1 to {count}.")
                continue
            try:
                _edit(terminal, correcting, int(typed) - 1, clock)
            except NotTaken as why:
                terminal.show(f"  {why}")
            _list(terminal, correcting.sentences)
    except NotConfirmed as left:
        raise NotConfirmed(UNCHANGED) from left
    if correcting.sentences == list(present.sentences):
        return None
    return Correction(present.number, tuple(correcting.sentences), reader, now(), clock() - began)


def _edit(terminal: Terminal, correcting: Correcting, position: int, clock: Callable[[], float]) -> None:
    sentence = correcting.sentences[position]
    if sentence.heard and sentence.text != sentence.heard:
        terminal.show(Text(f"  heard: {printable(sentence.heard)}", style="dim"))
    text = printable(sentence.text or sentence.heard)
    while True:
        began = clock()
        text = terminal.line("  edit: ", text)
        correcting.put(position, text, began)
        if _is_read(terminal, correcting):
            return


def _is_read(terminal: Terminal, correcting: Correcting) -> bool:
    """Have what changed read, piece by piece. False: it is to be edited once more."""
    while correcting.change is not None:
        what = "this is new" if correcting.change.text else "this is struck"
        piece = correcting.show()
        terminal.show(Text(f"  {what}   {_KEYS}", style="dim"))
        terminal.show(Constrain(Padding(Text(piece), (0, 4), expand=False), LONGEST_LINE + 8))
        while (pressed := terminal.key()) not in (*ENTER, "e", "u", *LEAVE):
            terminal.show(f"  {_KEYS}")
        if pressed == "e":
            return False
        if pressed == "u":
            correcting.leave()
        elif pressed in LEAVE:
            raise NotConfirmed(UNCHANGED)
        else:
            try:
                correcting.keep()
            except TooQuick as why:
                terminal.show(Text(f"  {why}", style="italic"))
    return True


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
