"""The recording command at a pseudo-terminal, and what it draws of an offered end, with the time of each piece."""

import json
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import pexpect

TESTS: Final = Path(__file__).parents[1] / "tests"
sys.path.append(str(TESTS))
from virtual_microphone import DEVICE, VirtualMicrophone  # noqa: E402  it lives with the tests

from capture.pcm import SAMPLE_RATE  # noqa: E402
from memos.store import Store  # noqa: E402

UP: Final = re.compile(r"1 of \d+ ")
AWAY: Final = re.compile(r"\x1b\[\d+A\x1b\[J")
PATIENCE: Final = 30.0
"""Seconds."""

WRITTEN_DOWN_WITHIN: Final = 300.0
"""Seconds after the key: on a busy machine many."""


class Screen:
    """What a program draws, with the time of each piece; it is read as soon as it is there."""

    def __init__(self, child: "pexpect.spawn[str]", home: Path) -> None:
        self.child = child
        self.began = float("inf")
        """When the first sample was taken, on the monotonic clock, as far as the growing file tells."""
        self.up: float | None = None
        """Since when the sentence of the offer that stands is up."""
        self.taken_back = 0
        self.text = ""
        self._inbox = home / "inbox"

    def read(self, seconds: float) -> None:
        """For so long, or until the program ends."""
        until = time.monotonic() + seconds
        while (now := time.monotonic()) < until:
            for part in self._inbox.glob("*.pcm.part"):
                with suppress(FileNotFoundError):
                    if size := part.stat().st_size:
                        self.began = min(self.began, now - size / 2 / SAMPLE_RATE)
            try:
                piece = self.child.read_nonblocking(65536, 0.01)
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                return
            self.text += piece
            if AWAY.search(piece) and self.up is not None:
                self.taken_back, self.up = self.taken_back + 1, None
            if UP.search(piece):
                self.up = time.monotonic()

    def wait_for_offer(self) -> None:
        """Until a sentence is up, or for long enough."""
        deadline = time.monotonic() + PATIENCE
        while self.up is None and time.monotonic() < deadline:
            self.read(0.02)


@contextmanager
def recording(microphone: VirtualMicrophone, home: Path, **more: str) -> Iterator[Screen]:
    """The command at a pseudo-terminal, ready for the first word; `more` are settings of it."""
    Store.open(home / "memos.db").close()  # as after the first memo of all
    settings = {"HOME": str(home), "CUE": "no", "LANGUAGE": "en", "READER": "Rita"} | more
    variables = microphone.environment | {f"AFTERCALL_{name}": value for name, value in settings.items()}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "aftercall", "record", "--device", DEVICE],
        env=variables | {"TERM": "xterm"},
        encoding="utf-8",
        timeout=PATIENCE,
        dimensions=(50, 120),
    )
    child.ptyproc.delayafterterminate = 2.0  # on a busy machine a tenth of a second is too little to end in
    try:
        child.expect("Speak now")
        yield Screen(child, home)
    finally:
        child.close(force=True)


def leave(screen: Screen, home: Path) -> tuple[Path, str]:
    """Press the first key, and leave: the sound that was kept, and the text."""
    screen.child.send("\r")
    deadline = time.monotonic() + WRITTEN_DOWN_WITHIN
    while not list(home.glob("inbox/*.transcript.json")) and time.monotonic() < deadline:
        screen.read(0.1)
    screen.child.send("q")
    screen.read(1.0)
    [transcript] = home.glob("inbox/*.transcript.json")
    segments: list[dict[str, Any]] = json.loads(transcript.read_bytes())["segments"]
    [wav] = home.glob("inbox/*.wav")
    return wav, " ".join(segment["text"] for segment in segments)
