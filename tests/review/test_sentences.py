"""A transcript is cut where a sentence ends, and loses no word."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.reading import words_to_read
from review.sentences import LONGEST, split_sentences, split_text
from transcribe.transcript import Hole, Segment, Transcript, Word

Make = Callable[..., Transcript]


def cut(make: Make, *segments: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(make(*segments))]


@pytest.mark.parametrize(
    "sentences",
    [
        ["She liked it.", "Is she in?", "Great!", "We talk on Friday…", "Done."],
        ["I spoke to Mr. Ode of Acme Inc. about it.", "He agreed."],
        ["Call Dr. Lee vs. Prof. Kim, e.g. in Jan. or Feb. this year."],
        ["We talk at 3 p.m. tomorrow.", "Good."],
        ["We talk at 3 p.m.", "She wants an offer."],
        ["They are with Foster Ltd.", "We lost."],
        ["That was J. R. Tolkien from sales.", "He called."],
        ["It is 3.5 percent of $14,750.50 per month.", "Fine."],
        ['He said "never again."', "Then he hung up."],
        ["Is it 5 p.m.?", "She asked."],
        ["He ships from the U.S. and from Cork.", "Call him Monday."],
        ["He left the U.S.", "She stayed."],
        ["It went to 14 Harbour Ave. last week.", "He was glad."],
        ["It is order No. 4711 that went astray.", "He laughed."],
        ["He said no.", "Then he said maybe."],
        ["I spoke to Lt. Moss about the 40 lbs. of rope.", "He is keen."],
        ["The call is at 3 p.m. Monday and she dials in.", "Good."],
        ["They sold it to Branner Corp.", "He is not happy."],
        ["They close on 24 Dec. and open in Jan. again.", "So call in Nov.", "She agreed."],
        ["The bench stood in the sun.", "Laura laughed."],
        ["It was Ph.D. students in D.C. mostly.", "No call."],
        ["No full stop at the end"],
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(transcript_of: Make, sentences: list[str]) -> None:
    assert cut(transcript_of, " ".join(sentences)) == sentences


def test_a_sentence_goes_on_over_the_end_of_a_segment(transcript_of: Make) -> None:
    assert cut(transcript_of, "She wants the offer", "by Friday. He", "pays.") == [
        "She wants the offer by Friday.",
        "He pays.",
    ]


def test_a_stretch_without_a_full_stop_is_cut_before_it_fills_the_screen(transcript_of: Make) -> None:
    found = cut(transcript_of, " ".join(f"w{number}" for number in range(2 * LONGEST + 5)))

    assert [len(text.split()) for text in found] == [LONGEST, LONGEST, 5]


def test_it_is_cut_where_the_speaker_pauses(transcript_of: Make) -> None:
    first = " ".join(["word"] * 30)
    assert cut(transcript_of, f"{first}, {first}") == [f"{first},", first]
    assert cut(transcript_of, f"{first} and {first}") == [first, f"and {first}"]


def test_nothing_heard_is_no_sentence(transcript_of: Make) -> None:
    assert cut(transcript_of) == []


_WORDS = st.lists(
    st.one_of(
        st.sampled_from(["p.m.", "Mr.", "Inc.", "J.", "3.5", "end.", "end?", "“Yes.”", "…", "etc.", ".", "She"]),
        st.text(alphabet=st.characters(blacklist_categories=("Z", "C")), min_size=1, max_size=8),
    ),
    max_size=150,
)


@given(st.lists(_WORDS, max_size=4))
def test_the_sentences_joined_are_all_words_in_order_and_none_is_too_long(segments: list[list[str]]) -> None:
    made = tuple(
        Segment(0, 1, " ".join(words), tuple(Word(w, 0, 1, 0.9) for w in words), -0.1, 1, 0, 0) for words in segments
    )
    transcript = Transcript(made, "en", "e", "m", "s", 1.0)

    sentences = split_sentences(transcript)

    assert tuple(word for sentence in sentences for word in sentence.words) == transcript.words
    assert all(1 <= len(sentence.words) <= LONGEST for sentence in sentences)


@pytest.mark.parametrize(
    ("at", "parts"),
    [
        ([0.0], ["", "We agreed on it.", "She pays."]),
        ([1.3], ["We agreed on it.", "", "She pays."]),
        ([0.9], ["We agreed on", "", "it.", "She pays."]),
        ([9.0], ["We agreed on it.", "She pays.", ""]),
        ([0.9, 1.0], ["We agreed on", "", "", "it.", "She pays."]),
    ],
)
def test_what_was_not_written_down_stands_at_its_place(transcript_of: Make, at: list[float], parts: list[str]) -> None:
    holes = tuple(Hole(start, start + 1.2) for start in at)
    transcript = replace(transcript_of("We agreed on it. She pays."), holes=holes)
    if at == [0.0]:
        [segment] = transcript.segments
        later = tuple(replace(word, start=word.start + 2, end=word.end + 2) for word in segment.words)
        transcript = replace(transcript, segments=(replace(segment, words=later),))

    sentences = split_sentences(transcript)

    assert [sentence.text for sentence in sentences] == parts
    assert tuple(sentence.hole for sentence in sentences if sentence.hole) == holes


SCRIPTS = ["来週の火曜日に電話します", "เราจะโทรหาเธออีกครั้ง", "x7", "e\u0301", "e" + "\u0301" * 60, "다음주화요일에"]


@pytest.mark.parametrize("script", SCRIPTS)
def test_what_is_too_long_to_be_a_word_is_cut_and_loses_nothing(transcript_of: Make, script: str) -> None:
    word = script * 150
    sentences = split_sentences(transcript_of(f"She said {word} and left."))

    assert "".join(sentence.text for sentence in sentences).replace(" ", "") == f"Shesaid{word}andleft."
    assert all(words_to_read(sentence.text) <= LONGEST for sentence in sentences)
    assert not any(sentence.text.startswith("\u0301") for sentence in sentences)
    times = [time for sentence in sentences for word in sentence.words for time in (word.start, word.end)]
    assert times == sorted(times)
    assert split_text(f"She said {word} and left.") == [sentence.text for sentence in sentences]


def test_it_is_cut_at_its_full_stops(transcript_of: Make) -> None:
    one = "来週の火曜日の午後二時半にもう一度電話します。"

    assert cut(transcript_of, one * 6) == [one * 2] * 3
    assert cut(transcript_of, f"{one} {one}") == [one, one]


def test_words_of_another_script_are_cut_before_they_fill_the_screen(transcript_of: Make) -> None:
    sentences = cut(transcript_of, " ".join(["東京"] * 100))

    assert " ".join(sentences) == " ".join(["東京"] * 100)
    assert all(words_to_read(sentence) <= LONGEST for sentence in sentences)
