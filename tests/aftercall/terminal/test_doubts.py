"""Whom an entry of an address book may be is asked at a terminal, one after the other, until the rep has had enough."""

import pytest
from scripted_terminal import Gone, Key, ScriptedTerminal

from aftercall.desk.errors import FrontDoorError
from aftercall.terminal.doubts import Asker, may_be
from memos.cards.card import Card
from memos.cards.doubt import Candidate
from memos.models import Contact, ContactPoint

DANA = Candidate(Contact(3, "Dana Whitfield", "Brightwater", "+15125550143", None), "the same number")
DAN = Candidate(Contact(4, "Dan Whitford", None, None, None), "nearly the same name")


def card(line: int = 7) -> Card:
    return Card(line, "D. Whitfield", None, None, None, (ContactPoint("phone", "+15125550143"),), ())


def test_one_is_chosen_by_its_number_and_n_is_nobody() -> None:
    terminal = ScriptedTerminal([Key("3"), Key("2"), Key("n")])
    asker = Asker(terminal)
    assert asker.ask(card(), [DANA, DAN]) == DAN.contact
    assert asker.ask(card(8), [DANA]) is None
    assert "Line 7: D. Whitfield, +15125550143. Somebody you know?" in terminal.shown
    assert "1  Dana Whitfield (Brightwater), +15125550143: the same number" in terminal.shown
    assert "A number from 1 to 2, n or q." in terminal.shown
    assert asker.answered == {card().sha256}


def test_who_has_had_enough_is_asked_no_more() -> None:
    asker = Asker(ScriptedTerminal([Key("q")]))
    assert [asker.ask(card(line), [DANA]) for line in (1, 2)] == [None, None]
    assert asker.answered == set()


def test_ctrl_c_imports_nothing() -> None:
    with pytest.raises(FrontDoorError, match="nothing was imported"):
        Asker(ScriptedTerminal([Gone()])).ask(card(), [DANA])


def test_without_a_terminal_nobody_is_taken_for_somebody_else() -> None:
    assert Asker(None).ask(card(), [DANA]) is None


def test_of_many_the_first_are_named() -> None:
    told = may_be([DANA, *[DAN] * 7])
    assert told.startswith("may be 3 Dana Whitfield (Brightwater), by the same number; or 4 Dan Whitford")
    assert told.endswith("; or 3 more")
