"""What is said about a day before it is confirmed: nothing is forbidden, nothing is passed over."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from review.diary import Diary, PlannedCall, WorkingHours
from review.next_call import WEEKEND, Reading

NOW = datetime.fromisoformat("2026-11-18T16:40:00+00:00")  # a Wednesday
LONDON = ZoneInfo("Europe/London")


def remarks(day: str, at: str | None = None, diary: Diary | None = None) -> list[str]:
    when = Reading(date.fromisoformat(day), time.fromisoformat(at) if at else None)
    return (diary or Diary()).remarks(when, NOW)


def test_a_working_day_in_working_hours_is_not_remarked_upon() -> None:
    assert remarks("2026-11-19", "10:00") == []
    assert remarks("2026-11-18", "17:00") == []
    assert Diary(country="GB").remarks(Reading(None, time(3)), NOW) == []


@pytest.mark.parametrize(
    ("day", "at", "said"),
    [
        ("2026-11-17", None, "that day is past"),
        ("2026-11-18", "16:40", "that time is past"),
        ("2026-11-21", None, WEEKEND),
        ("2026-11-19", "07:59", "outside your working hours, 08:00 to 18:00"),
        ("2026-11-19", "18:00", "outside your working hours, 08:00 to 18:00"),
    ],
)
def test_a_day_or_time_that_is_unusual_is_remarked_upon(day: str, at: str | None, said: str) -> None:
    assert remarks(day, at) == [said]


def test_the_working_week_is_the_reps_own() -> None:
    own = Diary(hours=WorkingHours(frozenset({2, 3, 4, 6}), time(12), time(20)))

    assert remarks("2026-11-20", "12:00", own) == ["you do not work on Fridays"]
    assert remarks("2026-11-21", "19:59", own) == []
    assert remarks("2026-11-22", None, own) == [WEEKEND]
    assert remarks("2026-11-19", "09:00", own) == ["outside your working hours, 12:00 to 20:00"]


@pytest.mark.parametrize(
    ("country", "region", "day", "name"),
    [
        ("US", "", "2026-11-26", "Thanksgiving"),
        ("GB", "SCT", "2026-11-30", "Saint Andrew"),
        ("IE", "", "2027-03-17", "Patrick"),
        ("DE", "BY", "2027-01-06", "Epiphany"),
        ("IN", "", "2027-01-26", "Republic Day"),
    ],
)
def test_a_public_holiday_of_the_country_or_its_region_is_named(country: str, region: str, day: str, name: str) -> None:
    (said,) = remarks(day, None, Diary(country, region))

    assert name in said
    assert said.endswith(f"({country}{'-' if region else ''}{region})")


def test_a_regions_holiday_is_none_elsewhere_and_unknown_places_have_none() -> None:
    assert remarks("2027-01-06", None, Diary("DE")) == []
    assert remarks("2026-11-26", None, Diary("ZZ")) == []
    assert remarks("2026-11-26", None, Diary("US", "ZZ")) == []


def test_a_call_within_half_an_hour_of_another_is_told_with_whom() -> None:
    planned = {
        date(2026, 11, 19): [PlannedCall(time(14, 30), "Ann Lee"), PlannedCall(None, "Bo"), PlannedCall(time(9), "Cy")]
    }
    diary = Diary(planned=lambda day: planned.get(day, []))

    assert remarks("2026-11-19", "14:30", diary) == ["you have a call with Ann Lee at 14:30 that day"]
    assert remarks("2026-11-19", "14:59", diary) == ["you have a call with Ann Lee at 14:30 that day"]
    assert remarks("2026-11-19", "15:00", diary) == []
    assert remarks("2026-11-20", "14:30", diary) == []
    assert remarks("2026-11-19", None, diary) == []


def test_a_time_that_the_clock_change_leaves_out_is_moved_on() -> None:
    at, said = Diary(zone=LONDON).settle(date(2027, 3, 28), time(1, 30))

    assert at == time(2, 30)
    assert said == "the clocks go forward: 01:30 is left out that day, so 02:30"


def test_of_a_time_that_comes_twice_the_first_is_meant() -> None:
    at, said = Diary(zone=LONDON).settle(date(2026, 10, 25), time(1, 30))

    assert at == time(1, 30)
    assert said.startswith("the clocks go back: 01:30 comes twice")


@pytest.mark.parametrize("at", ["00:59", "02:00", "10:00"])
def test_any_other_time_stays_and_nothing_is_said(at: str) -> None:
    clock = time.fromisoformat(at)

    assert Diary(zone=LONDON).settle(date(2026, 10, 25), clock) == (clock, "")
    assert Diary().settle(date(2026, 11, 18), clock) == (clock, "")
