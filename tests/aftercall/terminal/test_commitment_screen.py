"""What was promised besides the next call, at a terminal: one key keeps all of it, a number strikes one."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from scripted_terminal import Answer, Gone, Key, Line, ScriptedTerminal

from aftercall.terminal.commitment_screen import ask_commitments
from memos.models import Commitment
from review.commitment_question import CommitmentQuestion
from review.errors import NotConfirmed

QUOTE = Commitment("I'll send her the quote by Friday.", date(2026, 11, 27))
LIST = Commitment("I promised him the price list.", None)


def ask(
    *answers: Answer, found: tuple[Commitment, ...] = (QUOTE, LIST)
) -> tuple[tuple[Commitment, ...] | None, ScriptedTerminal]:
    terminal = ScriptedTerminal(answers)
    question = CommitmentQuestion(found, datetime(2026, 11, 21, 12, tzinfo=UTC), "en-US", terminal.clock)
    ask_commitments(terminal, question)
    assert terminal.all_given
    return question.answer, terminal


@pytest.mark.parametrize("enter", ["\r", "\n"])
def test_enter_keeps_all_of_it(enter: str) -> None:
    answer, terminal = ask(Key(enter))
    assert answer == (QUOTE, LIST)
    assert "1  by Friday 27 November 2026, in 6 days: “I'll send her the quote by Friday.”" in terminal.shown
    assert "2  no day named: “I promised him the price list.”" in terminal.shown


def test_a_number_strikes_one_and_takes_it_back_in() -> None:
    answer, terminal = ask(Key("1"), Key("\r"))
    assert answer == (LIST,)
    assert "1  struck: by Friday" in terminal.shown
    assert ask(Key("1"), Key("1"), Key("\r"))[0] == (QUOTE, LIST)


def test_one_key_keeps_none_of_it() -> None:
    assert ask(Key("n", after=0.0))[0] == ()


@pytest.mark.parametrize("key", ["x", "3", "0", "y"])
def test_other_keys_are_no_answer(key: str) -> None:
    answer, terminal = ask(Key(key), Key("\r"))
    assert answer == (QUOTE, LIST)
    assert "nothing of that number" in terminal.shown


def test_nobody_reads_in_no_time() -> None:
    answer, terminal = ask(Key("\r", after=0.1), Key("\r"))
    assert answer == (QUOTE, LIST)
    assert "quicker than anyone reads" in terminal.shown


@pytest.mark.parametrize("leave", [Key("q"), Gone()])
def test_leaving_keeps_the_memo(leave: Answer) -> None:
    with pytest.raises(NotConfirmed):
        ask(leave)


def test_the_day_of_one_is_changed_by_the_words_that_change_a_call() -> None:
    answer, terminal = ask(Key("a"), Key("2"), Line("next Tuesday"), Key("\r"))
    assert answer == (QUOTE, replace(LIST, by=date(2026, 11, 24)))
    assert "a another day" in terminal.shown
    assert "2  by Tuesday 24 November 2026, in 3 days: “I promised him the price list.”" in terminal.shown


def test_of_a_single_one_the_number_is_not_asked_and_none_takes_its_day_away() -> None:
    assert ask(Key("a"), Line("none"), Key("\r"), found=(QUOTE,))[0] == (replace(QUOTE, by=None),)


def test_an_empty_line_goes_back_to_the_day_on_offer() -> None:
    answer, terminal = ask(Key("a"), Line("whenever"), Line(""), Key("\r"), found=(QUOTE,))
    assert answer == (QUOTE,)
    assert "No day was understood" in terminal.shown


def test_a_number_that_nothing_has_changes_no_day() -> None:
    answer, terminal = ask(Key("a"), Key("7"), Key("\r"))
    assert answer == (QUOTE, LIST)
    assert "nothing of that number" in terminal.shown


def test_it_can_be_left_while_a_day_is_typed() -> None:
    with pytest.raises(NotConfirmed):
        ask(Key("a"), Key("1"), Line("q"))
