"""A word's probability means something: how often words like it are right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcribe.confidence import confidences
from transcribe.transcript import Word


def words(*probabilities: float) -> list[Word]:
    return [Word("word", float(n), n + 0.5, probability) for n, probability in enumerate(probabilities)]


def test_a_word_among_certain_ones_is_trusted_less_than_whisper_trusts_it() -> None:
    sure, unsure = confidences(words(0.99, 0.99, 0.99))[1], confidences(words(0.99, 0.5, 0.99))[1]

    assert 0.99 < sure < 1.0
    assert 0.75 < unsure < 0.85


def test_a_doubtful_neighbour_makes_a_word_doubtful() -> None:
    [_, alone, _] = confidences(words(0.99, 0.7, 0.99))
    [_, after, _] = confidences(words(0.2, 0.7, 0.99))
    [_, before, _] = confidences(words(0.99, 0.7, 0.2))

    assert alone > after > before


def test_before_the_first_word_and_after_the_last_nothing_is_doubtful() -> None:
    assert confidences([]) == []
    assert confidences(words(0.7)) == pytest.approx([confidences(words(1.0, 0.7, 1.0))[1]])


@given(st.lists(st.floats(0, 1), max_size=20))
def test_it_is_a_probability_whatever_the_engine_says(probabilities: list[float]) -> None:
    found = confidences(words(*probabilities))

    assert len(found) == len(probabilities)
    assert all(0.0 < confidence < 1.0 for confidence in found)


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3), st.floats(0, 1))
def test_a_word_that_whisper_trusts_more_is_never_trusted_less(probabilities: list[float], more: float) -> None:
    one, own, other = probabilities

    assert confidences(words(one, max(own, more), other))[1] >= confidences(words(one, own, other))[1]
