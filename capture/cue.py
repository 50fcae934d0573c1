"""The sound that says "speak now".

It is played by a process of its own: a speaker that cannot be opened, or hangs as it is opened, must not stop the
microphone beside it. ``python -m capture.cue`` is that process.
"""

import math
import subprocess
import sys
from array import array
from contextlib import suppress
from types import TracebackType
from typing import Final, Self

from capture.portaudio import portaudio

RATE: Final = 48_000
_SECONDS: Final = 0.12
_HERTZ: Final = 880.0
_LOUDNESS: Final = 0.2
_FADE: Final = 0.01
"""Seconds of fade at both ends, without which a tone begins and ends with a click."""

_COMMAND: Final = (sys.executable, "-m", "capture.cue")


def tone() -> bytes:
    """A short beep: 48 kHz mono, signed 16-bit. A pure tone is no speech to the voice detector."""
    count = round(RATE * _SECONDS)
    samples = array("h")
    for index in range(count):
        fade = min(1.0, index / (RATE * _FADE), (count - 1 - index) / (RATE * _FADE))
        samples.append(round(32767 * _LOUDNESS * fade * math.sin(2 * math.pi * _HERTZ * index / RATE)))
    return samples.tobytes()


class Cue:
    """A context manager. Entering it makes the speaker ready, so that the tone comes at once when it is asked for."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        with suppress(OSError):
            self._process = subprocess.Popen(
                _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    def play(self) -> bool:
        """Begin to play, without waiting for it; False where no sound can come out."""
        if self._process is None or self._process.poll() is not None:
            return False
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(b"now")
            self._process.stdin.close()
        except OSError:
            return False
        return True


def _play_when_told() -> None:
    """Open the default output, wait for a word on standard input, and play."""
    sounddevice = portaudio()
    with sounddevice.RawOutputStream(samplerate=RATE, channels=1, dtype="int16", latency="low") as stream:
        if sys.stdin.buffer.read():
            stream.write(tone())


if __name__ == "__main__":
    try:
        _play_when_told()
    except Exception:  # noqa: BLE001  # whatever a speaker can do wrong: the parent sees that we have ended
        sys.exit(1)
