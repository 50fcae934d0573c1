"""Days that are typed: those that were, for what was spoken, and those that are to come, for calls."""

from datetime import datetime

import pytest

from aftercall.desk.typed_days import time_that_was

TUESDAY = datetime.fromisoformat("2026-11-24 10:00")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-11-20", "2026-11-20 12:00"),
        ("2026-11-20 16:40", "2026-11-20 16:40"),
        ("yesterday at three", "2026-11-23 15:00"),
        ("Monday", "2026-11-23 12:00"),
        ("Wednesday at 9", "2026-11-18 09:00"),
        ("November 3rd at 10:15", "2026-11-03 10:15"),
        ("today at 9", "2026-11-24 09:00"),
        ("today", "2026-11-24 10:00"),
        ("two days ago", "2026-11-22 12:00"),
    ],
)
def test_a_moment_that_was(typed: str, meant: str) -> None:
    assert time_that_was(typed, TUESDAY.astimezone(), "en-US") == datetime.fromisoformat(meant).astimezone()


@pytest.mark.parametrize("typed", ["soon", "2940-01-01", "2026-11-24 23:00", "today at 11", "yesterday at 27:10"])
def test_what_names_none_is_not_taken(typed: str) -> None:
    assert time_that_was(typed, TUESDAY.astimezone(), "en-US") is None
