"""``aftercall when --explain``: each date, what it means, and why it is the next call or not."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cli import run

from memos.call_readings import CallReading, OfferedCall
from memos.models import ConfirmedMemo

SPOKEN = ("--spoken-at", "2026-11-18T16:40:00+00:00")
MEMO = "The contract ends on March 31st. We spoke last Monday. I'll call him early next week. Two o'clock."


def test_each_date_is_explained_below_the_next_call(home: Path) -> None:
    done = run("when", "--explain", MEMO, *SPOKEN, home=home)

    assert done.code == 0
    assert done.out.splitlines() == [
        "Monday 23 November 2026, 14:00, in 5 days, heard: “early next week … Two o'clock” (ambiguous)",
        "  said loosely: any day from Monday 23 November to Friday 27 November",
        "“March 31st”: Wednesday 31 March 2027, in 133 days",
        "    not it: it dates something else",
        "    second reader: 0%",
        "“last Monday”: Monday 16 November 2026, 2 days ago",
        "    not it: that talk is over",
        "“early next week”: Monday 23 November 2026, 14:00, in 5 days (ambiguous)",
        "    the next call: a talk is set for it",
        "    second reader: 100%, for it: an hour after it, in the next; read as the story goes; "
        "its clause: a talk to come",
        "    right as it stands: 94%, for it: day and hour: at least 99 % probable; a talk is named with it; "
        "the memo as a whole: more than 99 % probable, against it: said loosely; "
        "the day: at least 99 % probable; a talk in its clause",
        "“Two o'clock”: 14:00",
        "    the next call: it gives the next call its time",
    ]


def test_json_lists_the_dates_beside_the_next_call(home: Path) -> None:
    done = run("when", "--explain", "--json", MEMO, *SPOKEN, home=home)

    row = json.loads(done.out)
    assert (row["date"], row["time"]) == ("2026-11-23", "14:00")
    assert [date["chosen"] for date in row["dates"]] == [False, False, True, False]
    for date in row["dates"]:
        assert MEMO[date["start"] : date["end"]] == date["heard"]
        assert date["reason"]
    assert ["probability" in date for date in row["dates"]] == [True, False, True, False]
    assert row["dates"][2]["probability"] > 0.9
    assert "an hour after it, in the next" in row["dates"][2]["weighed"]
    assert ["right" in date for date in row["dates"]] == [False, False, True, False]
    assert row["dates"][2]["right"] > 0.9
    assert 1 <= len(row["dates"][2]["for"]) <= 3
    assert len(row["dates"][2]["against"]) <= 3
    assert row["dates"][2]["window"] == {"start": "2026-11-23", "end": "2026-11-27"}


def test_dates_are_explained_where_none_is_the_next_call(home: Path) -> None:
    done = run("when", "--explain", "The delivery comes tomorrow.", *SPOKEN, home=home)

    assert done.code == 3
    assert done.out.splitlines() == [
        "“tomorrow”: Thursday 19 November 2026, tomorrow",
        "    not it: it dates something else",
        "    second reader: 0%",
    ]


def test_what_could_move_the_cursor_is_not_printed(home: Path) -> None:
    done = run("when", "--explain", "Call\x1b[2J him tomorrow \u202eat 3", *SPOKEN, home=home)

    assert "\x1b" not in done.out
    assert "\u202e" not in done.out


@pytest.fixture
def scored(home: Path, fill: Callable[..., None], make_memo: Callable[..., ConfirmedMemo]) -> Path:
    """A home with a memo of which the first of two readings was taken, and one of before."""
    offered = (
        OfferedCall(dt.date(2026, 12, 1), None, "zebra Tuesday"),
        OfferedCall(dt.date(2026, 12, 4), None, "Friday"),
    )
    fill(home, replace(make_memo(1), call_reading=CallReading(offered, chosen=1)), make_memo(2))
    return home


def test_the_score_is_told_over_the_memos_that_say_what_was_offered(scored: Path) -> None:
    done = run("when", "--score", home=scored)

    assert done.code == 0
    assert done.out.splitlines()[:2] == ["Over one memo:", "      1 100.0%  the first reading was right"]
    row = json.loads(run("when", "--score", "--json", home=scored).out)
    assert (row["memos"], row["first"], row["doubtful"], row["declined"]) == (1, 1, 0, 0)


def test_the_score_takes_no_text_and_a_reading_takes_one(scored: Path) -> None:
    assert run("when", "--score", "call her Tuesday", home=scored).code == 2
    assert run("when", home=scored).code == 2
    assert run("when", "--score", home=scored.parent / "nowhere").code == 3


@pytest.mark.parametrize("form", [["--to", "json"], ["--to", "csv", "-"]])
def test_what_was_offered_is_never_exported(scored: Path, form: list[str]) -> None:
    done = run("export", *form, home=scored)

    assert done.code == 0, done.err
    assert "zebra" not in done.out
