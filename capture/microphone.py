"""A microphone through PortAudio (sounddevice), and the list of those there are."""

import queue
import time
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Self

from capture.errors import MicrophoneLost, NoMicrophone
from capture.pcm import BLOCK_SAMPLES, SAMPLE_RATE

STALL_SECONDS: Final = 3.0
"""A device that gives nothing for this long is gone: a PulseAudio source that dies may stay "active" and say nothing.
An idle PulseAudio monitor renders in blocks of up to 2 s, so it must be more than that."""


def _portaudio() -> Any:
    """The sounddevice module, imported when sound is first needed: it loads PortAudio and looks at every device."""
    try:
        import sounddevice
    except OSError as error:
        raise NoMicrophone(
            "PortAudio is not installed, so no microphone can be opened. "
            "On Debian or Ubuntu: sudo apt-get install libportaudio2"
        ) from error
    return sounddevice


@dataclass(frozen=True, slots=True)
class InputDevice:
    """An input that PortAudio offers."""

    index: int
    name: str
    host: str
    channels: int
    sample_rate: float
    is_default: bool


def input_devices() -> list[InputDevice]:
    """All inputs, in PortAudio's order.

    :raises NoMicrophone: PortAudio itself is missing.
    """
    sounddevice = _portaudio()
    default = sounddevice.default.device[0]
    hosts = sounddevice.query_hostapis()
    return [
        InputDevice(
            device["index"],
            device["name"],
            hosts[device["hostapi"]]["name"],
            device["max_input_channels"],
            device["default_samplerate"],
            device["index"] == default,
        )
        for device in sounddevice.query_devices()
        if device["max_input_channels"] > 0
    ]


def find_input(wanted: str | None) -> InputDevice:
    """The input named ``wanted`` (an index, a whole name, or a part of just one), or the system's default.

    :raises NoMicrophone: none, or several; the message names what there is.
    """
    devices = input_devices()
    if not devices:
        raise NoMicrophone("No microphone was found. Connect one, or look at `aftercall doctor`.")
    if wanted is None:
        found = [device for device in devices if device.is_default] or devices[:1]
    else:
        low = wanted.casefold()
        found = [d for d in devices if wanted == str(d.index) or low == d.name.casefold()]
        found = found[:1] or [device for device in devices if low in device.name.casefold()]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"{device.index} {device.name!r}" for device in (found or devices))
    problem = f"{len(found)} inputs go by" if found else "No input goes by"
    raise NoMicrophone(f"{problem} {wanted!r}. Inputs: {names}.")


class Microphone:
    """A :class:`capture.sources.Source` over a PortAudio input.

    PortAudio's thread only puts bytes into a queue without a limit: a slow disk costs memory, never sound.
    """

    def __init__(self, device: InputDevice) -> None:
        self.name = f"microphone: {device.name}"
        self.overflows = 0
        self._device = device
        self._blocks: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._stream: Any = None
        self._last_block = 0.0

    def __enter__(self) -> Self:
        sounddevice = _portaudio()
        try:
            self._stream = sounddevice.RawInputStream(
                samplerate=SAMPLE_RATE,
                blocksize=BLOCK_SAMPLES,
                device=self._device.index,
                channels=1,
                dtype="int16",
                latency="low",
                callback=self._take,
            )
            self._stream.start()
        except (sounddevice.PortAudioError, ValueError) as error:
            raise NoMicrophone(
                f"{self._device.name!r} could not be opened ({error}). `aftercall doctor` lists the inputs."
            ) from error
        self._last_block = time.monotonic()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is not None:
            self._stream.close(ignore_errors=True)

    def _take(self, block: Any, frames: int, times: Any, status: Any) -> None:
        """PortAudio's callback, in its own thread."""
        if status.input_overflow:
            self.overflows += 1
        self._blocks.put(bytes(block))

    def read(self, timeout: float) -> bytes | None:
        """See :class:`capture.sources.Source`."""
        try:
            block = self._blocks.get(timeout=timeout)
        except queue.Empty:
            if time.monotonic() - self._last_block > STALL_SECONDS:
                raise MicrophoneLost(
                    f"{self._device.name!r} stopped giving sound. What was said until then is kept."
                ) from None
            return None
        self._last_block = time.monotonic()
        return block

    def waiting(self) -> bytes:
        """See :class:`capture.sources.Source`."""
        blocks = []
        with suppress(queue.Empty):
            while True:
                blocks.append(self._blocks.get_nowait())
        return b"".join(blocks)
