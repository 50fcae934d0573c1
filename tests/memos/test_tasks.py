"""What was promised besides calls: a state of its own, whose the memo is, and gone with it."""

import datetime as dt
import sqlite3

import pytest

from memos.errors import StoreError, TaskClosed
from memos.models import Commitment, ContactRef
from memos.outcomes import Outcome

QUOTE = Commitment("I'll send her the quote by Friday.", dt.date(2026, 11, 27))
LIST = Commitment("I promised him the price list.", None)
SAMPLE = Commitment("I'll mail a sample tomorrow.", dt.date(2026, 11, 22))
TOM = ContactRef("Tom Baker", "Borealis")


@pytest.fixture
def promised(store, make_memo):
    """A store with a memo in which three things were promised, and another one with the same contact."""
    store.confirm(make_memo(0, commitments=(QUOTE, LIST, SAMPLE)))
    store.confirm(make_memo(1))
    return store


def said(tasks) -> list[str]:
    return [task.sentence for task in tasks]


def test_what_was_confirmed_is_open_the_soonest_first_and_what_has_no_day_last(promised):
    tasks = promised.tasks.open()
    assert said(tasks) == [SAMPLE.sentence, QUOTE.sentence, LIST.sentence]
    assert [task.number for task in tasks] == [3, 1, 2]
    assert [task.by for task in tasks] == [SAMPLE.by, QUOTE.by, None]
    assert {task.contact.name for task in tasks} == {"Anna Lee"}
    assert tasks[0].said_on == dt.date(2026, 11, 21)
    assert tasks[0].id == f"{tasks[0].memo_id}.3"


def test_a_talk_closes_the_call_and_leaves_the_rest_open(promised, make_memo):
    promised.confirm(make_memo(2, outcome=Outcome.REACHED))
    assert len(promised.due()) == 1
    assert len(promised.tasks.open()) == 3


@pytest.mark.parametrize("state", ["done", "cancelled"])
def test_one_is_closed_by_hand_once(promised, clock, state):
    [first, *_] = promised.tasks.open()
    closed = promised.tasks.close(first, state)
    assert (closed.state, closed.closed_at, closed.sequence) == (state, clock(), 1)
    assert said(promised.tasks.open()) == [QUOTE.sentence, LIST.sentence]
    with pytest.raises(TaskClosed, match=f"{first.id} is {state} already"):
        promised.tasks.close(first, "done")


def test_it_gets_another_day_and_is_open_again(promised):
    [first, *_] = promised.tasks.open()
    promised.tasks.close(first, "done")
    moved = promised.tasks.move(first, dt.date(2026, 12, 4))
    assert (moved.state, moved.by, moved.closed_at, moved.sequence) == ("open", dt.date(2026, 12, 4), None, 2)
    assert promised.tasks.move(moved, dt.date(2026, 12, 4)).sequence == 2


@pytest.mark.parametrize("piece", ["0000.3", "20261121-164005-0000.3", "20261121.3"])
def test_it_is_found_by_a_piece_of_its_memo_s_id_and_its_number(promised, piece):
    assert said(promised.tasks.with_id_like(piece)) == [SAMPLE.sentence]


@pytest.mark.parametrize("piece", ["", "0000", "0000.", "0000.4", ".3", "0000.x", "0000.²", "0000." + "9" * 20])
def test_nothing_is_found_by_what_is_no_id_of_one(promised, piece):
    assert promised.tasks.with_id_like(piece) == []


def test_of_two_with_like_ids_the_open_one_is_meant(store, make_memo):
    for number in (0, 1):
        store.confirm(make_memo(number, commitments=(QUOTE,)))
    first, second = store.tasks.with_id_like("202611.1")
    store.tasks.close(first, "done")
    assert [task.id for task in store.tasks.with_id_like("202611.1")] == [second.id]
    store.tasks.close(second, "done")
    assert len(store.tasks.with_id_like("202611.1")) == 2


def test_a_memo_that_names_nobody_can_promise_too(store, make_memo):
    store.confirm(make_memo(0, contact=None, commitments=(QUOTE,)))
    [task] = store.tasks.open()
    assert task.contact is None


def test_it_goes_where_its_memo_goes_and_back(promised, make_memo):
    promised.confirm(make_memo(5, contact=TOM))
    book = promised.address_book
    anna, tom = promised.find_contact("Anna Lee"), promised.find_contact("Tom Baker")
    memo_id = promised.tasks.open()[0].memo_id

    def whose() -> set[str]:
        return {task.contact.name for task in promised.tasks.open()}

    move = book.move(memo_id, tom)
    assert whose() == {"Tom Baker"}
    book.undo_merge(move.id)
    assert whose() == {"Anna Lee"}
    merge = book.merge(tom, anna)
    assert whose() == {"Tom Baker"}
    book.undo_merge(merge.id)
    assert whose() == {"Anna Lee"}


def test_it_is_deleted_with_its_memo_and_no_word_of_it_stays(promised):
    memo_id = promised.tasks.open()[0].memo_id
    assert promised.erase([memo_id])
    assert promised.tasks.all() == []
    assert b"price list" not in promised.path.read_bytes()


def test_it_is_deleted_with_the_person(promised):
    assert promised.erase_contact(promised.find_contact("Anna Lee").id)
    assert promised.tasks.all() == []
    assert b"price list" not in promised.path.read_bytes()


def test_the_brief_has_what_is_open_and_of_the_memos_shown_what_is_done(promised, make_memo):
    anna = promised.find_contact("Anna Lee").id
    quote = promised.tasks.with_id_like("0000.1")[0]
    promised.tasks.close(quote, "done")
    found = promised.calls.brief(anna).tasks
    assert [(task.sentence, task.state) for task in found] == [
        (SAMPLE.sentence, "open"),
        (LIST.sentence, "open"),
        (QUOTE.sentence, "done"),
    ]
    for number in (2, 3, 4):
        promised.confirm(make_memo(number))
    assert said(promised.calls.brief(anna).tasks) == [SAMPLE.sentence, LIST.sentence]


def test_a_memo_is_stored_with_all_that_was_promised_in_it_or_not_at_all(store, make_memo, monkeypatch):
    def full(conn, memo):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("memos.tasks.insert", full)
    with pytest.raises(StoreError):
        store.confirm(make_memo(0, commitments=(QUOTE,)))
    assert store.list() == []
