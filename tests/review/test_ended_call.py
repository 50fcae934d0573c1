"""What a phone system says of a call is offered where the memo says nothing, and is doubted where the memo differs."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from memos.outcomes import Outcome
from review.ended_call import EndedCall, hold_against, the_one_call
from review.errors import NotTaken
from review.outcome import HeardOutcome
from review.outcome_question import OutcomeQuestion
from review.reading import shortest_reading

HUNG_UP = datetime(2026, 11, 21, 16, 40, 5, tzinfo=timezone(timedelta(hours=-5)))


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def call(**changes: Any) -> EndedCall:
    fields = {
        "number": "+15125550143",
        "direction": "out",
        "ended_at": HUNG_UP,
        "seconds": 0.0,
        "disposition": "no answer",
    }
    return EndedCall(**(fields | changes))


@pytest.mark.parametrize("seconds", [-120, -1, 0, 119, 120])
def test_the_call_that_ended_within_two_minutes_is_the_one(seconds: int) -> None:
    found = call(ended_at=(HUNG_UP + timedelta(seconds=seconds)).astimezone(UTC))
    far = [call(ended_at=HUNG_UP + timedelta(seconds=away)) for away in (-121, 121, 86400)]
    assert the_one_call([*far, found], HUNG_UP) == found


def test_of_two_neither_is_and_of_none_none() -> None:
    assert the_one_call([call(), call(number="+12125550161")], HUNG_UP) is None
    assert the_one_call([], HUNG_UP) is None


def test_a_moment_without_a_zone_is_none() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        call(ended_at=HUNG_UP.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("direction", "disposition", "outcome"),
    [
        ("out", "no answer", Outcome.NO_ANSWER),
        ("out", "busy", Outcome.NO_ANSWER),
        ("out", "failed", Outcome.NO_ANSWER),
        ("out", "answered", None),  # a machine may have
        ("in", "answered", Outcome.THEY_CALLED),
        ("in", "no answer", None),
    ],
)
def test_what_follows_from_it_is_offered_where_the_memo_is_silent_and_stored_only_when_kept(
    direction: str, disposition: str, outcome: Outcome | None
) -> None:
    for heard in (None, HeardOutcome(Outcome.VOICEMAIL, False, "voicemail")):
        clock = Clock()
        question = OutcomeQuestion(heard, clock)
        hold_against(question, call(direction=direction, disposition=disposition))
        assert (question.offer, question.answer) == (outcome, None)
        if outcome is None:
            with pytest.raises(NotTaken):
                question.accept()
            continue
        assert question.line == f"{outcome.in_words}, says the phone: {disposition}"
        question.show()
        with pytest.raises(NotTaken):
            question.accept()
        clock.seconds += shortest_reading(question.line) + 0.01
        question.accept()
        assert question.answer is outcome


def test_what_the_memo_says_comes_before_what_the_phone_says() -> None:
    question = OutcomeQuestion(HeardOutcome(Outcome.VOICEMAIL, True, "got her voicemail"))
    hold_against(question, call(direction="in", disposition="answered"))
    assert question.offer is Outcome.VOICEMAIL
    hold_against(question, call())
    assert question.offer is Outcome.VOICEMAIL
    assert "got her voicemail" in question.line


def test_a_talk_in_a_call_that_nobody_answered_is_asked_about() -> None:
    question = OutcomeQuestion(HeardOutcome(Outcome.REACHED, True, "spoke to Dana"))
    hold_against(question, call())
    assert (question.offer, question.line) == (None, "")


def test_a_talk_in_a_call_that_was_answered_is_offered() -> None:
    question = OutcomeQuestion(HeardOutcome(Outcome.REACHED, True, "spoke to Dana"))
    hold_against(question, call(disposition="answered", seconds=184))
    assert question.offer is Outcome.REACHED
