"""The terminal that the rep reads at and answers on."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Final, Protocol

from review.errors import NotConfirmed, NoTerminal

if TYPE_CHECKING:
    from rich.console import RenderableType

LEAVE: Final = ("q", "l", "\x1b")
"""Keys that leave the review: quit, later, Esc."""

KEPT: Final = "Left. Nothing is lost: the memo waits in the inbox with what you answered."


class Terminal(Protocol):
    """What the review needs of a terminal. All three raise :class:`NotConfirmed` when the rep leaves with Ctrl-C or
    Ctrl-D, or when the terminal is closed."""

    def show(self, what: "RenderableType" = "") -> None:
        """Print below what is there."""
        ...

    def key(self) -> str:
        """Wait for one key. Keys that were pressed before what was last shown do not count."""
        ...

    def line(self, prompt: str, prefill: str = "") -> str:
        """A line of text, edited in place; without the spaces around it."""
        ...


class RealTerminal:
    """Standard input and standard error, both of which must be terminals.

    :raises NoTerminal: one of them is not, so that nobody can be reading.
    """

    def __init__(self) -> None:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise NoTerminal(
                "A memo is stored only when a person has read it, and that takes a terminal. "
                "It is safe in the inbox: run `aftercall review` at one."
            )
        # prompt_toolkit would ask the terminal where the cursor is, and warn where no answer comes in time, as over a
        # slow ssh; a prompt of one line does not need it.
        os.environ["PROMPT_TOOLKIT_NO_CPR"] = "1"
        from prompt_toolkit.output import create_output
        from rich.console import Console

        self._console = Console(stderr=True, highlight=False, markup=False, emoji=False)
        self._output = create_output(sys.stderr)

    def show(self, what: "RenderableType" = "") -> None:
        """See :class:`Terminal`."""
        try:
            self._console.print(what)
        except OSError as error:
            raise NotConfirmed(KEPT) from error

    def key(self) -> str:
        """See :class:`Terminal`."""
        import click

        _discard_typed_ahead()
        try:
            with _leaving_on_sigterm():
                pressed = click.getchar()
        except (KeyboardInterrupt, EOFError, OSError) as error:
            raise NotConfirmed(KEPT) from error
        if not pressed:
            raise NotConfirmed(KEPT)
        return pressed

    def line(self, prompt: str, prefill: str = "") -> str:
        """See :class:`Terminal`."""
        from prompt_toolkit import PromptSession

        _discard_typed_ahead()
        session: PromptSession[str] = PromptSession(output=self._output)
        try:
            with _leaving_on_sigterm():
                return session.prompt(prompt, default=prefill, enable_suspend=True).strip()
        except (KeyboardInterrupt, EOFError, OSError) as error:
            raise NotConfirmed(KEPT) from error


@contextmanager
def _leaving_on_sigterm() -> Iterator[None]:
    """To be ended while a key is waited for is to leave: the terminal is set back first."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise NotConfirmed(KEPT)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _discard_typed_ahead() -> None:
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
