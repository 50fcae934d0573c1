"""Promised calls are ticked off, put off and cancelled at the command line, and said to be."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cli import run
from talks import DANA, FIONA, GORDON, now, talk

from memos.models import ContactRef

Fill = Callable[..., None]


@pytest.fixture
def calls(home: Path, fill: Fill) -> Path:
    """A home with three open calls and a contact without a next step."""
    fill(
        home,
        talk(30, DANA, "Call Dana on Monday about the quote.", due_in=-2, end="da7a"),
        talk(20, FIONA, "Ring Fiona on Monday about the audit.", due_in=0, end="f10a"),
        talk(15, ContactRef("Ada Lee", "Acme"), "Call Ada on Monday about the van.", due_in=3, end="0ada"),
        talk(10, GORDON, "They signed with another supplier.", end="9043"),
    )
    return home


def rows(home: Path) -> dict[str, Any]:
    """The open calls by the end of their id."""
    done = run("due", "--all", "--json", home=home)
    return {row["id"][-4:]: row for row in json.loads(done.out or "[]") if row["due"]}


@pytest.mark.parametrize("words", ["da7a", "DA7A", "Dana", "dana whitfield", "Dana Whitfeld", "Whitfield, Brightwater"])
def test_a_call_is_named_by_a_piece_of_its_id_or_by_who_it_is_with(calls: Path, words: str) -> None:
    done = run("done", *words.split(), home=calls)

    assert (done.code, done.out) == (0, "")
    assert "Done: the call with Dana Whitfield (Brightwater), due " in done.err
    assert "has no next step now, and comes up as buried in 90 days" in done.err
    assert rows(calls).keys() == {"f10a", "0ada"}


def test_a_near_miss_is_told(calls: Path) -> None:
    done = run("done", "Dana Whitfeld", home=calls)

    assert done.lines[0] == "Nobody is called 'Dana Whitfeld'; the nearest is Dana Whitfield (Brightwater)."


def test_what_fits_more_than_one_call_changes_nothing_and_names_them(calls: Path, fill: Fill) -> None:
    fill(calls, talk(5, ContactRef("Dana Lee", "Acme"), "Call Dana on Monday.", due_in=1, end="0001"))

    for command in (["done", "Dana"], ["cancel", "Dana"], ["snooze", "Dana", "tomorrow"]):
        done = run(*command, home=calls)
        assert (done.code, len(done.lines)) == (2, 1)
        assert "Dana Lee (Acme)" in done.err
        assert "Dana Whitfield (Brightwater)" in done.err
    assert len(rows(calls)) == 4
    assert run("done", "Dana, Acme", home=calls).code == 0


def test_a_name_that_may_also_be_the_end_of_an_id_is_not_guessed(calls: Path, fill: Fill) -> None:
    fill(calls, talk(5, ContactRef("Ben Stone", "Acme"), "Call Ben on Monday.", due_in=1, end="cada"))

    done = run("done", "ada", home=calls)

    assert done.code == 2
    assert "Ben Stone" in done.err
    assert "Ada Lee" in done.err


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["done", "Nobody Atall"], "no contact is called so"),
        (["done", "ffff"], "No promised call has an id like 'ffff'"),
        (["done", "Gordon"], "No call with Gordon Ellis (Mapleton Printing) is open"),
        (["cancel", "9043"], "No promised call has an id like '9043'"),
        (["snooze", "Gordon", "tomorrow"], "No call with Gordon Ellis"),
        (["cancel", "Nobody Atall", "--for-good"], "no contact is called 'Nobody Atall'"),
        (["brief", "Nobody Atall"], "no contact is called 'Nobody Atall'"),
        (["brief", "ffff0"], "no contact is called 'ffff0'"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(calls: Path, command: list[str], says: str) -> None:
    done = run(*command, home=calls)

    assert (done.code, done.out, len(done.lines)) == (3, "", 1)
    assert says in done.err


def test_a_call_is_closed_only_once(calls: Path) -> None:
    assert run("done", "da7a", home=calls).code == 0

    again = run("cancel", "da7a", home=calls)

    assert (again.code, len(again.lines)) == (1, 1)
    assert "is done already, nothing was changed; open it again with: aftercall snooze" in again.err


def test_a_call_is_put_off_in_words_and_due_says_how_often_and_since_when(calls: Path) -> None:
    first = run("snooze", "da7a", "tomorrow", "at", "ten", home=calls)
    second = run("snooze", "Dana", "in", "3", "days", home=calls)

    tomorrow = (now() + timedelta(days=1)).date()
    assert first.code == second.code == 0
    assert f"to {tomorrow:%A} {tomorrow.day} {tomorrow:%B} {tomorrow.year}, 10:00, tomorrow." in first.err
    today = now().date()
    assert f"It was put off twice since {today:%a} {today.day} {today:%b}." in second.err
    row = rows(calls)["da7a"]
    assert row["due"] == (now() + timedelta(days=3)).date().isoformat()
    assert (row["time"], row["times_put_off"], row["days_late"]) == (None, 2, 0)
    assert row["agreed_for"] == (now() - timedelta(days=2)).date().isoformat()
    assert row["opening"]["days_late"] == 5
    shown = run("due", home=calls).out
    assert f"put off twice since {today:%a} {today.day} {today:%b}" in shown


def test_each_change_raises_the_sequence_of_the_calendar_and_is_kept(calls: Path) -> None:
    for command in (
        ["snooze", "da7a", "tomorrow"],
        ["cancel", "da7a", "--reason", "moved away"],
        ["snooze", "da7a", "in 5 days"],
    ):
        assert run(*command, home=calls).code == 0
    assert run("snooze", "da7a", "in 5 days", home=calls).lines[0].startswith("Nothing changed: ")

    with closing(sqlite3.connect(calls / "memos.db")) as conn:
        [(sequence, state)] = conn.execute("SELECT sequence, state FROM followups WHERE memo_id LIKE '%da7a'")
        events = conn.execute(
            "SELECT what, reason FROM followup_events JOIN followups ON followups.id = followup_id"
            " WHERE followups.memo_id LIKE '%da7a' ORDER BY followup_events.id"
        ).fetchall()
    assert (sequence, state) == (3, "open")
    assert events == [("opened", None), ("put_off", None), ("cancelled", "moved away"), ("reopened", None)]


def test_a_day_agreed_with_them_is_no_putting_off(calls: Path) -> None:
    assert run("snooze", "da7a", "in 3 days", "--agreed", home=calls).code == 0

    row = rows(calls)["da7a"]
    assert (row["times_put_off"], row["agreed_for"], row["opening"]["kind"]) == (0, row["due"], "as_agreed")


@pytest.mark.parametrize(
    "when", ["yesterday", "2026-01-05", "last Friday", "whenever", "in the spring", "tomorrow at 25:00"]
)
def test_a_day_that_is_past_or_not_understood_changes_nothing(calls: Path, when: str) -> None:
    before = rows(calls)

    done = run("snooze", "da7a", when, home=calls)

    assert (done.code, done.out, len(done.lines)) == (2, "", 1)
    assert "nothing was changed" in done.err
    assert rows(calls) == before


def test_what_was_read_with_doubt_is_said(calls: Path) -> None:
    done = run("snooze", "da7a", "at", "9", home=calls)

    assert done.code == 0
    assert "no day was said" in done.err
    assert "or did you mean " in done.err


def test_the_brief_says_why_a_call_was_cancelled(calls: Path) -> None:
    assert run("cancel", "Dana", "--reason", "no money this year", home=calls).code == 0

    [line] = [line for line in run("brief", "Dana", home=calls).out.splitlines() if line.startswith("Agreed")]
    assert "no next step; the call was cancelled on " in line
    assert line.endswith(": no money this year")


def test_a_contact_is_let_rest_for_good_whether_a_call_is_open_or_not(calls: Path) -> None:
    dana = run("cancel", "Dana", "--for-good", "--reason", "retired", home=calls)
    gordon = run("cancel", "Gordon Ellis", "--for-good", home=calls)

    assert dana.code == gordon.code == 0
    assert dana.lines[0].startswith("Cancelled: the call with Dana Whitfield")
    assert dana.lines[1] == "Dana Whitfield (Brightwater) will not come up again, until you speak with them."
    assert gordon.lines == ["Gordon Ellis (Mapleton Printing) will not come up again, until you speak with them."]
    assert rows(calls).keys() == {"f10a", "0ada"}
    assert run("due", "--buried", home=calls, AFTERCALL_BURIED_AFTER="5").code == 3
    assert "at rest since" in run("brief", "Gordon", home=calls).out


def test_the_next_memo_about_the_contact_ticks_the_call_off(calls: Path, fill: Fill) -> None:
    fill(calls, talk(0.01, DANA, "Spoke to Dana. Call her on Monday.", due_in=6, end="0002"))

    assert rows(calls).keys() == {"0002", "f10a", "0ada"}


def test_hostile_words_stay_words(calls: Path) -> None:
    assert run("cancel", "Dana", "--reason", "\x1b[2J\u202e =1+1", home=calls).code == 0
    assert run("brief", "Ada", "--set", "role=\x1b[2Jboss\u202e", home=calls).code == 0

    for words in ("Dana", "Ada"):
        assert not set(run("brief", words, home=calls).out) & set("\x1b\u202e")
