"""Which voice is the memo's own, on levels that are made up."""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pytest

from capture.endpoint import ALONE_SECONDS, SOFT_SECONDS, Endpointer, EndpointSettings, Phase
from capture.nearness import NEAR, Nearness
from capture.pcm import BLOCK_SECONDS

SETTINGS = EndpointSettings()
SPEECH, SILENCE = 0.95, 0.02
NEAR_BY, BEHIND, ENGINE, ROOM = -20.0, -31.0, -30.0, -66.0

Stretch = tuple[float, float, float]
"""A probability of speech, a level in dBFS, and how many seconds it lasts."""


def hear(stretches: Iterable[Stretch], gain: float = 0.0, spread: float = 3.0) -> list[tuple[Phase, float]]:
    """Each phase as it begins, and when.

    :param gain: of the microphone, in dB.
    :param spread: how far the level of a block strays from that of its stretch, in dB.
    """
    endpointer = Endpointer(SETTINGS)
    random = np.random.default_rng(5)
    found: list[tuple[Phase, float]] = []
    index = 0
    for probability, level, length in stretches:
        for _ in range(round(length / BLOCK_SECONDS)):
            stray = random.uniform(-spread, spread)
            begin = index * BLOCK_SECONDS
            index += 1
            phase = endpointer.update(probability, begin, begin + BLOCK_SECONDS, level + stray + gain)
            if not found or found[-1][0] is not phase:
                found.append((phase, index * BLOCK_SECONDS))
    return found


IN_A_HALL: list[Stretch] = [(SPEECH, NEAR_BY, 2.5), *[(SPEECH, BEHIND, 1.0), (SPEECH, NEAR_BY, 2.5)] * 3]
"""A memo with people talking behind it, as a detector of speech hears it: all of it is speech."""


@pytest.mark.parametrize("gain", [-30, -10, 0, 15])
def test_people_who_talk_on_behind_do_not_delay_an_offer_however_loud_the_microphone_is_set(gain: float) -> None:
    found = hear([*IN_A_HALL, (SPEECH, BEHIND, 5)], gain)
    phase, begins = found[-1]
    assert phase is Phase.OFFERED
    assert begins == pytest.approx(13 + SETTINGS.offer_silence, abs=0.5)
    assert [each for each, _ in found].count(Phase.OFFERED) == 1, "the pauses of a second before were none"


def test_speech_that_may_be_the_memos_own_keeps_the_microphone_open_however_long_the_offer_stands() -> None:
    softer = NEAR_BY - 12
    assert Phase.OVER not in dict(hear([*IN_A_HALL, (SPEECH, softer, 300)]))
    assert hear([*IN_A_HALL, (SPEECH, softer, 20)])[-1][0] is Phase.OFFERED
    assert hear([*IN_A_HALL, (SPEECH, softer, 20), (SPEECH, NEAR_BY, 1)])[-1][0] is Phase.SPEAKING
    assert hear([*IN_A_HALL, (SPEECH, NEAR_BY - 30, 20)])[-1][0] is Phase.OVER


def test_who_speaks_on_more_softly_after_a_silence_takes_the_offer_back_and_delays_the_next() -> None:
    softer = NEAR_BY - 12
    said = [(SPEECH, NEAR_BY, 4), (SILENCE, ROOM, 4), (SPEECH, softer, 3), (SILENCE, ROOM, 0.5), (SPEECH, softer, 1)]
    found = hear([*said, (SILENCE, ROOM, 5)])
    offers = [begins for phase, begins in found if phase is Phase.OFFERED]
    assert offers == pytest.approx([4 + SETTINGS.offer_silence, 12.5 + SETTINGS.offer_silence], abs=0.3)
    taken_back = [now[1] for before, now in pairwise(found) if before[0] is Phase.OFFERED]
    assert taken_back == pytest.approx([8], abs=0.5)


def test_others_who_begin_to_talk_after_an_offer_delay_the_next_for_seconds_only() -> None:
    found = hear([(SPEECH, NEAR_BY, 4), (SILENCE, ROOM, 4), (SPEECH, BEHIND, 20)])
    phase, begins = found[-1]
    assert phase is Phase.OFFERED
    assert begins == pytest.approx(8 + SOFT_SECONDS + SETTINGS.offer_silence, abs=0.5)


def test_a_silence_says_for_a_while_only_that_nobody_talks_behind() -> None:
    near_now_and_then = [(SPEECH, BEHIND, 3.0), (SPEECH, NEAR_BY, 0.5)] * 6
    found = hear([(SPEECH, NEAR_BY, 8), (SILENCE, ROOM, 4), *near_now_and_then])
    offers = [begins for phase, begins in found if phase is Phase.OFFERED]
    assert offers[0] == pytest.approx(8 + SETTINGS.offer_silence, abs=0.3)
    assert 12 + ALONE_SECONDS < offers[1] < 12 + ALONE_SECONDS + 3.5


def test_without_levels_to_tell_them_apart_every_voice_is_the_memos_own() -> None:
    assert hear([(SPEECH, NEAR_BY, 60)], spread=0)[-1][0] is Phase.SPEAKING


@pytest.mark.parametrize("pause", [ROOM, ENGINE, NEAR_BY - 12], ids=["quiet room", "car", "fluent"])
def test_a_voice_that_grows_6_db_softer_is_the_reps_own_whatever_is_heard_in_the_pauses(pause: float) -> None:
    memo = [*[(SPEECH, NEAR_BY, 4), (SILENCE, pause, 0.4)] * 3, *[(SPEECH, NEAR_BY - 6, 4), (SILENCE, pause, 0.4)] * 10]
    assert Phase.OFFERED not in dict(hear(memo))


def test_the_quiet_end_of_a_loud_syllable_belongs_to_it() -> None:
    nearness = Nearness()
    levels = [*[NEAR_BY] * 90, *[BEHIND - 10] * 30]
    below = [nearness.update(level, True, BLOCK_SECONDS) for level in levels]
    assert all(each <= NEAR for each in below[:96])
    assert not any(each <= NEAR for each in below[110:])


def test_nobody_is_behind_a_voice_that_has_not_spoken_yet() -> None:
    nearness = Nearness()
    assert [nearness.update(level, False, BLOCK_SECONDS) for level in (-70.0, -20.0, -70.0)] == [0.0] * 3
