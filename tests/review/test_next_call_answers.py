"""What the rep types at the prompt, and how a next call is said back."""

from datetime import UTC, date, datetime, time

import pytest

from review.next_call import ITS_TIME, NextCall, Reading, explain, find_next_call, resolve_answer, spell_out, to_json

WEDNESDAY = datetime(2026, 11, 18, 16, 40, tzinfo=UTC)
TODAY = WEDNESDAY.date()


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("make it Thursday at ten", "2026-11-19", "10:00"),
        ("2026-11-24 14:30", "2026-11-24", "14:30"),
        ("2026-11-24T14:30", "2026-11-24", "14:30"),
        ("24.11.", "2026-11-24", None),
        ("24.11.2026", "2026-11-24", None),
        ("next Tuesday 2:30pm", "2026-11-24", "14:30"),
        ("tomorrow", "2026-11-19", None),
        ("tuesday", "2026-11-24", None),
        ("the 24th", "2026-11-24", None),
        ("the 24 at 3", "2026-11-24", "15:00"),
        ("11/24", "2026-11-24", None),
        ("dec 3", "2026-12-03", None),
        ("Dec. 3, 2026 at 9am", "2026-12-03", "09:00"),
        ("march 31", "2027-03-31", None),
        ("no, Tuesday, not Thursday... well, Friday", "2026-11-20", None),
        ("in two weeks", "2026-12-02", None),
        ("a week on Friday, half past two", "2026-11-27", "14:30"),
        ("in two hours", "2026-11-18", "18:40"),
    ],
)
def test_any_day_phrase_answers_the_prompt(text: str, day: str, at: str | None) -> None:
    answer = resolve_answer(text, WEDNESDAY)
    assert answer is not None
    assert answer.date == date.fromisoformat(day)
    assert answer.time == (time.fromisoformat(at) if at else None)


@pytest.mark.parametrize("text", ["", "yes", "no idea", "555-0142", "10.5", "model 7", "February 30", "13/32"])
def test_an_answer_without_a_day_is_none(text: str) -> None:
    assert resolve_answer(text, WEDNESDAY) is None


def test_an_answer_of_a_clock_time_alone_asks_for_the_day() -> None:
    answer = resolve_answer("at 5", WEDNESDAY)
    assert answer is not None
    assert (answer.date, answer.time, answer.ambiguous) == (TODAY, time(17), True)
    late = resolve_answer("at 3", WEDNESDAY)
    assert late is not None
    assert late.date == date(2026, 11, 19)


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "today"), (1, "tomorrow"), (6, "in 6 days"), (-1, "yesterday"), (-3, "3 days ago")],
)
def test_a_day_is_spelt_out_with_its_distance(days: int, said: str) -> None:
    day = date.fromordinal(TODAY.toordinal() + days)
    assert spell_out(Reading(day), TODAY).endswith(said)


def test_a_next_call_is_spelt_out_with_its_time() -> None:
    call = NextCall(date(2026, 11, 24), time(14, 30), "Tuesday")
    assert spell_out(call, date(2026, 11, 21)) == "Tuesday 24 November 2026, 14:30, in 3 days"
    assert spell_out(Reading(date(2026, 11, 24), time(9, 5)), TODAY) == "Tuesday 24 November 2026, 09:05, in 6 days"


def test_a_call_without_a_day_is_spelt_out_as_its_window() -> None:
    vague = find_next_call("I'll call him in August.", WEDNESDAY)
    assert vague is not None
    assert spell_out(vague, TODAY) == ("no day named, between Sunday 1 August 2027 and Tuesday 31 August 2027")
    assert spell_out(NextCall(None, None, "soon", ambiguous=True), TODAY) == "no day named"


def test_json_has_the_documented_shape() -> None:
    call = find_next_call("I'll call him next Tuesday at half past two.", WEDNESDAY)
    assert to_json(call) == {
        "date": "2026-11-24",
        "time": "14:30",
        "ambiguous": False,
        "heard": "next Tuesday at half past two",
        "others": [],
    }
    assert to_json(None) == {"date": None, "time": None, "ambiguous": False, "heard": None, "others": []}
    vague = to_json(NextCall(None, None, "Q3", True, (Reading(TODAY, None),), (TODAY, TODAY), ("a note",)))
    assert vague["date"] is None
    assert vague["others"] == [{"date": "2026-11-18", "time": None}]
    assert vague["window"] == {"start": "2026-11-18", "end": "2026-11-18"}
    assert vague["notes"] == ["a note"]


def test_explain_tells_every_date_and_why_one_was_chosen() -> None:
    text = "The contract ends on March 31st. I'll call him Tuesday, sorry, Wednesday. We spoke last Monday."
    found = explain(text, WEDNESDAY)
    assert [text[one.start : one.end] for one in found] == [one.heard for one in found]
    assert [one.reading.date for one in found] == [
        date(2027, 3, 31), date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 16),
    ]  # fmt: skip
    assert [one.chosen for one in found] == [False, False, True, False]
    assert all(one.reason for one in found)


def test_explain_tells_the_time_apart_from_its_day_and_the_talk_that_comes_later() -> None:
    found = explain("We talk early next week. And again on the 15th. Ten o'clock on Monday.", WEDNESDAY)
    assert [one.reason for one in found if not one.chosen]
    text = "I'll call Thursday. Two o'clock, his time. And then we speak again on the 15th."
    day, clock, later = explain(text, WEDNESDAY)
    assert day.chosen
    assert day.reading == Reading(date(2026, 11, 19), time(14))
    assert (clock.reading, clock.reason) == (Reading(None, time(14)), ITS_TIME)
    assert later.reason.endswith("the other one comes first")
