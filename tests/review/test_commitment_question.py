"""What the rep undertook besides the next call: read before it is kept, each struck by its number."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from memos.models import Commitment
from review.commitment_question import CommitmentQuestion
from review.errors import NotTaken, TooQuick
from review.reading import shortest_reading

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
QUOTE = Commitment("I'll send her the quote by Friday.", date(2026, 11, 27))
LIST = Commitment("I promised him the price list.", None)


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_each_is_offered_with_its_day_spelt_out(clock: Clock) -> None:
    assert CommitmentQuestion([QUOTE, LIST], NOW, "en-US", clock).lines == (
        "by Friday 27 November 2026, in 6 days: “I'll send her the quote by Friday.”",
        "no day named: “I promised him the price list.”",
    )


def test_nothing_is_kept_that_was_not_up_for_as_long_as_reading_it_takes(clock: Clock) -> None:
    question = CommitmentQuestion([QUOTE, LIST], NOW, "en-US", clock)
    clock.seconds += 3600
    with pytest.raises(TooQuick):
        question.accept()
    question.show()
    clock.seconds += shortest_reading(" ".join(question.lines)) - 0.01
    with pytest.raises(TooQuick):
        question.accept()
    assert question.answer is None
    clock.seconds += shortest_reading(" ".join(question.lines)) + 0.01
    question.accept()
    assert question.answer == (QUOTE, LIST)


def test_what_is_struck_is_not_kept_and_needs_not_be_read(clock: Clock) -> None:
    question = CommitmentQuestion([QUOTE, LIST], NOW, "en-US", clock)
    question.show()
    question.strike(1)
    clock.seconds += shortest_reading(question.lines[1]) + 0.01
    question.accept()
    assert question.answer == (LIST,)


def test_what_was_struck_can_be_taken_back_in(clock: Clock) -> None:
    question = CommitmentQuestion([QUOTE], NOW, "en-US", clock)
    question.show()
    question.strike(1)
    assert question.struck == {1}
    question.strike(1)
    with pytest.raises(TooQuick):
        question.accept()
    clock.seconds += 10
    question.accept()
    assert question.answer == (QUOTE,)


@pytest.mark.parametrize("number", [-1, 0, 3, 9])
def test_a_number_that_nothing_has_strikes_nothing(clock: Clock, number: int) -> None:
    question = CommitmentQuestion([QUOTE, LIST], NOW, "en-US", clock)
    with pytest.raises(NotTaken):
        question.strike(number)
    assert question.struck == frozenset()


def test_none_of_it_is_an_answer_at_any_time(clock: Clock) -> None:
    question = CommitmentQuestion([QUOTE, LIST], NOW, "en-US", clock)
    question.none()
    assert question.answer == ()


def test_more_than_nine_are_not_offered(clock: Clock) -> None:
    assert len(CommitmentQuestion([LIST] * 12, NOW, "en-US", clock).lines) == 9


@pytest.mark.parametrize(
    ("typed", "by", "line"),
    [
        ("Tuesday", date(2026, 11, 24), "by Tuesday 24 November 2026, in 3 days: “I promised him the price list.”"),
        ("2026-11-24", date(2026, 11, 24), "by Tuesday 24 November 2026, in 3 days: “I promised him the price list.”"),
        ("today", date(2026, 11, 21), "by Saturday 21 November 2026, today: “I promised him the price list.”"),
        ("None", None, "no day named: “I promised him the price list.”"),
    ],
)
def test_a_day_that_is_typed_stands_in_the_place_of_the_one_that_was_heard(
    clock: Clock, typed: str, by: date | None, line: str
) -> None:
    question = CommitmentQuestion([QUOTE, replace(LIST, by=date(2026, 12, 1))], NOW, "en-US", clock)
    question.change_day(2, typed)
    assert question.lines[1] == line
    question.show()
    clock.seconds += 60
    question.accept()
    assert question.answer == (QUOTE, replace(LIST, by=by))


def test_a_day_that_was_changed_is_to_be_read_before_it_is_kept(clock: Clock) -> None:
    question = CommitmentQuestion([QUOTE], NOW, "en-US", clock)
    question.show()
    clock.seconds += 60
    question.change_day(1, "Tuesday")
    with pytest.raises(TooQuick):
        question.accept()
    question.show()
    clock.seconds += shortest_reading(question.lines[0]) - 0.01
    with pytest.raises(TooQuick):
        question.accept()
    assert question.answer is None


def test_what_was_struck_is_taken_back_in_with_another_day(clock: Clock) -> None:
    question = CommitmentQuestion([QUOTE], NOW, "en-US", clock)
    question.strike(1)
    question.change_day(1, "Tuesday")
    assert question.struck == frozenset()


@pytest.mark.parametrize(
    ("number", "typed", "why"),
    [
        (1, "", "No day"),
        (1, "whenever", "No day"),
        (1, "2026-11-20", "past"),
        (1, "Friday at 25:00", "25:00"),
        (0, "Friday", "number"),
        (2, "Friday", "number"),
    ],
)
def test_what_is_no_day_to_come_changes_nothing(clock: Clock, number: int, typed: str, why: str) -> None:
    question = CommitmentQuestion([QUOTE], NOW, "en-US", clock)
    before = question.lines
    with pytest.raises(NotTaken, match=why):
        question.change_day(number, typed)
    assert question.lines == before
