"""What the rep undertook is found in the memo, with the day they named; what others do is not."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.commitments import find_commitments

SPOKEN_AT = datetime.fromisoformat("2026-11-18T16:40:00-05:00")  # a Wednesday


def found(text: str) -> list[tuple[str, str | None]]:
    return [(one.sentence, one.by and one.by.isoformat()) for one in find_commitments(text, SPOKEN_AT)]


@pytest.mark.parametrize(
    ("sentence", "by"),
    [
        ("I'll send her the two-page summary today.", "2026-11-18"),
        ("I will email that tomorrow.", "2026-11-19"),
        ("We're going to ship the samples by Friday.", "2026-11-20"),
        ("I have to check the stock on Monday.", "2026-11-23"),
        ("I said I'd talk to the warehouse.", None),
        ("I told him I would look into the invoice by November 30th.", "2026-11-30"),
        ("I promised to check if we can ship in two weeks instead of four.", None),
        ("What I promised: a rough price and a plan on one page.", None),
        ("Promised to send the contract by the 25th.", "2026-11-25"),
        ("Need to find out who signs.", None),
        ("Send him the case study tomorrow.", "2026-11-19"),
        ("I'll chase the samples tomorrow, and call him Monday.", "2026-11-19"),
        ("I'll talk to the warehouse on Monday.", "2026-11-23"),
        ("I'll get the sample cut by Friday.", "2026-11-20"),
        ("I'll bring the drawings up on Monday.", "2026-11-23"),
        ("She says they are short, so I'll send two more today.", "2026-11-18"),
        ("He said it leaks and I told him I'd mail her the photos.", None),
        ("I'll send him a call sheet tomorrow.", "2026-11-19"),
        ("I'll order her a phone by Friday.", "2026-11-20"),
        ("I'll have the catalogue printed by Friday.", "2026-11-20"),
        ("I'll check the stock tomorrow.", "2026-11-19"),
        ("I'll give him the price by Friday.", "2026-11-20"),
        ("Two of them could not log in, so I'll have support reset their accounts tonight.", "2026-11-18"),
    ],
)
def test_an_undertaking_is_found_with_its_day(sentence: str, by: str | None) -> None:
    assert found(f"She is keen. {sentence} We talk on Thursday.") == [(sentence, by)]


@pytest.mark.parametrize(
    "sentence",
    [
        "He will send me the numbers for March.",
        "She'll email the drawings by Friday.",
        "I sent her the quote yesterday.",
        "I will not send anything.",
        "I'll never ship that again.",
        "I'll call her on Tuesday.",
        "I'm going to ring him at nine.",
        "I told him I'd phone tomorrow.",
        "I'll give him a call next Tuesday.",
        "Need to make a call to Joel on Thursday.",
        "We'll talk again on Thursday.",
        "We will speak next week.",
        "I'll see.",
        "I'll touch base with her a week from today.",
        "I'll circle back on Friday.",
        "I'm going to check in Tuesday at two.",
        "I'll catch Marta tomorrow.",
        "I'll get him Wednesday then.",
        "I'll get back to her on Thursday.",
        "Then I'll go back to them Thursday at noon.",
        "I'll get on the horn with her tomorrow.",
        "Promised Sofia a call towards the end of next week.",
        "I promised him another quick call on Monday.",
        "I'll follow up on Tuesday.",
        "I'll give it a week or so.",
        "I'll let them play with it until Tuesday.",
        "I'll bring it up.",
        "Phone me on the first, I'll have slept by then.",
        "He says ring me when they land and I'll let the yard know.",
        "She goes, I'll tell you on Friday.",
        "I would send it if they asked.",
        "They promised to pay by Friday.",
        "The will of the owner must be respected.",
    ],
)
def test_what_is_none_is_not_taken_for_one(sentence: str) -> None:
    assert found(f"She is keen. {sentence} The price is fine.") == []


@given(st.text())
def test_no_text_makes_it_fail_and_what_is_found_is_in_the_text(text: str) -> None:
    for one in find_commitments(text, SPOKEN_AT):
        assert one.sentence in " ".join(text.split())
        assert one.by is None or isinstance(one.by, date)
