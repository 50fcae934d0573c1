"""What the rep undertook besides the next call: read before it is kept, each struck by its number."""

from datetime import date

import pytest

from memos.models import Commitment
from review.commitment_question import CommitmentQuestion
from review.errors import NotTaken, TooQuick
from review.reading import shortest_reading

TODAY = date(2026, 11, 21)
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
    assert CommitmentQuestion([QUOTE, LIST], TODAY, clock).lines == (
        "by Friday 27 November 2026, in 6 days: “I'll send her the quote by Friday.”",
        "no day named: “I promised him the price list.”",
    )


def test_nothing_is_kept_that_was_not_up_for_as_long_as_reading_it_takes(clock: Clock) -> None:
    question = CommitmentQuestion([QUOTE, LIST], TODAY, clock)
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
    question = CommitmentQuestion([QUOTE, LIST], TODAY, clock)
    question.show()
    question.strike(1)
    clock.seconds += shortest_reading(question.lines[1]) + 0.01
    question.accept()
    assert question.answer == (LIST,)


def test_what_was_struck_can_be_taken_back_in(clock: Clock) -> None:
    question = CommitmentQuestion([QUOTE], TODAY, clock)
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
    question = CommitmentQuestion([QUOTE, LIST], TODAY, clock)
    with pytest.raises(NotTaken):
        question.strike(number)
    assert question.struck == frozenset()


def test_none_of_it_is_an_answer_at_any_time(clock: Clock) -> None:
    question = CommitmentQuestion([QUOTE, LIST], TODAY, clock)
    question.none()
    assert question.answer == ()


def test_more_than_nine_are_not_offered(clock: Clock) -> None:
    assert len(CommitmentQuestion([LIST] * 12, TODAY, clock).lines) == 9
