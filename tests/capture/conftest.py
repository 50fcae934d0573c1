"""Sound, an inbox in a temporary folder, and recorders in processes of their own."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from capture.decode import decode
from capture.inbox import Inbox

CHILD = Path(__file__).with_name("record_in_child.py")


@pytest.fixture
def now() -> datetime:
    """A time in a zone that is no machine's usual one."""
    return datetime(2026, 11, 21, 16, 40, 5, tzinfo=timezone(timedelta(hours=-9, minutes=-30)))


@pytest.fixture
def inbox(home: Path) -> Inbox:
    """An inbox whose folder does not exist yet."""
    return Inbox(home / "inbox")


@pytest.fixture(scope="session")
def spoken(sample: Callable[[str], Path]) -> Callable[[str], bytes]:
    """The samples of a sample memo."""
    made: dict[str, bytes] = {}

    def get(name: str) -> bytes:
        if name not in made:
            made[name] = decode(sample(name), 600).pcm
        return made[name]

    return get


@pytest.fixture
def pcm_file(tmp_path: Path, spoken: Callable[[str], bytes]) -> Callable[[float], Path]:
    """Writes the first seconds of a long memo to a file that a child can read without a decoder."""

    def write(length: float) -> Path:
        path = tmp_path / "spoken.pcm"
        path.write_bytes(spoken("long")[: int(length * 16_000) * 2])
        return path

    return write


@pytest.fixture
def start_child() -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Starts record_in_child.py with arguments; ``before`` is a command that runs it, such as strace."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: object, before: tuple[str, ...] = (), **options: object) -> "subprocess.Popen[str]":
        command = [*before, sys.executable, "-B", str(CHILD), *map(str, arguments)]
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        started.append(subprocess.Popen(command, **pipes | options))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()
