"""The terminal that the rep reads at and answers on: one that is looked at, and one that is read out."""

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Protocol

from aftercall.terminal.keyboard import discard_typed_ahead, leaving, next_key, typed_line
from ground.printable import printable
from review.errors import KEPT, Discarded, NotConfirmed, NoTerminal

if TYPE_CHECKING:
    from rich.console import RenderableType

LEAVE: Final = ("q", "l", "\x1b")
"""Keys that leave the review: quit, later, Esc."""

ENTER: Final = ("\r", "\n")

_NOTHING: Final = "-"
"""Typed alone it empties a line that has something in it, where Enter alone takes that."""


class Terminal(Protocol):
    """What the review needs of a terminal. Its methods raise :class:`NotConfirmed` when the rep leaves with Ctrl-C or
    Ctrl-D, or when the terminal is closed.

    :ivar plain: whether it is read out rather than looked at: words instead of marks, and nothing shown twice.
    """

    plain: bool

    @property
    def width(self) -> int:
        """Columns."""
        ...

    def show(self, what: "RenderableType" = "") -> None:
        """Print below what is there."""
        ...

    def key(self, *, alone: bool = False) -> str:
        """Wait for one key, small where it is a letter. Keys that were pressed before what was last shown do not count.

        :param alone: a letter or a digit with more typed right behind it is no key: all of it comes back.
        """
        ...

    def line(
        self, prompt: str, prefill: str = "", cursor: int | None = None, *, over: bool = False, begun: bool = False
    ) -> str:
        """A line of text, edited in place; without the spaces around it.

        :param cursor: where in ``prefill`` the cursor begins, in characters; None: at its end.
        :param over: what is typed first stands in the place of ``prefill``; any other key edits that.
        :param begun: it goes on with a key that was pressed already: what is typed while it comes up belongs to it, and
            ``prefill`` is what was typed so far.
        """
        ...


def open_terminal(*, plain: bool) -> Terminal:
    """The terminal of this process, for looking at or, ``plain``, for a screen reader. One that cannot move its cursor
    is plain in any case.

    :raises NoTerminal: standard input or standard error is none, so that nobody can be reading.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise NoTerminal(
            "A memo is stored only when a person has read it, and that takes a terminal. "
            "It is safe in the inbox: run `aftercall review` at one."
        )
    return PlainTerminal() if plain or os.environ.get("TERM") in ("dumb", "unknown") else RealTerminal()


class RealTerminal:
    """One that is looked at: colours, and lines edited in place."""

    plain = False

    def __init__(self) -> None:
        # prompt_toolkit would ask the terminal where the cursor is, and warn where no answer comes in time, as over a
        # slow ssh; a prompt of one line does not need it.
        os.environ["PROMPT_TOOLKIT_NO_CPR"] = "1"
        from prompt_toolkit.output import create_output
        from rich.console import Console

        self._console = Console(stderr=True, highlight=False, markup=False, emoji=False)
        self._output = create_output(sys.stderr)

    @property
    def width(self) -> int:
        """See :class:`Terminal`."""
        return self._console.width

    def show(self, what: "RenderableType" = "") -> None:
        """See :class:`Terminal`."""
        try:
            self._console.print(what)
        except OSError as error:
            raise NotConfirmed(KEPT) from error

    def show_for_now(self, lines: "Iterable[RenderableType]") -> int:
        """Print what may be taken away again; how many rows it takes."""
        with self._console.capture() as capture:
            for line in lines:
                self._console.print(line)
        text = capture.get()
        sys.stderr.write(text)
        sys.stderr.flush()
        return text.count("\n")

    def take_away(self, rows: int) -> None:
        """Take away the last rows, with the cursor at the beginning of the one below them."""
        sys.stderr.write(f"\x1b[{rows}A\x1b[J")  # ECMA-48: CUU, ED
        sys.stderr.flush()

    def key(self, *, alone: bool = False) -> str:
        """See :class:`Terminal`."""
        return next_key(alone=alone)

    def line(
        self, prompt: str, prefill: str = "", cursor: int | None = None, *, over: bool = False, begun: bool = False
    ) -> str:
        """See :class:`Terminal`."""
        from prompt_toolkit import PromptSession
        from prompt_toolkit.document import Document

        with leaving():
            if not begun:
                discard_typed_ahead()
            session: PromptSession[str] = PromptSession(output=self._output)
            if over and prefill:
                from aftercall.terminal.typing_over import type_over

                type_over(session, prefill)
            return session.prompt(prompt, default=Document(prefill, cursor), enable_suspend=True).strip()


class PlainTerminal:
    """For a screen reader, a braille line, or a terminal that cannot move its cursor: line after line, in words.

    A line is typed as the system edits it, under what Enter alone would take.
    """

    plain = True

    def __init__(self) -> None:
        from rich.console import Console

        # As wide as it gets: the terminal breaks lines by itself, and a reader reads them as one.
        self._console = Console(
            stderr=True, color_system=None, highlight=False, markup=False, emoji=False, soft_wrap=True, width=10_000
        )

    @property
    def width(self) -> int:
        """See :class:`Terminal`."""
        return self._console.width

    def show(self, what: "RenderableType" = "") -> None:
        """See :class:`Terminal`."""
        with self._console.capture() as capture:
            self._console.print(what)
        # The dot between keys is spelt out by some readers, and passed over by others.
        lines = capture.get().replace(" · ", ", ").splitlines()
        self._write("".join(f"{line.strip()}\n" for line in lines))

    def key(self, *, alone: bool = False) -> str:
        """See :class:`Terminal`."""
        return next_key(alone=alone)

    def line(
        self, prompt: str, prefill: str = "", cursor: int | None = None, *, over: bool = False, begun: bool = False
    ) -> str:
        """See :class:`Terminal`."""
        if begun:
            with leaving():
                self._write(f"{prompt.strip()} {prefill}")
                return (prefill + self._read()).strip()
        offer = f"Enter for: {prefill.strip()} ({_NOTHING} for none, or type it anew)\n" if prefill.strip() else ""
        with leaving():
            discard_typed_ahead()
            self._write(f"{offer}{prompt.strip()} ")
            typed = self._read().strip()
        if typed == _NOTHING:
            return ""
        return typed or prefill.strip()

    @staticmethod
    def _read() -> str:
        return printable(typed_line()).rstrip()

    @staticmethod
    def _write(text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError as error:
            raise NotConfirmed(KEPT) from error


def is_typed(pressed: str) -> bool:
    """Whether what came in the place of a key is a word: not one key, nor one that is held down."""
    words = pressed.strip()
    return words[:1].isalnum() and words.isprintable() and len(set(words)) > 1


def answer_line(terminal: Terminal, prompt: str, prefill: str = "", *, over: bool = False, begun: bool = False) -> str:
    """A line that answers a question of the reading. The letters that leave it everywhere else leave it here, too.

    :raises NotConfirmed: the rep left.
    """
    typed = terminal.line(prompt, prefill, over=over, begun=begun)
    if typed.isalpha() and typed.lower() in LEAVE:
        raise NotConfirmed(KEPT)
    return typed


def discard(terminal: Terminal) -> None:
    """Ask whether the whole memo is to be thrown away; returns when not.

    :raises Discarded: it is.
    """
    if terminal.line("  Type 'discard' to throw the whole memo away, or press Enter to go on: ") == "discard":
        raise Discarded("The memo was thrown away, as you asked.")
