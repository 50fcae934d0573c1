"""A confirmed memo is corrected sentence by sentence; leaving changes nothing."""

from dataclasses import replace

import pytest
from scripted_terminal import Answer, Gone, Key, Line, ScriptedTerminal, at

from aftercall.terminal.correct import UNCHANGED, correct
from memos.models import Correction, Sentence, Version
from review.correcting import Correcting
from review.errors import NotConfirmed, NotTaken, TooQuick
from review.reading import shortest_reading
from review.sentences import split_text

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
KEEP = Key("\r")


def run(*answers: Answer, present: Version = PRESENT) -> tuple[Correction | None, ScriptedTerminal]:
    terminal = ScriptedTerminal(answers)
    corrected = correct(terminal, present, "Bo", lambda: NOW, terminal.clock)
    assert terminal.all_given
    return corrected, terminal


def test_the_sentence_that_is_named_is_edited_and_the_others_stay_as_they_were_read() -> None:
    corrected, terminal = run(Line("1"), Line("She paid five."), KEEP, Line(""))

    assert corrected is not None
    assert corrected.sentences == (
        Sentence(0, "She paid for.", "She paid five.", "edit", 20.0),
        *PRESENT.sentences[1:],
    )
    assert corrected.text == "She paid five. We talk on Friday."
    assert (corrected.corrects, corrected.confirmed_by, corrected.confirmed_at) == (1, "Bo", NOW)
    assert corrected.reading_seconds == 40.0
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
    corrected, _ = run(Line(number), Line(typed), KEEP, Line(""))

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


@pytest.mark.parametrize(
    "answers",
    [[Gone()], [Line("1"), Gone()], [Line("1"), Line("Other."), Gone()], [Line("1"), Line("Other."), KEEP, Gone()]],
)
def test_leaving_changes_nothing(answers: list[Answer]) -> None:
    with pytest.raises(NotConfirmed, match=UNCHANGED):
        run(*answers)


def test_what_was_not_written_down_can_be_typed_later_on() -> None:
    hole = Sentence(len(PRESENT.sentences), "", "", "keep", 2.0)
    present = replace(PRESENT, sentences=(*PRESENT.sentences, hole))
    number = len(present.sentences)

    corrected, terminal = run(Line(str(number)), Line("Her boss agrees."), KEEP, Line(""), present=present)

    assert f"{number}  (not written down)" in terminal.shown
    assert "heard:" not in terminal.shown
    assert corrected is not None
    assert corrected.sentences[-1].text == "Her boss agrees."


MANY = " ".join(f"Point {number} is that we ship on day {number}." for number in range(55))


def test_what_is_put_in_the_place_of_a_sentence_is_read_piece_by_piece_at_reading_pace() -> None:
    pieces = split_text(MANY)
    at_once = [Key("\r", 0.1)] * 3
    in_time = [Key("\r", shortest_reading(piece) + 0.001) for piece in pieces]

    corrected, terminal = run(Line("1"), Line(MANY), *at_once, *in_time, Line(""))

    assert corrected is not None
    assert corrected.sentences[0].text == MANY
    assert corrected.reading_seconds > 44
    assert terminal.shown.count("quicker than anyone reads") == 3
    assert all(piece in terminal.shown for piece in pieces)


def test_what_was_pasted_and_never_read_is_not_stored() -> None:
    with pytest.raises(NotConfirmed, match=UNCHANGED):
        run(Line("1"), Line(MANY), Key("\r", 0.1), Gone())


def test_of_a_sentence_only_the_pieces_that_are_new_are_read() -> None:
    corrected, terminal = run(Line("1"), Line("She paid four. In cash."), Key("\r", 0.6), Line(""))

    assert corrected is not None
    assert corrected.text == "She paid four. In cash. We talk on Friday."
    assert terminal.shown.count("this is new") == 1


def test_what_is_struck_is_read_too() -> None:
    corrected, terminal = run(Line("3"), Line(""), Key("\r", 0.1), Key("\r", 1.0), Line(""))

    assert corrected is not None
    assert corrected.sentences[2].action == "strike"
    assert terminal.shown.count("this is struck") == 2


def test_a_change_is_edited_once_more_or_taken_back() -> None:
    corrected, terminal = run(
        Line("1"),
        Line("She paid fife."),
        Key("e"),
        Line("She paid five."),
        KEEP,
        Line("3"),
        Line("Nix."),
        Key("u"),
        Line(""),
    )

    assert corrected is not None
    assert corrected.text == "She paid five. We talk on Friday."
    assert ("edit:", "She paid fife.") in terminal.prompts


def test_what_no_face_has_shown_does_not_count() -> None:
    correcting = Correcting(PRESENT, lambda: 1000.0)
    correcting.put(0, "Other words.", 0.0)

    with pytest.raises(TooQuick):
        correcting.keep()
    assert correcting.sentences == list(PRESENT.sentences)
    with pytest.raises(NotTaken):
        Correcting(PRESENT).show()
