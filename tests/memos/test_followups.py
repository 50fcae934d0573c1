"""A promised call stays due until the next memo about the same contact."""

from __future__ import annotations

import datetime as dt

from memos.models import ContactRef, Promise


def call(day: int, time: dt.time | None = None) -> Promise:
    return Promise(dt.date(2026, 12, day), time, None, "then")


def test_a_next_call_opens_a_follow_up_with_its_memo_and_contact(store, make_memo, clock):
    memo = make_memo()
    store.confirm(memo)
    [due] = store.due()
    follow_up = due.follow_up
    assert due.memo == store.get(memo.id)
    assert follow_up.contact == due.memo.contact
    assert (follow_up.due_date, follow_up.due_time) == (dt.date(2026, 12, 1), dt.time(14, 30))
    assert follow_up.due_zone == "America/New_York"
    assert (follow_up.memo_id, follow_up.state, follow_up.times_put_off) == (memo.id, "open", 0)
    assert (follow_up.calendar_uid, follow_up.sequence) == (f"aftercall-{memo.id}", 0)
    assert follow_up.created_at == clock()


def test_the_next_memo_about_the_contact_closes_what_was_promised_before(store, path, make_memo):
    store.confirm(make_memo(0))
    store.confirm(make_memo(1))
    assert [due.memo.id for due in store.due()] == [make_memo(1).id]


def test_a_memo_that_needs_no_next_call_closes_what_was_promised_too(store, make_memo):
    store.confirm(make_memo(0))
    store.confirm(make_memo(1, next_call=None, no_next_call_reason="signed"))
    assert store.due() == []


def test_memos_about_others_close_nothing(store, make_memo):
    store.confirm(make_memo(0))
    store.confirm(make_memo(1, contact=ContactRef("Tom Baker", "Acme")))
    store.confirm(make_memo(2, contact=None))
    store.confirm(make_memo(3, contact=None))
    assert len(store.due()) == 4


def test_what_an_older_memo_promised_is_done_when_it_is_confirmed_after_a_later_talk(store, make_memo):
    store.confirm(make_memo(1))
    store.confirm(make_memo(0))
    assert [due.memo.id for due in store.due()] == [make_memo(1).id]
    [older] = store.calls.with_id_like(make_memo(0).id)
    assert older.state == "done"
    assert [event.what for event in store.calls.history(older)] == ["opened", "done"]


def test_due_calls_come_by_date_and_those_with_a_time_come_first(store, make_memo):
    promised = [call(3), call(2), call(3, dt.time(16, 0)), call(3, dt.time(9, 0)), call(1, dt.time(12, 0))]
    for number, promise in enumerate(promised):
        store.confirm(make_memo(number, contact=None, next_call=promise))
    order = [(due.follow_up.due_date.day, due.follow_up.due_time) for due in store.due()]
    assert order == [(1, dt.time(12)), (2, None), (3, dt.time(9)), (3, dt.time(16)), (3, None)]


def test_only_what_is_due_until_the_day_is_asked_for(store, make_memo):
    for number, day in enumerate([1, 2, 3]):
        store.confirm(make_memo(number, contact=None, next_call=call(day)))
    assert [due.follow_up.due_date.day for due in store.due(dt.date(2026, 12, 2))] == [1, 2]
    assert store.due(dt.date(2026, 11, 30)) == []
