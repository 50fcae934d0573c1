"""A command of ours in a process of its own, which nobody waits for."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

from ground.reader import MOST_BYTES

COMMAND: Final = (sys.executable, "-m", "aftercall")

_NICE: Final = 5
"""Of what nobody waits for: a memo that is being recorded comes first."""


class Running(Protocol):
    """Something that was begun, and ends by itself."""

    @property
    def output(self) -> str | None:
        """What it printed, once it has ended; None until then."""
        ...


class Saying(Running, Protocol):
    """One that may say something besides."""

    @property
    def said(self) -> list[str]:
        """What it said, line by line, once it has ended."""
        ...


class Child:
    """A running command. Its output is read as it comes, so that it never waits for that.

    :param on_end: called from another thread when it has ended.
    :ivar code: its exit code, once it has ended.
    """

    def __init__(self, arguments: Sequence[str | Path], on_end: Callable[[], None] = lambda: None) -> None:
        self.code: int | None = None
        self._said: list[str] = []
        self._output: str | None = None
        self._on_end = on_end
        below = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
        self._process = subprocess.Popen(
            [*COMMAND, *map(str, arguments)],
            env=os.environ | {"AFTERCALL_REMINDER": "no", "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            creationflags=below,
            # A Ctrl-C that is meant for the companion does not cut off what it has begun.
            start_new_session=True,
        )
        if hasattr(os, "setpriority"):
            with suppress(OSError):  # it has ended already
                os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICE)
        threading.Thread(target=self._read, name="child", daemon=True).start()

    def _read(self) -> None:
        out, err = self._process.communicate()
        self.code, self._said, self._output = self._process.returncode, err[:MOST_BYTES].splitlines(), out
        self._on_end()

    @property
    def output(self) -> str | None:
        """See Running."""
        return self._output

    @property
    def said(self) -> list[str]:
        """See Saying."""
        return self._said
