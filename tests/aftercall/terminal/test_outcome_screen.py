"""What became of the call, at a terminal: kept with Enter, changed with one key, asked where the memo is unclear."""

import pytest
from scripted_terminal import Answer, Gone, Key, ScriptedTerminal

from aftercall.terminal.outcome_screen import ask_outcome
from memos.outcomes import Outcome
from review.errors import NotConfirmed
from review.outcome import HeardOutcome
from review.outcome_question import OutcomeQuestion

VOICEMAIL = HeardOutcome(Outcome.VOICEMAIL, True, "Got Dana's voicemail")


def ask(heard: HeardOutcome | None, *answers: Answer) -> tuple[Outcome | None, ScriptedTerminal]:
    terminal = ScriptedTerminal(answers)
    question = OutcomeQuestion(heard, terminal.clock)
    ask_outcome(terminal, question)
    assert terminal.all_given
    return question.answer, terminal


@pytest.mark.parametrize("enter", ["\r", "\n"])
def test_what_is_offered_is_kept_with_enter(enter: str) -> None:
    answer, terminal = ask(VOICEMAIL, Key(enter))
    assert answer is Outcome.VOICEMAIL
    assert "The call  voicemail, heard: “Got Dana's voicemail”" in terminal.shown


@pytest.mark.parametrize("heard", [VOICEMAIL, None])
@pytest.mark.parametrize(
    ("key", "outcome"),
    [
        ("r", Outcome.REACHED),
        ("v", Outcome.VOICEMAIL),
        ("a", Outcome.NO_ANSWER),
        ("g", Outcome.GATEKEEPER),
        ("w", Outcome.WRONG_NUMBER),
        ("c", Outcome.THEY_CALLED),
        ("n", Outcome.NO_CALL),
    ],
)
def test_one_key_says_another(heard: HeardOutcome | None, key: str, outcome: Outcome) -> None:
    assert ask(heard, Key(key, after=0.0))[0] is outcome


def test_where_the_memo_is_unclear_nothing_is_offered_and_enter_is_no_answer() -> None:
    unsure = HeardOutcome(Outcome.VOICEMAIL, False, "voicemail")
    for heard in (None, unsure):
        answer, terminal = ask(heard, Key("\r"), Key("x"), Key("g"))
        assert answer is Outcome.GATEKEEPER
        assert "What became of the call?" in terminal.shown
        assert "heard:" not in terminal.shown


def test_nobody_reads_in_no_time() -> None:
    answer, terminal = ask(VOICEMAIL, Key("\r", after=0.1), Key("\r", after=2.0))
    assert answer is Outcome.VOICEMAIL
    assert "quicker than anyone reads" in terminal.shown


@pytest.mark.parametrize("leaving", [Key("q"), Key("l"), Key("\x1b"), Gone()])
def test_it_can_be_left(leaving: Answer) -> None:
    with pytest.raises(NotConfirmed):
        ask(VOICEMAIL, leaving)
