"""Every sentence is read, each answer is kept at once, and nobody reads faster than a person can."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from scripted_terminal import Answer, Gone, Key, Line, ScriptedTerminal, keys

from memos.models import Sentence
from review.draft import Draft
from review.errors import Discarded, NotConfirmed
from review.gate import ReadingGate
from review.reading import shortest_reading
from review.sentences import split_sentences
from transcribe.transcript import Transcript

Make = Callable[..., Transcript]
HEARD = ["She liked the demo.", "He paid four hundred.", "We talk on Friday."]


@dataclass
class Reading:
    """One pass through the gate, with what it kept on the disk."""

    terminal: ScriptedTerminal
    draft: Draft
    kept: list[dict[str, Any]] = field(default_factory=list)

    @property
    def answers(self) -> list[tuple[str, str]]:
        return [(sentence.action, sentence.text) for sentence in self.draft.sentences]


@pytest.fixture
def read(transcript_of: Make) -> Callable[..., Reading]:
    def go(*answers: Answer, draft: Draft | None = None, doubtful: tuple[str, ...] = ()) -> Reading:
        transcript = transcript_of(" ".join(HEARD), doubtful=doubtful)
        reading = Reading(ScriptedTerminal(answers), draft or Draft(transcript.text))
        gate = ReadingGate(
            reading.terminal, 0.5, lambda draft: reading.kept.append(draft.to_dict()), reading.terminal.clock
        )
        try:
            gate.read(split_sentences(transcript), reading.draft)
        except NotConfirmed:
            reading.kept.append({"left": True})
        assert reading.terminal.all_given
        return reading

    return go


@pytest.mark.parametrize("key", ["\r", "\n", " ", "k"])
def test_each_of_these_keys_keeps_a_sentence(read: Callable[..., Reading], key: str) -> None:
    reading = read(*keys(key * 3))

    assert reading.answers == [("keep", text) for text in HEARD]
    assert [sentence.seconds for sentence in reading.draft.sentences] == [10.0] * 3
    assert [sentence.position for sentence in reading.draft.sentences] == [0, 1, 2]


def test_every_sentence_is_shown_by_itself_and_in_order(read: Callable[..., Reading]) -> None:
    shown = read(*keys("kkk")).terminal.shown

    for number, text in enumerate(HEARD, start=1):
        header, following = shown.split(f"{number} of 3   Enter keep")[1].split("\n", 1)
        assert following.splitlines()[0].strip() == text, header


def test_each_answer_is_kept_before_the_next_is_asked_for(read: Callable[..., Reading]) -> None:
    assert [len(kept["sentences"]) for kept in read(*keys("ksk")).kept] == [1, 2, 3]


def test_an_edited_sentence_is_stored_as_edited_beside_what_was_heard(read: Callable[..., Reading]) -> None:
    reading = read(Key("k"), Key("e"), Line("He paid five hundred."), Key("k"))

    assert reading.draft.sentences[1] == Sentence(1, HEARD[1], "He paid five hundred.", "edit", 20.0)
    assert reading.terminal.prompts == [("edit:", HEARD[1])]


def test_an_edit_that_changes_nothing_keeps_the_sentence(read: Callable[..., Reading]) -> None:
    assert read(Key("e"), Line(None), *keys("kk")).answers[0] == ("keep", HEARD[0])


@pytest.mark.parametrize("typed", ["", "   "])
def test_an_edit_that_leaves_nothing_is_asked_again(read: Callable[..., Reading], typed: str) -> None:
    assert read(Key("e"), Line(typed), Line("She bought it."), *keys("kk")).answers[0] == ("edit", "She bought it.")


def test_what_was_pasted_is_stored_on_one_line_without_control_characters(read: Callable[..., Reading]) -> None:
    reading = read(Key("e"), Line("She\nliked\x1b[31m it."), *keys("kk"))

    assert reading.answers[0] == ("edit", "She liked[31m it.")


def test_a_struck_sentence_is_no_part_of_the_memo(read: Callable[..., Reading]) -> None:
    reading = read(*keys("ksk"))

    assert reading.answers[1] == ("strike", "")
    assert reading.draft.text == f"{HEARD[0]} {HEARD[2]}"


def test_back_asks_again_for_the_sentence_before(read: Callable[..., Reading]) -> None:
    reading = read(*keys("kkbs"), *keys("k"))

    assert [action for action, _ in reading.answers] == ["keep", "strike", "keep"]
    assert [len(kept["sentences"]) for kept in reading.kept] == [1, 2, 1, 2, 3]


def test_there_is_no_way_back_from_the_first(read: Callable[..., Reading]) -> None:
    reading = read(*keys("bkkk"))

    assert len(reading.answers) == 3
    assert "Enter keeps" in reading.terminal.shown


def test_help_is_shown_and_answers_nothing(read: Callable[..., Reading]) -> None:
    reading = read(*keys("?kkk"))

    assert "strike it: it will not be part of the memo" in reading.terminal.shown
    assert len(reading.answers) == 3


@pytest.mark.parametrize("key", ["y", "x", "K", "\x1b[A", "\r\r\r", "kk", "é", "\x00"])
def test_a_key_without_a_meaning_answers_nothing(read: Callable[..., Reading], key: str) -> None:
    reading = read(Key(key), *keys("kkk"))

    assert "Enter keeps, e edits" in reading.terminal.shown
    assert len(reading.answers) == 3


@pytest.mark.parametrize("key", ["k", "s"])
def test_an_answer_quicker_than_anyone_reads_is_not_taken(read: Callable[..., Reading], key: str) -> None:
    too_quick = shortest_reading(HEARD[0]) - 0.01

    reading = read(Key(key, too_quick), Key(key, too_quick), Key(key), *keys("kk"))

    assert reading.terminal.shown.count("quicker than anyone reads") == 2
    assert reading.terminal.shown.count(HEARD[0]) == 3
    assert len(reading.answers) == 3
    assert reading.draft.sentences[0].seconds == 10.0


def test_the_shortest_time_to_read_is_enough(read: Callable[..., Reading]) -> None:
    reading = read(*(Key("k", shortest_reading(text) + 0.001) for text in HEARD))

    assert "quicker" not in reading.terminal.shown


def test_after_an_edit_the_edited_words_are_shown_again_when_it_was_too_quick(
    read: Callable[..., Reading],
) -> None:
    long = " ".join(["word"] * 300)

    reading = read(Key("e", 0.1), Line(long), Key("k", 40.0), *keys("kk"))

    assert "quicker than anyone reads" in reading.terminal.shown
    assert reading.terminal.shown.split("quicker")[1].count("word") == 300
    assert reading.answers[0] == ("edit", long)


def test_doubtful_words_are_marked(read: Callable[..., Reading]) -> None:
    shown = read(*keys("kkk"), doubtful=("four", "hundred.")).terminal.shown

    assert "He paid [four hundred.?]" in shown


def test_words_that_look_like_markup_are_shown_as_they_are(transcript_of: Make) -> None:
    terminal = ScriptedTerminal(keys("k"))
    transcript = transcript_of("A [red]sale[/] :smile: today.")

    ReadingGate(terminal, 0.5, lambda draft: None, terminal.clock).read(
        split_sentences(transcript), Draft(transcript.text)
    )

    assert "A [red]sale[/] :smile: today." in terminal.shown


@pytest.mark.parametrize("answer", [Key("q"), Key("l"), Key("\x1b"), Gone()])
@pytest.mark.parametrize("answered", [0, 1, 2])
def test_leaving_keeps_what_was_answered(read: Callable[..., Reading], answer: Answer, answered: int) -> None:
    reading = read(*keys("k" * answered), answer)

    assert reading.kept[-1] == {"left": True}
    assert len(reading.answers) == answered
    assert reading.kept[:-1] == [{**reading.draft.to_dict(), "sentences": k["sentences"]} for k in reading.kept[:-1]]
    assert len(reading.kept) == answered + 1


def test_leaving_in_an_edit_leaves_the_sentence_unanswered(read: Callable[..., Reading]) -> None:
    reading = read(*keys("ke"), Gone())

    assert len(reading.answers) == 1


def test_a_later_review_goes_on_where_it_was_left(read: Callable[..., Reading]) -> None:
    left = read(*keys("sq"))

    reading = read(*keys("kk"), draft=left.draft)

    assert "Going on at sentence 2" in reading.terminal.shown
    assert HEARD[0] not in reading.terminal.shown
    assert [action for action, _ in reading.answers] == ["strike", "keep", "keep"]


def test_throwing_away_takes_the_whole_word(read: Callable[..., Reading], transcript_of: Make) -> None:
    reading = read(Key("d"), Line(""), Key("d"), Line("yes"), *keys("kkk"))
    assert len(reading.answers) == 3

    with pytest.raises(Discarded):
        read(Key("k"), Key("d"), Line("discard"))
