"""The one reader of the keyboard: keys one by one, without echo, waited for or looked for in passing."""

import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Final

from review.errors import KEPT, CalledAway, NotConfirmed, Terminated

_LONGEST_KEY: Final = 32
"""Bytes of the longest sequence that a terminal sends for one key, and more."""

_LONGEST_WORDS: Final = 200
"""Characters typed in the place of a key that are taken at once."""

_LOOK_SECONDS: Final = 0.2
"""How often a wait for a key looks up."""

_TYPING_SECONDS: Final = 0.3
"""Who types words has the next key down within this (40 words a minute, five keys to a word)."""

_ENDS_INPUT: Final = ("\x04", "\x1a") if sys.platform == "win32" else ("\x04",)
"""Ctrl-D; on Windows Ctrl-Z, too."""


@contextmanager
def single_keys() -> Iterator[None]:
    """While the block runs, keys come one by one and are not echoed; Ctrl-C still is a signal. Ctrl-Z gives the
    shell its terminal as it was, which not every shell sets back by itself; when the program goes on, keys come one by
    one again."""
    if sys.platform == "win32":
        yield
        return
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin)

    def resume(number: int, frame: FrameType | None) -> None:
        with suppress(termios.error):
            tty.setcbreak(sys.stdin)

    def suspend(number: int, frame: FrameType | None) -> None:
        with suppress(termios.error):
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, suspend)

    # First the signals: one that came in between would leave the keys as the shell has them.
    on_continue = signal.signal(signal.SIGCONT, resume)
    on_stop = signal.getsignal(signal.SIGTSTP)
    if on_stop is not signal.SIG_IGN:  # as it is where a shell has no jobs: nobody could have the program go on
        signal.signal(signal.SIGTSTP, suspend)
    tty.setcbreak(sys.stdin)
    try:
        yield
    finally:
        signal.signal(signal.SIGTSTP, on_stop)
        signal.signal(signal.SIGCONT, on_continue)
        with suppress(termios.error):  # the terminal is gone, and with it what was to be set back
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def keys_pressed() -> str:
    """The keys pressed since the last look, without waiting; to be called within :func:`single_keys`."""
    if sys.platform == "win32":
        import msvcrt

        pressed = ""
        while msvcrt.kbhit():
            pressed += msvcrt.getwch()
        return pressed
    try:
        ready, _, _ = select.select([sys.stdin], [], [], 0)
        return os.read(sys.stdin.fileno(), 1024).decode(errors="replace") if ready else ""
    except OSError:  # the terminal is gone; its SIGHUP says so as well
        return ""


def next_key(*, alone: bool = False) -> str:
    """Wait for one key. What was pressed before does not count, and Caps Lock makes no other key of it.

    :param alone: wait whether more is typed right behind a letter or a digit: then all of it comes back, as it was
        typed, with an Enter at its end, and it is no key but words.
    :raises NotConfirmed: the rep left: Ctrl-C, Ctrl-D, a terminal that is closed, or SIGTERM.
    """
    with leaving():
        discard_typed_ahead()
        pressed = _pressed(alone=alone)
        if not pressed or pressed in _ENDS_INPUT:
            raise EOFError
        return pressed.lower() if len(pressed) == 1 else pressed


if sys.platform == "win32":

    def _pressed(*, alone: bool) -> str:
        import msvcrt

        pressed = msvcrt.getwch()
        if pressed in ("\x00", "\xe0"):  # an arrow, or a function key: the second half says which
            pressed += msvcrt.getwch()
        elif alone and pressed.isalnum():
            time.sleep(_TYPING_SECONDS)
            pressed += "".join(filter(str.isprintable, keys_pressed()))
        if pressed == "\x03":
            raise KeyboardInterrupt
        return pressed

else:

    def _pressed(*, alone: bool) -> str:
        with single_keys():
            _wait_for_input()
            pressed = os.read(sys.stdin.fileno(), _LONGEST_KEY).decode(errors="replace")
            more = alone and pressed.isalnum()
            while more and select.select([sys.stdin], [], [], _TYPING_SECONDS)[0]:
                typed = os.read(sys.stdin.fileno(), _LONGEST_KEY).decode(errors="replace")
                pressed += "".join(key for key in typed if key.isprintable() or key in "\r\n")
                more = bool(typed) and typed.isprintable() and len(pressed) < _LONGEST_WORDS
        if alone and len(pressed) > 1 and len(pressed.strip()) == 1:
            pressed = pressed.strip()  # Enter right behind a key is none of its own
        return pressed


def typed_line() -> str:
    """Wait for a line, edited as the system does it; it ends with its line break.

    :raises EOFError: Ctrl-D, or the terminal is closed.
    """
    if sys.platform != "win32":
        _wait_for_input()
    if line := sys.stdin.readline():
        return line
    raise EOFError


def _wait_for_input() -> None:
    """Until there is something to be read. A signal that came just before the wait, or that the system gave to another
    thread, wakes nothing up: so the wait looks up to see to it."""
    while not select.select([sys.stdin], [], [], _LOOK_SECONDS)[0]:
        pass


def discard_typed_ahead() -> None:
    """Forget the keys that were pressed before what is on the screen was there.

    :raises OSError: the terminal is gone.
    """
    if sys.platform == "win32":
        import msvcrt

        while msvcrt.kbhit():
            msvcrt.getwch()
        return
    import termios

    try:
        termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)
    except termios.error as error:
        raise OSError(str(error)) from error


@contextmanager
def leaving() -> Iterator[None]:
    """Around whatever waits for the rep: Ctrl-C, Ctrl-D, a terminal that is closed and SIGTERM all are to leave; and
    SIGUSR1, which says that another call has ended (aftercall.terminal.called_away).

    :raises NotConfirmed: one of them came; the terminal is set back first.
    """

    def leave(number: int, frame: FrameType | None) -> None:
        raise Terminated(KEPT) if number == signal.SIGTERM else CalledAway(KEPT)

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGUSR1") if hasattr(signal, name)]
    before = {number: signal.signal(number, leave) for number in numbers}
    try:
        yield
    except (KeyboardInterrupt, EOFError, OSError) as error:
        raise NotConfirmed(KEPT) from error
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
