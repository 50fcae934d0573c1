"""Noise, and talk that nobody meant as a memo, is told from speech before anybody reads it."""

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


@pytest.mark.parametrize(
    ("text", "probability", "why"),
    [
        ("Thank you.", 0.9, "hardly a word"),
        (MEMO, 0.59, "most of the words are doubtful"),
        (" ".join(["We will see."] * 30), 0.9, "the same words again and again"),
    ],
)
def test_what_reads_like_none_says_why(transcript_of: Make, text: str, probability: float, why: str) -> None:
    assert why in (why_no_speech(transcript_of(text, probability=probability)) or "")


def test_no_words_and_typed_words_are_another_matter(transcript_of: Make) -> None:
    assert why_no_speech(transcript_of()) is None
    assert why_no_speech(replace(transcript_of("Call Dana."), duration=0.0)) is None
