"""What the rep has put right before is offered where the same words are heard again, and never put in by itself."""

import pytest

from memos.vocabulary import Mishearing
from review.suggestions import suggestions, with_suggestions

OKAFOR = Mishearing("ockover", "Okafor", 3)
XYLO = Mishearing("silo logic", "Xylologic", 2)


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("Daniel Ockover called.", "Daniel Okafor called."),
        ("“Ockover,” he said.", "“Okafor,” he said."),
        ("OCKOVER of Silo Logic.", "Okafor of Xylologic."),
        ("Ockover and Ockover's dog, Ockover!", "Okafor and Ockover's dog, Okafor!"),
    ],
)
def test_the_words_are_replaced_and_the_punctuation_stays(heard: str, meant: str) -> None:
    assert with_suggestions(heard, suggestions(heard, [OKAFOR, XYLO])) == meant


@pytest.mark.parametrize("heard", ["", "Daniel Okafor called.", "silo of logic", "The hockover."])
def test_where_nothing_was_misheard_nothing_is_offered(heard: str) -> None:
    assert suggestions(heard, [OKAFOR, XYLO]) == []


def test_of_two_that_overlap_the_more_frequent_one_is_offered() -> None:
    often, seldom = Mishearing("silo", "Zylo", 5), XYLO

    [offered] = suggestions("from Silo Logic today", [seldom, often])

    assert (offered.heard, offered.meant, offered.times) == ("Silo", "Zylo", 5)
