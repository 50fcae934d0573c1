"""What a memo was about is said in its own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.matter import LONGEST, matter


@pytest.mark.parametrize(
    ("text", "heard", "what"),
    [
        ("He was keen. I have to ring him Monday at nine about the second van.", "Monday at nine", "the second van"),
        ("We agreed to talk about the quote on Monday at half past two.", "Monday at half past two", "the quote"),
        ("Call her about the fuel contract Thursday at ten.", "Thursday at ten", "the fuel contract"),
        ("Call her Wednesday. It's about the second clinic, she said.", "Wednesday", "the second clinic"),
        ("I'll call her about version 2.0 on Monday.", "Monday", "version 2.0"),
        ("Call him Monday about order No. 4711 in blue.", "Monday", "order No. 4711 in blue"),
        ("Ring Monday about the sites in the U.S. and Canada.", "Monday", "the sites in the U.S. and Canada"),
        ("Ring Friday about the Ph.D. students at the lab.", "Friday", "the Ph.D. students at the lab"),
        ("Call Lt. Moss Friday about the 40 lbs. of rope.", "Friday", "the 40 lbs. of rope"),
        ("I'm calling about the boiler at 3 p.m. Monday.", "3 p.m. Monday", "the boiler"),
        ("They talk about tiles. I'll call her about the roof. She is keen.", "Friday, as typed", "the roof"),
        ("I'll call Ana tomorrow at four to discuss the trade-in value.", "tomorrow at four", "the trade-in value"),
    ],
)
def test_what_follows_about_in_the_sentence_of_the_next_call_is_the_matter(text: str, heard: str, what: str) -> None:
    assert matter(text, heard) == (what, False)


@pytest.mark.parametrize(
    ("text", "heard", "what"),
    [
        (
            "Spoke to Laura. She liked the demo and wants her manager to see it. I'm calling her on Thursday at ten.",
            "on Thursday at ten",
            "She liked the demo and wants her manager to see it",
        ),
        ("I'll ring Monday to close the deal for the dishwashers.", "Monday", None),
        ("Call her Monday. She is worried about it, the delivery to Leeds.", "Monday", None),
        ("He was clear about it. They want 300 units in blue. Talk Tuesday?", "Tuesday", "They want 300 units in blue"),
        ("Talk took about ten minutes and concerned the printer lease. Call Friday.", "Friday", None),
        ("Just off the phone with Dana. They run forty trucks. No call.", None, "They run forty trucks"),
        ("Left a voicemail for Walter Ellawood, Yorsi and Sons.", None, None),
        ("Call her.", "her", "Call her"),
        ("Call back Thursday at ten.", "Friday at nine, as typed", "Call back Thursday at ten"),
    ],
)
def test_else_it_is_the_nearest_sentence_that_says_more_than_when_to_call(
    text: str, heard: str | None, what: str | None
) -> None:
    found, is_sentence = matter(text, heard)

    assert is_sentence
    assert found in text
    if what is not None:
        assert found == what


def test_what_is_too_long_is_cut_after_a_word() -> None:
    found, _ = matter("They want " + "remarkably " * 30, None)

    assert len(found) <= LONGEST
    assert found.endswith("remarkably…")


@given(st.text(), st.one_of(st.none(), st.text()))
def test_it_is_made_of_words_of_the_memo_and_nothing_else(text: str, heard: str | None) -> None:
    found, _ = matter(text, heard)

    assert len(found) <= LONGEST
    assert found.removesuffix("…") in " ".join(text.split())
