"""What an address book adds to the contacts that are known: what was missing, and nothing twice."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memos.cards.card import Card
from memos.cards.taking import plan
from memos.contacts import without_point
from memos.known import Known
from memos.models import Contact, ContactPoint, ContactRef
from memos.store import Store


def card(name="Dana Whitfield", company=None, *values, line=1, **more):
    points = tuple(ContactPoint("email" if "@" in value else "phone", value) for value in values)
    fields = {"role": None, "note": None, "spellings": ()} | more
    return Card(line, name, company, points=points, **fields)


@pytest.fixture
def take(store):
    return lambda *cards: store.address_book.take([cards])[0]


def test_somebody_new_is_added_with_all_that_is_said(store, take):
    [outcome] = take(
        card(
            "Dana", "Acme", "+15125550143", "+15125550144", "d@x.example", role="Buyer", note="a\nb", spellings=("Dee",)
        )
    )
    assert outcome.before is None
    [contact] = store.contacts()
    assert contact == outcome.after
    assert contact == Contact(
        1,
        "Dana",
        "Acme",
        "+15125550143",
        "d@x.example",
        ("Dee",),
        "Buyer",
        "a\nb",
        (ContactPoint("phone", "+15125550144"),),
    )


def test_somebody_known_gains_what_was_missing_and_keeps_what_is_known(store, take, make_memo):
    store.confirm(make_memo(contact=ContactRef("Dana Whitfield", "Brightwater", "+15125550143")))
    [outcome] = take(
        card("Dana Whitfield", "BRIGHTWATER", "+15125550150", "d@x.example", role="Buyer", note="Met in Austin")
    )
    [contact] = store.contacts()
    assert outcome.gained
    assert (contact.phone, contact.company, contact.role) == ("+15125550143", "Brightwater", "Buyer")
    assert contact.points == (ContactPoint("phone", "+15125550150"),)
    assert contact.note == "Met in Austin"
    assert outcome.differs == ()


def test_what_is_known_otherwise_is_kept_and_told(store, take):
    take(card("Dana Whitfield", "Brightwater", "+15125550143", role="Fleet Manager", note="one"))
    [outcome] = take(card("Dana Whitfeld", "Northgate", "+15125550143", role="CEO", note="two"))
    assert outcome.differs == (
        ("company", "Brightwater", "Northgate"),
        ("role", "Fleet Manager", "CEO"),
        ("note", "one", "two"),
    )
    [contact] = store.contacts()
    assert (contact.company, contact.role, contact.note) == ("Brightwater", "Fleet Manager", "one")
    assert contact.spellings == ("Dana Whitfeld",)


def test_the_same_again_adds_nothing_even_where_some_of_it_was_removed_since(store, take):
    entry = card("Dana", "Acme", "+15125550143", "+15125550144")
    take(entry)
    store.address_book.change(1, lambda contact: without_point(contact, "phone", "+15125550144"))
    [outcome] = take(card("Dana", "Acme", "+15125550143", "+15125550144", line=77))
    assert not outcome.gained
    assert store.contacts()[0].points == ()


def test_what_was_imported_goes_along_in_a_merge_and_comes_back(store, take):
    take(card("Dana", "Acme", "+15125550143"), card("D. Whitfield", "Globex"))
    one, other = store.find_contact("Dana"), store.find_contact("D. Whitfield")
    store.address_book.merge(one, other)
    [outcome] = take(card("D. Whitfield", "Globex"))
    assert (outcome.after.id, outcome.gained) == (one.id, False)
    store.address_book.undo_merge()
    [outcome] = take(card("D. Whitfield", "Globex"))
    assert outcome.after.id == other.id


def test_two_entries_of_one_file_with_one_name_and_other_numbers_are_two_people(store, take):
    take(card("John Smith", None, "+15125550143"), card("John Smith", None, "+15125550144"))
    assert [contact.phone for contact in store.contacts()] == ["+15125550143", "+15125550144"]
    [one, other] = take(
        card("John Smith", None, "+15125550143", "a@x.example"), card("John Smith", None, "+15125550144", "b@x.example")
    )
    assert [one.after.email, other.after.email] == ["a@x.example", "b@x.example"]
    assert len(store.contacts()) == 2


def test_somebody_known_of_that_name_and_no_company_gains_the_number_of_the_first_entry(store, take, make_memo):
    store.confirm(make_memo(contact=ContactRef("John Smith", None, "+15125550142")))
    take(card("John Smith", None, "+15125550143"), card("John Smith", None, "+15125550144"))
    assert [(contact.phone, len(contact.points)) for contact in store.contacts()] == [
        ("+15125550142", 1),
        ("+15125550144", 0),
    ]


def test_the_same_person_in_one_company_twice_in_a_file_is_one(store, take):
    take(card("Dana", "Acme", "+15125550143"), card("dana", "ACME", "+15125550144"))
    [contact] = store.contacts()
    assert (contact.phone, contact.points) == ("+15125550143", (ContactPoint("phone", "+15125550144"),))


def test_colleagues_who_share_a_number_and_an_address_stay_two(store, take):
    take(
        card("Anna Lee", "Acme", "+12125550100", "info@acme.example"),
        card("Tom Baker", "Acme", "+12125550100", "info@acme.example"),
    )
    assert len(store.contacts()) == 2


def test_an_address_written_in_another_case_is_the_same(store, take):
    take(card("Anna Lee", "Acme", "anna@acme.example"))
    [outcome] = take(card("Anna Leigh", None, "Anna@ACME.example"))
    assert outcome.after.id == 1
    assert store.contacts()[0].points == ()


def test_a_dry_run_says_the_same_and_changes_nothing(store):
    books = [[card("Dana", "Acme", "+15125550143")], [card("Dana", "Acme", "+15125550144"), card("Tom")]]
    planned = store.address_book.take(books, dry_run=True)
    assert store.contacts() == []
    assert store.address_book.take(books) == planned
    assert [contact.name for contact in store.contacts()] == ["Dana", "Tom"]


def test_many_are_taken_in_a_moment(store, clock):
    cards = [
        card(f"Person {number}", f"Company {number % 700}", f"+1512{number:07}", f"p{number}@x.example", line=number)
        for number in range(5000)
    ]
    begun = time.process_time()
    [outcomes] = store.address_book.take([cards])
    assert time.process_time() - begun < 5
    assert len(outcomes) == len(store.contacts()) == 5000


NAMES = st.sampled_from(["Anna Lee", "Ann Lee", "anna lee", "Tom Baker", "John Smith"])
VALUES = st.lists(st.sampled_from(["+12125550100", "+12125550101", "a@x.example", "b@x.example"]), max_size=3)
CARDS = st.lists(
    st.builds(
        lambda name, company, values, role: card(name, company, *values, role=role),
        NAMES,
        st.sampled_from([None, "Acme", "Globex"]),
        VALUES,
        st.sampled_from([None, "Buyer", "CEO"]),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(CARDS)
def test_nothing_is_lost_and_a_second_time_nothing_is_added(cards):
    known, imported = Known([], {}), {}
    outcomes = plan(cards, known, imported)
    for outcome in outcomes:
        after = known[outcome.after.id]
        values = {value.casefold() for value in (after.phone, after.email, *(p.value for p in after.points)) if value}
        assert {point.value for point in outcome.card.points} <= values
        assert outcome.card.name.casefold() in {name.casefold() for name in (after.name, *after.spellings)}
    before = known.current
    again = plan(cards, known, imported)
    assert not any(outcome.gained or outcome.before is None for outcome in again)
    assert known.current == before


@settings(max_examples=20, deadline=None)
@given(CARDS)
def test_what_was_planned_is_what_is_stored(tmp_path_factory, cards):
    path = tmp_path_factory.mktemp("taken") / "memos.db"
    with Store.open(path) as store:
        [outcomes] = store.address_book.take([cards])
        stored = {contact.id: contact for contact in store.contacts()}
        assert {outcome.after.id: outcome.after for outcome in outcomes} == stored
        assert store.check() == []
