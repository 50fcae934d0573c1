"""A confirmed memo is corrected sentence by sentence; leaving changes nothing."""

from dataclasses import replace

import pytest
from scripted_terminal import Answer, Gone, Line, ScriptedTerminal, at

from aftercall.terminal.correct import UNCHANGED, correct
from memos.models import Correction, Sentence, Version
from review.errors import NotConfirmed

NOW = at("2026-11-22T09:00:00-05:00")
PRESENT = Version(
    1,
    "She paid four. We talk on Friday.",
    (
        Sentence(0, "She paid for.", "She paid four.", "edit", 3.0),
        Sentence(1, "Um.", "", "strike", 1.0),
        Sentence(2, "We talk on Friday.", "We talk on Friday.", "keep", 2.0),
    ),
    "Rita",
    at("2026-11-21T16:45:00-05:00"),
    6.0,
)


def run(*answers: Answer, present: Version = PRESENT) -> tuple[Correction | None, ScriptedTerminal]:
    terminal = ScriptedTerminal(answers)
    corrected = correct(terminal, present, "Bo", lambda: NOW, terminal.clock)
    assert terminal.all_given
    return corrected, terminal


def test_the_sentence_that_is_named_is_edited_and_the_others_stay_as_they_were_read() -> None:
    corrected, terminal = run(Line("1"), Line("She paid five."), Line(""))

    assert corrected is not None
    assert corrected.sentences == (
        Sentence(0, "She paid for.", "She paid five.", "edit", 10.0),
        *PRESENT.sentences[1:],
    )
    assert corrected.text == "She paid five. We talk on Friday."
    assert (corrected.corrects, corrected.confirmed_by, corrected.confirmed_at) == (1, "Bo", NOW)
    assert corrected.reading_seconds == 30.0
    assert terminal.prompts[1] == ("edit:", "She paid four.")
    assert "heard: She paid for." in terminal.shown
    assert terminal.shown.count("2  (struck) Um.") == 2


@pytest.mark.parametrize(
    ("number", "typed", "text", "action"),
    [
        ("1", "She paid for.", "She paid for.", "keep"),
        ("2", None, "Um.", "keep"),
        ("3", "", "", "strike"),
    ],
)
def test_what_was_heard_is_kept_and_what_is_emptied_is_struck(
    number: str, typed: str | None, text: str, action: str
) -> None:
    corrected, _ = run(Line(number), Line(typed), Line(""))

    assert corrected is not None
    changed = corrected.sentences[int(number) - 1]
    assert (changed.text, changed.action) == (text, action)


@pytest.mark.parametrize("answers", [[Line("")], [Line("1"), Line(None), Line("")], [Line("9"), Line("x"), Line("")]])
def test_without_a_change_there_is_no_correction(answers: list[Answer]) -> None:
    assert run(*answers)[0] is None


def test_the_last_sentence_cannot_be_emptied() -> None:
    only = replace(PRESENT, sentences=PRESENT.sentences[:2])

    corrected, terminal = run(Line("1"), Line(""), Line(""), present=only)

    assert corrected is None
    assert "Nothing would be left" in terminal.shown


@pytest.mark.parametrize("answers", [[Gone()], [Line("1"), Gone()], [Line("1"), Line("Other."), Gone()]])
def test_leaving_changes_nothing(answers: list[Answer]) -> None:
    with pytest.raises(NotConfirmed, match=UNCHANGED):
        run(*answers)


def test_what_was_not_written_down_can_be_typed_later_on() -> None:
    hole = Sentence(len(PRESENT.sentences), "", "", "keep", 2.0)
    present = replace(PRESENT, sentences=(*PRESENT.sentences, hole))
    number = len(present.sentences)

    corrected, terminal = run(Line(str(number)), Line("Her boss agrees."), Line(""), present=present)

    assert f"{number}  (not written down)" in terminal.shown
    assert "heard:" not in terminal.shown
    assert corrected is not None
    assert corrected.sentences[-1].text == "Her boss agrees."
