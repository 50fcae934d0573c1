"""Keys are no data, at a real pseudo-terminal; and one memo keeps no other from being read."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cli import Terminal, run

from capture.inbox import Inbox

INTRODUCING = (
    "Just got off the phone with Dana Whitfield, head of purchasing at Brightwater. Call her on Tuesday at ten."
)


def asked_for_the_contact(terminal: Terminal) -> None:
    terminal.keep_all()
    terminal.see("contact:.*Brightwater")


def slowly(terminal: Terminal, text: str, seconds: float) -> None:
    """As a person types: one key after the other."""
    for key in text:
        terminal.child.send(key)
        time.sleep(seconds)


def answers(home: Path, memo_id: str) -> dict[str, object]:
    return dict(json.loads((home / "inbox" / f"{memo_id}.review.json").read_bytes()))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Dan Moss", "Dan Moss"),
        ("\x7f\x7f\x7f", "Dana Whitfield"),  # Backspace edits what is filled in
        ("\x1b[D\x1b[Ct", "Dana Whitfield"),
        ("\x1b[200~Dan Moss\x1b[201~", "Dan Moss"),
        ("D", None),
    ],
)
def test_what_is_typed_stands_in_the_place_of_what_is_filled_in(home: Path, typed: str, name: str | None) -> None:
    memo_id = run("jot", INTRODUCING, home=home).out.strip()
    with Terminal("review", home=home) as terminal:
        asked_for_the_contact(terminal)
        slowly(terminal, typed, 0.02) if "\x1b" not in typed else terminal.type(typed)
        terminal.child.send("\r")
        if name is None:
            terminal.see("alone is a key")
            terminal.type("\x03")
            assert terminal.end() == 5
            return
        terminal.see("number to dial:")
        terminal.type("\r")
        if terminal.see("role:", "Next call") == 0:
            terminal.type("\r")
            terminal.see("Next call")
        terminal.type("\x03")
        assert terminal.end() == 5
    contact = answers(home, memo_id)["contact"]
    assert isinstance(contact, dict)
    assert contact["name"] == name


@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.45])
def test_a_day_typed_at_the_keys_of_the_next_call_is_offered_however_fast_it_is_typed(
    home: Path, seconds: float
) -> None:
    run("jot", "She liked it. Call her on Tuesday at ten.", home=home)
    with Terminal("review", home=home) as terminal:
        terminal.keep_all()
        terminal.name_nobody()
        terminal.offer()
        slowly(terminal, "next thursday", seconds) if seconds else terminal.type("next thursday")
        terminal.child.send("\r")
        assert "Thursday" in terminal.offer()
        terminal.type("Q")
        assert terminal.end() == 5


def test_caps_lock_leaves_the_keys_what_they_are(home: Path) -> None:
    run("jot", "She liked it. He paid.", home=home)
    with Terminal("review", home=home) as terminal:
        terminal.sentence()
        terminal.type("K")
        terminal.see("2 of 2")
        terminal.type("E")
        terminal.see("edit:")
        terminal.type("\r")
        terminal.see("Once more|What became|The call")
        terminal.type("Q")
        assert terminal.end() == 5


def test_a_memo_that_is_open_elsewhere_or_left_for_later_keeps_no_other_from_being_read(home: Path) -> None:
    ids = [run("jot", f"It was {which}.", home=home).out.strip() for which in ("red", "green", "blue")]
    with Inbox(home / "inbox").alone_with(ids[0], ""), Terminal("review", home=home) as terminal:
        terminal.see(f"{ids[0]} waits in the inbox: .*another terminal")
        terminal.see("It was green")
        terminal.type("n")
        terminal.see("It was blue")
        terminal.type("n")
        terminal.see("Left for later: 3 memos wait")
        assert terminal.end() == 5


def test_a_memo_that_cannot_be_transcribed_keeps_no_other_from_being_read(
    home: Path, sample: Callable[[str], Path]
) -> None:
    spoken = run("import", sample("plain"), home=home).out.strip()
    run("jot", "It was green.", home=home)
    with Terminal("review", home=home, surroundings={"AFTERCALL_MODEL": "no-such-model"}) as terminal:
        terminal.see(f"{spoken} waits in the inbox: .*no-such-model")
        terminal.see("It was green")
        terminal.type("q")
        assert terminal.end() == 5
    assert spoken in run("inbox", "--ids", home=home).out
