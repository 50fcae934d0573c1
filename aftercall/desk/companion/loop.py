"""The small loop: it gives each part its turn, and sleeps in between.

It never sleeps for long: a machine that was asleep, or whose clock was set, has a monotonic clock that knows nothing of
it (on Linux that stands still in sleep), so the wall clock is looked at every half a minute at the latest.
"""

import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Final, Protocol, Self

from aftercall.desk.hints import line_of
from ground.errors import AftercallError

LONGEST_SLEEP: Final = 30.0
"""Seconds: by so much a ring may be late after the machine was asleep."""


class Part(Protocol):
    """Something that the companion looks after."""

    def turn(self) -> float:
        """Look, and begin what is to be done; seconds until the next turn at the latest.

        :raises AftercallError, OSError: told once; it gets its next turn all the same.
        """
        ...

    def close(self) -> None:
        """Let go of what it holds. What it has begun goes on."""
        ...


class Loop:
    """A thread that gives the parts their turns. A context manager: the thread ends with it.

    :param say: told what went wrong, each thing once until something else does.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._parts: Sequence[Part] = ()
        self._told: dict[Part, str] = {}
        self._over = False
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="companion", daemon=True)

    def run(self, parts: Sequence[Part]) -> Self:
        """Give these their turns from now on."""
        self._parts = parts
        self._thread.start()
        return self

    def wake(self) -> None:
        """Give each its turn now. From any thread."""
        self._wake.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()
        for part in self._parts:
            part.close()

    def _run(self) -> None:
        due = {id(part): 0.0 for part in self._parts}
        while not self._over:
            woken = self._wake.is_set()
            self._wake.clear()
            for part in self._parts:
                if woken or time.monotonic() >= due[id(part)]:
                    due[id(part)] = time.monotonic() + self._turn(part)
            left = min((at - time.monotonic() for at in due.values()), default=LONGEST_SLEEP)
            self._wake.wait(max(0.0, min(left, LONGEST_SLEEP)))

    def _turn(self, part: Part) -> float:
        try:
            rest = part.turn()
        except (AftercallError, OSError) as trouble:
            line = line_of(trouble)
            if self._told.get(part) != line:
                self._told[part] = line
                self._say(line)
            return LONGEST_SLEEP
        self._told.pop(part, None)
        return min(rest, LONGEST_SLEEP)
