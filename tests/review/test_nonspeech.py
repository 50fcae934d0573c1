"""Noise, and talk that nobody meant as a memo, is told from speech before anybody reads it."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from review.nonspeech import why_no_speech
from transcribe.transcript import Transcript

Make = Callable[..., Transcript]
MEMO = "That was Dana at Brightwater and she liked the demo, so I will call her again on Tuesday at ten."


def test_a_memo_reads_like_speech(transcript_of: Make) -> None:
    assert why_no_speech(transcript_of(MEMO)) is None
    assert why_no_speech(transcript_of(MEMO, probability=0.61)) is None
    assert why_no_speech(transcript_of("Dana, Tuesday, ten.")) is None


PARAGRAPH = """
    Then I drove on to Omar at the quarry, who has two crushers standing still since the flood and no spare bearings
    left. His manager wants three offers before Easter, ours among them, with the gearbox priced by itself. Pia from
    purchasing did not answer, so I left a message. Sven says the seals arrived broken again, eleven of forty, and asks
    whether we pay for the freight back. I promised photographs by Monday and a new delivery within ten days.
"""


def long_memo(words: int) -> str:
    """So many words in odd order: many of them often, none of them twice in a row."""
    return " ".join(random.Random(1).choices(PARAGRAPH.split(), k=words))


def test_a_long_memo_does_not_repeat_itself_because_it_is_long(transcript_of: Make) -> None:
    assert why_no_speech(transcript_of(long_memo(2500))) is None


def test_a_loop_in_one_part_of_a_long_memo_does_not_make_it_noise(transcript_of: Make) -> None:
    assert why_no_speech(transcript_of(long_memo(400) + " We will see." * 40)) is None
    assert why_no_speech(transcript_of(long_memo(60) + " We will see." * 100)) == "the same words again and again"


@pytest.mark.parametrize("text", ["555-0142", "5550 142.", "Call Dana.", "Dana."])
def test_a_memo_may_be_a_number_or_a_name(transcript_of: Make, text: str) -> None:
    assert why_no_speech(transcript_of(text, probability=0.85)) is None


@pytest.mark.parametrize(
    ("text", "probability", "why"),
    [
        ("Thank you.", 0.9, "hardly a word"),
        ("Call Dana.", 0.5, "hardly a word"),
        (MEMO, 0.59, "most of the words are doubtful"),
        (" ".join(["We will see."] * 30), 0.9, "the same words again and again"),
    ],
)
def test_what_reads_like_none_says_why(transcript_of: Make, text: str, probability: float, why: str) -> None:
    assert why in (why_no_speech(transcript_of(text, probability=probability)) or "")


def test_no_words_and_typed_words_are_another_matter(transcript_of: Make) -> None:
    assert why_no_speech(transcript_of()) is None
    assert why_no_speech(replace(transcript_of("Call Dana."), duration=0.0)) is None
