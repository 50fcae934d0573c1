"""How long reading takes at the least, and which words are doubtful."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.reading import doubtful, shortest_reading
from transcribe.transcript import Word


@pytest.mark.parametrize(("words", "seconds"), [(0, 0.3), (1, 0.4), (10, 1.3), (40, 4.3)])
def test_ten_words_take_a_second_and_noticing_them_a_moment(words: int, seconds: float) -> None:
    assert shortest_reading(" ".join(["word"] * words)) == pytest.approx(seconds)


@given(st.text(), st.text())
def test_a_longer_text_never_takes_less(one: str, more: str) -> None:
    assert shortest_reading(f"{one} {more}") >= shortest_reading(one) >= 0.3


@pytest.mark.parametrize(
    ("probability", "doubt"), [(0.0, True), (0.3, True), (0.64, True), (0.65, False), (1.0, False)]
)
def test_a_word_that_is_likely_to_be_wrong_is_doubtful(probability: float, doubt: bool) -> None:
    words = [Word("ten", 0.0, 0.3, 0.99), Word("tin", 0.3, 0.6, probability), Word("men", 0.6, 0.9, 0.99)]

    assert doubtful(words, 0.65) == [False, doubt, False]
    assert doubtful(words, 0.0) == [False, False, False]
