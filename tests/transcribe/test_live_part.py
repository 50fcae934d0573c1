"""Two hearings of one stretch, joined."""

import pytest

from transcribe.live_part import CHUNKS_PER_SECOND, Part, spliced
from transcribe.transcript import Hole, Segment, Transcript, Word


def part(begin: float, text: str, *, words_start: float | None = None, holes: tuple[Hole, ...] = ()) -> Part:
    """From that second on, a word every half second."""
    at = begin if words_start is None else words_start
    words = tuple(Word(word, at + n / 2, at + n / 2 + 0.4, 1.0) for n, word in enumerate(text.split()))
    segment = Segment(words[0].start, words[-1].end, text, words, -0.1, 1.0, 0.0, 0.0)
    heard = Transcript((segment,), "en", "scripted", "none", "", 1.0, holes)
    return Part(round(begin * CHUNKS_PER_SECOND), round((words[-1].end + 0.1) * CHUNKS_PER_SECOND), heard)


def test_they_are_joined_where_both_have_the_same_words() -> None:
    early = part(0, "we had a long problem with the time in some respondents")
    late = part(3.5, "in sometimes didn't correspond")
    assert spliced(early, late) is None, "one word is no run"
    late = part(2, "uh with the time in sometimes didn't correspond")
    both = spliced(early, late)
    assert both
    assert both.heard.text == "we had a long problem with the time in sometimes didn't correspond"
    assert (both.begin, both.end) == (early.begin, late.end)


def test_case_and_marks_make_no_other_word() -> None:
    both = spliced(part(0, "call her. On Tuesday at nineteen"), part(0.5, "a on Tuesday, at nine tomorrow"))
    assert both
    assert both.heard.text in ("call her. On Tuesday, at nine tomorrow", "call her. On Tuesday at nine tomorrow")


def test_who_says_the_same_again_is_not_cut_short() -> None:
    early = part(0, "if you have if you have if you have too")
    late = part(3, "if you have two objects")
    both = spliced(early, late)
    assert both
    assert both.heard.text == "if you have if you have if you have two objects"
    assert spliced(part(0, "if you have it"), part(1.5, "well if you have two")) is None


def test_two_words_are_no_run() -> None:
    assert spliced(part(0, "one two three four fix"), part(0.5, "to three four five")) is None


@pytest.mark.parametrize("second", [0.2, 6.0])
def test_a_stretch_of_which_nothing_was_written_is_told_once(second: float) -> None:
    holes = (Hole(second, second + 1),)
    early = part(0, "one two three four five six seven eight", holes=holes)
    late = part(1, "three four five six seven eight nine", holes=holes if second > 1 else ())
    both = spliced(early, late)
    assert both
    assert both.heard.holes == holes
