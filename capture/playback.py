"""Sound out: a stretch of a recording, played by a process of its own.

A speaker that cannot be opened, or hangs as it is opened, must not stop whoever wants to hear it. ``python -m
capture.playback FILE START END`` is that process: it says "playing" once the speaker is open, or what is wrong.
"""

import subprocess
import sys
import threading
import wave
from pathlib import Path
from typing import Any, Final

from capture.errors import NoMicrophone
from capture.pcm import SAMPLE_RATE
from capture.portaudio import portaudio

OPEN_SECONDS: Final = 3.0
"""How long a speaker may take to open: a Bluetooth one that has to wake up needs a second or two."""

LATENCY_SECONDS: Final = 0.25
"""Sound that is handed on ahead: enough that a busy computer does not break it, too little to be waited for."""

_PLAYING: Final = "playing"
_COMMAND: Final = (sys.executable, "-m", "capture.playback")


class Playback:
    """Plays one stretch at a time. :meth:`stop` it in the end."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def play(self, path: Path, start: float, end: float) -> str | None:
        """Begin to play seconds ``start`` to ``end`` of a WAV of ours; what was playing ends.

        Returns once sound comes out, without waiting for its end: None, or in one line why none does.
        """
        self.stop()
        if not path.exists():
            return "The sound of this memo is not kept any more."
        command = [*_COMMAND, str(path), str(start), str(end)]
        try:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
            )
        except OSError as error:
            return f"Sound cannot be played: {error}."
        # One that does not say how it went is ended, and then its output ends, too.
        overdue = threading.Timer(OPEN_SECONDS, self._process.kill)
        overdue.start()
        assert self._process.stdout is not None
        said = self._process.stdout.readline().strip()
        overdue.cancel()
        return None if said == _PLAYING else said or "The speaker does not answer."

    def stop(self) -> None:
        """Be silent at once."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def samples(path: Path, start: float, end: float) -> bytes:
    """The samples of a WAV of ours between two seconds, as far as it has them: 16 kHz mono, signed 16-bit."""
    with wave.open(str(path), "rb") as wav:
        first = min(round(max(0.0, start) * SAMPLE_RATE), wav.getnframes())
        wav.setpos(first)
        return wav.readframes(max(0, round(end * SAMPLE_RATE) - first))


def _play(pcm: bytes) -> None:
    sounddevice = portaudio()
    if sounddevice.default.device[1] < 0:
        print("No speaker was found, so no sound can be played.", flush=True)  # noqa: T201 - to the parent
        return
    try:
        stream, pcm = _open(sounddevice, pcm)
    except (sounddevice.PortAudioError, ValueError) as error:
        print(f"No sound can be played: {str(error).splitlines()[0]}", flush=True)  # noqa: T201 - to the parent
        return
    with stream:
        print(_PLAYING, flush=True)  # noqa: T201 - to the parent
        # Over ALSA's plug-in for PulseAudio, what was handed on last is dropped at the end: let that be silence.
        stream.write(pcm + bytes(2 * round(stream.samplerate * 2 * LATENCY_SECONDS)))


def _open(sounddevice: Any, pcm: bytes) -> tuple[Any, bytes]:
    """The default output and the samples as it wants them: at its own rate where it refuses ours."""
    try:
        return _output(sounddevice, SAMPLE_RATE), pcm
    except sounddevice.PortAudioError:
        rate = sounddevice.query_devices(kind="output")["default_samplerate"]
    import numpy as np
    import soxr

    ours = np.frombuffer(pcm, dtype="<i2")
    return _output(sounddevice, rate), bytes(soxr.resample(ours, SAMPLE_RATE, rate).astype("<i2").tobytes())


def _output(sounddevice: Any, rate: float) -> Any:
    return sounddevice.RawOutputStream(samplerate=rate, channels=1, dtype="int16", latency=LATENCY_SECONDS)


if __name__ == "__main__":
    try:
        file, first, last = sys.argv[1:]
        _play(samples(Path(file), float(first), float(last)))
    except NoMicrophone:
        print("No sound can be played: PortAudio is not installed.", flush=True)  # noqa: T201 - to the parent
    except Exception as error:  # noqa: BLE001  # whatever a speaker can do wrong: one line for the parent
        print(f"No sound can be played: {error}", flush=True)  # noqa: T201 - to the parent
