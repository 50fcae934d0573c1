"""Where nobody speaks Whisper invents sentences; nothing of that reaches a transcript. Two minutes of each."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from transcribe.audio import SAMPLE_RATE
from transcribe.catalogue import FASTER
from transcribe.engines import Engine
from transcribe.hearing import hear

LENGTH = 120 * SAMPLE_RATE
TIME = np.arange(LENGTH) / SAMPLE_RATE

Sound = NDArray[np.float64]


def coloured(falling: float) -> Sound:
    """Noise whose amplitude falls with that power of the frequency: 0.5 is pink."""
    spectrum = np.fft.rfft(np.random.default_rng(7).standard_normal(LENGTH))
    noise = np.fft.irfft(spectrum / np.maximum(np.fft.rfftfreq(LENGTH, 1 / SAMPLE_RATE), 40.0) ** falling, LENGTH)
    return noise / np.abs(noise).max()


def hold_music() -> Sound:
    """A melody of notes of 0.4 s with overtones that fade."""
    note = (TIME / 0.4).astype(int)
    pitch = 262 * 2 ** (np.random.default_rng(2).choice([0, 2, 4, 5, 7, 9, 11, 12], note[-1] + 1) / 12)[note]
    tones = sum(np.sin(2 * np.pi * overtone * pitch * TIME) / overtone for overtone in range(1, 6))
    return np.asarray(tones * np.exp(-4 * (TIME % 0.4)) / 3, np.float64)


def dial_tone() -> Sound:
    """350 and 440 Hz, as in North America; every other ten seconds the busy signal, half a second on and off."""
    tone = (np.sin(2 * np.pi * 350 * TIME) + np.sin(2 * np.pi * 440 * TIME)) / 2
    busy = (np.sin(2 * np.pi * 480 * TIME) + np.sin(2 * np.pi * 620 * TIME)) / 2 * (TIME % 1.0 < 0.5)
    return np.where(TIME % 20 < 10, tone, busy)


def bursts(every: float, lasting: float) -> Sound:
    """Noise that comes at random moments, so often (seconds) and gone after so long: keys, or a cough."""
    random = np.random.default_rng(3)
    sound = np.zeros(LENGTH)
    size = round(lasting * SAMPLE_RATE)
    fade = np.exp(-np.arange(size) / (size / 4))
    for at in random.integers(0, LENGTH - size, round(LENGTH / SAMPLE_RATE / every)):
        sound[at : at + size] += random.standard_normal(size) * fade * 0.3
    return np.clip(sound, -1, 1)


def breathing() -> Sound:
    """Noise that swells for 0.8 s, every 2 s."""
    within = TIME % 2.0
    return coloured(0.3) * np.where(within < 0.8, np.sin(np.pi * within / 0.8) ** 2, 0.0)


SOUNDS: dict[str, Callable[[], Sound]] = {
    "silence": lambda: np.zeros(LENGTH),
    "pink noise": lambda: coloured(0.5) * 0.3,
    "hold music": hold_music,
    "dial tone": dial_tone,
    "keyboard": lambda: bursts(0.15, 0.03),
    "coughs": lambda: bursts(3.0, 0.3),
    "breathing": breathing,
}


@pytest.mark.parametrize("name", SOUNDS)
def test_what_is_no_speech_gives_no_words(name: str, engine: Callable[[str, str], Engine]) -> None:
    pcm = np.round(SOUNDS[name]() * 20_000).astype(np.int16)

    assert hear(engine(FASTER, "base"), pcm, language="en").text == ""
