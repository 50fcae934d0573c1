"""The brief: one screen, read before dialling, with questions that can be answered at once."""

import json
import sqlite3
import tempfile
import unicodedata
from collections.abc import Callable
from contextlib import closing
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from cli import Terminal, plain, run
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from talks import DANA, FIONA, GORDON, now, talk

from aftercall.desk.brief import BriefSettings, brief_as_of, number_of
from aftercall.desk.settings import Settings
from aftercall.terminal.brief_screen import screen
from memos.models import Commitment, ContactRef
from memos.store import Store

Fill = Callable[..., None]

TOPICS = ["role", "decision_maker", "budget", "supplier", "renewal", "business"]


def undertook(sentence: str, in_days: int) -> Commitment:
    return Commitment(sentence, (now() + timedelta(days=in_days)).date())


@pytest.fixture
def book(home: Path, fill: Fill) -> Path:
    """A home with three memos about Dana, and one each about others."""
    fill(
        home,
        talk(
            40,
            DANA,
            "That was Dana Whitfield at Brightwater. They run forty trucks, and they're tired of filling in fuel "
            "reports by hand. I'm calling her again in two weeks.",
            due_in=-26,
            end="0001",
        ),
        talk(
            26,
            DANA,
            "Spoke to Dana again. She liked the demo and wants her operations manager to see it. I'll send her the "
            "two-page summary tomorrow. I'm calling her on Tuesday at ten.",
            due_in=-19,
            end="0002",
            promised=[undertook("I'll send her the two-page summary tomorrow.", -25)],
        ),
        talk(
            19,
            DANA,
            "Dana's manager has seen it. The price per truck worries him, and their contract with Shell runs out in "
            "March. I promised to send the quote in ten days. We agreed to talk about the quote on Monday at half past "
            "two.",
            due_in=-12,
            heard="on Monday at half past two",
            at=time(14, 30),
            end="0003",
            promised=[undertook("I promised to send the quote in ten days.", -9)],
        ),
        talk(
            5,
            FIONA,
            "She'd like a revised quote. I'll mail it in thirty days. Call her on Monday.",
            due_in=3,
            end="0004",
            promised=[undertook("I'll mail it in thirty days.", 25)],
        ),
        talk(120, GORDON, "They signed with another supplier last month.", end="0005"),
    )
    return home


def brief(home: Path, *words: str) -> dict[str, Any]:
    done = run("brief", *words, "--json", home=home)
    assert done.code == 0
    found: dict[str, Any] = json.loads(done.out)
    return found


def readings(home: Path) -> int:
    with closing(sqlite3.connect(home / "memos.db")) as conn:
        return int(conn.execute("SELECT count(*) FROM brief_readings").fetchone()[0])


def at_terminal(home: Path, columns: int, *arguments: str) -> Terminal:
    terminal = Terminal("brief", *arguments, home=home)
    terminal.child.setwinsize(24, columns)
    return terminal


def test_the_data_hold_all_that_the_screen_says(book: Path) -> None:
    row = brief(book, "Dana")

    assert row["contact"]["name"] == "Dana Whitfield"
    assert row["number"] == {
        "e164": "+15125550143",
        "national": "(512) 555-0143",
        "region": "US",
        "dial": "1 (512) 555-0143",
        "wrong_since": None,
    }
    assert (row["days_since_talk"], row["memo_count"]) == (19, 3)
    assert (row["next_call"]["time"], row["next_call"]["agreed"]) == ("14:30", "on Monday at half past two")
    assert [memo["id"][-4:] for memo in row["memos"]] == ["0003", "0002", "0001"]
    assert [(found["sentence"], found["past"]) for found in row["promised"]] == [
        ("I'll send her the two-page summary tomorrow.", True),
        ("I promised to send the quote in ten days.", True),
    ]
    assert row["opening"]["kind"] == "late"
    assert row["opening"]["words"] == (
        "Hello Dana, I am sorry that I call later than I said. It was about the quote. Where do you stand now?"
    )
    assert (row["known"], list(row["unknown"])) == ({}, TOPICS)
    assert row["read_at"] is None


def test_a_promise_whose_day_is_to_come_is_not_past(book: Path) -> None:
    [promised] = brief(book, "Fiona")["promised"]

    assert promised["past"] is False


def test_a_contact_without_a_next_step_says_why_and_how_to_begin_after_so_long(book: Path) -> None:
    row = brief(book, "Gordon")
    shown = " ".join(run("brief", "Gordon", home=book).out.split())

    assert (row["next_call"], row["opening"]["kind"]) == (None, "long")
    assert "Agreed no next step: they bought elsewhere" in shown


def test_a_contact_is_found_by_the_id_that_due_shows_that_of_an_open_call_first(book: Path, fill: Fill) -> None:
    fill(book, talk(60, FIONA, "An older memo.", end="0003"))

    assert brief(book, "0003")["contact"]["name"] == "Dana Whitfield"
    assert brief(book, "0005")["contact"]["name"] == "Gordon Ellis"


def test_a_memo_about_nobody_has_no_brief(book: Path, fill: Fill) -> None:
    fill(book, talk(2, None, "Somebody rang.", end="0077"))

    done = run("brief", "0077", home=book)

    assert (done.code, done.lines) == (3, ["No contact is named in the memo 0077."])


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("who", ["Dana", "Fiona", "Gordon"])
def test_it_fits_a_screen_of_24_lines_with_its_prompt(book: Path, columns: int, who: str) -> None:
    with at_terminal(book, columns, who) as terminal:
        terminal.see(r"1/6 \(Enter skips\)")
        lines = terminal.rest.splitlines()

    assert len(lines) <= 24
    assert max(cell_len(line) for line in lines) <= columns
    text = " ".join(" ".join(lines).split())
    for words in ("last talk", "Agreed", "Ask", "Memos", "Begin", "What do you look after at"):
        assert words in text


def test_the_screen_says_who_when_what_and_how(book: Path) -> None:
    shown = " ".join(run("brief", "Dana", home=book).out.split())

    for words in (
        "Dana Whitfield (Brightwater)",
        "(512) 555-0143 · dial +15125550143 · dana@brightwater.example",
        "last talk 19 days ago",
        "3 memos · brief never read",
        "14:30, 12 days late, from “on Monday at half past two”",
        ", 9 days late: “I promised to send the quote in ten days.”, said ",
        "Who else has a say in the decision?",
        "The price per truck worries him",
        "say sorry once, give no reasons, ask where they stand: “Hello Dana, I am sorry",
    ):
        assert words in shown, words


def test_shown_at_a_terminal_it_counts_as_read_and_through_a_pipe_not(book: Path) -> None:
    assert run("brief", "Dana", home=book).code == 0
    assert run("brief", "Dana", "--json", home=book).code == 0
    assert run("brief", "Dana", "--set", "role=buyer", home=book).code == 0
    assert readings(book) == 0
    with at_terminal(book, 80, "Dana", "--no-ask") as terminal:
        assert terminal.end() == 0
    assert readings(book) == 1
    today = now().date()
    assert f"brief read {today:%a} {today.day} {today:%b}" in run("brief", "Dana", home=book).out


def test_each_question_is_answered_or_skipped_on_one_line_below_the_brief(book: Path) -> None:
    with at_terminal(book, 60, "Dana") as terminal:
        for number, answer in enumerate(["head of purchasing", "", "  40k \x1b", "", "", "haulage"], start=1):
            terminal.see(rf"{number}/6 \(Enter skips\)")
            terminal.child.send(f"{answer}\r")
            if answer:
                terminal.see("y yes")
                terminal.type("y")
        assert terminal.end() == 0

    row = brief(book, "Dana")
    assert {topic: fact["answer"] for topic, fact in row["known"].items()} == {
        "role": "head of purchasing",
        "budget": "40k",
        "business": "haulage",
    }
    assert list(row["unknown"]) == ["decision_maker", "supplier", "renewal"]
    shown = run("brief", "Dana", home=book).out
    assert shown.splitlines()[0] == "Dana Whitfield (Brightwater) · head of purchasing"
    assert "budget: 40k" in shown
    assert "What budget" not in shown


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_leaving_the_questions_keeps_what_was_answered(book: Path, key: str) -> None:
    with at_terminal(book, 80, "Dana") as terminal:
        terminal.see("1/6")
        terminal.child.send("buyer\r")
        terminal.see("role: buyer.*y yes")
        terminal.type("Y")
        terminal.see("2/6")
        terminal.child.send(key)
        assert terminal.end() == 0

    assert list(brief(book, "Dana")["known"]) == ["role"]
    assert readings(book) == 1


@pytest.mark.parametrize("next_command", ["aftercall due", "yarn build", "ls"])
def test_the_next_command_of_the_shell_typed_at_a_question_is_no_answer(book: Path, next_command: str) -> None:
    with at_terminal(book, 80, "Dana") as terminal:
        terminal.see("1/6")
        for _ in range(2):
            terminal.child.send(f"{next_command}\r")
            terminal.see("y yes")
            terminal.type(next_command)
            terminal.see("1/6")
        terminal.child.send("q\r")
        assert terminal.end() == 0

    assert brief(book, "Dana")["known"] == {}


def test_nothing_is_asked_where_all_is_known(book: Path) -> None:
    settings = [part for topic in TOPICS for part in ("--set", f"{topic}=known")]
    assert run("brief", "Dana", *settings, home=book).code == 0
    with at_terminal(book, 80, "Dana") as terminal:
        assert terminal.end() == 0
        assert "Ask" not in plain(terminal.child.before)


def test_answers_are_set_and_withdrawn_in_scripts(book: Path) -> None:
    done = run("brief", "Dana", "--set", "Decision-Maker=her boss", "--set", "budget=40k = much", home=book)

    assert (done.code, done.out) == (0, "")
    assert done.lines == [
        "Dana Whitfield (Brightwater): decision maker is her boss.",
        "Dana Whitfield (Brightwater): budget is 40k = much.",
    ]
    assert run("brief", "Dana", "--set", "budget=", home=book).lines == [
        "Dana Whitfield (Brightwater): budget is not known any more."
    ]
    assert list(brief(book, "Dana")["known"]) == ["decision_maker"]


@pytest.mark.parametrize("wrong", ["shoes=44", "budget", "=40k"])
def test_a_topic_that_there_is_not_is_wrong_usage(book: Path, wrong: str) -> None:
    done = run("brief", "Dana", "--set", wrong, home=book)

    assert (done.code, done.out) == (2, "")
    assert "role, decision_maker, budget, supplier, renewal, business" in " ".join(done.err.split())
    assert brief(book, "Dana")["known"] == {}


def test_a_contact_without_any_talk_has_a_brief_too(book: Path) -> None:
    with closing(sqlite3.connect(book / "memos.db")) as conn, conn:
        conn.execute("INSERT INTO contacts (name, phone) VALUES ('Nora Imported', 'ask at the desk')")

    shown = run("brief", "Nora", home=book)
    row = brief(book, "Nora")

    assert shown.out.splitlines()[:3] == [
        "Nora Imported",
        "ask at the desk · dial ask at the desk",
        "no talk yet · brief never read",
    ]
    assert (row["memos"], row["opening"], row["days_since_talk"], row["next_call"]) == ([], None, None, None)


@given(st.text(min_size=1).filter(str.strip), st.text(), st.text(), st.sampled_from([60, 80, 200]))
@hypothesis.settings(max_examples=50, deadline=None)
def test_whatever_is_stored_no_line_is_too_wide_and_none_moves_the_cursor(
    name: str, text: str, answer: str, room: int
) -> None:
    name, text, answer = (
        part.encode("utf-8", "replace").decode().replace("\0", "") or "x" for part in (name, text, answer)
    )
    memo = talk(3, ContactRef(f"x{name}", name), text, due_in=-50, heard=text)
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "memos.db") as store:
        store.confirm(memo)
        contact = store.contacts()[0].id
        store.calls.answer(contact, "role", answer)
        lines = screen(brief_as_of(store.calls.brief(contact), now(), BriefSettings.of(Settings())), room)

    for line in lines:
        assert cell_len(plain(line)) <= room
        assert not {unicodedata.category(c) for c in plain(line)} & {"Cc", "Cs"}


@pytest.mark.parametrize(
    ("phone", "country", "national", "region", "dial"),
    [
        ("+15125550143", "US", "(512) 555-0143", "US", "1 (512) 555-0143"),
        ("+442079460358", "US", "020 7946 0358", "GB", "011 44 20 7946 0358"),
        ("+442079460358", "GB", "020 7946 0358", "GB", "020 7946 0358"),
        ("+49301234567", "GB", "030 1234567", "DE", "00 49 30 1234567"),
        ("call the office", "US", "call the office", None, "call the office"),
    ],
)
def test_a_number_is_written_as_at_home_and_dialled_from_here(
    phone: str, country: str, national: str, region: str | None, dial: str
) -> None:
    found = number_of(phone, country)

    assert (found.e164, found.national, found.region, found.dial) == (phone, national, region, dial)


def test_a_number_abroad_says_where_it_is_and_both_ways_to_dial_it(book: Path) -> None:
    assert "020 7946 0358 in GB · dial +442079460358 or 011 44 20 7946 0358" in run("brief", "Fiona", home=book).out
