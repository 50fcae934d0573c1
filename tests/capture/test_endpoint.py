"""When a memo is over, on sequences that are made up."""

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capture.endpoint import Endpointer, EndpointSettings, Phase
from capture.pcm import BLOCK_SECONDS

SETTINGS = EndpointSettings()
SPEECH, SILENCE = 0.95, 0.02
ENDS = {Phase.OVER, Phase.NOBODY, Phase.FULL}

Stretch = tuple[float, float]
"""A probability, and how many seconds it lasts."""


def blocks(stretches: Iterable[Stretch]) -> Iterator[tuple[float, float, float]]:
    """Probability, begin and end of each block."""
    index = 0
    for probability, length in stretches:
        for _ in range(round(length / BLOCK_SECONDS)):
            yield probability, index * BLOCK_SECONDS, (index + 1) * BLOCK_SECONDS
            index += 1


def hear(stretches: Iterable[Stretch], settings: EndpointSettings = SETTINGS) -> tuple[Phase, float]:
    """The phase in which it ends, or is at the end of the sequence; and the time."""
    endpointer = Endpointer(settings)
    end = 0.0
    for probability, begin, end in blocks(stretches):
        if endpointer.update(probability, begin, end) in ENDS:
            break
    return endpointer.phase, end


def test_silence_after_speech_ends_it_after_the_time_set() -> None:
    phase, end = hear([(SILENCE, 1), (SPEECH, 3), (SILENCE, 10)])
    assert phase is Phase.OVER
    assert end == pytest.approx(4 + SETTINGS.end_silence, abs=2 * BLOCK_SECONDS)


def test_speech_in_the_very_first_block_counts() -> None:
    phase, end = hear([(SPEECH, 1), (SILENCE, 10)])
    assert phase is Phase.OVER
    assert end == pytest.approx(1 + SETTINGS.end_silence, abs=2 * BLOCK_SECONDS)


def test_thinking_pauses_never_end_it() -> None:
    memo = [(SPEECH, 1.5), (SILENCE, 2.4)] * 20
    assert hear([*memo, (SPEECH, 1)])[0] is Phase.SPEAKING


def test_a_word_with_a_quiet_middle_is_one_run() -> None:
    assert hear([(0.6, 0.13), (0.4, 0.13), (SILENCE, 10)])[0] is Phase.OVER
    assert hear([(0.6, 0.13), (0.3, 0.13), (SILENCE, 20)])[0] is Phase.NOBODY


def test_the_countdown_runs_while_nobody_speaks_and_is_gone_when_they_do() -> None:
    endpointer = Endpointer(SETTINGS)
    seen = []
    for probability, begin, end in blocks([(SILENCE, 0.5), (SPEECH, 1), (SILENCE, 1), (SPEECH, 1)]):
        phase = endpointer.update(probability, begin, end)
        assert (endpointer.countdown is not None) == (phase is Phase.PAUSING)
        seen.append(endpointer.countdown)
    counts = [count for count in seen if count is not None]
    falling = counts[: round(1 / BLOCK_SECONDS)]
    assert falling == sorted(falling, reverse=True)
    assert falling[0] == pytest.approx(SETTINGS.end_silence - BLOCK_SECONDS)
    assert falling[-1] == pytest.approx(SETTINGS.end_silence - 1, abs=BLOCK_SECONDS)
    assert seen[-1] is None


def test_clicks_neither_begin_a_memo_nor_hold_it_open() -> None:
    clicks = [(SPEECH, 0.16), (SILENCE, 0.4)] * 40
    assert hear(clicks)[0] is Phase.NOBODY
    phase, end = hear([(SPEECH, 1), *[(SILENCE, 0.4), (SPEECH, 0.16)] * 40])
    assert phase is Phase.OVER
    assert end == pytest.approx(1 + SETTINGS.end_silence, abs=0.16 + 2 * BLOCK_SECONDS)


def test_nobody_spoke_when_the_time_for_the_first_word_is_up() -> None:
    phase, end = hear([(SILENCE, 60)])
    assert phase is Phase.NOBODY
    assert end == pytest.approx(SETTINGS.no_speech, abs=BLOCK_SECONDS)


def test_a_first_word_that_begins_at_the_last_moment_is_in_time() -> None:
    phase, end = hear([(SILENCE, 9.9), (SPEECH, 1), (SILENCE, 10)])
    assert phase is Phase.OVER
    assert end == pytest.approx(10.9 + SETTINGS.end_silence, abs=2 * BLOCK_SECONDS)


@pytest.mark.parametrize("probability", [SPEECH, 0.4])
def test_it_is_full_at_the_greatest_length_whoever_speaks(probability: float) -> None:
    phase, end = hear([(SPEECH, 1), (SPEECH, 60), (probability, 2)], EndpointSettings(max_seconds=62))
    assert phase is Phase.FULL
    assert end == pytest.approx(62, abs=BLOCK_SECONDS)


def ends_of_counted_runs(
    heard: list[tuple[float, float, float]], settings: EndpointSettings
) -> tuple[list[float], bool]:
    """Where each run of speech that is long enough ends, and whether a run goes on at the end; told by looking back."""
    ends, began = [], None
    for probability, begin, end in heard:
        if probability >= settings.start_probability and began is None:
            began = begin
        elif probability < settings.stay_probability:
            began = None
        if began is not None and end - began >= settings.min_speech:
            ends.append(end)
    return ends, began is not None


@given(
    stretches=st.lists(st.tuples(st.sampled_from([0.0, 0.34, 0.36, 0.49, 0.5, 1.0]), st.floats(0.03, 4)), max_size=30),
    settings=st.builds(EndpointSettings, end_silence=st.floats(0.5, 4), min_speech=st.floats(0.05, 0.5)),
)
def test_it_is_over_when_no_speech_has_counted_for_the_whole_silence_and_never_sooner(
    stretches: list[Stretch], settings: EndpointSettings
) -> None:
    endpointer = Endpointer(settings)
    heard = []
    for block in blocks(stretches):
        heard.append(block)
        phase = endpointer.update(*block)
        ends, speaking = ends_of_counted_runs(heard, settings)
        silent_long_enough = bool(ends) and block[2] - ends[-1] >= settings.end_silence
        assert (phase is Phase.OVER) == (silent_long_enough and not speaking)
        if phase in ENDS:
            break
