"""One test per row of the table in docs/next-call.md, several wordings each. Said on Wednesday 18 November 2026."""

from datetime import UTC, date, datetime, time

import pytest

from review.next_call import NextCall, find_next_call

WEDNESDAY = datetime(2026, 11, 18, 16, 40, tzinfo=UTC)


def call(text: str, spoken_at: datetime = WEDNESDAY, locale: str = "en-US") -> NextCall:
    found = find_next_call(text, spoken_at, locale=locale)
    assert found is not None, text
    return found


def check(text: str, day: str | None, at: str | None = None, *, ambiguous: bool = False) -> NextCall:
    found = call(text)
    assert found.date == (date.fromisoformat(day) if day else None), text
    assert found.time == (time.fromisoformat(at) if at else None), text
    assert found.ambiguous is ambiguous, text
    for piece in found.heard.split(" … "):
        assert piece in text
    return found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("I'll call him Thursday.", "2026-11-19"),
        ("I'm ringing her on Tuesday about the order.", "2026-11-24"),
        ("We'll speak Wednesday.", "2026-11-25"),
        ("He'll test Wednesday and I'll call Friday.", "2026-11-27"),
        ("She flies out Friday and I'm to ring her Thursday.", "2026-11-26"),
    ],
)
def test_a_weekday_is_the_first_strictly_after_the_memo_or_after_the_day_before_it_in_a_story(
    text: str, day: str
) -> None:
    check(text, day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("I'll call this Friday.", "2026-11-20"),
        ("I'll call this Wednesday.", "2026-11-18"),
        ("I'll phone her this Monday.", "2026-11-23"),
    ],
)
def test_this_friday_is_in_the_current_week_today_included(text: str, day: str) -> None:
    check(text, day)


@pytest.mark.parametrize(
    ("text", "day", "other"),
    [
        ("I'll call next Tuesday.", "2026-11-24", None),
        ("I'll ring him next Friday.", "2026-11-27", "2026-11-20"),
        ("We talk next Thursday at ten.", "2026-11-26", "2026-11-19"),
    ],
)
def test_next_friday_is_in_next_week_and_ambiguous_while_this_one_is_ahead(
    text: str, day: str, other: str | None
) -> None:
    found = call(text)
    assert found.date == date.fromisoformat(day)
    assert [reading.date for reading in found.others] == ([date.fromisoformat(other)] if other else [])
    assert found.ambiguous is (other is not None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("I'll call him next week.", "2026-11-23"),
        ("I'll ring her sometime next week.", "2026-11-23"),
        ("We'll talk next week sometime.", "2026-11-23"),
        ("I'll phone early next week.", "2026-11-23"),
        ("We'll speak at the beginning of next week.", "2026-11-23"),
        ("I'll ring late next week.", "2026-11-27"),
        ("I'll call towards the end of next week.", "2026-11-27"),
        ("I'll ring her at the end of the week.", "2026-11-20"),
        ("We'll talk later in the week.", "2026-11-20"),
        ("I'll call later this week.", "2026-11-20"),
    ],
)
def test_a_part_of_a_week_is_its_monday_or_friday_and_ambiguous(text: str, day: str) -> None:
    check(text, day, ambiguous=True)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The week after next, Tuesday, I'll call him.", "2026-12-01"),
        ("I'll call Tuesday of the week after next.", "2026-12-01"),
        ("I'll ring the week after next on Thursday.", "2026-12-03"),
        ("I'll call Tuesday week.", "2026-12-01"),
        ("I'll ring him a week on Tuesday.", "2026-12-01"),
        ("I'll speak to her a week from Tuesday.", "2026-12-01"),
        ("I'll call in a week.", "2026-11-25"),
        ("I'll phone in a fortnight.", "2026-12-02"),
        ("I'll check in with him in six weeks.", "2026-12-30"),
        ("I'm calling him in 90 days.", "2027-02-16"),
        ("I'll ring a week today.", "2026-11-25"),
        ("I'll ring a week tomorrow.", "2026-11-26"),
        ("We'll talk in a month.", "2026-12-18"),
        ("I'll call in three months.", "2027-02-18"),
        ("I'll call on the 15th.", "2026-12-15"),
        ("I'll ring her on the 18th.", "2026-12-18"),
        ("I'll phone on the twenty-third.", "2026-11-23"),
        ("I'll ring on the 31st.", "2026-12-31"),
        ("Call him Thursday the 4th.", "2027-02-04"),
        ("Call him Wednesday the 18th.", "2026-11-18"),
        ("I'll call on Friday, the 20th.", "2026-11-20"),
        ("I'll call March 31.", "2027-03-31"),
        ("I'll call on the 31st of March.", "2027-03-31"),
        ("I'll ring him on December 3rd, 2026.", "2026-12-03"),
        ("I'll call on 3/14.", "2027-03-14"),
    ],
)
def test_an_exact_day_is_taken_at_its_word(text: str, day: str) -> None:
    check(text, day)


def test_the_locale_orders_the_numbers_of_a_date() -> None:
    assert call("I'll call on 3/12.", locale="en-US").date == date(2027, 3, 12)
    assert call("I'll call on 3/12.", locale="en-GB").date == date(2026, 12, 3)
    assert call("I'll call on 24.11.", locale="en-US").date == date(2026, 11, 24)
    assert call("I'll call on 14/3.", locale="en-US").date == date(2027, 3, 14)


@pytest.mark.parametrize(
    ("text", "day", "other"),
    [
        ("I'll call him in a couple of weeks.", "2026-12-02", None),
        ("Leave it a couple of weeks and ring him.", "2026-12-02", None),
        ("I'll ring in a few weeks.", "2026-12-09", None),
        ("I'll ring in a couple of days.", "2026-11-20", None),
        ("I'll call back in a few days.", "2026-11-23", "2026-11-21"),
    ],
)
def test_a_couple_is_two_and_a_few_are_three_moved_to_a_working_day(text: str, day: str, other: str | None) -> None:
    found = check(text, day, ambiguous=True)
    assert [reading.date for reading in found.others] == ([date.fromisoformat(other)] if other else [])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("I'll call at the end of the month.", "2026-11-30"),
        ("We'll talk at the end of the quarter.", "2026-12-31"),
        ("I'll ring him at the end of January.", "2027-01-29"),
        ("I'll call mid-March.", "2027-03-15"),
        ("I'll phone in the middle of May.", "2027-05-17"),
        ("I'll call at the beginning of March.", "2027-03-01"),
        ("I'll ring in early May.", "2027-05-03"),
    ],
)
def test_a_part_of_a_month_is_a_working_day_and_ambiguous(text: str, day: str) -> None:
    check(text, day, ambiguous=True)


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("I'll call him sometime in spring.", ("2027-03-01", "2027-05-31")),
        ("We'll speak in Q3.", ("2027-07-01", "2027-09-30")),
        ("I'll ring after the holidays.", ("2027-01-02", "2027-01-31")),
        ("We'll talk in the new year.", ("2027-01-01", "2027-01-31")),
        ("I'll call in August.", ("2027-08-01", "2027-08-31")),
        ("I'll phone him in a few months.", ("2027-01-18", "2027-04-18")),
        ("I'll ring her next month.", ("2026-12-01", "2026-12-31")),
        ("I'll call him in a while.", None),
        ("I'll give it a while and then call again.", None),
    ],
)
def test_a_window_wider_than_a_week_names_no_day(text: str, window: tuple[str, str] | None) -> None:
    found = check(text, None, ambiguous=True)
    expected = tuple(date.fromisoformat(day) for day in window) if window else None
    assert found.window == expected


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("I'll call Thursday first thing.", "09:00"),
        ("I'll call first thing Thursday.", "09:00"),
        ("I'll call Thursday morning.", None),
        ("I'll call Thursday afternoon.", None),
        ("I'll call Thursday in the evening.", None),
        ("I'll call Thursday at noon.", "12:00"),
        ("I'll call Thursday at lunchtime.", "12:00"),
        ("I'll call Thursday after lunch.", "13:00"),
        ("I'll call Thursday, end of day.", "17:00"),
        ("I'll call Thursday by close of business.", "17:00"),
        ("I'll call Thursday at 7.", "07:00"),
        ("I'll call Thursday at eleven.", "11:00"),
        ("I'll call Thursday at 12.", "12:00"),
        ("I'll call Thursday at one.", "13:00"),
        ("I'll call Thursday at 6.", "18:00"),
        ("I'll call Thursday morning at six.", "06:00"),
        ("I'll call Thursday evening at 8.", "20:00"),
        ("I'll call Thursday at 8 p.m.", "20:00"),
        ("I'll call Thursday at 2.30.", "14:30"),
        ("I'll call Thursday at half two.", "14:30"),
        ("I'll call Thursday at half past two.", "14:30"),
        ("I'll call Thursday at two thirty.", "14:30"),
        ("I'll call Thursday at 2:30pm.", "14:30"),
        ("I'll call Thursday at 14:30.", "14:30"),
        ("I'll call Thursday at quarter to four.", "15:45"),
        ("I'll call Thursday at ten to five.", "16:50"),
        ("I'll call Thursday at twenty past nine.", "09:20"),
        ("I'll call Thursday after 3.", "15:00"),
        ("I'll call Thursday any time after 3.", "15:00"),
        ("I'll call Thursday 10ish.", "10:00"),
        ("I'll call Thursday around 10.", "10:00"),
        ("I'll call Thursday between 2 and 3.", "14:00"),
        ("I'll call Thursday. Two o'clock.", "14:00"),
    ],
)
def test_a_clock_time_is_read_as_a_working_day_says_it(text: str, at: str | None) -> None:
    check(text, "2026-11-19", at)


@pytest.mark.parametrize("zone", ["his time", "Eastern", "their time", "PST"])
def test_a_time_in_another_zone_is_not_converted_and_the_rep_is_told(zone: str) -> None:
    found = check(f"I'll call Thursday at 3 {zone}.", "2026-11-19", "15:00")
    assert any("zone" in note for note in found.notes)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("I'll call a week after the demo on the 3rd.", "2026-12-10"),
        ("I'll ring him two weeks before March 31.", "2027-03-17"),
        ("She's back on December 7th. I'll call the day after she's back.", "2026-12-08"),
        ("Their contract ends on March 31. I'll ring two weeks before that.", "2027-03-17"),
        ("The fitter comes on Tuesday. I'll phone the day after.", "2026-11-25"),
        ("He's back on the 14th. I'll call him then.", "2026-12-14"),
    ],
)
def test_a_day_counted_from_an_event_starts_at_its_date(text: str, day: str) -> None:
    check(text, day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("If I don't hear by Friday I'll ring Monday.", "2026-11-23"),
        ("If I don't hear by Friday, I'll ring Monday.", "2026-11-23"),
        ("I'll ring Monday if I haven't heard by Friday.", "2026-11-23"),
        ("She'll e-mail on Tuesday, otherwise I'll call Thursday.", "2026-11-26"),
        ("Unless he signs by Friday I'm calling Monday.", "2026-11-23"),
    ],
)
def test_of_a_condition_the_clause_with_the_call_counts(text: str, day: str) -> None:
    check(text, day)


@pytest.mark.parametrize(
    "text",
    [
        "If he signs I'll call Tuesday, if not I'll call Friday.",
        "I'll call Tuesday if it's a yes, otherwise I'll ring Friday.",
        "I'll call him Tuesday or Friday.",
    ],
)
def test_of_two_branches_the_first_is_taken_and_the_other_offered(text: str) -> None:
    found = check(text, "2026-11-24", ambiguous=True)
    assert date(2026, 11, 27) in [reading.date for reading in found.others]


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("Call her Tuesday, sorry, Wednesday.", "2026-11-25", None),
        ("Call her Tuesday at ten, sorry, Wednesday.", "2026-11-25", "10:00"),
        ("Call her Friday at one. Sorry, at two.", "2026-11-20", "14:00"),
        ("I'll call, not Wednesday, so Thursday.", "2026-11-19", None),
        ("I'll ring Monday. Scratch that, Tuesday.", "2026-11-24", None),
        ("We had a call on Monday. She's moved it to Thursday.", "2026-11-19", None),
        ("He wanted a call on Monday, but I can't, so we settled on Tuesday.", "2026-11-24", None),
        ("I'll phone on the 10th, I mean the 11th.", "2026-12-11", None),
    ],
)
def test_the_last_statement_wins(text: str, day: str, at: str | None) -> None:
    check(text, day, at)


def test_an_explicit_date_stays_on_its_weekend_and_the_rep_is_told() -> None:
    found = check("I'll ring him on November 22nd.", "2026-11-22")
    assert any("weekend" in note for note in found.notes)


@pytest.mark.parametrize(
    "text",
    [
        "I'll e-mail her on Thursday.",
        "The delivery comes on Monday at nine.",
        "They have a demo on the 3rd at two.",
        "Their board meeting is on Thursday at ten.",
        "The contract ends on March 31st.",
        "The warranty runs until May 2028.",
        "His deadline is Friday.",
        "We spoke on Tuesday at three.",
        "I called him last Thursday and again yesterday.",
        "He'll let me know on Friday.",
        "He said ring me any time.",
        "No point in calling back on Monday.",
        "There's no need to call on Thursday, he said.",
        "Don't call before the 15th, he said.",
        "She'll talk to her boss on Friday.",
        "He may sign. March is busy. The second one sat on the shelf for a week.",
        "Call centre costs are up 10 percent since Monday.",
        "Order 4471, phone 555-0142, $4,500 for 24 of the Model 3, 2.30 each.",
        "",
    ],
)
def test_what_is_not_a_talk_with_the_account_is_no_next_call(text: str) -> None:
    assert find_next_call(text, WEDNESDAY) is None


@pytest.mark.parametrize("verb", ["call", "ring", "phone", "speak to", "talk to", "catch up with", "touch base with",
                                  "check in with", "circle back with", "zoom with"])  # fmt: skip
def test_every_way_to_name_a_talk_counts_whoever_dials(verb: str) -> None:
    check(f"I'll {verb} him on Tuesday at ten.", "2026-11-24", "10:00")
    check(f"He'll {verb} me on Tuesday at ten.", "2026-11-24", "10:00")


def test_the_memo_is_read_as_of_when_it_was_spoken() -> None:
    friday = datetime(2026, 11, 20, 23, 59, tzinfo=UTC)
    assert call("I'll call tomorrow.", friday).date == date(2026, 11, 21)
