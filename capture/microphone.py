"""A microphone through PortAudio (sounddevice), and the list of those there are."""

import queue
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Self

from capture.errors import MicrophoneLost, NoMicrophone, NoUsableInput
from capture.pcm import BLOCK_BYTES, BLOCK_SECONDS, SAMPLE_RATE
from capture.portaudio import portaudio, quiet

GONE_SECONDS: Final = 3.0
"""A device that gives nothing for this long is gone: a PulseAudio source that dies may keep its stream "active" and say
nothing. Shorter gaps happen, as when a Bluetooth headset changes its profile or the machine was asleep."""


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
    sounddevice = portaudio()
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
        raise NoUsableInput("No microphone was found. Connect one.")
    if wanted is None:
        found = [device for device in devices if device.is_default] or devices[:1]
    else:
        low = wanted.casefold()
        found = [d for d in devices if wanted == str(d.index) or low == d.name.casefold()]
        found = found[:1] or [device for device in devices if low in device.name.casefold()]
    if len(found) == 1:
        return found[0]
    problem = f"{len(found)} inputs go by" if found else "No input goes by"
    raise NoMicrophone(f"{problem} {wanted!r}. Inputs: {named(found or devices)}.")


def named(devices: list[InputDevice]) -> str:
    """The devices with their numbers, for a person to choose from."""
    return ", ".join(f"{device.index} {device.name!r}" for device in devices)


class Microphone:
    """A :class:`capture.sources.Source` over a PortAudio input.

    PortAudio's thread only puts bytes into a queue without a limit: a slow disk costs memory, never sound. A device
    that refuses 16 kHz mono is opened as it is and resampled.

    :param as_it_is: do not ask for 16 kHz mono first.
    """

    def __init__(self, device: InputDevice, *, as_it_is: bool = False) -> None:
        self.name = f"microphone: {device.name}"
        self.live = True
        self.overflows = 0
        self._device = device
        self._as_it_is = as_it_is
        self._chunks: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._convert: Callable[[bytes], bytes] = bytes
        self._ready = bytearray()
        self._stream: Any = None
        self.silent_for = 0.0

    def __enter__(self) -> Self:
        sounddevice = portaudio()
        try:
            with quiet():
                self._stream = self._open(sounddevice)
                self._stream.start()
        except (sounddevice.PortAudioError, ValueError) as error:
            self._close()
            raise NoUsableInput(f"{self._device.name!r} could not be opened ({error}).") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        if self._stream is not None:
            with quiet():
                self._stream.close(ignore_errors=True)

    def _open(self, sounddevice: Any) -> Any:
        if not self._as_it_is:
            with suppress(sounddevice.PortAudioError):
                return self._input_stream(sounddevice, SAMPLE_RATE, 1)
        rate, channels = self._device.sample_rate, min(2, self._device.channels)
        from capture.resample import Resampler

        self._convert = Resampler(rate, channels).feed
        return self._input_stream(sounddevice, rate, channels)

    def _input_stream(self, sounddevice: Any, rate: float, channels: int) -> Any:
        return sounddevice.RawInputStream(
            samplerate=rate,
            blocksize=round(rate * BLOCK_SECONDS),
            device=self._device.index,
            channels=channels,
            dtype="int16",
            latency="low",
            callback=self._take,
        )

    def _take(self, chunk: Any, frames: int, times: Any, status: Any) -> None:
        """PortAudio's callback, in its own thread."""
        if status.input_overflow:
            self.overflows += 1
        self._chunks.put(bytes(chunk))

    def read(self, timeout: float) -> bytes | None:
        """See :class:`capture.sources.Source`."""
        while len(self._ready) < BLOCK_BYTES:
            began = time.monotonic()
            try:
                chunk = self._chunks.get(timeout=timeout)
            except queue.Empty:
                # Only what was waited for counts: a process that was stopped, or a machine that slept, has not waited.
                self.silent_for += min(time.monotonic() - began, 2 * timeout)
                if self.silent_for > GONE_SECONDS:
                    raise MicrophoneLost(
                        f"{self._device.name!r} stopped giving sound. What was said until then is kept."
                    ) from None
                return None
            self.silent_for = 0.0
            self._ready += self._convert(chunk)
        block = bytes(self._ready[:BLOCK_BYTES])
        del self._ready[:BLOCK_BYTES]
        return block

    def waiting(self) -> bytes:
        """See :class:`capture.sources.Source`."""
        with suppress(queue.Empty):
            while True:
                self._ready += self._convert(self._chunks.get_nowait())
        samples, self._ready = bytes(self._ready), bytearray()
        return samples
