"""Ids that sort by time, and facts that are believed only when they make sense."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import islice, pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from capture.recording import EndedBy, Recording, ids_from, is_id, new_id, time_of

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.datetimes(datetime(1971, 1, 1), datetime(2900, 1, 1), timezones=ZONES)  # noqa: DTZ001 - bounds have no zone
RECORDINGS = st.builds(
    Recording,
    id=st.builds(new_id, TIMES),
    spoken_at=TIMES,
    duration=st.none() | st.floats(0, 1e6),
    source=st.text(),
    contact_hint=st.none() | st.text(),
    ended_by=st.none() | st.sampled_from(EndedBy),
    overflows=st.integers(0, 1000),
)


@given(TIMES, st.integers(1, 10**9))
def test_ids_sort_by_time_wherever_they_were_made(earlier: datetime, later_by: int) -> None:
    later = (earlier + timedelta(seconds=later_by)).astimezone(timezone(timedelta(hours=-11)))
    assert new_id(earlier, "ffff") < new_id(later, "0000")


@given(TIMES, st.integers(16, 10**6))
def test_ids_made_within_one_second_sort_by_time_too(earlier: datetime, microseconds: int) -> None:
    assert new_id(earlier) < new_id(earlier + timedelta(microseconds=microseconds))


@given(TIMES)
@example(datetime(2026, 12, 31, 23, 59, 59, 999_990, UTC))
def test_where_an_id_is_taken_each_next_one_is_later(now: datetime) -> None:
    ids = list(islice(ids_from(now), 100))
    assert ids[0] == new_id(now)
    assert all(earlier < later for earlier, later in pairwise(ids))
    assert ids[-1] < new_id(now + timedelta(microseconds=1700))


@given(TIMES)
def test_an_id_tells_its_time_to_the_second(time: datetime) -> None:
    assert is_id(new_id(time))
    assert timedelta(0) <= time.astimezone(UTC) - time_of(new_id(time)) < timedelta(seconds=1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20261121-164005",
        "20261121-164005-7F3A",
        "20261121-164005-7f3a ",
        "20261121-164005-7f3a\n",
        "20261321-164005-7f3a",
        "20261121-256005-7f3a",
        "٢٠٢٦١١٢١-١٦٤٠٠٥-7f3a",
        "00000000-000000-0000",
        "../../etc/passwd",
    ],
)
def test_what_is_no_id_or_no_time_is_not_taken_for_one(text: str) -> None:
    assert not is_id(text)


@given(RECORDINGS)
def test_facts_come_back_from_their_dictionary_unchanged(recording: Recording) -> None:
    assert Recording.from_dict(recording.to_dict()) == recording


@pytest.mark.parametrize(
    "nonsense",
    [
        {"spoken_at": "2026-11-21T16:40:05"},
        {"spoken_at": "yesterday"},
        {"spoken_at": 5},
        {"id": "x"},
        {"id": 20261121},
        {"id": None},
        {"ended_by": "boredom"},
        {"ended_by": ["enter"]},
        {"duration": "long"},
        {"duration": -1},
        {"duration": float("nan")},
        {"source": None},
        {"contact_hint": 7},
        {"overflows": "many"},
        {"sample_rate": 44_100},
        {"unheard of": 1},
    ],
    ids=str,
)
def test_facts_that_make_no_sense_are_refused(nonsense: dict[str, Any], now: datetime) -> None:
    facts = Recording(new_id(now), now, 1.0, "microphone").to_dict()
    with pytest.raises(ValueError, match=r"facts of a recording|boredom|enter|yesterday"):
        Recording.from_dict(facts | nonsense)


@pytest.mark.parametrize("missing", ["id", "spoken_at", "duration", "source", "ended_by"])
def test_facts_that_lack_something_are_refused(missing: str, now: datetime) -> None:
    facts = Recording(new_id(now), now, 1.0, "microphone").to_dict()
    del facts[missing]
    with pytest.raises(ValueError, match="facts of a recording"):
        Recording.from_dict(facts)
