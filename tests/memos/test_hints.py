"""Whom a call was with, as it was said before the memo."""

from __future__ import annotations

import pytest

from memos.hints import Hint, parse


@pytest.mark.parametrize(
    ("text", "words", "number"),
    [
        (None, None, None),
        ("", None, None),
        ("Dana Whitfield", "Dana Whitfield", None),
        ("Dana Whitfield, Brightwater", "Dana Whitfield, Brightwater", None),
        ("+15125550143", None, "+15125550143"),
        ("+15125550143;ext=22", None, "+15125550143;ext=22"),
        ("203", None, "203"),
        ("Dana Whitfield, Brightwater, +15125550143", "Dana Whitfield, Brightwater", "+15125550143"),
        ("Dana, 3", "Dana, 3", None),
        ("Studio 54", "Studio 54", None),
    ],
)
def test_a_number_stands_last(text, words, number):
    assert parse(text) == Hint(words, number)


@pytest.mark.parametrize("hint", [Hint("Dana, Acme"), Hint(None, "+15125550143"), Hint("Dana", "+15125550143"), Hint()])
def test_what_is_written_is_read_back(hint):
    assert parse(str(hint)) == hint
