"""What the tests of several rooms share."""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import clock
import hypothesis
import numpy as np
import pytest
from postgres_server import PostgresServer
from transcripts import transcript_of
from virtual_microphone import VirtualMicrophone, missing_packages

from transcribe.transcript import Transcript

# A busy machine is slow, which proves nothing. The same examples each time: a change fails on what it broke, and not on
# what chance brings up, for which there is `make fuzz`.
hypothesis.settings.register_profile("patient", deadline=None, derandomize=True)
hypothesis.settings.register_profile("searching", deadline=None)
hypothesis.settings.load_profile("patient")

# An engine that a test loads itself waits as the program's do (transcribe/worker.py): spinning, four at once would keep
# the cores from each other.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

# A shell lets what it starts in the background ignore Ctrl-C, and what that starts in turn.
signal.signal(signal.SIGINT, signal.default_int_handler)

SAMPLES = Path(__file__).parents[1] / "samples"

_LONG = (
    frozenset({"virtual_microphone", "engine", "browser", "postgres"}),
    frozenset({"Terminal"}),
    frozenset({"run", "encoder"}),
)
"""What makes a test long, the longest first: the fixtures that it asks for, and what its file imports."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files whose tests take long: begun last, such a file goes on alone, with nothing beside it."""
    rank: dict[Path, int] = {}
    for item in items:
        assert isinstance(item, pytest.Function)
        asked = {*item.fixturenames, *vars(item.module)}
        own = next((at for at, long in enumerate(_LONG) if asked & long), len(_LONG))
        rank[item.path] = min(own, rank.get(item.path, own))
    items.sort(key=lambda item: rank[item.path])


@pytest.fixture(scope="module", autouse=True)
def _the_day() -> Iterator[None]:
    """Every file of tests begins on the same day, at the same time."""
    with clock.begun():
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server, started when the first test asks for it."""
    server = PostgresServer()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def sample() -> Callable[[str], Path]:
    """The sound file of a sample memo."""
    return lambda name: SAMPLES / f"{name}.flac"


@pytest.fixture(scope="session")
def sample_facts() -> Callable[[str], dict[str, Any]]:
    """What was said and agreed in a sample memo, and how long it is."""
    return lambda name: json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def likeness() -> Callable[[bytes, bytes], float]:
    """How like a stretch of the first samples the whole of the second ones is: their correlation, at most 1.0."""

    def measure(heard: bytes, spoken: bytes) -> float:
        long, short = (np.frombuffer(pcm, "<i2").astype(np.float64) for pcm in (heard, spoken))
        size = len(long) + len(short)
        products = np.fft.irfft(np.fft.rfft(long, size) * np.conj(np.fft.rfft(short, size)), size)
        at = int(np.argmax(products[: len(long) - len(short)]))
        return float(products[at] / np.linalg.norm(short) / np.linalg.norm(long[at : at + len(short)]))

    return measure


@pytest.fixture(scope="session", name="transcript_of")
def _transcript_of() -> Callable[..., Transcript]:
    return transcript_of


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder for AFTERCALL_HOME, which does not exist yet."""
    return tmp_path / "home"


@pytest.fixture(scope="module")
def virtual_microphone() -> Iterator[VirtualMicrophone]:
    """A microphone that files are played into, one for the tests of a file: while it is there it takes from a core."""
    if sys.platform != "linux":
        pytest.skip("the virtual microphone is a PulseAudio server, which is at home on Linux")
    if missing := missing_packages():
        pytest.fail(f"The virtual microphone needs: sudo apt-get install {' '.join(missing)}", pytrace=False)
    with VirtualMicrophone() as microphone:
        yield microphone
