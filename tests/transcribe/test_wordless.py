"""Speech that no word stands for is found between words, and slow speech is not taken for it."""

import pytest

from transcribe.transcript import Word
from transcribe.voice_activity import CHUNK_SECONDS
from transcribe.wordless import longest, wordless


def chunks(*stretches: tuple[float, float]) -> list[float]:
    """(seconds, probability) stretches as one probability per chunk."""
    return [p for seconds, p in stretches for _ in range(round(seconds / CHUNK_SECONDS))]


def words(*spoken: tuple[str, float, float]) -> list[Word]:
    return [Word(text, start, end, 0.9) for text, start, end in spoken]


MIDDLE = chunks((1, 0.9), (0.5, 0.0), (3, 0.9), (0.5, 0.0), (1, 0.9))


def test_a_sentence_between_two_others_is_found() -> None:
    [span] = wordless(words(("Contract.", 0.2, 1.0), ("Tuesday.", 5.1, 5.9)), MIDDLE)
    assert (span.start, span.end) == pytest.approx((1.5, 4.5), abs=0.1)


@pytest.mark.parametrize("stretched", [("Contract.", 0.2, 5.0), ("Tuesday.", 1.0, 5.9)])
def test_a_word_that_is_stretched_over_it_does_not_hide_it(stretched: tuple[str, float, float]) -> None:
    spoken = {"Contract.": ("Contract.", 0.2, 1.0), "Tuesday.": ("Tuesday.", 5.1, 5.9)}
    assert len(wordless(words(*(spoken | {stretched[0]: stretched}).values()), MIDDLE)) == 1


def test_words_of_the_next_sentence_that_are_spread_over_it_do_not_hide_it() -> None:
    phrases = chunks((2, 0.9), (1.3, 0.0), *[(0.9, 0.9), (0.3, 0.0)] * 3, (1.0, 0.0), (1.5, 0.9))
    spread = words(("contract.", 1.0, 2.0), ("I", 2.6, 3.4), ("will", 3.4, 4.6), ("call", 4.6, 8.1), ("her.", 8.1, 8.5))
    [span] = wordless(spread, phrases)
    assert (span.start, span.end) == pytest.approx((3.3, 6.6), abs=0.1)


def test_all_of_it_is_found_where_there_is_no_word() -> None:
    assert len(wordless([], MIDDLE)) == 1
    assert wordless([], chunks((2, 0.0))) == []
    assert wordless([], []) == []


def test_digits_said_one_by_one_are_covered_by_their_number() -> None:
    slowly = chunks((2, 0.9), (0.6, 0.0), (2, 0.9))
    assert wordless(words(("555-0142.", 0.0, 1.2)), slowly) == []


def test_a_hesitation_is_too_short_to_count() -> None:
    er = chunks((1, 0.9), (0.4, 0.0), (0.9, 0.9), (0.4, 0.0), (1, 0.9))
    assert wordless(words(("Contract", 0.2, 1.0), ("renewal", 2.7, 3.6)), er) == []


def test_the_more_a_word_holds_the_longer_it_may_take() -> None:
    assert longest("I") < longest("Tuesday") < longest("Tuesday.") < longest("555-0142")
