"""An hour that is said without a day: a call of today, of the next working day once it has gone by, or none."""

from datetime import UTC, date, datetime, time

import pytest

from review.next_call import NO_DAY_SAID, NextCall, _read_memo, find_next_call
from review.next_call.day_features import candidates
from review.next_call.hour_without_a_day import MOST_HOURS

TODAY = date(2026, 11, 18)
MORNING = datetime(2026, 11, 18, 11, 40, tzinfo=UTC)
FRIDAY_EVENING = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


def call(text: str, spoken_at: datetime = MORNING) -> NextCall:
    found = find_next_call(text, spoken_at)
    assert found is not None, text
    return found


def put_up(found: NextCall) -> set[tuple[date | None, time | None]]:
    return {(found.date, found.time), *((other.date, other.time) for other in found.others)}


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Voicemail. I'll try at half past two.", time(14, 30)),
        ("Nobody picked up. Will redial at five p.m.", time(17)),
        ("Engaged twice. Trying him again after lunch, say one thirty.", time(13, 30)),
        ("Line was engaged. Another go at quarter to five.", time(16, 45)),
        ("Rang out. Will have another crack around three.", time(15)),
        ("Voicemail. Again at four.", time(16)),
        ("Not picking up. At noon I take the third attempt.", time(12)),
        ("She's in a meeting. I'm back to her at one.", time(13)),
    ],
)
def test_another_try_at_an_hour_is_offered_for_today(text: str, at: time) -> None:
    assert (TODAY, at) in put_up(call(text))


def test_a_call_at_an_hour_to_come_is_today_and_in_doubt_where_another_day_is_said_or_it_is_only_a_try() -> None:
    plainly = call("I'll ring her at five.")

    assert (plainly.date, plainly.time, plainly.ambiguous) == (TODAY, time(17), False)
    assert NO_DAY_SAID in plainly.notes
    for text in ("I'll ring her at five. The delivery is on Friday.", "Engaged. I'll have another go at five."):
        assert call(text).ambiguous, text


def test_an_hour_gone_by_is_that_of_the_next_working_day_in_doubt() -> None:
    found = call("I'll ring him at nine.", FRIDAY_EVENING)

    assert (found.date, found.time, found.ambiguous) == (MONDAY, time(9), True)
    assert (date(2026, 11, 21), time(9)) in put_up(found)


@pytest.mark.parametrize(
    "text",
    [
        "He's in till five.",
        "They close at four.",
        "Spoke with Dana. He's in till five. They close at four.",
        "Good chat with Dana. The van comes at two.",
    ],
)
def test_an_hour_of_what_others_do_is_no_call(text: str) -> None:
    assert find_next_call(text, MORNING) is None


def test_an_hour_beside_a_day_goes_with_that_day() -> None:
    found = call("I'll ring her on Friday. Two o'clock.")

    assert (found.date, found.time, found.ambiguous) == (FRIDAY, time(14), False)


def test_no_hour_that_has_gone_by_is_that_of_a_call_today() -> None:
    found = call("She said half past eleven, I rang at half past eleven and it's engaged. I'll ring again at one.")

    assert (found.date, found.time) == (TODAY, time(13))


def test_the_heading_of_a_note_with_the_hour_that_it_is_is_no_day_of_a_call() -> None:
    assert call("Wednesday, eleven o'clock, the machine again. I'll ring her Friday.").date == FRIDAY


def test_in_an_hour_or_so_is_in_doubt() -> None:
    assert not call("I'll ring her in an hour.").ambiguous
    assert call("I'll ring her in an hour or so.").ambiguous


def test_of_a_text_with_more_hours_than_a_memo_has_none_is_weighed() -> None:
    def weighed(hours: int) -> int:
        memo = _read_memo("I'll ring her at five. " * hours, MORNING, "en-US")
        return sum(one.dated is not None for one in candidates(memo))

    assert (weighed(MOST_HOURS), weighed(MOST_HOURS + 1)) == (MOST_HOURS, 0)
