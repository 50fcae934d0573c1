"""What was promised besides calls: listed apart from them, ticked off and put off by its id, shown and exported."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cli import run
from talks import DANA, FIONA, now, talk

from memos.models import Commitment

Fill = Callable[..., None]

QUOTE, LIST, SAMPLE, PLAN = (
    "I'll send her the quote.",
    "I promised the price list.",
    "I'll mail a sample.",
    "I'll plan it.",
)


def in_days(sentence: str, days: int | None) -> Commitment:
    return Commitment(sentence, None if days is None else (now() + timedelta(days=days)).date())


@pytest.fixture
def promised(home: Path, fill: Fill) -> Path:
    """A home with two open calls, and four things that were promised besides."""
    besides = [in_days(QUOTE, -2), in_days(LIST, None), in_days(SAMPLE, 3), in_days(PLAN, 30)]
    fill(
        home,
        talk(9, DANA, "Dana wants a quote. Call her on Monday.", due_in=1, end="da7a", promised=besides),
        talk(8, FIONA, "Ring Fiona about the audit.", due_in=0, end="f10a"),
    )
    return home


def rows(home: Path, *which: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("due", *which, "--json", home=home).out or "[]")
    return [row for row in found if row["section"] == "promised"]


@pytest.mark.parametrize(
    ("which", "listed"),
    [
        ([], [QUOTE, SAMPLE, LIST]),
        (["--today"], [QUOTE]),
        (["--overdue"], [QUOTE]),
        (["--week"], [QUOTE, SAMPLE]),
        (["--buried"], []),
        (["--all"], [QUOTE, SAMPLE, PLAN, LIST]),
        (["--until", "tomorrow"], [QUOTE]),
    ],
)
def test_it_is_listed_apart_from_calls_by_its_day(promised: Path, which: list[str], listed: list[str]) -> None:
    assert [row["text"] for row in rows(promised, *which)] == listed


def test_every_row_of_the_list_has_the_same_fields(promised: Path) -> None:
    found = json.loads(run("due", "--all", "--json", home=promised).out)
    assert {row["section"] for row in found} == {"today", "week", "promised"}
    assert len({tuple(row) for row in found}) == 1


def test_the_list_says_how_late_it_is_whose_it_is_and_its_id(promised: Path) -> None:
    shown = run("due", home=promised).out
    assert "Promised besides calls" in shown
    line = next(line for line in shown.splitlines() if line.startswith("2 days late"))
    assert "Dana Whitfield (Brightwater)" in line
    assert line.endswith("da7a.1")
    assert "no day" in shown
    assert f"“{QUOTE}”" in shown


def test_more_than_the_limit_is_told(promised: Path) -> None:
    done = run("due", "--limit", "1", home=promised)
    assert QUOTE in done.out
    assert SAMPLE not in done.out
    assert "2 more promised: `aftercall due --all --limit 3`" in done.err


@pytest.mark.parametrize(("command", "state", "says"), [("done", "done", "Done"), ("cancel", "cancelled", "Cancelled")])
def test_it_is_closed_by_its_id_and_the_call_stays(promised: Path, command: str, state: str, says: str) -> None:
    done = run(command, "da7a.1", home=promised)

    assert (done.code, done.out) == (0, "")
    assert f"{says}: what you promised Dana Whitfield (Brightwater) by " in done.err
    assert [row["text"] for row in rows(promised)] == [SAMPLE, LIST]
    memo = json.loads(run("show", "da7a", "--json", home=promised).out)
    assert [one["state"] for one in memo["promised"]] == [state, "open", "open", "open"]
    assert memo["promised"][0]["closed_at"]
    calls = json.loads(run("due", "--json", home=promised).out)
    assert {row["id"][-4:] for row in calls} >= {"da7a", "f10a"}
    again = run(command, "da7a.1", home=promised)
    assert again.code == 1
    assert f"is {state} already" in again.err


@pytest.mark.parametrize("command", ["done", "cancel"])
def test_an_id_that_nothing_has_is_one_line(promised: Path, command: str) -> None:
    done = run(command, "da7a.7", home=promised)
    assert (done.code, len(done.err.splitlines())) == (3, 1)


def test_it_gets_another_day(promised: Path) -> None:
    done = run("snooze", "da7a.2", "in", "two", "days", home=promised)
    assert done.code == 0
    assert "Moved: what you promised Dana Whitfield (Brightwater) (" in done.err
    day = (now() + timedelta(days=2)).date().isoformat()
    assert [(row["text"], row["due"]) for row in rows(promised) if row["text"] == LIST] == [(LIST, day)]
    assert "Nothing changed" in run("snooze", "da7a.2", "in", "two", "days", home=promised).err


@pytest.mark.parametrize("words", [["da7a.1", "tomorrow", "at", "ten"], ["da7a.1", "tomorrow", "--agreed"]])
def test_it_has_a_day_and_nothing_else_of_a_call(promised: Path, words: list[str]) -> None:
    assert run("snooze", *words, home=promised).code == 2
    assert run("cancel", "da7a.1", "--reason", "no", home=promised).code == 2


def test_the_brief_says_what_became_of_it(promised: Path) -> None:
    run("done", "da7a.3", home=promised)
    shown = run("brief", "Dana", home=promised).out
    assert f"2 days late: “{QUOTE}”" in shown
    assert f"no day named: “{LIST}”" in shown
    told = json.loads(run("brief", "Dana", "--json", home=promised).out)["promised"]
    assert [(one["sentence"], one["state"], one["past"]) for one in told] == [
        (QUOTE, "open", True),
        (PLAN, "open", False),
        (LIST, "open", None),
        (SAMPLE, "done", False),
    ]


def test_the_memo_shows_it_with_its_state(promised: Path) -> None:
    run("done", "da7a.1", home=promised)
    shown = " ".join(run("show", "da7a", home=promised).out.split())
    assert f"done: “{QUOTE}”" in shown
    assert f"Promised, open: “{LIST}”" in shown
    [memo] = [memo for memo in json.loads(run("list", "--json", home=promised).out) if memo["id"].endswith("da7a")]
    assert [one["sentence"] for one in memo["promised"]] == [QUOTE, LIST, SAMPLE, PLAN]


def test_it_is_in_what_is_exported(promised: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    assert run("export", "--to", "json", str(file), home=promised).code == 0
    memos = json.loads(file.read_text("utf-8"))["memos"]
    assert [len(memo["promised"]) for memo in memos] == [4, 0]


def test_it_goes_with_the_memo(promised: Path) -> None:
    assert run("move", "da7a", "Fiona", home=promised).code == 0
    assert {row["contact"]["name"] for row in rows(promised)} == {"Fiona Campbell"}
    assert run("delete", "da7a", "--yes", home=promised).code == 0
    assert rows(promised, "--all") == []
