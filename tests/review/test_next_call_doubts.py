"""Nothing is shown as sure where another day or hour may be meant, and what else it may be is offered."""

from datetime import UTC, date, datetime, time

import pytest

from review.next_call import NextCall, find_next_call, to_json

WEDNESDAY = datetime(2026, 11, 18, 16, 40, tzinfo=UTC)


def call(text: str) -> NextCall:
    found = find_next_call(text, WEDNESDAY)
    assert found is not None, text
    return found


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("I'll ring her Tuesday. Friday, market day.", "“Friday” may be the day as well"),
        ("I'll ring her Tuesday at ten. The stairs. Two o'clock.", "whose hour is “Two o'clock”?"),
        ("We said Tuesday.", "no talk is named with it"),
        (
            "She'll take the pumps on Friday. For the rest, I'm calling her Thursday.",
            "it may be the week before: it was counted on from a day that was said earlier",
        ),
    ],
)
def test_a_reading_is_in_doubt_where_there_is_reason_and_says_which(text: str, doubt: str) -> None:
    found = call(text)

    assert found.ambiguous
    assert doubt in found.notes


@pytest.mark.parametrize(
    "text",
    [
        "I'll ring her Tuesday.",
        "I'll ring her Tuesday at ten. Two o'clock is when she eats.",
        "He'll test Wednesday and I'll call Friday.",
        "I'll ring her Tuesday. She flies to Oslo on Friday.",
        "I'll ring her Tuesday, not Friday.",
        "I'll ring her Tuesday. If it rains on Friday he stays in.",
        "I'll ring her Tuesday. We met last Friday.",
        "Kitchen thing Friday. I'll ring her Tuesday the 24th.",
    ],
)
def test_a_reading_is_sure_where_no_other_day_may_be_meant(text: str) -> None:
    assert not call(text).ambiguous


def test_what_else_it_may_be_comes_likeliest_first_with_where_it_was_heard_and_is_three_in_all_with_it() -> None:
    found = call(
        "I'll ring her Tuesday. The fair is on the 30th. I'll ring again on the 28th. She flies out on Friday."
    )

    assert found.date == date(2026, 11, 24)
    assert [other.heard for other in found.others] == ["the 28th", "the 30th"]
    assert not found.ambiguous
    assert to_json(found)["others"] == [
        {"date": "2026-11-28", "time": None, "heard": "the 28th"},
        {"date": "2026-11-30", "time": None, "heard": "the 30th"},
    ]


def test_a_day_that_was_said_not_to_be_it_is_not_offered_nor_is_the_end_of_a_contract() -> None:
    assert call("I'll ring her Tuesday, not Friday. Their contract ends on the 30th.").others == ()


def test_a_day_that_was_replaced_is_offered_with_its_own_hour() -> None:
    (other,) = call("I'll ring her Monday at nine. Sorry, Tuesday at ten.").others

    assert (other.date, other.time, other.heard) == (date(2026, 11, 23), time(9), "Monday at nine")
