"""The day on which the tests take place: the same in every run, or the one that `make any-day` asks for.

Each test file begins at that moment, and the clock goes on from there: in the test's own process, and in every Python
process that it starts, by way of its environment (moved/sitecustomize.py). Monotonic clocks, sleeping and the times of
files are the real ones.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest
import time_machine

BEGINNING: Final = datetime.fromisoformat(os.environ.get("TESTS_AT", "2026-11-24 10:00")).replace(
    tzinfo=ZoneInfo(os.environ.get("TESTS_ZONE", "America/New_York"))
)

_MOVED: Final = Path(__file__).with_name("moved")


def at(moment: datetime) -> dict[str, str]:
    """What a command needs in its environment to begin at that moment."""
    return {"TESTS_CLOCK": repr(moment.timestamp() - time_machine.escape_hatch.time.time())}


@contextmanager
def begun() -> Iterator[None]:
    """While the block runs the clock goes on from the beginning, in its zone."""
    with pytest.MonkeyPatch.context() as patch, time_machine.travel(BEGINNING):
        patch.setenv("PYTHONPATH", str(_MOVED), prepend=os.pathsep)
        for name, value in at(datetime.now().astimezone()).items():
            patch.setenv(name, value)
        yield
