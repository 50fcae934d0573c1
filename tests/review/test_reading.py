"""How long reading takes at the least, and which words are marked."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.reading import marked, shortest_reading
from review.sentences import split_sentences
from transcribe.transcript import Transcript

Make = Callable[..., Transcript]


@pytest.mark.parametrize(("words", "seconds"), [(0, 0.3), (1, 0.4), (10, 1.3), (40, 4.3)])
def test_ten_words_take_a_second_and_noticing_them_a_moment(words: int, seconds: float) -> None:
    assert shortest_reading(" ".join(["word"] * words)) == pytest.approx(seconds)


@given(st.text(), st.text())
def test_a_longer_text_never_takes_less(one: str, more: str) -> None:
    assert shortest_reading(f"{one} {more}") >= shortest_reading(one) >= 0.3


def test_words_under_the_limit_are_marked_and_neighbours_are_marked_together(transcript_of: Make) -> None:
    [sentence] = split_sentences(transcript_of("Ask Jon Smythe about tin.", doubtful=("Jon", "Smythe", "tin.")))

    assert marked(sentence, 0.5) == [("Ask", False), ("Jon Smythe", True), ("about", False), ("tin.", True)]
    assert marked(sentence, 0.2) == [(sentence.text, False)]
    assert marked(sentence, 0.95) == [(sentence.text, True)]


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=12), st.sets(st.sampled_from("abc")))
def test_the_marked_runs_joined_are_the_sentence(words: list[str], doubtful: set[str]) -> None:
    from transcribe.transcript import Segment, Word

    heard = tuple(Word(word, 0, 1, 0.1 if word in doubtful else 0.9) for word in words)
    transcript = Transcript((Segment(0, 1, "", heard, 0, 1, 0, 0),), "en", "e", "m", "s", 1.0)

    [sentence] = split_sentences(transcript)

    assert " ".join(text for text, _ in marked(sentence, 0.5)) == sentence.text
