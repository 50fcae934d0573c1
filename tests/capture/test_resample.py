"""Devices that offer other rates and channels give the same sound."""

import itertools
import math
from array import array

import pytest

from capture.pcm import SAMPLE_RATE, level_dbfs, seconds
from capture.resample import Resampler


def sine(rate: int, channels: int, hertz: float, length: float, left_only: bool = False) -> bytes:
    samples = array("h")
    for index in range(round(rate * length)):
        value = round(16384 * math.sin(2 * math.pi * hertz * index / rate))
        samples.extend([value] + [0 if left_only else value] * (channels - 1))
    return samples.tobytes()


def crossings_per_second(pcm: bytes) -> float:
    samples = array("h", pcm)
    rising = sum(1 for before, after in itertools.pairwise(samples) if before < 0 <= after)
    return rising / (len(samples) / SAMPLE_RATE)


@pytest.mark.parametrize(("rate", "channels"), [(8000, 1), (44100, 1), (44100, 2), (48000, 2), (96000, 2)])
def test_a_tone_keeps_its_pitch_level_and_length(rate: int, channels: int) -> None:
    resampler = Resampler(rate, channels)
    sound = sine(rate, channels, 1000, 2.0)
    chunk = rate // 50 * channels * 2
    out = b"".join(resampler.feed(sound[at : at + chunk]) for at in range(0, len(sound), chunk))
    assert seconds(len(out)) == pytest.approx(2.0, abs=0.05)
    steady = out[8000:-8000]
    assert crossings_per_second(steady) == pytest.approx(1000, rel=0.01)
    assert level_dbfs(steady) == pytest.approx(20 * math.log10(0.5 / math.sqrt(2)), abs=0.3)


def test_a_voice_on_one_of_two_channels_is_heard() -> None:
    out = Resampler(48000, 2).feed(sine(48000, 2, 400, 1.0, left_only=True))
    assert level_dbfs(out[8000:]) > -20


def test_what_16_khz_cannot_hold_does_not_come_back_as_another_pitch() -> None:
    out = Resampler(48000, 1).feed(sine(48000, 1, 15000, 1.0))
    assert level_dbfs(out[8000:]) < -60
