"""The detector of speech hears a voice however loud the microphone is set."""

from collections.abc import Callable

import numpy as np
import pytest

from capture.gain import LOUD_DBFS, MOST_DB, RunningGain
from capture.pcm import BLOCK_BYTES
from capture.speech import silero_probability


def speech_share(pcm: bytes) -> float:
    """The part of the blocks that is speech."""
    detector = silero_probability()
    blocks = [pcm[at : at + BLOCK_BYTES] for at in range(0, len(pcm) - BLOCK_BYTES + 1, BLOCK_BYTES)]
    return sum(detector(block) >= 0.5 for block in blocks) / len(blocks)


@pytest.mark.parametrize("softer", [25, 35, 45])
def test_a_voice_that_is_very_soft_is_heard_as_well_as_a_loud_one(
    softer: float, spoken: Callable[[str], bytes]
) -> None:
    loud = np.frombuffer(spoken("long")[: 12 * 32_000], "<i2")
    quiet = (loud * 10 ** (-softer / 20)).round().astype("<i2")
    assert speech_share(quiet.tobytes()) == pytest.approx(speech_share(loud.tobytes()), abs=0.05)


@pytest.mark.parametrize("softer", [15, 30, 35])
def test_a_voice_that_is_softer_after_a_pause_is_heard_as_it_is_by_itself(
    softer: float, spoken: Callable[[str], bytes]
) -> None:
    loud = np.frombuffer(spoken("long"), "<i2")
    room = np.random.default_rng(7).normal(0, 16, 11 * 16_000)
    soft = loud[6 * 16_000 : 14 * 16_000] * 10 ** (-softer / 20) + room[3 * 16_000 :]
    before = np.concatenate([loud[: 6 * 16_000], room[: 3 * 16_000]])
    both, first, alone = (
        speech_share(part.round().astype("<i2").tobytes()) * len(part)
        for part in (np.concatenate([before, soft]), before, soft)
    )
    assert (both - first) / alone > 0.8


@pytest.mark.parametrize("level", [-80, -66, -50])
def test_the_noise_of_a_quiet_room_brought_up_is_no_speech(level: float) -> None:
    noise = np.random.default_rng(7).normal(0, 32768 * 10 ** (level / 20), 20 * 16_000)
    assert speech_share(noise.round().astype("<i2").tobytes()) == 0


def test_the_gain_is_bounded_and_falls_at_once_for_a_voice_but_not_for_a_click() -> None:
    gain = RunningGain()
    assert [gain.update(-80.0) for _ in range(100)] == [MOST_DB] * 100
    assert [gain.update(-10.0) for _ in range(5)][-1] == MOST_DB
    assert [gain.update(-45.0) for _ in range(40)][-1] == pytest.approx(LOUD_DBFS + 45)
    assert [gain.update(-10.0) for _ in range(40)][-1] == 0.0
