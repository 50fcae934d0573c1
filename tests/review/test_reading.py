"""How long reading takes at the least, and which words are doubtful."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.reading import is_doubtful, shortest_reading
from transcribe.transcript import Word


@pytest.mark.parametrize(("words", "seconds"), [(0, 0.3), (1, 0.4), (10, 1.3), (40, 4.3)])
def test_ten_words_take_a_second_and_noticing_them_a_moment(words: int, seconds: float) -> None:
    assert shortest_reading(" ".join(["word"] * words)) == pytest.approx(seconds)


@given(st.text(), st.text())
def test_a_longer_text_never_takes_less(one: str, more: str) -> None:
    assert shortest_reading(f"{one} {more}") >= shortest_reading(one) >= 0.3


@pytest.mark.parametrize(("probability", "doubt"), [(0.49, True), (0.5, False), (1.0, False), (0.0, True)])
def test_a_word_under_the_limit_is_doubtful(probability: float, doubt: bool) -> None:
    assert is_doubtful(Word("tin", 0.0, 0.3, probability), 0.5) is doubt
