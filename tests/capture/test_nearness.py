"""Which voice is the memo's own, on levels that are made up."""

from collections.abc import Iterable

import numpy as np
import pytest

from capture.endpoint import Endpointer, EndpointSettings, Phase
from capture.nearness import Nearness
from capture.pcm import BLOCK_SECONDS

SETTINGS = EndpointSettings()
SPEECH, SILENCE = 0.95, 0.02
NEAR, BEHIND, ENGINE, ROOM = -20.0, -30.0, -30.0, -66.0

Stretch = tuple[float, float, float]
"""A probability of speech, a level in dBFS, and how many seconds it lasts."""


def hear(stretches: Iterable[Stretch], gain: float = 0.0, spread: float = 3.0) -> tuple[Phase, float]:
    """The phase in which it ends, or is at the end of the stretches; and the time.

    :param gain: of the microphone, in dB.
    :param spread: how far the level of a block strays from that of its stretch, in dB.
    """
    endpointer = Endpointer(SETTINGS)
    random = np.random.default_rng(5)
    index = 0
    for probability, level, length in stretches:
        for _ in range(round(length / BLOCK_SECONDS)):
            stray = random.uniform(-spread, spread)
            begin = index * BLOCK_SECONDS
            index += 1
            if endpointer.update(probability, begin, begin + BLOCK_SECONDS, level + stray + gain) is Phase.OVER:
                return Phase.OVER, index * BLOCK_SECONDS
    return endpointer.phase, index * BLOCK_SECONDS


IN_A_HALL: list[Stretch] = [(SPEECH, BEHIND, 1), *[(SPEECH, NEAR, 2.5), (SPEECH, BEHIND, 1.5)] * 3]
"""A memo with people talking behind it, as a detector of speech hears it: all of it is speech."""


@pytest.mark.parametrize("gain", [-30, -10, 0, 15])
def test_people_who_talk_on_behind_do_not_hold_a_memo_open_however_loud_the_microphone_is_set(gain: float) -> None:
    phase, end = hear([*IN_A_HALL, (SPEECH, NEAR, 2), (SPEECH, BEHIND, 10)], gain)
    assert phase is Phase.OVER
    assert end == pytest.approx(15 + SETTINGS.end_silence, abs=0.5)


def test_thinking_pauses_in_a_hall_do_not_end_a_memo() -> None:
    thoughtful = [(SPEECH, NEAR, 1.5), (SPEECH, BEHIND, 2.0)] * 10
    assert hear([*IN_A_HALL, *thoughtful, (SPEECH, NEAR, 1)])[0] is Phase.SPEAKING


def test_without_levels_to_tell_them_apart_every_voice_is_the_memos_own() -> None:
    assert hear([(SPEECH, NEAR, 60)], spread=0)[0] is Phase.SPEAKING


@pytest.mark.parametrize(("pause", "softer"), [(ROOM, -40.0), (ENGINE, -26.0)], ids=["quiet room", "car"])
def test_a_voice_that_grows_softer_is_not_doubted_where_nobody_talks_behind_it(pause: float, softer: float) -> None:
    memo = [*[(SPEECH, NEAR, 2), (SILENCE, pause, 1.5)] * 3, (SPEECH, softer, 4)]
    assert hear(memo)[0] is Phase.SPEAKING


def test_the_quiet_end_of_a_loud_syllable_belongs_to_it() -> None:
    nearness = Nearness()
    levels = [*[BEHIND] * 30, *[NEAR] * 90, *[BEHIND] * 30]
    near = [nearness.update(level, True, n * BLOCK_SECONDS, (n + 1) * BLOCK_SECONDS) for n, level in enumerate(levels)]
    after = near[120:]
    assert all(after[:6])
    assert not any(after[20:])
