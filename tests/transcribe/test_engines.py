from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import jiwer
import numpy as np
import pytest
from whisper.normalizers import EnglishTextNormalizer

from transcribe.catalogue import FASTER, OPENAI
from transcribe.decoding import RawWord, timed_words
from transcribe.engines import Engine, available_engines, check_language, default_engine
from transcribe.errors import UnknownLanguage
from transcribe.hearing import hear
from transcribe.transcript import Segment, Transcript, Word

Engines = Callable[[str, str], Engine]
Samples = Callable[[str], Any]


def word_error_rate(said: str, heard: str) -> float:
    normal = EnglishTextNormalizer()
    return float(jiwer.wer(normal(said), normal(heard)))


def assert_well_formed(transcript: Transcript, duration: float) -> None:
    words = transcript.words
    assert words
    for word in words:
        assert 0.0 <= word.start <= word.end <= duration + 0.01
        assert 0.0 <= word.probability <= 1.0
        assert word.text == word.text.strip() != ""
    for before, after in pairwise(words):
        assert before.end <= after.start
    for segment in transcript.segments:
        assert segment.text == segment.text.strip()
        assert "".join(segment.text.split()) == "".join("".join(word.text.split()) for word in segment.words)


def test_faster_whisper_is_preferred_where_it_is_installed() -> None:
    assert available_engines() == (FASTER, OPENAI)
    assert default_engine() == FASTER


@pytest.mark.parametrize("name", [FASTER, OPENAI])
def test_a_memo_is_heard_with_a_time_and_a_probability_for_every_word(
    name: str, engine: Engines, sample: Samples
) -> None:
    spoken = sample("plain")
    steps: list[tuple[float, float]] = []
    transcript = hear(engine(name, "base"), spoken.pcm, language="en", on_progress=lambda *step: steps.append(step))
    assert_well_formed(transcript, len(spoken.pcm) / 16_000)
    assert word_error_rate(spoken.words, transcript.text) < 0.06
    assert (transcript.engine, transcript.model, transcript.language) == (name, "base", "en")
    assert len({word.probability for word in transcript.words}) > 10  # Not a constant.
    assert steps[-1] == (transcript.duration, transcript.duration)
    assert Transcript.from_dict(transcript.to_dict()) == transcript


def test_both_engines_hear_nearly_the_same_from_the_same_weights(engine: Engines, sample: Samples) -> None:
    pcm = sample("no-next-call").pcm
    heard = [hear(engine(name, "tiny.en"), pcm) for name in (FASTER, OPENAI)]
    assert heard[0].weights_sha256 == heard[1].weights_sha256
    assert word_error_rate(heard[0].text, heard[1].text) < 0.1
    times = [{word.text: word.start for word in transcript.words} for transcript in heard]
    shared = times[0].keys() & times[1].keys()
    assert np.median([abs(times[0][text] - times[1][text]) for text in shared]) < 0.15


@pytest.mark.parametrize("name", [FASTER, OPENAI])
def test_where_nobody_speaks_nothing_is_invented(name: str, engine: Engines, sample: Samples) -> None:
    noise = (np.random.default_rng(7).normal(0, 2000, 16_000 * 4)).astype(np.int16)
    for pcm in (sample("silence").pcm, noise, np.zeros(16_000, dtype=np.int16), np.zeros(0, dtype=np.int16)):
        transcript = hear(engine(name, "tiny.en"), pcm)
        assert transcript.segments == ()
        assert transcript.text == ""


def test_the_language_is_detected_where_none_is_given(engine: Engines, sample: Samples) -> None:
    assert hear(engine(FASTER, "base"), sample("plain").pcm[: 16_000 * 6]).language == "en"


def test_a_language_that_the_model_does_not_know_is_refused(engine: Engines) -> None:
    check_language(engine(FASTER, "base"), "de")
    check_language(engine(OPENAI, "tiny.en"), None)
    for name, model, language in ((FASTER, "tiny.en", "de"), (OPENAI, "tiny.en", "de"), (FASTER, "base", "xx")):
        with pytest.raises(UnknownLanguage):
            check_language(engine(name, model), language)


def test_the_same_sound_gives_the_same_text(engine: Engines, sample: Samples) -> None:
    pcm = sample("trade-fair").pcm[: 16_000 * 8]
    first, second = (hear(engine(FASTER, "tiny.en"), pcm) for _ in range(2))
    assert first == second


def test_times_count_from_the_start_of_the_recording(engine: Engines, sample: Samples) -> None:
    pcm = sample("plain").pcm[: 16_000 * 6]
    here = hear(engine(FASTER, "tiny.en"), pcm)
    later = hear(engine(FASTER, "tiny.en"), pcm, offset=100.0)
    assert [word.start + 100 for word in here.words] == pytest.approx([word.start for word in later.words])


class Scripted:
    """An engine that stops listening where it is told to, as Whisper sometimes does."""

    name, model, weights_sha256, languages = "scripted", "none", "", frozenset({"en"})

    def __init__(self, *answers: list[Segment]) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[float, str | None, str | None, str | None]] = []

    def transcribe(
        self, audio: Any, *, language: str | None, prompt: str | None, before: str | None
    ) -> tuple[list[Segment], str]:
        self.asked.append((len(audio) / 16_000, language, prompt, before))
        return (self.answers.pop(0) if self.answers else []), "en"


def segment(text: str, start: float, end: float, temperature: float = 0.0, avg_logprob: float = -0.2) -> Segment:
    return Segment(start, end, text, (Word(text, start, end, 0.9),), avg_logprob, 1.0, 0.0, temperature)


def spread(start: float, end: float) -> list[Segment]:
    """A word for each half second, a full stop after each fifth."""
    words = tuple(
        Word(f"{chr(97 + n % 26)}{'.' if n % 5 == 4 else ''}", float(at), float(at) + 0.5, 0.9)
        for n, at in enumerate(np.arange(start, end, 0.5))
    )
    return [Segment(start, end, " ".join(word.text for word in words), words, -0.2, 1.0, 0.0, 0.0)]


def test_speech_that_the_engine_skipped_is_listened_to_again(sample: Samples) -> None:
    pcm = sample("british").pcm  # One stretch of speech from end to end.
    engine = Scripted(spread(0.0, 8.0), [segment("rest", 0.5, 12.0)])
    transcript = hear(engine, pcm)
    assert transcript.text.endswith(" o. p rest")
    assert len(engine.asked) == 2
    assert engine.asked[0][0] - engine.asked[1][0] == pytest.approx(8.0, abs=0.6)
    assert transcript.words[-1].start > 8.0
    assert transcript.holes == ()


def test_speech_of_which_nothing_comes_is_a_hole_that_the_transcript_tells(sample: Samples) -> None:
    pcm = sample("british").pcm
    fours = tuple(Word("4.", at, at + 0.3, 0.8) for at in (0.5, 1.0, 1.5, 2.0))  # of a sentence in German
    again = Segment(0.5, 2.3, "4. 4. 4. 4.", fours, -0.7, 1.7, 0.0, 0.0)
    for answer in ([], [segment("mumble", 0.0, 4.0, avg_logprob=-1.2)], [again]):
        engine = Scripted([*spread(0.0, 8.0), *spread(12.0, len(pcm) / 16_000)], answer)
        transcript = hear(engine, pcm, offset=100.0)
        assert "mumble" not in transcript.text
        assert "4." not in transcript.text
        [hole] = transcript.holes
        assert (hole.start, hole.end) == pytest.approx((108.0, 112.0), abs=0.5)


def test_a_number_said_slowly_is_not_heard_a_second_time(sample: Samples) -> None:
    pcm = sample("british").pcm[: 16_000 * 5]
    number = [segment("555-0142", 0.0, 1.5)]  # Whisper cuts off the time of a long word
    assert len(number[0].words) == 1
    assert hear(Scripted(number, [segment("5550142", 0.0, 3.0)]), pcm).text == "555-0142"


def test_what_the_words_beside_a_stretch_say_already_is_not_said_twice(sample: Samples) -> None:
    pcm = sample("british").pcm[: 16_000 * 8]
    engine = Scripted([segment("Montreal.", 0.0, 8.0)], [segment("Montreal", 0.0, 4.0)])
    transcript = hear(engine, pcm)
    assert len(engine.asked) == 2
    assert (transcript.text, transcript.holes) == ("Montreal.", ())


def test_the_next_part_is_told_the_names_and_the_end_of_the_text_so_far(sample: Samples) -> None:
    engine = Scripted(spread(0, 24.5), [replace(spread(0, 25)[0], temperature=0.8)])
    hear(engine, sample("long").pcm, prompt="Achterberg", before="Earlier.")
    assert [prompt for _, _, prompt, _ in engine.asked[:3]] == ["Achterberg"] * 3
    befores = [before for *_, before in engine.asked[:3]]
    assert (befores[0], befores[2]) == ("Earlier.", None)
    assert (befores[1] or "").endswith(" u v w")
    assert [language for _, language, *_ in engine.asked[:3]] == [None, "en", "en"]


def test_a_segment_of_punctuation_alone_is_nothing_that_was_said(sample: Samples) -> None:
    engine = Scripted([*spread(0, 21), segment(".", 21, 21.2)])
    assert hear(engine, sample("british").pcm).text.endswith("n. o p")


def test_words_are_trimmed_put_in_order_and_kept_within_the_sound() -> None:
    raw = [RawWord(" Hi", -1.0, 0.5, 1.2), RawWord(" ", 0.5, 0.6, 0.5), RawWord(" you.", 0.3, 9.0, float("nan"))]
    assert timed_words(raw, 2.0) == (Word("Hi", 0.0, 0.5, 1.0), Word("you.", 0.5, 2.0, 0.0))
