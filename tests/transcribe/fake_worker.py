"""A worker whose engine misbehaves as its model's name says; run as a script by test_client.py."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from transcribe import worker
from transcribe.errors import NoWeights
from transcribe.protocol import Load
from transcribe.transcript import Segment, Word


class FakeEngine:
    name, weights_sha256, languages = "fake", "00", frozenset({"en"})

    def __init__(self, model: str, marker: Path) -> None:
        self.model = model
        self.marker = marker

    def transcribe(
        self, audio: Any, *, language: str | None, prompt: str | None, before: str | None
    ) -> tuple[list[Segment], str]:
        first = not self.marker.exists()
        self.marker.touch()
        if self.model == "dies" or (self.model == "dies-once" and first):
            print("out of memory, says the fake", file=sys.stderr, flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        if self.model == "floods":
            for _ in range(60):
                os.write(2, b"x" * (1 << 20))
            os.kill(os.getpid(), signal.SIGKILL)
        if self.model == "compiles":
            (self.marker.parent / "compiled").mkdir(exist_ok=True)
        if self.model == "hangs":
            time.sleep(60)
        if self.model == "works-on":
            while True:
                time.sleep(0.02)
        if self.model == "raises":
            raise RuntimeError("first line\nsecond line")
        if self.model == "prints":
            print("a library that prints")
            os.write(1, b"and one written in C\n")
        text = prompt or "heard"
        return [Segment(0.0, 30.0, text, (Word(text, 0.0, 1.0, 0.5),), -0.1, 1.0, 0.0, 0.0)], "en"


def load(request: Load, on_step: Callable[[str], None]) -> FakeEngine:
    if request.model == "absent":
        raise NoWeights(
            "no weights here", detail="looked everywhere", packages=["a", "b"], download=["openai-whisper", "base"]
        )
    return FakeEngine(request.model, request.cache / "asked")


if __name__ == "__main__":
    worker.main(load)
