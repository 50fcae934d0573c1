"""The rep's days, from the settings and from the calls already promised."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest

from aftercall.desk.errors import BadSettings
from aftercall.desk.review_settings import diary
from aftercall.desk.settings import Settings, load
from memos.models import ConfirmedMemo, Promise
from memos.store import Store
from review.diary import WorkingHours
from review.next_call import Reading


def settings(**variables: str) -> Settings:
    return load(Path("none"), {f"AFTERCALL_{name.upper()}": value for name, value in variables.items()}).settings


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("Mon-Fri", {1, 2, 3, 4, 5}),
        ("monday, Wed", {1, 3}),
        ("Tue-Thu, Saturday", {2, 3, 4, 6}),
        ("1-3,7", {1, 2, 3, 7}),
    ],
)
def test_working_days_are_read_from_their_names(tmp_path: Path, said: str, days: set[int]) -> None:
    with Store.open(tmp_path / "memos.db") as store:
        assert diary(settings(work_days=said), store).hours.days == days


@pytest.mark.parametrize(
    ("name", "value"),
    [("work_days", "never"), ("work_days", ""), ("work_start", "25:00"), ("work_end", "late"), ("region", "Scotland")],
)
def test_a_setting_that_makes_no_sense_is_refused(name: str, value: str) -> None:
    with pytest.raises(BadSettings, match=name):
        settings(**{name: value})


def test_hours_country_and_region_reach_the_diary(tmp_path: Path) -> None:
    with Store.open(tmp_path / "memos.db") as store:
        own = diary(settings(work_start="9:30", work_end="17:00", country="gb", region="sct"), store)

    assert own.hours == WorkingHours(start=time(9, 30), end=time(17))
    assert "Saint Andrew" in own.holiday(date(2026, 11, 30))


def test_a_promised_call_is_in_the_way_of_another_at_its_time(
    tmp_path: Path, make_memo: Callable[..., ConfirmedMemo]
) -> None:
    now = datetime.fromisoformat("2026-11-18T16:40:00+00:00")
    promise = Promise(date(2026, 11, 19), time(14, 30), None, "tomorrow at half two")
    with Store.open(tmp_path / "memos.db") as store:
        store.confirm(make_memo(1, next_call=promise, no_next_call_reason=None))
        own = diary(Settings(country="GB"), store)
        (said,) = own.remarks(Reading(date(2026, 11, 19), time(14, 45)), now)
        assert said.endswith("at 14:30 that day")
        assert own.remarks(Reading(date(2026, 11, 20), time(14, 45)), now) == []


def test_an_empty_store_has_no_calls_in_the_way(tmp_path: Path) -> None:
    now = datetime.fromisoformat("2026-11-18T16:40:00+00:00")
    with Store.open(tmp_path / "memos.db") as store:
        own = diary(Settings(), store)
        assert own.planned(date(2026, 11, 19)) == []
        assert own.remarks(Reading(date(2026, 11, 19), time(10)), now) == []
