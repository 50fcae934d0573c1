"""The terminal that the rep reads at and answers on."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Final, Protocol

from review.errors import Discarded, NotConfirmed, NoTerminal, Terminated

if TYPE_CHECKING:
    from rich.console import RenderableType

LEAVE: Final = ("q", "l", "\x1b")
"""Keys that leave the review: quit, later, Esc."""

KEPT: Final = "Left. Nothing is lost: the memo waits in the inbox with what you answered."


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

    def key(self) -> str:
        """Wait for one key. Keys that were pressed before what was last shown do not count."""
        ...

    def line(self, prompt: str, prefill: str = "", cursor: int | None = None) -> str:
        """A line of text, edited in place; without the spaces around it.

        :param cursor: where in ``prefill`` the cursor begins, in characters; None: at its end.
        """
        ...


def open_terminal(*, plain: bool) -> Terminal:
    """The terminal of this process, for looking at or, ``plain``, for a screen reader. One that cannot move its cursor
    is plain in any case.

    :raises NoTerminal: there is none.
    """
    from aftercall.terminal.plain_terminal import PlainTerminal

    return PlainTerminal() if plain or os.environ.get("TERM") in ("dumb", "unknown") else RealTerminal()


class KeyTerminal:
    """Standard input and standard error, both of which must be terminals.

    :raises NoTerminal: one of them is not, so that nobody can be reading.
    """

    def __init__(self) -> None:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise NoTerminal(
                "A memo is stored only when a person has read it, and that takes a terminal. "
                "It is safe in the inbox: run `aftercall review` at one."
            )

    def key(self) -> str:
        """See :class:`Terminal`."""
        import click

        discard_typed_ahead()
        with leaving():
            pressed = click.getchar()
        if not pressed:
            raise NotConfirmed(KEPT)
        return pressed


class RealTerminal(KeyTerminal):
    """One that is looked at: colours, and lines edited in place."""

    plain = False

    def __init__(self) -> None:
        super().__init__()
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

    def line(self, prompt: str, prefill: str = "", cursor: int | None = None) -> str:
        """See :class:`Terminal`."""
        from prompt_toolkit import PromptSession
        from prompt_toolkit.document import Document

        discard_typed_ahead()
        session: PromptSession[str] = PromptSession(output=self._output)
        with leaving():
            return session.prompt(prompt, default=Document(prefill, cursor), enable_suspend=True).strip()


@contextmanager
def leaving() -> Iterator[None]:
    """Around whatever waits for the rep: Ctrl-C, Ctrl-D, a terminal that is closed and SIGTERM all are to leave.

    :raises NotConfirmed: one of them came; the terminal is set back first.
    """

    def leave(number: int, frame: FrameType | None) -> None:
        raise Terminated(KEPT)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    except (KeyboardInterrupt, EOFError, OSError) as error:
        raise NotConfirmed(KEPT) from error
    finally:
        signal.signal(signal.SIGTERM, before)


def discard_typed_ahead() -> None:
    """Forget the keys that were pressed before what is on the screen was there."""
    if sys.platform == "win32":
        import msvcrt

        while msvcrt.kbhit():
            msvcrt.getwch()
        return
    import termios

    try:
        termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)
    except (termios.error, OSError) as error:
        raise NotConfirmed(KEPT) from error


def discard(terminal: Terminal) -> None:
    """Ask whether the whole memo is to be thrown away; returns when not.

    :raises Discarded: it is.
    """
    if terminal.line("  Type 'discard' to throw the whole memo away, or press Enter to go on: ") == "discard":
        raise Discarded("The memo was thrown away, as you asked.")
