"""The classes of words that what became of a call is read from."""

from collections import Counter

from review.outcome_classes import CALLS, CLASSES, WHO


def test_no_word_is_in_two_classes() -> None:
    counts = Counter(word for words in CLASSES.values() for word in words.split())
    assert [word for word, count in counts.items() if count > 1] == []


def test_the_classes_that_are_counted_as_one_are_there() -> None:
    assert {*CALLS, *WHO} <= set(CLASSES)
