"""Which of several attempts at a window is kept, and what of it was said."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcribe.catalogue import FASTER, OPENAI
from transcribe.decoding import TEMPERATURES, Decoded, RawWord, best, said_once, without_copies
from transcribe.engines import Engine
from transcribe.hearing import hear
from transcribe.transcript import Word

GOOD = Decoded("It is a good text.", (), -0.3, 1.1, 0.1, 0.0)
LOOP = replace(GOOD, text="and strangely " * 17, avg_logprob=-0.05, compression_ratio=9.0)
DOUBTED = replace(GOOD, avg_logprob=-1.1)


class Scripted:
    """Attempts that come out as they are told to; it notes what was asked for."""

    def __init__(self, *results: Decoded) -> None:
        self.results = list(results)
        self.asked: list[tuple[float, str | None]] = []

    def __call__(self, temperature: float, told: str | None) -> Decoded:
        self.asked.append((temperature, told))
        return replace(self.results.pop(0), temperature=temperature)


def test_an_attempt_that_does_not_fail_is_the_only_one() -> None:
    decode = Scripted(GOOD)
    assert best(decode, "Achterberg.", "Before.") == GOOD
    assert decode.asked == [(0.0, "Achterberg. Before.")]


def test_a_part_that_fails_is_tried_without_the_text_before_it_and_then_without_names() -> None:
    decode = Scripted(LOOP, LOOP, GOOD)
    assert best(decode, "Achterberg.", "Before.").text == GOOD.text
    assert decode.asked == [(0.0, "Achterberg. Before."), (0.0, "Achterberg."), (0.0, None)]


def test_no_prompt_is_tried_twice() -> None:
    decode = Scripted(LOOP, GOOD)
    best(decode, None, None)
    assert decode.asked == [(0.0, None), (TEMPERATURES[1], None)]


def test_of_attempts_that_all_fail_the_best_is_kept_and_not_the_last() -> None:
    worse = replace(DOUBTED, avg_logprob=-2.0)
    assert best(Scripted(worse, DOUBTED, LOOP), None, None).avg_logprob == DOUBTED.avg_logprob
    shorter = replace(LOOP, compression_ratio=3.0, avg_logprob=-0.9)
    assert best(Scripted(LOOP, shorter, LOOP), None, None).compression_ratio == 3.0


def said(text: str, no_time_from: int) -> tuple[Word, ...]:
    words = text.split()
    times = [min(n, no_time_from) * 0.3 for n in range(len(words) + 1)]
    return tuple(Word(word, times[n], times[n + 1], 0.9) for n, word in enumerate(words))


@pytest.mark.parametrize(
    ("text", "no_time_from", "kept"),
    [
        ("12 Oak Street, 12 Oak Street. 12 Oak Street", 3, "12 Oak Street,"),
        ("12 Oak Street. 12 Oak", 3, "12 Oak Street."),
        ("Hello hello", 1, "Hello"),
        ("12 Oak Street. 12 Oak Street.", 6, "12 Oak Street. 12 Oak Street."),
        ("No, no, no, I will call.", 6, "No, no, no, I will call."),
        ("I will go and bump it up", 6, "I will go and bump it up"),
        ("Okay, I will say okay", 4, "Okay, I will say okay"),
    ],
)
def test_words_that_took_no_time_and_repeat_others_were_not_said(text: str, no_time_from: int, kept: str) -> None:
    assert " ".join(word.text for word in without_copies(said(text, no_time_from))) == kept


def test_of_a_loop_each_phrase_is_kept_once() -> None:
    def once(text: str) -> str:
        return " ".join(word.text for word in said_once(said(text, 999)))

    assert once("So " + "and strangely " * 17 + "he left") == "So and strangely he left"
    assert once("ST " * 200) == "ST"
    assert once("a b a b a c") == "a b a b a c"


@given(st.lists(st.sampled_from("abc"), max_size=30))
def test_nothing_is_added_to_a_loop_and_no_word_of_it_vanishes_altogether(letters: list[str]) -> None:
    words = said(" ".join(letters), 99)
    kept = said_once(words)
    assert {word.text for word in kept} == set(letters)
    assert [word for word in words if word in kept] == list(kept)


def test_a_loop_is_not_believed_and_its_copies_are_gone() -> None:
    raw = [RawWord(" ph", n / 10, (n + 1) / 10, 0.9) for n in range(12)]
    [segment] = replace(LOOP, text="ph " * 12).segments(raw, 16_000 * 2)
    assert (segment.text, len(segment.words)) == ("ph", 1)


@pytest.mark.parametrize("name", [FASTER, OPENAI])
def test_a_few_words_are_written_once(
    name: str, engine: Callable[[str, str], Engine], sample: Callable[[str], Any]
) -> None:
    pcm = sample("plain").pcm
    for begin in np.arange(0.0, 12.0, 1.5):
        heard = hear(engine(name, "base"), pcm[int(begin * 16_000) : int((begin + 1.5) * 16_000)], language="en")
        words = ["".join(filter(str.isalnum, word.text)).casefold() for word in heard.words]
        half = len(words) // 2
        assert not words or words[:half] != words[half : 2 * half] or half == 0, heard.text
