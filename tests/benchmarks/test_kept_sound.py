"""What a recording lacks of what was played is told by its samples."""

import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
from kept_sound import look_for

from capture.decode import decode
from capture.pcm import SAMPLE_RATE

Sound = NDArray[np.float64]


@pytest.fixture(scope="module")
def played() -> Sound:
    path = Path(__file__).parents[2] / "samples" / "no-next-call.flac"
    return np.frombuffer(decode(path, 60).pcm, "<i2")[: 8 * SAMPLE_RATE] / 32768


def recorded(*parts: Sound) -> Sound:
    """The parts one after another in a quiet room, after 0.8 s of it."""
    sound = np.concatenate([np.zeros(12_800), *parts])
    return sound + np.random.default_rng(1).normal(0, 16 / 32768, len(sound))


def test_of_a_whole_recording_nothing_is_lost_whatever_came_before_and_after(played: Sound) -> None:
    found = look_for(played, recorded(played, np.zeros(8000)))
    assert found.lost == found.moved == 0
    assert found.begin == pytest.approx(0.8, abs=0.001)
    assert found.audible > 4


def test_silence_that_the_player_put_in_is_no_loss(played: Sound) -> None:
    half = len(played) // 2
    found = look_for(played, recorded(played[:half], np.zeros(5000), played[half:]))
    assert found.lost <= 0.1  # the block that was torn
    assert found.moved == pytest.approx(5000 / SAMPLE_RATE, abs=0.005)


@pytest.mark.parametrize("samples", [512, 3200, 16_000])
def test_samples_dropped_in_the_middle_of_speech_are_lost(played: Sound, samples: int) -> None:
    loud = int(np.argmax(np.convolve(played**2, np.ones(1600), "same")))
    found = look_for(played, recorded(played[: loud - samples // 2], played[loud + samples // 2 :]))
    assert 0.1 <= found.lost <= samples / SAMPLE_RATE + 0.2
    assert all(abs(at - loud / SAMPLE_RATE) <= samples / SAMPLE_RATE / 2 + 0.2 for at in found.where)


def test_an_end_that_was_cut_off_is_lost(played: Sound) -> None:
    end = 5 * SAMPLE_RATE
    found = look_for(played, recorded(played[:end]))
    assert found.where
    assert min(found.where) >= 4.9
    assert found.lost == pytest.approx(found.audible - look_for(played, recorded(played), 0, 5).audible, abs=0.1)


def test_of_another_sound_all_is_lost(played: Sound) -> None:
    found = look_for(played, recorded(played[::-1]))
    assert found.begin is None
    assert found.lost == found.audible
