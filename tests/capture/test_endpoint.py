"""When a memo is over, on sequences that are made up."""

import math
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


def phases(stretches: Iterable[Stretch], settings: EndpointSettings = SETTINGS) -> list[tuple[Phase, float]]:
    """Each phase as it begins, and when, until it ends."""
    endpointer = Endpointer(settings)
    found: list[tuple[Phase, float]] = []
    for probability, begin, end in blocks(stretches):
        phase = endpointer.update(probability, begin, end)
        if not found or found[-1][0] is not phase:
            found.append((phase, end))
        if phase in ENDS:
            break
    return found


def test_the_end_is_offered_after_a_short_silence_and_the_memo_is_over_after_a_long_one() -> None:
    found = phases([(SILENCE, 1), (SPEECH, 3), (SILENCE, 20)])
    assert [phase for phase, _ in found] == [
        Phase.WAITING,
        Phase.SPEAKING,
        Phase.PAUSING,
        Phase.OFFERED,
        Phase.OVER,
    ]
    assert found[3][1] == pytest.approx(4 + SETTINGS.offer_silence, abs=2 * BLOCK_SECONDS)
    assert found[4][1] == pytest.approx(4 + SETTINGS.closing_silence, abs=2 * BLOCK_SECONDS)


def test_whoever_speaks_on_after_an_offer_takes_it_back_up_to_the_last_moment() -> None:
    memo = [(SPEECH, 1.5), (SILENCE, SETTINGS.closing_silence - 0.3)] * 5
    found = [phase for phase, _ in phases([*memo, (SPEECH, 1)])]
    assert found == [Phase.WAITING, *[Phase.SPEAKING, Phase.PAUSING, Phase.OFFERED] * 5, Phase.SPEAKING]


def test_an_offer_stands_until_what_is_heard_counts_as_speech() -> None:
    click, found = (SPEECH, 0.16), phases([(SPEECH, 1), (SILENCE, 2), (SPEECH, 0.16), (SILENCE, 2)])
    assert [phase for phase, _ in found] == [Phase.WAITING, Phase.SPEAKING, Phase.PAUSING, Phase.OFFERED]
    before_the_offer = phases([(SPEECH, 1), (SILENCE, 1.1), click, (SILENCE, 1)])
    assert [phase for phase, _ in before_the_offer][-2:] == [Phase.PAUSING, Phase.OFFERED]


def test_where_the_offer_is_the_end_it_ends_the_memo() -> None:
    phase, end = hear([(SPEECH, 1), (SILENCE, 10)], EndpointSettings(offer_silence=2.5, closing_silence=2.5))
    assert phase is Phase.OVER
    assert end == pytest.approx(1 + 2.5, abs=2 * BLOCK_SECONDS)


def test_without_a_closing_silence_no_silence_ends_it() -> None:
    endless = EndpointSettings(closing_silence=math.inf, no_speech=math.inf)
    assert hear([(SILENCE, 60), (SPEECH, 1), (SILENCE, 300)], endless)[0] is Phase.OFFERED


def test_a_word_with_a_quiet_middle_is_one_run() -> None:
    assert hear([(0.6, 0.13), (0.4, 0.13), (SILENCE, 20)])[0] is Phase.OVER
    assert hear([(0.6, 0.13), (0.3, 0.13), (SILENCE, 20)])[0] is Phase.NOBODY


def test_the_countdown_runs_while_nobody_speaks_and_is_gone_when_they_do() -> None:
    endpointer = Endpointer(SETTINGS)
    seen = []
    for probability, begin, end in blocks([(SILENCE, 0.5), (SPEECH, 1), (SILENCE, 2), (SPEECH, 1)]):
        phase = endpointer.update(probability, begin, end)
        assert phase in (Phase.PAUSING, Phase.OFFERED) or endpointer.countdown is None
        seen.append(endpointer.countdown)
    counts = [count for count in seen if count is not None]
    falling = counts[: round(2 / BLOCK_SECONDS)]
    assert falling == sorted(falling, reverse=True)
    assert falling[0] == pytest.approx(SETTINGS.closing_silence - BLOCK_SECONDS)
    assert falling[-1] == pytest.approx(SETTINGS.closing_silence - 2, abs=BLOCK_SECONDS)
    assert seen[-1] is None


def test_clicks_neither_begin_a_memo_nor_delay_its_offer() -> None:
    clicks = [(SPEECH, 0.16), (SILENCE, 0.4)] * 40
    assert hear(clicks)[0] is Phase.NOBODY
    found = dict(phases([(SPEECH, 1), *[(SILENCE, 0.4), (SPEECH, 0.16)] * 40]))
    assert found[Phase.OFFERED] == pytest.approx(1 + SETTINGS.offer_silence, abs=0.16 + 2 * BLOCK_SECONDS)
    assert found[Phase.OVER] == pytest.approx(1 + SETTINGS.closing_silence, abs=0.16 + 2 * BLOCK_SECONDS)


def test_nobody_spoke_when_the_time_for_the_first_word_is_up() -> None:
    phase, end = hear([(SILENCE, 60)])
    assert phase is Phase.NOBODY
    assert end == pytest.approx(SETTINGS.no_speech, abs=BLOCK_SECONDS)


def test_a_first_word_that_begins_at_the_last_moment_is_in_time() -> None:
    phase, end = hear([(SILENCE, 9.9), (SPEECH, 1), (SILENCE, 20)])
    assert phase is Phase.OVER
    assert end == pytest.approx(10.9 + SETTINGS.closing_silence, abs=2 * BLOCK_SECONDS)


@pytest.mark.parametrize("probability", [SPEECH, 0.4])
def test_it_is_full_at_the_greatest_length_whoever_speaks(probability: float) -> None:
    phase, end = hear([(SPEECH, 1), (SPEECH, 60), (probability, 2)], EndpointSettings(max_seconds=62))
    assert phase is Phase.FULL
    assert end == pytest.approx(62, abs=BLOCK_SECONDS)


def test_the_greatest_length_is_announced_half_a_minute_before() -> None:
    endpointer = Endpointer(EndpointSettings(max_seconds=62))
    told = []
    for probability, begin, end in blocks([(SPEECH, 63)]):
        endpointer.update(probability, begin, end)
        told.append((end, endpointer.remaining))
    assert next(end for end, remaining in told if remaining is not None) == pytest.approx(32, abs=BLOCK_SECONDS)
    assert told[round(52 / BLOCK_SECONDS)][1] == pytest.approx(10, abs=2 * BLOCK_SECONDS)


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
    stretches=st.lists(st.tuples(st.sampled_from([0.0, 0.34, 0.36, 0.49, 0.5, 1.0]), st.floats(0.03, 6)), max_size=30),
    settings=st.builds(
        EndpointSettings,
        offer_silence=st.floats(0.5, 4),
        closing_silence=st.floats(0.5, 6),
        min_speech=st.floats(0.05, 0.5),
    ),
)
def test_it_is_offered_and_over_when_no_speech_has_counted_for_the_whole_silence_and_never_sooner(
    stretches: list[Stretch], settings: EndpointSettings
) -> None:
    endpointer = Endpointer(settings)
    closing = max(settings.offer_silence, settings.closing_silence)
    heard = []
    for block in blocks(stretches):
        heard.append(block)
        before, phase = endpointer.phase, endpointer.update(*block)
        ends, speaking = ends_of_counted_runs(heard, settings)
        silence = block[2] - ends[-1] if ends else 0.0
        assert (phase is Phase.OVER) == (bool(ends) and silence >= closing and not speaking)
        if phase is Phase.OFFERED:
            assert silence >= settings.offer_silence
            assert not speaking or before is Phase.OFFERED
        elif phase is Phase.SPEAKING:
            assert silence == 0
        if phase in ENDS:
            break
