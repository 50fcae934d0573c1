"""The list of calls: what is in it, in which order, and how it looks."""

import json
import os
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pexpect
import pytest
from cli import AFTERCALL, environment, plain, run
from rich.cells import cell_len
from talks import DANA, FIONA, GORDON, now, talk

from aftercall.desk.due import DueSettings, Section, choose
from aftercall.desk.settings import Settings
from memos.models import ContactRef
from memos.store import Store

Fill = Callable[..., None]


def person(number: int) -> ContactRef:
    return ContactRef(f"{'ABCDEFGHIJKLMNOP'[number]}nna Number{number}", "Acme", f"+1512555{number:04}")


@pytest.fixture
def book(home: Path, fill: Fill) -> Path:
    """A home with a call of every kind."""
    fill(
        home,
        talk(900, person(0), "Call her about the roof.", due_in=-800, end="0000"),
        talk(40, person(1), "Call her about the pump.", due_in=-20, end="0001"),
        talk(9, person(2), "Call her about the van.", due_in=-3, end="0002"),
        talk(8, person(3), "Call her about the lift.", due_in=0, at=time(14, 30), end="0003"),
        talk(7, person(4), "Call her about the desk.", due_in=0, end="0004"),
        talk(7, person(5), "Call her about the lamp.", due_in=0, at=time(9, 0), end="0005"),
        talk(6, person(6), "Call her about the door.", due_in=6, end="0006"),
        talk(5, person(7), "Call her about the wall.", due_in=7, end="0007"),
        talk(5, person(8), "Call her about the gate.", due_in=1, end="0008"),
        talk(91, person(9), "They bought their tiles elsewhere.", end="0009"),
        talk(89, person(10), "They bought their bricks elsewhere.", end="000a"),
        talk(4, None, "Call somebody about the stove.", due_in=2, end="000b"),
    )
    return home


def listed(home: Path, *options: str, **variables: str) -> list[tuple[str, str]]:
    rows = json.loads(run("due", "--json", *options, home=home, **variables).out)
    return [(row["section"], row["id"][-4:]) for row in rows]


OVERDUE = [("overdue", "0000"), ("overdue", "0001"), ("overdue", "0002")]
TODAY = [("today", "0005"), ("today", "0003"), ("today", "0004")]
WEEK = [("week", "0008"), ("week", "000b"), ("week", "0006")]
LATER = [("later", "0007")]
BURIED = [("buried", "0009")]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], OVERDUE + TODAY + WEEK + BURIED),
        (["--today"], OVERDUE + TODAY),
        (["--week"], OVERDUE + TODAY + WEEK),
        (["--overdue"], OVERDUE),
        (["--buried"], BURIED),
        (["--all"], OVERDUE + TODAY + WEEK + LATER + BURIED),
        (["--until", "today"], OVERDUE + TODAY),
        (["--until", "tomorrow"], OVERDUE + TODAY + WEEK[:1]),
        (["--until", "2999-01-01"], OVERDUE + TODAY + WEEK + LATER),
        (["--overdue", "--limit", "2"], OVERDUE[1:]),
    ],
)
def test_each_option_lists_what_it_says(book: Path, options: list[str], expected: list[tuple[str, str]]) -> None:
    assert listed(book, *options) == expected


def test_when_a_contact_counts_as_buried_is_a_setting(book: Path) -> None:
    assert listed(book, "--buried", AFTERCALL_BURIED_AFTER="80") == [("buried", "000a"), ("buried", "0009")]
    assert run("due", "--buried", home=book, AFTERCALL_BURIED_AFTER="100").code == 3


def test_an_option_and_a_day_exclude_each_other(book: Path) -> None:
    done = run("due", "--today", "--until", "tomorrow", home=book)

    assert (done.code, done.out) == (2, "")


def test_what_is_not_shown_is_counted_with_the_way_to_see_it(book: Path) -> None:
    done = run("due", "--limit", "1", home=book)

    week = (now() + timedelta(days=7)).date()
    assert done.lines == [
        "2 more overdue: `aftercall due --overdue --limit 3`",
        f"1 later, the next on {week:%a} {week.day} {week:%b}{'' if week.year == now().year else f' {week.year}'}: "
        "`aftercall due --all`",
    ]
    assert "3 more" not in run("due", "--overdue", "--limit", "3", home=book).err


def test_an_empty_list_says_when_the_next_call_is(home: Path, fill: Fill) -> None:
    fill(home, talk(3, DANA, "Call her.", due_in=30))

    done = run("due", home=home)

    assert (done.code, done.out, len(done.lines)) == (3, "", 1)
    assert done.lines[0].startswith("No call is due. 1 later, the next on ")


def test_the_words_to_open_a_late_call_come_with_it(book: Path) -> None:
    words = " ".join(run("due", home=book).out.split())

    assert "“Hello Anna, it has been a long time, and I am sorry that I did not follow up better. " in words
    assert "We last spoke about the roof. What are your biggest challenges at Acme today?”" in words
    assert (
        "“Hello Bnna, I am sorry that I call later than I said. It was about the pump. Where do you stand now?”"
        in words
    )
    assert "open as agreed, do not mention the delay · about the van" in words
    assert words.count("Hello") == 2


def test_the_words_are_those_of_the_settings(book: Path) -> None:
    assert "“Sorry, Bnna!”" in run("due", home=book, AFTERCALL_OPENING_LATE="Sorry, {name}!").out
    refused = run("due", home=book, AFTERCALL_OPENING_LATE="Sorry, {nick}!")
    assert (refused.code, len(refused.lines)) == (2, 1)


def test_a_call_is_marked_until_its_brief_was_read(book: Path) -> None:
    def unread() -> set[str]:
        return {row["id"][-4:] for row in json.loads(run("due", "--json", home=book).out) if not row["brief_read"]}

    before = unread()
    assert run("brief", "Bnna Number1", home=book).code == 0
    assert unread() == before  # a pipe reads nothing
    assert run("brief", "Bnna Number1", "--read", "--json", home=book).code == 0
    assert unread() == before - {"0001"}


def on_screen(home: Path, columns: int, *command: str, **variables: str) -> list[str]:
    """What a terminal of that width shows."""
    child = pexpect.spawn(
        AFTERCALL[0],
        [*AFTERCALL[1:], *command],
        env=environment(home, **variables),
        encoding="utf-8",
        timeout=30,
        dimensions=(24, columns),
    )
    child.expect(pexpect.EOF)
    child.close()
    return plain(child.before).splitlines()


@pytest.mark.parametrize("columns", [60, 80, 130, 200])
def test_the_table_fits_the_terminal_and_is_cut_nowhere_but_in_names(home: Path, fill: Fill, columns: int) -> None:
    long = ContactRef("Wilhelmina Featherstonehaugh-Cholmondeley", "東京 Amalgamated Holdings", "+15125550000")
    fill(
        home,
        talk(
            30,
            long,
            "Call her about the roof over the second warehouse in Leeds.",
            due_in=-15,
            at=time(9, 30),
            end="0001",
        ),
        talk(20, DANA, "Call her about the roof.", due_in=0, end="0002"),
        talk(200, GORDON, "They signed with another supplier last month, and are locked in for 3 years.", end="0003"),
    )

    lines = on_screen(home, columns, "due")

    assert max(cell_len(line) for line in lines) <= columns
    text = " ".join(" ".join(lines).split())
    for words in (
        "15 days late",
        "09:30",
        "0001",
        "+15125550000",
        "brief unread",
        "Where do you stand now?”",
        "+13125550199",
    ):
        assert words in text
    assert ("Featherstonehaugh-Cholmondeley (東京 Amalgamated Holdings)" in text) is (columns >= 130)


def test_the_end_of_an_id_that_two_calls_share_is_not_offered(home: Path, fill: Fill) -> None:
    fill(home, talk(30, DANA, "Call.", due_in=1, end="0001"), talk(20, GORDON, "Call.", due_in=1, end="0001"))

    ids = run("due", "--ids", home=home).out.split()
    shown = run("due", home=home).out

    assert all(memo_id in shown for memo_id in ids)
    assert run("done", ids[0], home=home).code == 0


def test_a_time_agreed_elsewhere_is_listed_on_the_reps_own_day(home: Path, fill: Fill) -> None:
    """Eight in the morning of tomorrow in Tokyo is this evening in New York."""
    fill(home, talk(3, DANA, "Call her.", due_in=1, at=time(8, 0), zone="Asia/Tokyo"))
    agreed = (now() + timedelta(days=1)).date()

    [row] = json.loads(run("due", "--all", "--json", home=home, TZ="America/New_York").out)
    shown = run("due", "--all", home=home, TZ="America/New_York").out

    assert date.fromisoformat(row["due"]) == agreed - timedelta(days=1)
    assert row["time"] in {"18:00", "19:00"}  # in winter and in summer
    assert "08:00 in Asia/Tokyo" in shown
    if os.name == "posix":
        [there] = json.loads(run("due", "--all", "--json", home=home, TZ="Asia/Tokyo").out)
        assert (there["due"], there["time"]) == (agreed.isoformat(), "08:00")


def test_two_calls_of_different_zones_stand_in_the_order_in_which_they_are_made(tmp_path: Path) -> None:
    moment = datetime.fromisoformat("2026-11-22T12:00:00").astimezone()
    with Store.open(tmp_path / "home" / "memos.db") as store:
        store.confirm(talk(3, DANA, "Call.", due_in=0, at=time(15, 0), zone="Pacific/Honolulu", end="0001"))
        store.confirm(talk(3, FIONA, "Call.", due_in=0, at=time(16, 0), zone="Asia/Tokyo", end="0002"))
        found = choose(store, moment, DueSettings.of(Settings()), "all", None, 10)

    assert [entry.memo.id[-4:] for entry in found.entries] == ["0002", "0001"]


def test_years_are_named_only_where_it_is_another_one(book: Path) -> None:
    lines = run("due", "--overdue", home=book).out.splitlines()
    years: list[Any] = [line for line in lines if str((now() - timedelta(days=800)).year) in line]

    assert len(years) == 1


def test_the_sections_are_all_that_there_are() -> None:
    assert [section.value for section in Section] == ["overdue", "today", "week", "later", "promised", "buried"]
