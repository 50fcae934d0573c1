"""What is shown cannot act upon the terminal, nor make one line look like another."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ground.printable import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Dana Whitfield, Zürich – 東京", "Dana Whitfield, Zürich – 東京"),
        ("\x1b[2J\x1b[31mred\x07", "[2J[31mred"),
        ("\x9b31mred", "31mred"),
        ("pay \u202e000,1\u202c now", "pay 000,1 now"),
        ("a\u2066b\u2069c\u200ed\u061ce", "abcde"),
        ("one\ntwo\r\nthree\tfour\u2028five", "one two  three four five"),
        ("👩\u200d💻 and 🇩🇪", "👩\u200d💻 and 🇩🇪"),
        ("café", "café"),
        ("cafe\u0301 ❤️", "cafe\u0301 ❤️"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("🏳️\u200d🌈 1\ufe0f\u20e3 ✔\ufe0e", "🏳️\u200d🌈 1\ufe0f\u20e3 ✔\ufe0e"),
        ("na\u200cme, a\u200d\u200c\u200db", "name, ab"),
        ("pay\u200b \u2060now\u00ad", "pay now"),
        ("ok" + "".join(chr(0xE0000 + ord(letter)) for letter in "pay 90"), "ok"),
        ("ok" + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))), "ok"),
        ("👍" + "\ufe0f" * 9 + "\u200d" * 9, "👍\ufe0f"),
        ("a\u3164\u115f\u034f\u180eb", "ab"),
        ("a\u2800b", "a b"),
        ("\ud800lone", "lone"),
        ("\ue000\U0010ffff", ""),
        ("\ufeffmark", "mark"),
        ("", ""),
    ],
)
def test_what_could_act_is_left_out_and_the_rest_stays(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(alphabet=st.characters()))
def test_nothing_is_left_that_a_terminal_acts_upon(text: str) -> None:
    shown = printable(text)

    assert all(c in "\u200c\u200d" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"} for c in shown)
    assert printable(shown) == shown
    assert len(shown.splitlines()) <= 1
    shown.encode()
