"""What the second reader chooses from: every day and hour that the words may mean, told without the rules' verdicts."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from review.next_call import _read_memo, find_next_call
from review.next_call.day_features import candidates as days_of
from review.next_call.day_readings import MOST_READINGS
from review.next_call.hour_features import MOST_HOURS
from review.next_call.hour_features import candidates as hours_of
from review.next_call.memo import Memo

WEDNESDAY = datetime(2026, 11, 18, 16, 40, tzinfo=UTC)
THURSDAY = date(2026, 11, 19)
FRIDAY = date(2026, 11, 20)


def memo(text: str) -> Memo:
    return _read_memo(text, WEDNESDAY, "en-US")


def days(text: str) -> set[date | None]:
    return {one.value for one in days_of(memo(text))}


def hours(text: str, day: date = FRIDAY) -> set[time | None]:
    return {one.value for one in hours_of(memo(text), day, None)}


def test_a_weekday_may_be_the_first_to_come_or_the_first_after_a_day_said_before_or_a_week_on() -> None:
    found = days("She sails on Thursday and on Monday the vet comes, so it's Friday we speak.")

    assert {FRIDAY, date(2026, 11, 27)} <= found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The kiln is lit on Monday. He opens it on Tuesday. Next morning I ring him.", date(2026, 11, 25)),
        ("They load on Friday. The driver sleeps on Saturday. I'll call the day after.", date(2026, 11, 21)),
        ("The one gap she had was Friday, ten past three.", FRIDAY),
        ("Same time next week with the vicar.", date(2026, 11, 25)),
        ("It's Wednesday today and Wednesday it is, at six.", date(2026, 11, 18)),
    ],
)
def test_a_day_counted_from_another_is_counted_from_each_that_it_may_be_counted_from(text: str, day: date) -> None:
    assert day in days(text)


def test_a_day_is_told_with_how_it_was_read() -> None:
    found = [one for one in days_of(memo("She sails on Thursday, so we speak on Tuesday.")) if one.value]
    first = next(one for one in found if one.value == date(2026, 11, 24))
    later = next(one for one in found if one.value == date(2026, 12, 1))

    assert "read weekday, from today" in first.features
    assert "read as the story goes" in first.features
    assert "read weekday, a week after the first" in later.features


def test_one_date_has_few_days() -> None:
    text = "Monday this, Tuesday that, Wednesday, Thursday, Friday, Saturday, Sunday. The day after, and on Monday."
    found = days_of(memo(text))

    for dated in {id(one.dated) for one in found if one.dated}:
        assert len([one for one in found if id(one.dated) == dated]) <= MOST_READINGS


def test_minutes_that_somebody_has_tomorrow_are_no_length_of_time_from_now() -> None:
    found = find_next_call("I'll call her, she's free for 20 minutes tomorrow at 4.", WEDNESDAY)

    assert found is not None
    assert (found.date, found.time) == (THURSDAY, time(16))


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("So like Friday? Ten? Grand.", time(10)),
        ("I'll ring him on Friday. He's on the land by day. Eight.", time(20)),
        ("I'll ring him on Friday. He's on the land by day. Eight.", time(8)),
        ("Lorna on Friday, quarter to five, from the van.", time(16, 45)),
    ],
)
def test_every_number_that_may_be_an_hour_is_one_to_choose_from_in_both_halves_of_the_day(
    text: str, hour: time
) -> None:
    assert hour in hours(text)


@pytest.mark.parametrize(
    "text", ["Friday, ten percent off.", "Friday, ten per tray.", "Friday, order ten.", "Friday. Ten days."]
)
def test_what_is_counted_is_no_hour(text: str) -> None:
    assert time(10) not in hours(text)


def test_that_no_hour_was_said_is_always_among_them() -> None:
    assert None in hours("I'll ring him Friday at two.")


def test_hours_are_told_without_the_verdicts_of_the_rules() -> None:
    text = "I'll ring her Friday at two. She shuts at five."
    before, other = memo(text), memo(text)
    other.dated[:] = [
        replace(dated, mention=replace(dated.mention.stands("declined", "for this test"), direct=True, theirs=True))
        for dated in other.dated
    ]

    told = [(one.value, one.features) for one in hours_of(before, FRIDAY, None)]

    assert [(one.value, one.features) for one in hours_of(other, FRIDAY, None)] == told


def test_a_text_with_more_hours_than_a_memo_has_is_left_to_the_rules() -> None:
    assert hours_of(memo("I'll call him Friday at two. " * (MOST_HOURS + 1)), FRIDAY, None) == []


def test_an_hour_knows_whether_it_was_said_with_the_day_or_with_another() -> None:
    found = hours_of(memo("The crane comes on Thursday at seven, and I ring him Friday at two."), FRIDAY, None)
    by_hour = {one.value: one.features for one in found}

    assert "from the words of the day" in by_hour[time(14)]
    assert "from the words of another day" in by_hour[time(7)]
