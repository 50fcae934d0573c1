"""Any text is read without an error, quickly, and without reading what is no date."""

import ast
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.next_call import explain, find_next_call, resolve_answer, spell_out, to_json

WEDNESDAY = datetime(2026, 11, 18, 16, 40, tzinfo=UTC)
WORDS = st.sampled_from(
    "call him Thursday next week a the 31st of February March 30 2.30 at 24.11. two to five past half quarter no "
    "sorry , . if not by before after weeks days in May second mid end last this coming 3/14 2026-13-40 99/99 "
    "a.m. p.m. Q4 spring and or couple few year 9999 day she's back contract ends then between".split()
)


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    to_json(find_next_call(text, WEDNESDAY))
    to_json(resolve_answer(text, WEDNESDAY, locale="en-GB"))


@settings(max_examples=400)
@given(st.lists(WORDS, max_size=14), st.dates(date(1990, 1, 1), date(2190, 1, 1)), st.times())
def test_any_order_of_date_words_is_read_without_an_error(words: list[str], day: date, clock: time) -> None:
    text, spoken_at = " ".join(words), datetime.combine(day, clock, tzinfo=UTC)
    found = find_next_call(text, spoken_at)
    # What is typed may be a day long past, which is told; in a memo such a day tells of the past.
    assert found is None or found.date is None or found.date >= spoken_at.date() - timedelta(days=800)
    for call in (found, resolve_answer(text, spoken_at)):
        if call is not None:
            assert spell_out(call, spoken_at.date())
            assert all(piece in text for piece in call.heard.split(" … "))
    assert sum(one.chosen for one in explain(text, spoken_at)) <= 1


@pytest.mark.parametrize("year", [1, 9999])
def test_the_ends_of_the_calendar_are_no_error(year: int) -> None:
    edge = datetime(year, 12, 31, 23, 30, tzinfo=UTC)
    phrases = (
        "next Tuesday", "in six weeks", "at the end of the quarter", "in spring", "in 9999 years", "in an hour",
        "next month", "after Easter", "on the 31st", "early next week", "after 9999-12-31", "before 31.12.9999",
        "at ten",
    )  # fmt: skip
    for text in (f"I'll call {phrase}." for phrase in phrases):
        find_next_call(text, edge)
        resolve_answer(text, edge)


@pytest.mark.parametrize(
    "text",
    [
        "I may call. The march of time. The second one sat there.",
        "Call about invoice 2026 and order 24 and unit 12, 3 of them, 1/2 of the price.",
        "Call 555-0142 or +44 161 496 0123, ask for extension 315.",
        "Call about the T-400, the A4 and the version 4.15 upgrade, 50 percent off $4,500.",
        "Call him about the weekday rate, the 24/7 cover and the Friday crowd's tab.",
    ],
)
def test_words_and_numbers_that_are_no_dates_are_not_read_as_one(text: str) -> None:
    found = find_next_call(text, WEDNESDAY)
    assert found is None or found.date is None


def test_a_long_memo_is_read_in_a_few_milliseconds() -> None:
    sentence = (
        "Spoke to Dave about the 40 panes, $4,500, delivery on Monday at nine, and his contract ends March 31st. "
    )
    memo = sentence * 16 + "I'll call him next Tuesday at half past two."
    find_next_call(memo, WEDNESDAY)
    started = process_time()
    call = find_next_call(memo, WEDNESDAY)
    # Ten times what a slow laptop needs: this guards against a runaway, it is no benchmark.
    assert process_time() - started < 0.25
    assert call is not None
    assert call.date == date(2026, 11, 24)


@pytest.mark.parametrize(
    "piece",
    [
        "call him ", "Monday. ", "Tuesday, ", "1.", "1,", "a.b-", "+1-2 ", "(0", "two ", "not Monday, ",
        "I'll call her Tuesday at ten sorry no Wednesday ", "She's back Monday, I'll call then. ",
        "in the morning ", "not Monday. ", "The delivery comes Tuesday. ", "call Tuesday, no need, ",
    ],
)  # fmt: skip
def test_no_text_however_odd_takes_long(piece: str) -> None:
    """50 kB, an hour of speech: a pattern or a loop that is quadratic would take half a minute."""
    text = piece * (50_000 // len(piece))
    started = process_time()
    find_next_call(text, WEDNESDAY)
    assert process_time() - started < 5


def test_importing_the_reader_loads_no_grammar() -> None:
    code = "import sys, review.next_call; print([m for m in sys.modules if m.startswith(('review.', 'dateutil'))])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert sorted(ast.literal_eval(done.stdout)) == [
        "review.next_call", "review.next_call.model", "review.next_call.wording",
    ]  # fmt: skip
