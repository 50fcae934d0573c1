"""A promised call stays due until the next memo about the same contact."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import on_disk
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from memos.errors import CallClosed
from memos.models import ContactRef, Promise
from memos.store import Store


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
    assert [event.what for event in on_disk.history(store, older)] == ["opened", "done"]


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


NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
"""What the clock of the tests says."""
ZONE = "America/New_York"


def only(store):
    [due] = store.due()
    return due.follow_up


def kinds(store, follow_up):
    return [event.what for event in on_disk.history(store, follow_up)]


def test_a_call_that_is_put_off_says_how_often_and_since_when_and_keeps_the_day_that_was_agreed(store, make_memo):
    store.confirm(make_memo())
    for day in (4, 9):
        store.calls.move(only(store), call(day))
    [due] = store.due()
    assert (due.follow_up.due_date, due.follow_up.due_time, due.follow_up.due_zone) == (
        dt.date(2026, 12, 9),
        None,
        None,
    )
    assert (due.follow_up.times_put_off, due.follow_up.sequence) == (2, 2)
    assert (due.put_off_since, due.agreed_for) == (NOW, dt.date(2026, 12, 1))
    first, second, third = on_disk.history(store, due.follow_up)
    assert (first.what, first.after) == ("opened", (dt.date(2026, 12, 1), dt.time(14, 30)))
    assert (second.what, second.before) == ("put_off", (dt.date(2026, 12, 1), dt.time(14, 30)))
    assert (third.before, third.after) == ((dt.date(2026, 12, 4), None), (dt.date(2026, 12, 9), None))


def test_an_earlier_day_or_another_time_of_the_day_is_not_putting_off(store, make_memo):
    store.confirm(make_memo())
    for to in (call(1, dt.time(16)), call(1), Promise(dt.date(2026, 11, 25), None, None, "Wednesday")):
        store.calls.move(only(store), to)
    assert kinds(store, only(store)) == ["opened", "moved", "moved", "moved"]
    assert (only(store).times_put_off, only(store).sequence) == (0, 3)


def test_a_day_that_was_agreed_anew_is_the_one_that_lateness_counts_from(store, make_memo):
    store.confirm(make_memo())
    store.calls.move(only(store), call(8), agreed=True)
    [due] = store.due()
    assert (due.agreed_for, due.follow_up.times_put_off, due.put_off_since) == (dt.date(2026, 12, 8), 0, None)


def test_a_day_that_is_agreed_though_it_is_the_same_is_kept_as_agreed(store, make_memo):
    store.confirm(make_memo())
    store.calls.move(only(store), call(8))
    store.calls.move(only(store), call(8), agreed=True)
    [due] = store.due()
    assert (due.agreed_for, due.follow_up.sequence) == (dt.date(2026, 12, 8), 2)


def test_moving_to_where_it_is_changes_nothing(store, make_memo):
    store.confirm(make_memo())
    before = only(store)
    after = store.calls.move(before, make_memo().next_call)
    assert after == before
    assert kinds(store, after) == ["opened"]


@pytest.mark.parametrize("state", ["done", "cancelled"])
def test_a_call_is_closed_once_with_its_reason_and_can_be_opened_again(store, make_memo, state):
    store.confirm(make_memo())
    closed = store.calls.close(only(store), state, "they signed")
    assert (closed.state, closed.closed_at, closed.sequence) == (state, NOW, 1)
    assert on_disk.history(store, closed)[-1].reason == "they signed"
    assert store.due() == []
    with pytest.raises(CallClosed, match=f"is {state} already") as error:
        store.calls.close(closed, "cancelled")
    assert error.value.exit_code == 1
    opened = store.calls.move(closed, call(7))
    assert (opened.state, opened.closed_at, opened.due_date, opened.sequence) == ("open", None, dt.date(2026, 12, 7), 2)
    assert kinds(store, opened) == ["opened", state, "reopened"]
    assert store.due()[0].agreed_for == dt.date(2026, 12, 1)


def test_a_call_that_another_process_closed_in_between_is_not_closed_twice(store, path, make_memo):
    store.confirm(make_memo())
    seen = only(store)
    with Store.open(path) as other:
        other.calls.close(seen, "done")
    with pytest.raises(CallClosed):
        store.calls.close(seen, "cancelled")


def test_pieces_of_ids_lead_to_open_calls_before_closed_ones(store, make_memo):
    store.confirm(make_memo(0, id="20261121-100000-abcd"))
    store.calls.close(only(store), "done")
    [closed] = store.calls.with_id_like("abcd")
    assert closed.state == "done"
    store.confirm(make_memo(1, id="20261122-100000-abcd"))
    assert [call.memo_id for call in store.calls.with_id_like("ABCD")] == ["20261122-100000-abcd"]
    assert [call.memo_id for call in store.calls.with_id_like("20261121-100000-abcd")] == ["20261121-100000-abcd"]
    assert store.calls.with_id_like("") == store.calls.with_id_like("ffff") == store.calls.with_id_like("\ud800") == []


class Machine(RuleBasedStateMachine):
    """One follow-up through any changes, beside a model of it."""

    def __init__(self, make_memo):
        super().__init__()
        self.make_memo = make_memo
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store.open(Path(self.folder.name) / "memos.db", clock=lambda: NOW)
        self.number = 0
        self.store.confirm(make_memo())
        self.id = only(self.store).id
        self.state, self.day, self.agreed = "open", 1, 1
        self.put_off = self.sequence = 0
        self.events = ["opened"]

    def teardown(self):
        self.store.close()
        self.folder.cleanup()

    @property
    def stored(self):
        return self.store.calls.details([self.id])[0]

    @rule(state=st.sampled_from(["done", "cancelled"]))
    def close(self, state):
        before = self.stored.follow_up
        if self.state == "open":
            self.store.calls.close(before, state)
            self.state = state
            self.sequence += 1
            self.events.append(state)
        else:
            with pytest.raises(CallClosed):
                self.store.calls.close(before, state)

    @rule(day=st.integers(1, 28), agreed=st.booleans())
    def move(self, day, agreed):
        self.store.calls.move(
            self.stored.follow_up, Promise(dt.date(2026, 12, day), dt.time(14, 30), ZONE, "then"), agreed=agreed
        )
        if self.state != "open":
            self.events += ["reopened", "agreed"] if agreed else ["reopened"]
        elif agreed:
            self.events.append("agreed")
        elif day != self.day:
            self.events.append("put_off" if day > self.day else "moved")
            self.put_off += day > self.day
        else:
            return
        self.sequence += 1
        self.state, self.day = "open", day
        self.agreed = day if agreed else self.agreed

    @rule()
    def talk_again(self):
        self.number += 1
        self.store.confirm(self.make_memo(self.number, next_call=None, no_next_call_reason="later"))
        if self.state == "open":
            self.state = "done"
            self.sequence += 1
            self.events.append("done")

    @invariant()
    def the_store_says_the_same(self):
        now = self.stored
        follow_up = now.follow_up
        assert (follow_up.state, follow_up.due_date.day, now.agreed_for.day) == (self.state, self.day, self.agreed)
        assert (follow_up.times_put_off, follow_up.sequence) == (self.put_off, self.sequence)
        assert (follow_up.closed_at is None) == (self.state == "open")
        assert (now.put_off_since is None) == (self.put_off == 0)
        events = on_disk.history(self.store, follow_up)
        assert [event.what for event in events] == self.events
        assert [call.memo.id for call in self.store.due()] == ([now.memo.id] if self.state == "open" else [])


def test_any_row_of_changes_leaves_the_follow_up_as_its_history_says(make_memo):
    run_state_machine_as_test(
        lambda: Machine(make_memo), settings=settings(max_examples=30, stateful_step_count=15, deadline=None)
    )
