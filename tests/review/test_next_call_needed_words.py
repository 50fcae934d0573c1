"""Each word of the next call's lists has a text that is read otherwise without it."""

from next_call_words import examples, needs, words

WORDS = {word.key: word for word in words()}


def test_a_word_stands_in_a_list_once() -> None:
    keys = [word.key for word in words()]
    assert sorted(key for key in set(keys) if keys.count(key) > 1 and key not in PHRASAL) == []


# The second word of a talk said in two, of several first words.
PHRASAL = {("verbs.PHRASAL", "back"), ("verbs.PHRASAL", "on")}


def test_every_word_has_an_example() -> None:
    shown = examples().keys()
    assert sorted(WORDS.keys() - shown) == [], "a new word comes with a text that needs it: words.tsv"
    assert sorted(shown - WORDS.keys()) == [], "no list has these words any more"


def test_the_example_of_a_word_is_read_otherwise_without_it() -> None:
    assert [key for key, text in examples().items() if not needs(text, WORDS[key])] == []
