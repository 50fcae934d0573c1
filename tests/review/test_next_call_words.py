"""One list per meaning: whatever one word of a list does, its neighbours do. Said on Wednesday 18 November 2026."""

from datetime import UTC, date, datetime, time

import pytest

from review.next_call import find_next_call

WEDNESDAY = datetime(2026, 11, 18, 16, 40, tzinfo=UTC)


def check(text: str, day: str | None, at: str | None = None) -> None:
    found = find_next_call(text, WEDNESDAY)
    assert (found.date if found else None) == (date.fromisoformat(day) if day else None), text
    assert (found.time if found else None) == (time.fromisoformat(at) if at else None), text


@pytest.mark.parametrize(
    "moved",
    [
        "It got delayed to", "It got moved to", "It slipped to", "It was put back to", "It has been swapped to",
        "She delayed it until", "She had to postpone it to", "She wants to switch it to", "She's pushing it to",
        "She's delaying it to", "It was deferred to", "We had to bump it to",
    ],
)  # fmt: skip
def test_whatever_the_word_a_call_that_is_shifted_is_on_the_new_day(moved: str) -> None:
    check(f"Call with Dana is on Tuesday. {moved} Thursday.", "2026-11-26")


@pytest.mark.parametrize("moved", ["It's been brought forward to", "He brought it forward to", "We preponed it to"])
def test_a_call_that_is_brought_forward_is_before_the_day_it_was_set_for(moved: str) -> None:
    check(f"Call with Dana is on Tuesday. {moved} Friday.", "2026-11-20")


@pytest.mark.parametrize("moved", ["is delayed to", "got pushed to", "has slipped to", "is moved to"])
@pytest.mark.parametrize("thing", ["The delivery", "Their launch"])
def test_something_else_that_is_shifted_leaves_the_call_where_it_was(thing: str, moved: str) -> None:
    check(f"I'll call him Tuesday at ten. {thing} {moved} Friday.", "2026-11-24", "10:00")
    check(f"I'll call him Tuesday. {thing} {moved} Friday.", "2026-11-24")


@pytest.mark.parametrize(
    "word", ["correction", "sorry", "I meant", "scratch that", "make that", "strike that", "no", "oops", "or rather"]
)
def test_whatever_the_word_a_day_or_an_hour_put_right_is_the_second_one(word: str) -> None:
    check(f"Call with Dana is on the 15th, {word}, 16th.", "2026-12-16")
    check(f"I'll call on Tuesday, {word}, Wednesday.", "2026-11-25")
    check(f"I'll call on Tuesday at ten, {word}, eleven.", "2026-11-24", "11:00")


def test_rather_alone_between_two_days_puts_the_first_right_and_a_wish_does_not() -> None:
    check("I'll call on Tuesday, rather, Wednesday.", "2026-11-25")
    check("I'll call on Tuesday at ten, rather, eleven.", "2026-11-24", "11:00")
    check("Call Dana Friday, rather than Thursday.", "2026-11-20")


def test_first_after_a_word_that_puts_right_is_no_day_of_the_month() -> None:
    check("Delivery correction first. I'll call on Tuesday.", "2026-11-24")
    check("I'll call on the second, sorry, third.", "2026-12-03")


@pytest.mark.parametrize(
    "off",
    [
        "Cancel the call", "Scrap the call", "Ditch the call", "Cancel that call", "Cancel that", "Cancel it",
        "Drop the call", "Forget the call", "Forget about the call", "Call it off", "Call that off", "Scrap that",
        "The call's been scrapped", "The call is cancelled", "She's cancelling the call", "The call is off",
    ],
)  # fmt: skip
def test_whatever_the_word_a_call_that_was_called_off_is_none(off: str) -> None:
    check(f"We speak on Tuesday at ten. {off}.", None)
    check(f"We speak on Tuesday. {off}. I'll ring her Friday.", "2026-11-20")


@pytest.mark.parametrize(
    "kept",
    ["Cancel the order", "I must cancel the delivery", "She cancelled the order", "If it rains we cancel the call",
     "Don't cancel the call", "Never scrap that call"],
)  # fmt: skip
def test_something_else_called_off_or_a_call_that_is_not_leaves_it_where_it_was(kept: str) -> None:
    check(f"We speak on Tuesday at ten. {kept}.", "2026-11-24", "10:00")
