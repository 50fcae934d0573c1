"""What Whisper is told before it hears: names and terms, then the text so far."""

from hypothesis import given
from hypothesis import strategies as st

from transcribe.context import expectation, text_before, told
from transcribe.transcript import Segment, Word


def segment(text: str, temperature: float = 0.0) -> Segment:
    return Segment(0.0, 1.0, text, (Word(text, 0.0, 1.0, 0.9),), -0.2, 1.0, 0.0, temperature)


def test_the_likeliest_name_stands_nearest_to_what_is_said() -> None:
    assert expectation(["Ada Okonkwo", "Xylander", "Old Friend"]) == "Old Friend, Xylander, Ada Okonkwo."
    assert expectation([]) is None


def test_names_come_before_the_text_so_far() -> None:
    assert told("Xylander.", "They want a pilot.") == "Xylander. They want a pilot."
    assert told(None, "They want a pilot.") == "They want a pilot."
    assert told("Xylander.", None) == "Xylander."
    assert told(None, None) is None


def test_a_text_that_may_be_a_loop_is_not_handed_on() -> None:
    assert text_before([]) is None
    assert text_before([segment("Before."), segment("loop loop loop", temperature=0.8)]) is None
    assert text_before([segment("loop loop", temperature=0.8), segment("After.")]) == "After."


def test_the_text_so_far_begins_with_a_whole_word() -> None:
    text = text_before([segment("incomprehensibilities. " * 40)])

    assert text is not None
    assert 200 < len(text) <= 300
    assert set(text.split()) == {"incomprehensibilities."}


def test_a_text_without_a_full_stop_is_not_handed_on() -> None:
    spoken = "and then we went on to the other plant and they said that they want it all again and sooner than before"

    assert text_before([segment(spoken), segment(spoken)]) is None
    assert text_before([segment(f"{spoken}."), segment(spoken)]) is not None
    assert text_before([segment("and then")]) == "and then"


@given(st.lists(st.text(min_size=1, max_size=80), max_size=60), st.text(min_size=1, max_size=2000))
def test_all_of_it_fits_into_what_whisper_reads(terms: list[str], text: str) -> None:
    prompt = told(expectation(terms), text_before([segment(text)]))

    assert len(prompt or "") <= 350 + 300 + 2
