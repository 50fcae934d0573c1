"""The sound that says "speak now"."""

import math
import threading
from array import array
from collections.abc import Callable
from typing import Final

from capture.portaudio import portaudio

RATE: Final = 48_000
_SECONDS: Final = 0.12
_HERTZ: Final = 880.0
_LOUDNESS: Final = 0.2
_FADE: Final = 0.01
"""Seconds of fade at both ends, without which a tone begins and ends with a click."""


def tone() -> bytes:
    """A short beep: 48 kHz mono, signed 16-bit. A pure tone is no speech to the voice detector."""
    count = round(RATE * _SECONDS)
    samples = array("h")
    for index in range(count):
        fade = min(1.0, index / (RATE * _FADE), (count - 1 - index) / (RATE * _FADE))
        samples.append(round(32767 * _LOUDNESS * fade * math.sin(2 * math.pi * _HERTZ * index / RATE)))
    return samples.tobytes()


def play_cue(otherwise: Callable[[], None]) -> threading.Thread:
    """Play the tone on the default output without waiting for it; ``otherwise`` is called where that fails.

    Join the thread before PortAudio is used again or the program ends.
    """
    thread = threading.Thread(target=_play, args=(otherwise,), name="cue", daemon=True)
    thread.start()
    return thread


def _play(otherwise: Callable[[], None]) -> None:
    sounddevice = portaudio()
    try:
        with sounddevice.RawOutputStream(samplerate=RATE, channels=1, dtype="int16", latency="low") as stream:
            stream.write(tone())
    except (sounddevice.PortAudioError, ValueError):
        otherwise()
