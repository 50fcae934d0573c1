"""Text is cut, wrapped and put into columns by the cells it takes on a terminal."""

import io
import os
import struct
import sys
import termios
import unicodedata
from fcntl import ioctl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from aftercall.terminal.layout import columns, cut, padded, told, wrapped

ROOM = st.integers(2, 60)
TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("ab 東京é🎉\u202e\x1b\n")))


@given(TEXT, ROOM)
def test_what_is_cut_fits_and_moves_no_cursor(text: str, room: int) -> None:
    found = cut(text, room)

    assert cell_len(found) <= room
    assert all(c in "\u200c\u200d" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"} for c in found)
    assert found.endswith("…") or cell_len(found) == cell_len(cut(text, 10_000))


@given(TEXT, ROOM)
def test_what_is_padded_takes_its_room_exactly(text: str, room: int) -> None:
    assert cell_len(padded(text, room)) == room


@given(TEXT, ROOM)
def test_wrapping_loses_nothing_and_no_line_is_too_wide(text: str, room: int) -> None:
    lines = wrapped(text, room)

    assert all(cell_len(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(cut(text, 10_000).split())


@given(TEXT, ROOM, st.integers(1, 4))
def test_with_a_limit_the_last_line_says_that_there_is_more(text: str, room: int, most: int) -> None:
    whole, lines = wrapped(text, room), wrapped(text, room, most)

    assert len(lines) <= most
    assert all(cell_len(line) <= room for line in lines)
    if len(whole) > most:
        assert lines[-1].endswith("…")


def test_words_are_kept_whole_where_they_can_be() -> None:
    assert wrapped("She wants the quote by Friday", 12) == ["She wants", "the quote by", "Friday"]
    assert wrapped("She wants the quote by Friday", 12, 2) == ["She wants", "the quote b…"]
    assert wrapped("", 12) == []


def test_one_column_gives_way_and_the_others_stay_whole() -> None:
    rows = [
        ["12 days late", "Dana Whitfield (Brightwater)", "7f3a"],
        ["1 day late", "東京電力", "20261121-164005-7f3a"],
    ]

    assert columns(rows, 60, 1) == [
        "12 days late  Dana Whitfield (Brightw…  7f3a",
        "1 day late    東京電力                  20261121-164005-7f3a",
    ]
    assert columns(rows, 200, 1)[0] == "12 days late  Dana Whitfield (Brightwater)  7f3a"
    assert columns([], 60, 0) == []


@given(st.lists(st.lists(TEXT, min_size=3, max_size=3), max_size=5), st.integers(40, 200))
def test_no_row_is_wider_than_the_terminal(rows: list[list[str]], room: int) -> None:
    assert all(cell_len(line) <= room for line in columns(rows, room, 1))


@pytest.mark.parametrize("room", [20, 40, 60, 80, 0])
def test_what_is_told_at_a_terminal_is_broken_between_words_and_never_in_an_id(
    room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = "2 memos wait to be read, the first of them is 20261121-164005-7f3a and the other 20261121-164011-0b1c"
    ours, theirs = os.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, room, 0, 0))
    with os.fdopen(ours, "rb"), os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        lines = told(line).splitlines()
    monkeypatch.undo()

    assert " ".join(lines) == line
    assert room == 0 or all(len(one) <= room for one in lines)
    assert "20261121-164005-7f3a" in {word for one in lines for word in one.split()}


def test_what_is_told_where_no_terminal_is_stays_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert told("word " * 100) == "word " * 100


def test_a_list_of_calls_keeps_the_ids_at_the_end_of_its_lines_on_a_phone() -> None:
    rows = [["3 days late", "Tue 17 Nov", "Dana Whitfield (Brightwater)", "7f3a"]]

    [line] = columns(rows, 40, 2)

    assert line.endswith("7f3a")
    assert cell_len(line) <= 40
