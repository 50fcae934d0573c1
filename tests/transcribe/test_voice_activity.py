from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcribe.voice_activity import CHUNK_SECONDS, Span, SpeechOptions, parts, speech_probabilities, speech_spans


def chunks(*stretches: tuple[float, float]) -> list[float]:
    """(seconds, probability) stretches as one probability per chunk."""
    return [p for seconds, p in stretches for _ in range(round(seconds / CHUNK_SECONDS))]


def test_speech_in_a_real_memo_is_found_and_its_room_noise_is_not(sample: Callable[[str], Any]) -> None:
    pcm = sample("thinking-pauses").pcm
    spans = speech_spans(speech_probabilities(pcm))
    spoken = sum(span.end - span.start for span in spans)
    assert len(spans) >= 4  # Five pauses of more than a second.
    assert 0.4 * len(pcm) / 16_000 < spoken < 0.85 * len(pcm) / 16_000


@pytest.mark.parametrize("loudness", [0, 30, 3000])
def test_nobody_speaks_in_silence_or_noise(loudness: int) -> None:
    noise = np.random.default_rng(1).normal(0, 1, 16_000 * 5) * loudness
    assert speech_spans(speech_probabilities(noise.astype(np.int16))) == []


def test_no_sound_at_all_is_no_speech() -> None:
    assert speech_spans(speech_probabilities(np.zeros(0, dtype=np.int16))) == []


def test_a_click_is_not_speech_and_a_short_no_is() -> None:
    assert speech_spans(chunks((1, 0.0), (0.064, 0.9), (1, 0.0))) == []
    assert len(speech_spans(chunks((1, 0.0), (0.2, 0.9), (1, 0.0)))) == 1


def test_a_weak_syllable_does_not_end_a_span_and_a_pause_does() -> None:
    assert len(speech_spans(chunks((1, 0.9), (2, 0.4), (1, 0.9)))) == 1
    assert len(speech_spans(chunks((1, 0.9), (2, 0.1), (1, 0.9)))) == 2


def test_a_span_is_padded_but_not_beyond_the_sound() -> None:
    [span] = speech_spans(chunks((0.1, 0.0), (1, 0.9), (1, 0.0)))
    assert span.start == 0.0
    assert span.end == pytest.approx(1.4, abs=0.05)


def test_talk_without_a_pause_is_cut_where_speech_is_least_probable() -> None:
    probabilities = chunks((20, 0.9), (0.032, 0.5), (20, 0.9))
    first, second = speech_spans(probabilities)
    assert first.end == second.start == pytest.approx(20, abs=0.1)


def test_a_part_ends_at_the_longest_pause_of_its_second_half() -> None:
    spans = [Span(0, 10), Span(10.5, 18), Span(20, 26), Span(26.6, 34)]
    assert parts(spans) == [Span(0, 18), Span(20, 34)]


@given(st.lists(st.sampled_from([0.0, 0.2, 0.4, 0.6, 1.0]), max_size=60), st.integers(1, 60))
def test_all_speech_is_in_exactly_one_part_and_no_part_is_too_long(values: list[float], stretch: int) -> None:
    probabilities = [value for value in values for _ in range(stretch)]
    options = SpeechOptions()
    spans = speech_spans(probabilities, options)
    joined = parts(spans)
    for before, after in pairwise(joined):
        assert before.end <= after.start
    for part in joined:
        assert 0 <= part.start < part.end <= len(probabilities) * CHUNK_SECONDS + 1e-6
        assert part.end - part.start <= 28
    for span in spans:
        assert sum(part.start <= span.start and span.end <= part.end for part in joined) == 1
    # Loud enough for longer than a click: it must be somewhere.
    covered = [any(p.start <= (i + 0.5) * CHUNK_SECONDS <= p.end for p in joined) for i in range(len(probabilities))]
    for i in range(len(probabilities) - 3):
        if min(probabilities[i : i + 4]) >= options.begin_at:
            assert all(covered[i : i + 4])
