"""Data comes out as tables, JSON, CSV or ids, and harms neither a terminal nor a spreadsheet."""

import csv
import io
import json
import unicodedata
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from cli import run
from hypothesis import given
from hypothesis import strategies as st

from aftercall.terminal.output import write_rows
from memos.models import Commitment, ConfirmedMemo, ContactRef, Promise

ROWS: list[dict[str, Any]] = [
    {"id": "a", "text": "one, “two”", "contact": {"name": "Zoë"}, "marks": [[0, 3]], "none": None},
    {"id": "b", "text": "=1+1", "contact": None, "marks": [], "none": None},
]


def no_table(rows: object) -> None:
    raise AssertionError("a table was not asked for")


def test_json_is_one_array(capsys: pytest.CaptureFixture[str]) -> None:
    write_rows(ROWS, "json", no_table)

    assert json.loads(capsys.readouterr().out) == ROWS


def test_nl_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    write_rows(ROWS, "nl", no_table)

    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == ROWS


def test_ids_are_one_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    write_rows(ROWS, "ids", no_table)

    assert capsys.readouterr().out == "a\nb\n"


def test_csv_has_a_header_and_json_where_a_cell_holds_more_than_one_value(capsys: pytest.CaptureFixture[str]) -> None:
    write_rows(ROWS, "csv", no_table)

    assert list(csv.reader(io.StringIO(capsys.readouterr().out))) == [
        ["id", "text", "contact", "marks", "none"],
        ["a", "one, “two”", '{"name": "Zoë"}', "[[0, 3]]", ""],
        ["b", "'=1+1", "", "[]", ""],
    ]


@pytest.mark.parametrize(("form", "out"), [("json", "[]\n"), ("nl", ""), ("csv", ""), ("ids", "")])
def test_nothing_is_nothing_in_every_form(capsys: pytest.CaptureFixture[str], form: str, out: str) -> None:
    write_rows([], form, no_table)

    assert capsys.readouterr().out == out


def test_without_a_form_it_is_a_table() -> None:
    seen = []
    write_rows(ROWS, None, seen.append)

    assert seen == [ROWS]


def cells(value: object) -> list[str]:
    """What a CSV reader makes of a row with that value."""
    out = io.BytesIO()
    with redirect_stdout(io.TextIOWrapper(out, "utf-8", write_through=True)):
        write_rows([{"id": value, "second": value}], "csv", no_table)
        written = out.getvalue().decode()
    return list(csv.reader(io.StringIO(written, newline="")))[1]


@given(st.one_of(st.text(alphabet=st.characters()), st.from_regex(r"[=+\-@\t\r\x00\u202e\n ]{1,3}.*"), st.integers()))
def test_no_cell_is_a_formula_and_none_moves_a_cursor(value: str | int) -> None:
    for cell in cells(value):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert all(c in "\u200c\u200d" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"} for c in cell)


HOSTILE = "=cmd|' /C calc'!A0 \x1b]0;title\x07\x1b[2J\u202eevil\u202c [red]x[/red] :smile: [/]"


@pytest.fixture
def hostile(home: Path, fill: Callable[..., None], make_memo: Callable[..., ConfirmedMemo]) -> Path:
    """A home with a memo whose every text is hostile."""
    promise = make_memo(0).next_call
    assert promise is not None
    fill(
        home,
        make_memo(
            0,
            text=HOSTILE,
            heard=HOSTILE,
            source=HOSTILE,
            confirmed_by=HOSTILE,
            contact=ContactRef(HOSTILE, HOSTILE),
            next_call=Promise(promise.date, promise.time, None, HOSTILE),
            commitments=(Commitment(HOSTILE, None),),
        ),
    )
    return home


@pytest.mark.parametrize(
    "command",
    [["list"], ["search", "evil"], ["due", "--all"], ["brief", "0000"], ["show", "0000"], ["show", "0000", "--heard"]],
)
def test_hostile_words_are_shown_as_words(hostile: Path, command: list[str]) -> None:
    done = run(*command, home=hostile)

    assert done.code == 0
    assert done.err == ""
    assert not set(done.out) & set("\x1b\x07\u202e\u202c\r")
    if command[0] != "list":  # which cuts off what is long
        joined = " ".join(done.out.split())
        assert "[red]x[/red] :smile: [/]" in joined


@pytest.mark.parametrize("command", [["list"], ["search", "evil"], ["due", "--all"]])
def test_hostile_words_are_no_formula(hostile: Path, command: list[str]) -> None:
    out = run(*command, "--csv", home=hostile).out

    assert not set(out) & set("\x1b\x07\u202e\u202c")
    for cell in [cell for row in csv.reader(io.StringIO(out)) for cell in row]:
        assert not cell.startswith(("=", "+", "-", "@"))


def test_json_holds_the_words_as_they_are(hostile: Path) -> None:
    [row] = json.loads(run("list", "--json", home=hostile).out)

    assert row["text"] == HOSTILE
