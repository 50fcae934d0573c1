"""A microphone that files are played into: a PulseAudio server of its own, with a null sink whose monitor is recorded.

PortAudio reads the environment when it loads, so whatever records from it runs in a process of its own, started with
``VirtualMicrophone.environment``; sounddevice calls the device ``pulse``.
"""

import ctypes.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

DEVICE: Final = "pulse"
"""What PortAudio calls the device, through ALSA's plug-in for PulseAudio."""

_SINK: Final = "mic"

_ROOM: Final = """
import random, struct, sys
second = struct.pack("<48000h", *(round(random.gauss(0, 16)) for _ in range(48000)))
while True:
    sys.stdout.buffer.write(second)
"""
"""The noise of a quiet room, at -66 dBFS, for as long as somebody listens."""

_NOTHING: Final = """
import sys
while True:
    sys.stdout.buffer.write(bytes(96000))
"""

_START_SECONDS: Final = 10.0


def missing_packages() -> list[str]:
    """Debian packages that a virtual microphone needs and this machine lacks."""
    plugin = "alsa-lib/libasound_module_pcm_pulse.so"
    found = {
        "pulseaudio": shutil.which("pulseaudio"),
        "pulseaudio-utils": all(shutil.which(program) for program in ("pactl", "pacat", "paplay")),
        "libasound2-plugins": [*Path("/usr").glob(f"lib*/{plugin}"), *Path("/usr").glob(f"lib/*/{plugin}")],
        "libportaudio2": ctypes.util.find_library("portaudio"),
    }
    return [package for package, there in found.items() if not there]


class VirtualMicrophone:
    """A running server. A context manager; or call :meth:`stop`.

    :param room: whether it gives the noise of a quiet room where nobody speaks, or digital silence.
    """

    def __init__(self, *, room: bool = True) -> None:
        # Not pytest's folder: the path of a socket has room for 107 characters.
        self._folder = Path(tempfile.mkdtemp(prefix="microphone-"))
        self._processes: list[subprocess.Popen[bytes]] = []
        try:
            self._server = self._start_server()
            # A monitor that nobody plays into gives its silence in lumps of two seconds, and no room is as quiet.
            noise = self._start(sys.executable, "-c", _ROOM if room else _NOTHING, stdout=subprocess.PIPE)
            raw = ["--latency-msec=20", "--format=s16le", "--rate=48000", "--channels=1"]
            self._start("pacat", f"--device={_SINK}", *raw, stdin=noise.stdout)
            self._wait_until_prompt()
        except BaseException:
            self.stop()
            raise

    @property
    def environment(self) -> dict[str, str]:
        """For the processes that are to hear it."""
        return os.environ | {
            "PULSE_RUNTIME_PATH": str(self._folder),
            "PULSE_STATE_PATH": str(self._folder),
            "PULSE_COOKIE": str(self._folder / "cookie"),
            "PULSE_SERVER": f"unix:{self._folder}/native",
        }

    def _wait_until_prompt(self) -> None:
        """The lumps go on for a second or two after the silence began to play."""
        raw = ["--latency-msec=20", "--format=s16le", "--rate=48000", "--channels=1"]
        listener = self._start("parec", f"--device={_SINK}.monitor", *raw, stdout=subprocess.PIPE)
        assert listener.stdout is not None
        deadline = time.monotonic() + _START_SECONDS
        prompt = 0
        while prompt < 10 and time.monotonic() < deadline:
            began = time.monotonic()
            listener.stdout.read(2 * 48_000 // 20)
            prompt = prompt + 1 if time.monotonic() - began < 0.2 else 0
        listener.kill()
        listener.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def play(self, path: Path) -> "subprocess.Popen[bytes]":
        """Speak a sound file into the microphone, from now on and at its own pace."""
        return self._start("paplay", f"--device={_SINK}", str(path))

    @contextmanager
    def listening(self, path: Path) -> Iterator[None]:
        """Write what is played, by whomever, to a file while the block runs: 16 kHz mono, signed 16-bit, raw."""
        raw = ["--raw", "--latency-msec=20", "--format=s16le", "--rate=16000", "--channels=1"]
        listener = self._start("parecord", f"--device={_SINK}.monitor", *raw, str(path))
        deadline = time.monotonic() + _START_SECONDS
        while not (path.exists() and path.stat().st_size):
            assert time.monotonic() < deadline, "nothing can be heard"
            time.sleep(0.02)
        yield
        time.sleep(0.5)  # what was played last is still on its way
        listener.terminate()
        listener.wait()

    def crash(self) -> None:
        """Kill the server, as if the device had been torn out."""
        self._server.kill()
        self._server.wait()

    def stop(self) -> None:
        """End every process that was started here, and remove their files."""
        for process in reversed(self._processes):
            process.terminate()
        for process in reversed(self._processes):
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _start_server(self) -> "subprocess.Popen[bytes]":
        server = self._start(
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--load=module-native-protocol-unix",
            f"--load=module-null-sink sink_name={_SINK} rate=48000",
        )
        give_up = time.monotonic() + _START_SECONDS
        while not self._pactl("info"):
            if server.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError(f"pulseaudio did not start: {(self._folder / 'log').read_text('utf-8')}")
            time.sleep(0.05)
        if not self._pactl("set-default-source", f"{_SINK}.monitor"):
            raise RuntimeError("pulseaudio has no null sink")
        return server

    def _pactl(self, *arguments: str) -> bool:
        command = ["pactl", *arguments]
        return not subprocess.run(command, env=self.environment, capture_output=True, timeout=10).returncode

    def _start(
        self, *command: str, stdout: int = subprocess.DEVNULL, stdin: "IO[bytes] | int | None" = subprocess.DEVNULL
    ) -> "subprocess.Popen[bytes]":
        with (self._folder / "log").open("ab") as log:
            process = subprocess.Popen(command, env=self.environment, stdin=stdin, stdout=stdout, stderr=log)
        self._processes.append(process)
        return process
