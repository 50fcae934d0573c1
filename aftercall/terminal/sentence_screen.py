"""The sentences of a memo at a terminal: each drawn as it is up, and the keys that answer it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.constrain import Constrain
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from aftercall.terminal.layout import key_lines
from aftercall.terminal.marked import DOUBT_STYLE, shown, spoken
from aftercall.terminal.terminal import LEAVE, Terminal, discard
from ground.printable import printable
from review.again import SaidAgain, SayAgain
from review.errors import KEPT, NextMemo, NotConfirmed, NotSaidAgain, NotTaken, TooQuick
from review.gate import Gate
from review.marks import first_doubtful
from review.play import Player, Stretch

if TYPE_CHECKING:
    from rich.console import RenderableType

_KEEP: Final = ("\r", "\n", " ", "k")

_KEYS: Final = "Enter keep · e edit · h hear · r say again · a add · s strike · b back · q later · ? help"

LONGEST_LINE: Final = 72
"""Columns that a sentence takes at the most: in longer lines the eye loses its way back (Bringhurst 2004, "The Elements
of Typographic Style", 2.1.2: 45 to 75 characters)."""

_HELP: Final = {
    "Enter, Space or k": "keep the sentence as it stands",
    "e": "edit it in place",
    "h": "hear it",
    "w": "hear one doubtful word of it, with a second around it; again: the next",
    "r": "say it again: record it anew",
    "a": "add what was forgotten, after this sentence: typed, or spoken",
    "f": "fix: take what you made of the same words before, where that is offered",
    "u": "undo: the sentence as it was heard first",
    "s": "strike it: it will not be part of the memo",
    "b": "back to the sentence before",
    "n": "next memo: leave this one for later",
    "q, l or Esc": "leave for later; what you answered is kept",
    "d": "throw the whole memo away",
}
_ADDED: Final = "  Added after this sentence; it is up next.\n"
_MARKS: Final = "A word in [brackets?] was heard with doubt; what is underlined must be right."
_PLAIN_MARKS: Final = "Words named doubtful were heard with doubt; those to check must be right."


@dataclass(frozen=True, slots=True)
class Begun:
    """A reading that began while the microphone was open: its first sentence is on the screen already.

    :ivar text: the sentence, as it is shown.
    :ivar since: when it came up, in seconds on the monotonic clock.
    :ivar key: the key that closed the microphone; None where silence did.
    """

    text: str
    since: float
    key: str | None


def drawn(terminal: Terminal, gate: Gate) -> "Iterator[RenderableType]":
    """What is up, as it is shown there."""
    up = gate.up
    assert up is not None
    count = f"{up.position + 1} of {up.of}"
    if terminal.plain:
        lines = [up.missing] if up.missing else spoken(up.runs)
        yield "\n".join([f"{count}. Enter keeps, question mark explains.", *lines, *gate.remarks(), ""])
        return
    yield Text(key_lines(f"{count}   {_KEYS}", terminal.width), style="dim")
    text = Text(up.missing, style=DOUBT_STYLE) if up.missing else shown(up.runs)
    yield Constrain(Padding(text, (0, 2), expand=False), LONGEST_LINE + 4)
    for remark in gate.remarks():
        yield Text(f"  {remark}", style="dim")
    yield ""


class SentenceScreen:
    """Draws what the gate has up, and hands on what the rep does.

    :param player: plays the memo's sound; None where there is none.
    :param say_again: records a sentence anew; None where nothing can.
    """

    def __init__(
        self, terminal: Terminal, gate: Gate, player: Player | None = None, say_again: SayAgain | None = None
    ) -> None:
        self._terminal = terminal
        self._gate = gate
        self._player = player
        self._say_again = say_again
        self._on_key: dict[str, Callable[[], None]] = {
            **dict.fromkeys(_KEEP, gate.keep),
            "s": self._strike,
            "e": self._edit,
            "b": self._back,
            "f": gate.fix,
            "u": gate.undo,
            "r": self._record_again,
            "a": self._add,
        }
        """Keys after which a sentence is shown: the next one, or this one as it is now."""
        self._aside: dict[str, Callable[[], None]] = {
            "?": self._explain,
            "h": self._hear,
            "w": self._hear_word,
            "d": lambda: discard(terminal),
        }
        """Keys after which the sentence is up as it was."""

    def read(self, begun: Begun | None = None) -> None:
        """Go through the sentences that have no answer yet. Returns when each has one.

        :param begun: what was shown of them before.
        :raises NotConfirmed: the rep left.
        """
        if number := self._gate.goes_on_at:
            self._terminal.show(f"Going on at sentence {number}; what you answered is kept.\n")
        if self._gate.left_over:
            self._take_left_over()
        try:
            while (up := self._gate.up) is not None:
                key = None
                if begun is not None and begun.text == up.shown:
                    self._gate.show(begun.since)
                    key = begun.key
                else:
                    self._show()
                begun = None
                self._answer(key)
        finally:
            if self._player:
                self._player.stop()

    def _answer(self, key: str | None) -> None:
        """Take keys, the first of which may be pressed already, until there is something to be shown."""
        while True:
            pressed, key = key or self._terminal.key(), None
            if pressed in LEAVE:
                raise NotConfirmed(KEPT)
            if pressed == "n":
                raise NextMemo(KEPT)
            if pressed in self._aside:
                try:
                    self._aside[pressed]()
                except NotTaken as why:
                    self._terminal.show(f"  {why}")
            elif pressed not in self._on_key or (pressed == "b" and "back" not in self._gate.acts):
                self._terminal.show("  Enter keeps, e edits, h plays, s strikes, b goes back, q leaves, ? explains.")
            else:
                try:
                    self._on_key[pressed]()
                except TooQuick as why:
                    self._terminal.show(Text(f"  {why}", style="italic"))
                except NotTaken as why:
                    self._terminal.show(f"  {why}")
                    continue
                return

    # -- drawing -----------------------------------------------------------------------------------------------

    def _show(self) -> None:
        self._gate.show()
        for line in drawn(self._terminal, self._gate):
            self._terminal.show(line)

    def _explain(self) -> None:
        table = Table.grid(padding=(0, 3, 0, 0))
        for key, meaning in _HELP.items():
            table.add_row(Text(key), Text(meaning))
        self._terminal.show(Padding(table, (0, 2), expand=False))
        self._terminal.show(Padding(_PLAIN_MARKS if self._terminal.plain else _MARKS, (0, 2, 1, 2), expand=False))

    # -- what the keys do --------------------------------------------------------------------------------------

    def _strike(self) -> None:
        self._gate.strike()
        self._terminal.show(Text("  struck\n", style="dim"))

    def _back(self) -> None:
        self._gate.back()

    def _edit(self) -> None:
        assert self._gate.up is not None
        cursor, before = first_doubtful(self._gate.up.runs), printable(self._gate.up.text)
        while True:
            self._gate.begin_edit()
            typed = self._terminal.line("  edit: ", before, cursor)
            if not typed and not before:
                raise NotTaken("It is as it was.")
            try:
                self._gate.edit(typed)
            except TooQuick:
                raise
            except NotTaken as why:
                self._terminal.show(f"  {why}")
            else:
                return

    def _hear(self) -> None:
        self._play(self._gate.sound(), "")

    def _hear_word(self) -> None:
        self._play(*self._gate.sound_of_next_word())

    def _play(self, stretch: Stretch, word: str) -> None:
        if self._player is None:
            self._terminal.show("  There is no sound to this memo.")
            return
        trouble = self._player.play(stretch)
        if trouble or word:
            self._terminal.show(Text(f"  {printable(trouble or word)}", style="dim" if word else ""))

    # -- at the microphone, once more --------------------------------------------------------------------------

    def _record_again(self) -> None:
        if self._say_again is None:
            raise NotTaken("It cannot be said again here; e edits it.")
        self._record(self._say_again, adding=False)

    def _add(self) -> None:
        speak = "" if self._say_again is None else ", or Enter to speak"
        typed = self._terminal.line(f"  add (type it{speak}): ")
        if typed or self._say_again is None:
            self._gate.add(typed)
            self._terminal.show(_ADDED)
        else:
            self._record(self._say_again, adding=True)

    def _record(self, say_again: SayAgain, *, adding: bool) -> None:
        if self._player:
            self._player.stop()  # or the microphone hears it
        self._gate.begin_again(adding=adding)
        self._take(say_again.record, _ADDED if adding else "", adding=adding)

    def _take_left_over(self) -> None:
        """What was recorded when something ended the program, before it was shown."""
        adding = self._gate.left_over == "add"
        if self._say_again is None:
            self._gate.end_again(None)
            return
        left_over, known = self._say_again.left_over, self._gate.recordings
        told = "You had begun to say this sentence again. What was heard of it:"
        if adding:
            told = "You had begun to add something. What was heard of it is up after this sentence.\n"
        self._take(lambda: left_over(known), told, adding=adding)

    def _take(self, get: Callable[[], SaidAgain | None], told: str, *, adding: bool) -> None:
        """Take what was said to where it belongs, and tell that, if anything was."""
        said: SaidAgain | None = None
        try:
            said = get()
        except NotSaidAgain as why:
            as_before = "Nothing was added." if adding else "The sentence is as it was."
            self._terminal.show(f"  {printable(str(why))} {as_before}")
        if said is not None and told:
            self._terminal.show(told)
        self._gate.end_again(said)
