"""How long reading takes at the least, and which words are doubtful."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.reading import doubtful, shortest_reading
from transcribe.transcript import Word


@pytest.mark.parametrize(("words", "seconds"), [(0, 0.3), (1, 0.4), (10, 1.3), (40, 4.3)])
def test_ten_words_take_a_second_and_noticing_them_a_moment(words: int, seconds: float) -> None:
    assert shortest_reading(" ".join(["word"] * words)) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("text", "at_least"),
    [
        ("来週の火曜日に電話します。" * 120, 80.0),  # 1,560 characters, spaces in none
        ("下周二下午两点半再给她打电话" * 10, 7.0),
        ("เราจะโทรหาเธออีกครั้งในวันอังคารหน้า" * 10, 7.0),
        ("다음주화요일에다시전화하겠습니다" * 10, 5.0),
        (" ".join(["x" * 400] * 39), 190.0),
        ("a" * 1560, 19.0),
        ("й" * 1560, 19.0),
    ],
)
def test_what_has_few_spaces_is_read_by_its_characters(text: str, at_least: float) -> None:
    assert at_least <= shortest_reading(text) <= 1.5 * at_least


@pytest.mark.parametrize(
    "text",
    [
        "That was Marcus Delgado, purchasing manager at Northgate dental supply.",
        "Die Chefin unterschreibt den Vertrag am nächsten Dienstag und ruft uns dann an.",
        "다음 주 화요일에 다시 전화하겠습니다.",
        "Позвоню ей в следующий вторник в половине третьего.",
    ],
)
def test_what_is_written_in_words_takes_their_time(text: str) -> None:
    assert shortest_reading(text) <= 0.3 + 0.12 * len(text.split())


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
