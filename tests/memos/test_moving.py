"""A memo that was somebody else's, and a contact that swallowed another: put right, and undone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from on_disk import history

from memos.contacts import with_point, with_spelling
from memos.errors import CannotMove, CannotUndo, NotFound
from memos.exports import Item
from memos.models import Contact, ContactPoint, ContactRef
from memos.store import Store

ANNA = ContactRef("Anna Becker", "Becker & Sons", "+15125550100")
PAUL = ContactRef("Paul Becker", "Becker & Sons")


def state(store: Store) -> tuple[object, ...]:
    """All that a rep sees of contacts, memos and calls; a sequence only grows, for the sake of calendars."""
    contacts = [replace(c, spellings=tuple(sorted(c.spellings)), points=tuple(sorted(c.points, key=str)))
                for c in store.contacts()]  # fmt: skip
    memos = {memo.id: memo.contact.id for memo in store.list() if memo.contact}
    calls = {call.memo_id: (call.state, call.contact.id if call.contact else None, call.closed_at,
                            [event.what for event in history(store, call)])
             for call in store.exports.follow_ups()}  # fmt: skip
    return contacts, memos, calls


def open_calls(store: Store) -> dict[str, str]:
    return {call.memo.id: call.follow_up.contact.name for call in store.due()}


@pytest.fixture
def ids(store, make_memo):
    """A memo about Anna, one taken for Anna's that was Paul's and brought his number, and one about Paul."""
    store.confirm(make_memo(0, contact=ANNA))
    store.confirm(make_memo(2, contact=replace(ANNA, phone="+15125550177", role="Buyer")))
    store.confirm(make_memo(1, contact=PAUL))
    return [make_memo(number).id for number in range(3)]


def test_the_memo_its_call_and_what_it_taught_go_to_the_other(store, ids):
    anna, paul = store.find_contact("Anna Becker"), store.find_contact("Paul Becker")
    assert open_calls(store) == {ids[1]: "Paul Becker", ids[2]: "Anna Becker"}
    made = store.address_book.move(ids[2], paul)
    assert (made.kind, made.memo_id, made.kept.id, made.merged.id) == ("move", ids[2], paul.id, anna.id)
    assert made.moved == {"memos": 1, "followups": 1}
    assert open_calls(store) == {ids[0]: "Anna Becker", ids[2]: "Paul Becker"}
    assert (made.merged.phone, made.merged.role) == ("+15125550100", None)
    assert (made.kept.phone, made.kept.role) == ("+15125550177", "Buyer")
    assert store.get(ids[2]).contact == made.kept
    assert store.check() == []


def test_undone_all_is_as_it_was(store, ids):
    before = state(store)
    made = store.address_book.move(ids[2], store.find_contact("Paul Becker"))
    assert state(store) != before
    undone = store.address_book.undo_merge()
    assert (undone.id, undone.undone_at is None) == (made.id, False)
    assert state(store) == before
    with pytest.raises(CannotUndo, match="move 1 was undone already"):
        store.address_book.undo_merge(1)


def test_what_became_of_a_call_since_stays(store, ids):
    store.address_book.move(ids[2], store.find_contact("Paul Becker"))
    [hers] = store.calls.with_id_like(ids[0])
    store.calls.close(hers, "cancelled", "gone")
    store.address_book.undo_merge()
    [hers] = store.calls.with_id_like(ids[0])
    assert hers.state == "cancelled"


def test_a_memo_out_of_order_closes_no_promise_that_is_younger(store, ids, make_memo):
    store.address_book.move(ids[0], store.find_contact("Paul Becker"))
    assert open_calls(store) == {ids[1]: "Paul Becker", ids[2]: "Anna Becker"}


def test_a_call_that_the_rep_closed_stays_closed(store, ids):
    [call] = store.calls.with_id_like(ids[2])
    store.calls.close(call, "cancelled", "gone")
    store.address_book.move(ids[2], store.find_contact("Paul Becker"))
    assert store.calls.with_id_like(ids[2])[0].state == "cancelled"


def test_what_was_handed_out_goes_out_again_and_undone_before_that_it_does_not(store, ids):
    items = [Item.of("note", ids[2], "text")]
    store.exports.hand_out("hubspot", items, lambda out: None)
    store.address_book.move(ids[2], store.find_contact("Paul Becker"))
    assert len(store.exports.outgoing("hubspot", items)) == 1
    store.address_book.undo_merge()
    assert store.exports.outgoing("hubspot", items) == []
    store.address_book.move(ids[2], store.find_contact("Paul Becker"))
    store.exports.hand_out("hubspot", items, lambda out: None)
    store.address_book.undo_merge()
    assert len(store.exports.outgoing("hubspot", items)) == 1


def test_a_calendar_is_told_by_a_sequence_that_only_grows(store, ids):
    before = {call.memo_id: call.sequence for call in store.exports.follow_ups()}
    store.address_book.move(ids[2], store.find_contact("Paul Becker"))
    between = {call.memo_id: call.sequence for call in store.exports.follow_ups()}
    store.address_book.undo_merge()
    after = {call.memo_id: call.sequence for call in store.exports.follow_ups()}
    assert before[ids[0]] < between[ids[0]] < after[ids[0]]


def test_a_detail_that_was_changed_since_keeps_its_change(store, ids):
    store.address_book.change(1, lambda contact: replace(contact, phone="+15125550188"))
    moved = store.address_book.move(ids[2], store.find_contact("Paul Becker"))
    assert (moved.merged.phone, moved.merged.role) == ("+15125550188", None)


def test_a_contact_that_the_memo_has_made_keeps_its_name(store, ids, make_memo):
    moved = store.address_book.move(ids[1], store.find_contact("Anna Becker"))
    assert (moved.merged.name, moved.kept.spellings) == ("Paul Becker", ())
    assert store.ids_about(moved.merged.id) == []


def test_of_a_contact_that_the_memo_has_made_and_others_speak_of_nothing_is_given_away(store, ids):
    moved = store.address_book.move(ids[0], store.find_contact("Paul Becker"))
    assert (moved.merged.phone, moved.kept.phone) == ("+15125550177", None)


def test_there_must_be_somebody_to_take_it_from_and_somebody_else_to_give_it_to(store, ids, make_memo):
    store.confirm(make_memo(5, contact=None))
    anna = store.find_contact("Anna Becker")
    with pytest.raises(CannotMove, match="already") as error:
        store.address_book.move(ids[0], anna)
    assert error.value.exit_code == 2
    with pytest.raises(CannotMove, match="names nobody"):
        store.address_book.move(make_memo(5).id, anna)
    with pytest.raises(NotFound):
        store.address_book.move("20200101-000000-0000", anna)


def test_what_builds_upon_a_move_is_undone_before_it(store, ids):
    anna, paul = store.find_contact("Anna Becker"), store.find_contact("Paul Becker")
    store.address_book.move(ids[2], paul)
    store.address_book.merge(paul, anna)
    with pytest.raises(CannotUndo, match="move 1 cannot be undone before 2,"):
        store.address_book.undo_merge(1)
    store.address_book.undo_merge()
    store.address_book.undo_merge()
    assert store.get(ids[2]).contact.id == anna.id


def test_with_a_memo_that_is_deleted_the_note_of_its_move_goes(store, path, ids):
    store.address_book.move(ids[2], store.find_contact("Paul Becker"))
    store.erase([ids[2]])
    assert store.address_book.merges() == []
    assert b"+15125550177" not in path.read_bytes() or store.contacts_by_phone("+15125550177")
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("SELECT count(*) FROM memo_lessons WHERE memo_id = ?", [ids[2]]).fetchone() == (0,)


def test_a_memo_of_before_lessons_were_noted_moves_with_its_call_alone(store, path, ids):
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("DELETE FROM memo_lessons")
    moved = store.address_book.move(ids[2], store.find_contact("Paul Becker"))
    assert (moved.merged.phone, moved.kept.phone) == ("+15125550177", None)
    assert open_calls(store) == {ids[0]: "Anna Becker", ids[2]: "Paul Becker"}


@pytest.fixture
def swallowed(store, make_memo):
    """Anna, who has swallowed Paul: his name, his number, his address and his memo."""
    for number in range(2):
        store.confirm(make_memo(number, contact=ANNA))

    def swallow(contact: Contact) -> Contact:
        contact = with_point(with_spelling(contact, "Paul Becker"), ContactPoint("phone", "+15125550177", "mobile"))
        return with_point(contact, ContactPoint("email", "paul@becker.example"))

    return store.address_book.change(1, swallow)


NEW = Contact(0, "Paul Becker", "Becker & Sons", "+15125550177", "paul@becker.example")


def test_a_contact_that_swallowed_another_is_two_again(store, swallowed, make_memo):
    before = state(store)
    made = store.address_book.split(swallowed, NEW, [], [make_memo(1).id])
    paul, anna = made.kept, made.merged
    assert (made.kind, paul.id, paul.name, paul.phone, paul.email) == (
        "split",
        2,
        *("Paul Becker", NEW.phone, NEW.email),
    )
    assert (anna.phone, anna.email, anna.spellings, anna.points) == ("+15125550100", None, (), ())
    assert open_calls(store) == {make_memo(0).id: "Anna Becker", make_memo(1).id: "Paul Becker"}
    store.address_book.undo_merge()
    assert state(store) == before
    assert store.find_contact("2").id == 1
    assert store.check() == []


def test_a_number_that_both_have_stays_with_both(store, swallowed):
    made = store.address_book.split(swallowed, replace(NEW, phone="+15125550100"), ["+15125550100"], [])
    assert made.kept.phone == made.merged.phone == "+15125550100"


def test_what_came_to_who_was_split_off_goes_back_with_the_rest(store, swallowed, make_memo):
    made = store.address_book.split(swallowed, NEW, [], [])
    store.confirm(make_memo(3, contact=ContactRef("Paul Becker", "Becker & Sons", id=made.kept.id)))
    store.address_book.undo_merge()
    assert store.get(make_memo(3).id).contact.id == swallowed.id


def test_a_memo_of_somebody_else_does_not_go_along(store, swallowed, make_memo):
    store.confirm(make_memo(4, contact=ContactRef("Tom Hill")))
    with pytest.raises(CannotMove, match="is not about contact 1"):
        store.address_book.split(swallowed, NEW, [], [make_memo(4).id])
    assert len(store.contacts()) == 2


PEOPLE = ["Anna Becker", "Paul Becker", "Tom Hill"]
ABOUT = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from([None, "+15125550100", "+15125550177"])), min_size=2, max_size=6
)
STEPS = st.lists(
    st.tuples(st.sampled_from(["move", "merge", "split"]), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=5
)


@settings(max_examples=40, deadline=None)
@given(about=ABOUT, order=st.randoms(use_true_random=False), steps=STEPS)
def test_merges_moves_and_splits_undone_in_turn_are_the_identity(make_memo, about, order, steps):
    numbers = list(range(len(about)))
    order.shuffle(numbers)
    with (
        TemporaryDirectory() as folder,
        Store.open(Path(folder, "m.db"), clock=lambda: make_memo().confirmed_at) as store,
    ):
        for number in numbers:
            name, phone = about[number]
            store.confirm(make_memo(number, contact=ContactRef(name, phone=phone)))
        states = []
        for what, one, other in steps:
            people, memo = store.contacts(), store.list()[one % len(about)]
            first, second = people[one % len(people)], people[other % len(people)]
            before = state(store)
            if what == "move" and memo.contact.id != second.id:
                store.address_book.move(memo.id, second)
            elif what == "merge" and first.id != second.id:
                store.address_book.merge(first, second)
            elif what == "split":
                new = Contact(0, f"New {len(states)}", None, first.phone, None)
                store.address_book.split(
                    first, new, [first.phone] if other % 2 and first.phone else [], store.ids_about(first.id)[:1]
                )
            else:
                continue
            states.append(before)
        assert store.check() == []
        for before in reversed(states):
            store.address_book.undo_merge()
            assert state(store) == before
        assert store.check() == []
