"""The sentences of a memo at a terminal: each drawn as it is up, and the keys that answer it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.constrain import Constrain
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from aftercall.terminal.marked import shown, spoken
from aftercall.terminal.terminal import LEAVE, Terminal, discard
from ground.printable import printable
from review.again import SaidAgain, SayAgain
from review.errors import KEPT, NotConfirmed, NotSaidAgain, NotTaken, TooQuick
from review.gate import Gate
from review.marks import first_doubtful
from review.play import Player, Stretch

if TYPE_CHECKING:
    from rich.console import RenderableType

_KEEP: Final = ("\r", "\n", " ", "k")

_KEYS: Final = "Enter keep · e edit · h hear · r say again · s strike · b back · q later · ? help"
_FEWER_KEYS: Final = "Enter keep · e edit · h hear · s strike · ? help"
"""Where the others do not fit on the line."""

LONGEST_LINE: Final = 72
"""Columns that a sentence takes at the most: in longer lines the eye loses its way back (Bringhurst 2004, "The Elements
of Typographic Style", 2.1.2: 45 to 75 characters)."""

_HELP: Final = {
    "Enter, Space or k": "keep the sentence as it stands",
    "e": "edit it in place",
    "h": "hear it",
    "w": "hear one doubtful word of it, with a second around it; again: the next",
    "r": "say it again: record it anew",
    "f": "fix: take what you made of the same words before, where that is offered",
    "u": "undo: the sentence as it was heard first",
    "s": "strike it: it will not be part of the memo",
    "b": "back to the sentence before",
    "q, l or Esc": "leave for later; what you answered is kept",
    "d": "throw the whole memo away",
}
_MARKS: Final = "A word in [brackets?] was heard with doubt; what is underlined must be right."
_PLAIN_MARKS: Final = "Words named doubtful were heard with doubt; those to check must be right."


@dataclass(frozen=True, slots=True)
class Begun:
    """A reading that began while the microphone was open: its first sentence is on the screen already.

    :ivar text: the sentence.
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
        yield "\n".join([f"{count}. Enter keeps, question mark explains.", *spoken(up.runs), *gate.remarks(), ""])
        return
    keys = _KEYS if len(count) + 3 + len(_KEYS) <= terminal.width else _FEWER_KEYS
    yield Text(f"{count}   {keys}", style="dim")
    yield Constrain(Padding(shown(up.runs), (0, 2), expand=False), LONGEST_LINE + 4)
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
                if begun is not None and begun.text == up.text:
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
            if pressed in self._aside:
                self._aside[pressed]()
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
            try:
                self._gate.edit(self._terminal.line("  edit: ", before, cursor))
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

    # -- say it again ------------------------------------------------------------------------------------------

    def _record_again(self) -> None:
        if self._say_again is None:
            raise NotTaken("It cannot be said again here; e edits it.")
        if self._player:
            self._player.stop()  # or the microphone hears it
        self._gate.begin_again()
        said: SaidAgain | None = None
        try:
            said = self._say_again.record()
        except NotSaidAgain as why:
            self._terminal.show(f"  {printable(str(why))}")
        self._gate.end_again(said)

    def _take_left_over(self) -> None:
        """What was recorded when something ended the program, before it was shown."""
        said: SaidAgain | None = None
        if self._say_again is not None:
            try:
                said = self._say_again.left_over()
            except NotSaidAgain as why:
                self._terminal.show(printable(str(why)))
        if said is not None:
            self._terminal.show("You had begun to say this sentence again. What was heard of it:")
        self._gate.end_again(said)
