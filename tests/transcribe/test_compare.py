"""What a newer transcript says instead of an older one is told word by word."""

from hypothesis import given
from hypothesis import strategies as st

from transcribe.compare import compared
from transcribe.transcript import Segment, Transcript, Word


def transcript(*texts: str) -> Transcript:
    segments = tuple(
        Segment(n, n + 1, text, tuple(Word(word, n, n + 1, 0.9) for word in text.split()), -0.2, 1.0, 0.0, 0.0)
        for n, text in enumerate(texts)
    )
    return Transcript(segments, "en", "scripted", "none", "", 1.0)


def differences(new: Transcript, old: Transcript) -> dict[str, str]:
    return {word.text: word.instead_of for word in compared(new, old).words if word.instead_of is not None}


def test_other_words_are_told_and_other_punctuation_is_not() -> None:
    new = transcript("Spoke with Daniel Okafor,", "about price.")

    assert differences(new, transcript("spoke with Daniel Ockover about Price")) == {"Okafor,": "Ockover"}


def test_words_that_only_one_of_them_has_are_told() -> None:
    assert differences(transcript("He does not want it."), transcript("He does want it.")) == {"not": ""}
    assert differences(transcript("He does want it."), transcript("He does not want it.")) == {"want": "not want"}
    assert differences(transcript("He wants it."), transcript("He wants it now.")) == {"it.": "now. it."}


def test_the_same_text_has_no_differences_and_nothing_else_is_changed() -> None:
    new = transcript("He wants it.", "Call on Friday.")

    assert compared(new, new) == new
    assert compared(transcript(), new) == transcript()


@given(st.lists(st.text("ab ", max_size=20), max_size=4), st.lists(st.text("ab ", max_size=20), max_size=4))
def test_any_two_can_be_compared_and_written_down(one: list[str], other: list[str]) -> None:
    found = compared(transcript(*one), transcript(*other))

    assert found.text == transcript(*one).text
    assert Transcript.from_dict(found.to_dict()) == found
