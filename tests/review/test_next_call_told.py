"""What is told beside a call is no call: what day it is, what else happens, a plan that was kept."""

from datetime import UTC, date, datetime, time

import pytest

from review.next_call import find_next_call

WEDNESDAY = datetime(2026, 11, 18, 16, 40, tzinfo=UTC)


def check(text: str, day: str | None, at: str | None = None) -> None:
    found = find_next_call(text, WEDNESDAY)
    assert (found.date if found else None) == (date.fromisoformat(day) if day else None), text
    assert (found.time if found else None) == (time.fromisoformat(at) if at else None), text


@pytest.mark.parametrize(
    "said",
    [
        "It's Wednesday and she has a queue.",
        "Wednesday, early. Sam at the mill.",
        "Today's Wednesday, so.",
        "Hey it's the 18th.",
    ],
)
def test_the_day_of_the_memo_is_no_day_of_a_call_and_none_is_counted_from_it(said: str) -> None:
    check(f"{said} I'll ring her Friday.", "2026-11-20")


@pytest.mark.parametrize("kept", ["and I did", "and she answered", "and we spoke", "which did happen"])
def test_a_plan_that_was_kept_is_no_call(kept: str) -> None:
    check(f"We'd agreed I'd ring today {kept}.", None)


@pytest.mark.parametrize(
    "aside",
    [
        "The vet's there Friday.",
        "Her dock reopens Friday.",
        "She says the price goes up Friday.",
        "It sails on Friday.",
    ],
)
def test_what_becomes_of_a_thing_is_no_call(aside: str) -> None:
    check(f"We had a good talk. {aside} I'll ring her Tuesday.", "2026-11-24")
    check(f"We had a good talk. {aside}", None)


@pytest.mark.parametrize("but", ["any day but Friday", "any day except Friday", "any time other than Friday"])
def test_the_day_that_is_left_out_is_not_the_day(but: str) -> None:
    check(f"She can take a call {but}. So Thursday at ten.", "2026-11-19", "10:00")


@pytest.mark.parametrize("end", ["She asked me to stop ringing.", "No follow-up.", "I'm done there."])
def test_where_all_is_said_to_be_over_no_day_beside_a_talk_is_one(end: str) -> None:
    check(f"We had a chat about the call. His hip is done on the 6th. {end}", None)


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("On Friday I'll call him to go through it, 11.", "11:00"),
        ("I'll call him first thing Friday, like 8:30.", "08:30"),
        ("On Friday she's in at four, that's when I call.", "16:00"),
        ("I'll call him Friday, twelve on the dot.", "12:00"),
    ],
)
def test_an_hour_said_behind_the_day_is_that_of_the_call(said: str, at: str) -> None:
    check(said, "2026-11-20", at)


def test_a_day_that_no_rule_decides_for_stands_with_its_hour_and_in_doubt() -> None:
    found = find_next_call("Friday she's human again. Quarter past eleven, my number to hers.", WEDNESDAY)

    assert found is not None
    assert (str(found.date), str(found.time), found.ambiguous) == ("2026-11-20", "11:15:00", True)


def test_the_week_before_is_offered_where_a_weekday_was_counted_on() -> None:
    found = find_next_call("She travels on Friday so let us speak Thursday by ten.", WEDNESDAY)

    assert found is not None
    assert found.ambiguous
    assert date(2026, 11, 19) in {found.date, *(other.date for other in found.others)}
