"""The figures count calls, talks and promises as they took place."""

from __future__ import annotations

import datetime as dt

import pytest

from memos.models import ContactRef, Promise
from memos.outcomes import Outcome
from memos.stats import Calls, PromisedWeek

TODAY = dt.date(2026, 12, 20)


@pytest.fixture
def clock():
    return lambda: dt.datetime(2026, 12, 20, 9, 0, tzinfo=dt.UTC)


def day(number: int) -> Promise:
    return Promise(dt.date(2026, 12, number), None, None, "then")


@pytest.fixture
def filled(store, make_memo):
    """Memos of 21, 22, 23, 24 and 25 November, from Saturday to Wednesday, each at 16:40."""
    told = [
        (0, Outcome.REACHED, day(1)),
        (1, Outcome.VOICEMAIL, day(2)),
        (2, Outcome.NO_CALL, day(2)),
        (3, None, day(5)),
        (4, Outcome.THEY_CALLED, None),
    ]
    for number, outcome, promise in told:
        reason = None if promise else "signed"
        store.confirm(make_memo(number, outcome=outcome, next_call=promise, no_next_call_reason=reason))
    return store


def test_calls_talks_attempts_and_notes_are_told_apart(filled):
    stats = filled.stats(None, TODAY)
    assert (stats.total, stats.attempts, stats.notes) == (Calls(4, 3), 1, 1)
    assert stats.total.reached == 0.75
    assert stats.attempts_per_talk == pytest.approx(1 / 3)


def test_they_are_counted_by_week_hour_and_weekday_where_they_were_spoken(filled):
    stats = filled.stats(None, TODAY)
    assert stats.weeks == {dt.date(2026, 11, 16): Calls(2, 1), dt.date(2026, 11, 23): Calls(2, 2)}
    assert stats.hours == {16: Calls(4, 3)}
    assert stats.weekdays == {1: Calls(0, 0), 2: Calls(1, 1), 3: Calls(1, 1), 6: Calls(1, 1), 7: Calls(1, 0)}


def test_promises_are_held_by_their_day_or_late_or_open(store, make_memo):
    def promise(number: int, who: str, due: int, talk: int | None) -> None:
        contact = ContactRef(who)
        store.confirm(make_memo(number, contact=contact, next_call=day(due), outcome=Outcome.REACHED))
        if talk is not None:
            spoken = dt.datetime(2026, 12, talk, 10, tzinfo=dt.UTC)
            store.confirm(
                make_memo(
                    number + 1,
                    id=f"202612{talk:02}-100000-{number:04x}",
                    contact=contact,
                    spoken_at=spoken,
                    next_call=None,
                    no_next_call_reason="signed",
                    outcome=Outcome.REACHED,
                )
            )

    promise(0, "On the day", 3, 3)
    promise(1, "Early", 9, 3)
    promise(2, "Late", 3, 5)
    promise(3, "Later", 3, 9)
    promise(4, "Overdue", 3, None)
    promise(5, "To come", 28, None)
    [to_come] = [due.follow_up for due in store.due() if due.follow_up.due_date.day == 28]
    store.calls.move(to_come, day(30))

    promises = store.stats(None, TODAY).promises

    assert (promises.made, promises.held, promises.on_the_day) == (6, 4, 2)
    assert (promises.days_late, promises.median_late) == (4.0, 4.0)
    assert (promises.open, promises.overdue, promises.cancelled, promises.put_off) == (2, 1, 0, 1)
    assert store.stats(None, TODAY).promised_weeks == {
        dt.date(2026, 11, 30): PromisedWeek(made=4, on_the_day=1, late=2, overdue=1, put_off=0),
        dt.date(2026, 12, 7): PromisedWeek(made=1, on_the_day=1, late=0, overdue=0, put_off=0),
        dt.date(2026, 12, 28): PromisedWeek(made=1, on_the_day=0, late=0, overdue=0, put_off=1),
    }


def test_what_nobody_agreed_on_is_no_promise(store, make_memo):
    store.confirm(make_memo(0, outcome=Outcome.VOICEMAIL, next_call=day(1)))
    assert store.stats(None, TODAY).promises.made == 0


def test_only_what_is_since_a_day_counts(filled):
    stats = filled.stats(dt.date(2026, 11, 24), TODAY)
    assert (stats.total, stats.notes) == (Calls(2, 2), 0)
    assert filled.stats(dt.date(2026, 12, 5), TODAY).promises.made == 1


def test_of_nothing_there_are_no_figures(store):
    stats = store.stats(None, TODAY)
    assert (stats.total, stats.total.reached, stats.attempts_per_talk) == (Calls(), None, None)
    assert (stats.promises.made, stats.promises.days_late, stats.promises.median_late) == (0, None, None)
