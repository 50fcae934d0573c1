"""No memo ends without a next step: a day that was seen spelt out, or a reason why there is none."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from scripted_terminal import Answer, Gone, Key, Line, ScriptedTerminal, at, keys

from aftercall.terminal.call_screen import ask_next_call
from memos.models import Promise
from review.call_question import CallQuestion
from review.diary import Diary, PlannedCall
from review.errors import NotConfirmed
from review.next_call import NextCall, Reading, find_next_call
from review.reading import shortest_reading

NOW = at("2026-11-21T16:40:00-05:00")  # a Saturday
TUESDAY = NextCall(date(2026, 11, 24), time(14, 30), "next Tuesday at half past two")
SPELT = "Tuesday 24 November 2026, 14:30, in 3 days, heard: “next Tuesday at half past two”"


def ask(
    *answers: Answer, found: NextCall | None = TUESDAY, diary: Diary | None = None
) -> tuple[Promise | str, ScriptedTerminal]:
    terminal = ScriptedTerminal(answers)
    question = CallQuestion(found, NOW, "en-US", terminal.clock, diary)
    ask_next_call(terminal, question)
    assert terminal.all_given
    assert question.answer is not None
    return question.answer, terminal


@pytest.mark.parametrize("key", ["y", "\r", "\n"])
def test_yes_promises_the_day_that_was_spelt_out(key: str) -> None:
    step, terminal = ask(Key(key))

    assert step == Promise(date(2026, 11, 24), time(14, 30), None, "next Tuesday at half past two")
    assert SPELT in terminal.shown


def test_a_yes_quicker_than_anyone_reads_is_asked_again() -> None:
    too_quick = shortest_reading(SPELT) - 0.01

    step, terminal = ask(Key("y", too_quick), Key("y", too_quick), Key("y"))

    assert isinstance(step, Promise)
    assert terminal.shown.count("quicker than anyone reads") == 2


@pytest.mark.parametrize("key", ["x", "yy", "Y", "1", "²", " ", "k", "\x1b[A"])
def test_no_other_key_is_a_yes(key: str) -> None:
    step, terminal = ask(Key(key), Key("y"))

    assert isinstance(step, Promise)
    assert "y, a, n or q" in terminal.shown


@pytest.mark.parametrize(
    "answers", [keys("q"), keys("l"), keys("\x1b"), [Gone()], [Key("a"), Gone()], [Key("n"), Gone()]]
)
def test_leaving_is_possible_at_every_prompt(answers: list[Answer]) -> None:
    with pytest.raises(NotConfirmed):
        ask(*answers)


@pytest.mark.parametrize(
    ("typed", "promise"),
    [
        ("Thursday at ten", Promise(date(2026, 11, 26), time(10, 0), None, "Thursday at ten")),
        ("2026-12-01 09:15", Promise(date(2026, 12, 1), time(9, 15), None, "2026-12-01 09:15")),
        ("in two weeks", Promise(date(2026, 12, 5), None, None, "in two weeks")),
    ],
)
def test_another_day_is_taken_in_words_and_spelt_out_before_it_counts(typed: str, promise: Promise) -> None:
    step, terminal = ask(Key("a"), Line(typed), Key("y"))

    assert step == promise
    assert f"{promise.date.day} {promise.date:%B %Y}" in terminal.shown


@pytest.mark.parametrize("typed", ["tomorrow at 25:00", "Tuesday at 31"])
def test_a_time_that_is_none_is_asked_again(typed: str) -> None:
    step, terminal = ask(Line(typed), Line("tomorrow at ten"), Key("y"), found=None)

    assert step == Promise(date(2026, 11, 22), time(10), None, "tomorrow at ten")
    assert "is no time of the day" in terminal.shown


def test_words_without_a_day_are_asked_again() -> None:
    step, terminal = ask(Line("whenever suits"), Line(""), Line("Thursday"), Key("y"), found=None)

    assert isinstance(step, Promise)
    assert terminal.shown.count("No day was understood") == 2


@pytest.mark.parametrize(
    "mistaken", [[Key("a")], [Key("a"), Line("whenever suits")], [Key("n")], [Key("n"), Line("-")]]
)
def test_an_empty_line_goes_back_to_the_day_on_offer(mistaken: list[Answer]) -> None:
    step, terminal = ask(*mistaken, Line(""), Key("y"))

    assert step == Promise(date(2026, 11, 24), time(14, 30), None, "next Tuesday at half past two")
    assert terminal.shown.count("a another day") == 2


@pytest.mark.parametrize("answers", [[Key("n"), Line("ext week")], [Key("next we"), Line("next week")]])
def test_a_day_typed_where_keys_are_asked_for_is_a_day(answers: list[Answer]) -> None:
    step, terminal = ask(*answers, Key("y"))

    assert isinstance(step, Promise)
    assert step.heard == "next week"
    assert "30 November 2026" in terminal.shown or "week" in terminal.shown


@pytest.mark.parametrize(
    ("answers", "heard"),
    [
        ([Key("n"), Line("ovember 30 at ten")], "november 30 at ten"),
        ([Key("n"), Line("oon on Thursday")], "noon on Thursday"),
        ([Key("a"), Line("week from Thursday")], "week from Thursday"),
        ([Key("a"), Line("fter tomorrow")], None),
        ([Key("in"), Line("in two weeks")], "in two weeks"),
        ([Key("10"), Line("10 December")], "10 December"),
    ],
)
def test_the_key_belongs_to_what_was_typed_with_it(answers: list[Answer], heard: str | None) -> None:
    step, _ = ask(*answers, Key("y"))

    assert isinstance(step, Promise)
    assert heard is None or step.heard == heard


@pytest.mark.parametrize("typed", ["one, they signed elsewhere", "one because they signed elsewhere"])
def test_none_typed_as_a_word_with_its_reason_is_that(typed: str) -> None:
    assert ask(Key("n"), Line(typed))[0] == "they signed elsewhere"


@pytest.mark.parametrize(
    "reason",
    ["one week was all they had", "external help is on its way", "o budget until May", "Next year, maybe: no budget"],
)
def test_a_reason_stays_as_it_was_typed(reason: str) -> None:
    assert ask(Key("n"), Line(reason))[0] == reason


@pytest.mark.parametrize("answers", [[Key("a"), Line("q")], [Key("n"), Line("Q")], [Key("a"), Line("l")]])
def test_the_letters_that_leave_do_so_in_a_line_too(answers: list[Answer]) -> None:
    with pytest.raises(NotConfirmed):
        ask(*answers)


def test_where_nothing_was_heard_the_day_is_asked_for() -> None:
    step, terminal = ask(Line("Thursday at ten"), Key("y"), found=None)

    assert isinstance(step, Promise)
    assert "No next call was heard" in terminal.shown


def test_a_next_call_without_a_day_tells_its_span_and_asks_for_the_day() -> None:
    vague = NextCall(None, None, "sometime in spring", window=(date(2027, 3, 1), date(2027, 5, 31)))

    step, terminal = ask(Line("2027-03-09"), Key("y"), found=vague)

    assert isinstance(step, Promise)
    assert step.date == date(2027, 3, 9)
    assert "no day for it: “sometime in spring” (1 March 2027 to 31 May 2027)" in terminal.shown


@pytest.mark.parametrize("word", ["none", "None", "no", "n"])
def test_none_needs_a_reason(word: str) -> None:
    step, terminal = ask(Line(word), Line("-"), Line("so"), Line("they signed elsewhere"), found=None)

    assert step == "they signed elsewhere"
    assert terminal.shown.count("A few words will do") == 2


def test_an_empty_reason_goes_back_to_the_day() -> None:
    assert isinstance(ask(Line("none"), Line(""), Line("Thursday"), Key("y"), found=None)[0], Promise)


@pytest.mark.parametrize("typed", ["none, locked in for {}", "None because locked in for {}", "none: locked in for {}"])
def test_none_may_be_typed_with_its_reason_in_which_nothing_is_a_day(typed: str) -> None:
    assert ask(Line(typed.format("three years")), found=None)[0] == "locked in for three years"


@pytest.mark.parametrize("typed", ["none, -", "none because"])
def test_none_with_a_reason_that_says_nothing_is_asked_again(typed: str) -> None:
    assert ask(Line(typed), Line("none"), Line("they signed elsewhere"), found=None)[0] == "they signed elsewhere"


def test_n_at_an_offer_needs_a_reason_too() -> None:
    assert ask(Key("n"), Line("he said never"))[0] == "he said never"


def test_another_reading_is_promised_by_its_number() -> None:
    ambiguous = NextCall(
        date(2026, 11, 27),
        None,
        "next Friday",
        ambiguous=True,
        others=(Reading(None), Reading(date(2026, 12, 4), time(9, 0))),
    )

    step, terminal = ask(Key("3"), Key("2"), found=ambiguous)

    assert step == Promise(date(2026, 12, 4), time(9, 0), None, "next Friday")
    assert "2  or Friday 4 December 2026, 09:00" in terminal.shown
    assert "y, a, n or q, or a number." in terminal.shown


DOUBT = NextCall(
    date(2026, 11, 24),
    time(14, 30),
    "Tuesday at half past two",
    ambiguous=True,
    others=(Reading(date(2026, 11, 27), None, "so Friday"), Reading(date(2026, 11, 29), None, "the weekend")),
)


@pytest.mark.parametrize("key", ["\r", "\n"])
def test_enter_takes_no_day_that_is_in_doubt(key: str) -> None:
    step, terminal = ask(Key(key), Key("y"), found=DOUBT)

    assert isinstance(step, Promise)
    assert "in doubt, which one?" in terminal.shown
    assert "That is in doubt: y if it is meant" in terminal.shown


def test_one_key_promises_the_first_or_any_other_that_was_spelt_out_with_where_it_was_heard() -> None:
    first, terminal = ask(Key("1"), found=DOUBT)
    second, _ = ask(Key("2"), found=DOUBT)

    assert first == Promise(date(2026, 11, 24), time(14, 30), None, "Tuesday at half past two")
    assert second == Promise(date(2026, 11, 27), None, None, "so Friday")
    assert "2  or Friday 27 November 2026, in 6 days, heard: “so Friday”" in terminal.shown


def test_another_day_is_shown_again_where_there_is_something_to_remark_on_it() -> None:
    step, terminal = ask(Key("3"), Key("y"), found=DOUBT)

    assert step == Promise(date(2026, 11, 29), None, None, "the weekend")
    assert "weekend" in terminal.shown


def test_a_number_quicker_than_anyone_reads_only_puts_the_day_up() -> None:
    step, _ = ask(Key("2", 0.01), Key("y"), found=DOUBT)

    assert step == Promise(date(2026, 11, 27), None, None, "so Friday")


def test_a_day_that_is_past_takes_more_than_enter() -> None:
    gone = NextCall(date(2026, 2, 23), time(9), "Monday at nine")

    step, terminal = ask(Key("\r"), Key("y"), found=gone)

    assert isinstance(step, Promise)
    assert "That day is past: y if it is meant" in terminal.shown


def test_a_day_that_is_past_is_remarked_upon() -> None:
    _, terminal = ask(Key("y"), found=NextCall(date(2026, 11, 20), None, "on the 20th"))

    assert "that day is past" in terminal.shown
    assert "yesterday" in terminal.shown


@pytest.mark.parametrize("typed", [None, "Sunday 29 November 2026"])
def test_a_weekend_is_remarked_upon_once(typed: str | None) -> None:
    found = NextCall(date(2026, 11, 29), None, "on Sunday") if typed is None else None
    answers = [Key("y")] if typed is None else [Line(typed), Key("y")]

    _, terminal = ask(*answers, found=found)

    assert terminal.shown.count("weekend") == 1


def test_the_notes_of_the_reading_are_shown() -> None:
    _, terminal = ask(Key("y"), found=NextCall(date(2026, 11, 26), None, "Thursday", notes=("26 is a \x1bholiday",)))

    assert "  26 is a holiday" in terminal.shown


def test_the_days_of_a_loose_week_are_offered_by_number() -> None:
    early = find_next_call("I'll call her early next week at ten.", NOW)

    step, terminal = ask(Key("3"), found=early)

    assert "said loosely: any day from Monday 23 November to Friday 27 November" in terminal.shown
    assert "2  or Tuesday 24 November 2026, 10:00" in terminal.shown
    assert "5  or Friday 27 November 2026, 10:00" in terminal.shown
    assert step == Promise(date(2026, 11, 25), time(10), None, "early next week at ten")


@pytest.mark.parametrize(
    ("typed", "day", "at"),
    [
        ("at three", date(2026, 11, 24), time(15)),
        ("make it half nine", date(2026, 11, 24), time(9, 30)),
        ("same time on Friday", date(2026, 11, 27), time(14, 30)),
        ("Friday", date(2026, 11, 27), None),
    ],
)
def test_what_is_not_typed_stays_as_it_was_offered(typed: str, day: date, at: time | None) -> None:
    step, _ = ask(Key("a"), Line(typed), Key("y"))

    assert isinstance(step, Promise)
    assert (step.date, step.time) == (day, at)


def test_a_typed_day_is_shown_with_its_remarks_before_it_counts() -> None:
    step, terminal = ask(Key("a"), Line("the 26th at seven in the evening"), Key("y"), diary=Diary("US"))

    assert isinstance(step, Promise)
    assert "Thanksgiving Day is a public holiday (US)" in terminal.shown
    assert "outside your working hours" in terminal.shown


def test_a_holiday_among_the_other_readings_is_told_beside_it() -> None:
    friday = NextCall(date(2026, 12, 1), None, "next week", others=(Reading(date(2026, 12, 25)),))

    _, terminal = ask(Key("y"), found=friday, diary=Diary("GB"))

    assert "2  or Friday 25 December 2026, in 34 days (Christmas Day is a public holiday (GB))" in terminal.shown


def test_another_call_at_that_time_is_told() -> None:
    diary = Diary(planned=lambda day: [PlannedCall(time(14, 15), "Ann \x1bLee")])

    _, terminal = ask(Key("y"), diary=diary)

    assert "you have a call with Ann Lee at 14:15 that day" in terminal.shown


def test_a_time_that_does_not_exist_is_moved_and_told_once() -> None:
    night = NextCall(date(2027, 3, 14), time(2, 30), "at half two in the night")

    step, terminal = ask(Key("x"), Key("y"), found=night, diary=Diary(zone=ZoneInfo("America/New_York")))

    assert isinstance(step, Promise)
    assert step.time == time(3, 30)
    assert terminal.shown.count("the clocks go forward: 02:30 is left out that day, so 03:30") == 1
