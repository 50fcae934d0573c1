"""A call in vain keeps what was promised open, as late as it was; the order of confirming is no matter."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from on_disk import history

from memos.course import Told, tell
from memos.errors import AlreadyConfirmed
from memos.models import ContactRef, Promise
from memos.outcomes import ATTEMPTS, Outcome
from memos.store import Store

NOW = dt.datetime(2026, 12, 20, 9, 0, tzinfo=dt.UTC)
IN_VAIN = sorted(ATTEMPTS)
NUMBER = "+12125550123"


@pytest.fixture
def clock():
    return lambda: NOW


def day(number: int) -> Promise:
    return Promise(dt.date(2026, 12, number), None, None, "then")


def nothing(reason: str = "no day yet") -> dict[str, object]:
    return {"next_call": None, "no_next_call_reason": reason}


def only(store: Store):
    [due] = store.due()
    return due


@pytest.mark.parametrize("outcome", IN_VAIN)
def test_a_call_in_vain_moves_the_promise_to_the_day_it_names_and_puts_nothing_off(store, make_memo, outcome):
    store.confirm(make_memo(0, next_call=day(1), outcome=Outcome.REACHED))
    store.confirm(make_memo(10, next_call=day(4), outcome=outcome))

    due = only(store)

    assert (due.memo.id, due.follow_up.due_date.day) == (make_memo(0).id, 4)
    assert (due.agreed_for.day, due.follow_up.times_put_off, due.put_off_since) == (1, 0, None)
    assert (due.attempts.count, due.attempts.last_talk) == (1, make_memo(0).spoken_at)
    assert [event.what for event in history(store, due.follow_up)] == ["opened", "moved"]


@pytest.mark.parametrize("outcome", [*IN_VAIN, Outcome.NO_CALL])
def test_without_a_day_the_promise_stays_where_it_is(store, make_memo, outcome):
    store.confirm(make_memo(0, next_call=day(1)))
    store.confirm(make_memo(10, **nothing(), outcome=outcome))

    due = only(store)

    assert (due.follow_up.due_date.day, due.agreed_for.day, due.follow_up.sequence) == (1, 1, 0)


@pytest.mark.parametrize("outcome", [Outcome.REACHED, Outcome.THEY_CALLED, None])
def test_a_talk_closes_what_was_promised_and_the_calls_in_vain_before_it_count_no_more(store, make_memo, outcome):
    store.confirm(make_memo(0, next_call=day(1)))
    store.confirm(make_memo(1, next_call=day(2), outcome=Outcome.VOICEMAIL))
    store.confirm(make_memo(2, next_call=day(9), outcome=outcome))

    due = only(store)

    assert (due.memo.id, due.agreed_for.day, due.attempts.count) == (make_memo(2).id, 9, 0)


def test_with_nothing_promised_a_call_in_vain_opens_a_call_that_nobody_expects(store, make_memo):
    store.confirm(make_memo(0, next_call=day(4), outcome=Outcome.NO_ANSWER))
    store.confirm(make_memo(1, next_call=day(6), outcome=Outcome.VOICEMAIL))

    due = only(store)

    assert (due.follow_up.due_date.day, due.agreed_for, due.attempts.count, due.attempts.last_talk) == (
        6,
        None,
        2,
        None,
    )


def test_a_note_is_no_attempt_and_no_talk(store, make_memo):
    store.confirm(make_memo(0, next_call=day(1)))
    store.confirm(make_memo(1, **nothing("just a note"), outcome=Outcome.NO_CALL))

    assert only(store).attempts.count == 0
    [(_, talks)] = store.address_book.talks().items()
    assert (talks.count, talks.last_spoken_at) == (2, make_memo(0).spoken_at)


def test_of_somebody_who_was_never_reached_there_is_no_last_talk(store, make_memo):
    store.confirm(make_memo(0, **nothing(), outcome=Outcome.VOICEMAIL))
    [talks] = store.address_book.talks().values()
    assert (talks.count, talks.last_spoken_at) == (1, None)


def test_only_a_talk_ends_a_silence(store, make_memo):
    store.confirm(make_memo(0, **nothing("they went with a rival")))
    store.confirm(make_memo(20, **nothing(), outcome=Outcome.VOICEMAIL))
    [buried], count = store.calls.buried(make_memo(10).spoken_at)
    assert (buried.memo.id, buried.attempts.count, count) == (make_memo(0).id, 1, 1)

    store.confirm(make_memo(21, **nothing("signed"), outcome=Outcome.REACHED))
    assert store.calls.buried(make_memo(10).spoken_at) == ([], 0)


def test_only_a_talk_ends_a_rest(store, make_memo):
    store.confirm(make_memo(0, **nothing()))
    [contact] = store.contacts()
    store.calls.let_rest(contact.id)
    store.confirm(make_memo(40, **nothing(), outcome=Outcome.VOICEMAIL))
    assert store.calls.brief(contact.id).rests_since == NOW
    store.confirm(make_memo(41, **nothing(), outcome=Outcome.REACHED))
    assert store.calls.brief(contact.id).rests_since is None


def dana(phone: str | None, **who: object) -> ContactRef:
    return ContactRef("Dana", "Acme", phone, **who)


def wrong(store: Store) -> list[str]:
    [contact] = store.contacts()
    return [number for number, _ in store.calls.brief(contact.id).attempts.wrong]


def test_a_wrong_number_is_marked_until_somebody_is_reached(store, make_memo):
    store.confirm(make_memo(0, contact=dana(NUMBER), next_call=day(1)))
    store.confirm(make_memo(1, contact=dana(NUMBER), next_call=day(2), outcome=Outcome.WRONG_NUMBER))
    assert wrong(store) == [NUMBER]
    assert only(store).attempts.wrong_since(NUMBER) == make_memo(1).spoken_at
    assert only(store).attempts.wrong_since("+12125550199") is None

    store.confirm(make_memo(2, contact=dana(NUMBER), next_call=day(3), outcome=Outcome.REACHED))
    assert wrong(store) == []


def test_the_number_that_was_dialled_is_the_wrong_one_and_not_the_one_to_dial_next(store, make_memo):
    store.confirm(make_memo(0, contact=dana(NUMBER)))
    store.confirm(make_memo(1, contact=dana("+12125550199"), outcome=Outcome.WRONG_NUMBER))
    assert wrong(store) == [NUMBER]


def test_of_somebody_new_the_only_number_is_the_wrong_one(store, make_memo):
    store.confirm(make_memo(0, contact=dana(NUMBER), outcome=Outcome.WRONG_NUMBER))
    assert wrong(store) == [NUMBER]


def test_a_memo_keeps_its_outcome_and_cannot_be_confirmed_with_another(store, make_memo):
    store.confirm(make_memo(0, outcome=Outcome.GATEKEEPER))
    assert store.get(make_memo(0).id).outcome is Outcome.GATEKEEPER
    with pytest.raises(AlreadyConfirmed):
        store.confirm(make_memo(0, outcome=Outcome.REACHED))


def test_erasing_the_talk_that_closed_a_call_opens_nothing_not_even_when_the_next_memo_comes(store, make_memo):
    store.confirm(make_memo(0, next_call=day(1)))
    store.confirm(make_memo(1, **nothing()))
    store.erase([make_memo(1).id])
    store.confirm(make_memo(2, **nothing(), outcome=Outcome.VOICEMAIL))
    assert store.due() == []


def test_erasing_a_call_in_vain_leaves_the_promise_on_the_day_that_it_got(store, make_memo):
    store.confirm(make_memo(0, next_call=day(1)))
    store.confirm(make_memo(1, next_call=day(4), outcome=Outcome.VOICEMAIL))
    store.erase([make_memo(1).id])
    store.confirm(make_memo(2, **nothing(), outcome=Outcome.NO_ANSWER))
    assert (only(store).follow_up.due_date.day, only(store).agreed_for.day) == (4, 1)


def test_what_the_rep_did_to_a_call_stays_done_when_an_older_memo_is_confirmed(store, make_memo):
    store.confirm(make_memo(1, next_call=day(4), outcome=Outcome.VOICEMAIL))
    store.calls.close(only(store).follow_up, "done")
    store.confirm(make_memo(0, next_call=day(1)))
    assert store.due() == []


def calls_with_state(store: Store) -> list[tuple[object, ...]]:
    return [
        (
            one.memo_id,
            one.contact and one.contact.name,
            one.state,
            one.due_date,
            [each.what for each in history(store, one)],
        )
        for one in sorted(store.exports.follow_ups(), key=lambda one: one.memo_id)
    ]


def test_a_call_in_vain_that_was_another_ones_moves_their_promise_and_undone_the_first_again(store, make_memo):
    paul = ContactRef("Paul Berg", "Globex")
    store.confirm(make_memo(0, next_call=day(1)))
    store.confirm(make_memo(1, contact=paul, next_call=day(3)))
    store.confirm(make_memo(2, next_call=day(9), outcome=Outcome.VOICEMAIL))
    before = calls_with_state(store)
    store.address_book.move(make_memo(2).id, store.find_contact("Paul Berg"))
    assert {(due.memo.id, due.follow_up.due_date.day) for due in store.due()} == {
        (make_memo(0).id, 1),
        (make_memo(1).id, 9),
    }
    store.address_book.undo_merge()
    assert calls_with_state(store) == before
    assert store.check() == []


@pytest.mark.parametrize("first", [True, False])
def test_a_call_in_vain_that_becomes_or_is_a_call_of_its_own_by_a_move_is_as_it_was_when_undone(
    store, make_memo, first
):
    paul = ContactRef("Paul Berg", "Globex")
    mine, his = (make_memo(0).contact, paul) if first else (paul, make_memo(0).contact)
    store.confirm(make_memo(0, contact=mine, next_call=day(1)))
    store.confirm(make_memo(1, contact=his, **nothing("signed")))
    store.confirm(make_memo(2, contact=paul, next_call=day(9), outcome=Outcome.VOICEMAIL))
    before = calls_with_state(store)
    store.address_book.move(make_memo(2).id, store.find_contact("Anna Lee"))
    assert sorted(due.follow_up.due_date.day for due in store.due()) == ([9] if first else [1, 9])
    store.address_book.undo_merge()
    assert calls_with_state(store) == before
    assert store.check() == []


TOLD = st.lists(st.tuples(st.sampled_from([None, *Outcome]), st.none() | st.integers(1, 28)), min_size=1, max_size=3)


def state(store: Store) -> list[tuple[object, ...]]:
    calls = sorted(store.due(), key=lambda due: due.memo.id)
    return [
        (due.memo.id, due.follow_up.due_date, due.agreed_for, due.follow_up.times_put_off, due.attempts)
        for due in calls
    ]


def memos_told(make_memo, told):
    return [
        make_memo(number, outcome=outcome, **({"next_call": day(due)} if due else nothing()))
        for number, (outcome, due) in enumerate(told)
    ]


@settings(max_examples=8, deadline=None)
@given(told=TOLD)
def test_any_order_of_confirming_gives_the_same_open_calls(make_memo, told):
    memos = memos_told(make_memo, told)
    states, closed = [], []
    for order in itertools.permutations(memos):
        with TemporaryDirectory() as folder, Store.open(Path(folder) / "memos.db", clock=lambda: NOW) as store:
            for memo in order:
                store.confirm(memo)
            states.append(state(store))
            closed.append(sorted((one.memo_id, one.state) for one in store.exports.follow_ups()))
            assert store.check() == []
    assert all(each == states[0] for each in states)
    assert all(each == closed[0] for each in closed)


DAYS = st.integers(1, 28).map(lambda number: dt.date(2026, 12, number))
PROMISES = st.none() | st.builds(Promise, DAYS, st.just(None), st.just(None), st.just("then"))
LONG_TOLD = st.lists(st.tuples(st.sampled_from([None, *Outcome]), PROMISES), max_size=8)


def course_of(told):
    return [
        Told(f"{number:02}", f"2026-12-{number + 1:02}", dt.date(2026, 12, number + 1), outcome, promise)
        for number, (outcome, promise) in enumerate(told)
    ]


@given(told=LONG_TOLD, outcome=st.sampled_from([*IN_VAIN, Outcome.NO_CALL]), promise=PROMISES)
def test_a_call_in_vain_closes_nothing_puts_nothing_off_and_makes_no_promise_less_late(told, outcome, promise):
    before, _ = tell(course_of(told), [])
    after, _ = tell(course_of([*told, (outcome, promise)]), [])
    for memo_id, course in before.items():
        now = after[memo_id]
        assert (now.state, now.agreed, now.times_put_off) == (course.state, course.agreed, course.times_put_off)
        assert promise or now.due == course.due


@given(told=LONG_TOLD, outcome=st.sampled_from([None, Outcome.REACHED, Outcome.THEY_CALLED]), promise=PROMISES)
def test_after_a_talk_no_call_is_open_but_the_one_that_it_promises(told, outcome, promise):
    after, _ = tell(course_of([*told, (outcome, promise)]), [])
    still_open = [memo_id for memo_id, course in after.items() if course.state == "open"]
    assert still_open == ([f"{len(told):02}"] if promise else [])


@given(told=LONG_TOLD, order=st.randoms(use_true_random=False))
def test_a_course_is_told_by_when_the_memos_were_spoken(told, order):
    memos = course_of(told)
    shuffled = list(memos)
    order.shuffle(shuffled)
    assert tell(shuffled, []) == tell(memos, [])
