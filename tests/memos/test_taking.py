"""What an address book adds to the contacts that are known: what was missing, and nothing twice."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.address_books import book, count, near_equal
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


def the_first(_, among):
    return among[0].contact


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
    [[outcome]] = store.address_book.take(
        [[card("Dana Whitfeld", "Northgate", "+15125550143", role="CEO", note="two")]], decide=the_first
    )
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


def test_somebody_known_of_that_name_no_company_and_another_number_is_a_doubt_for_each_entry(store, take, make_memo):
    store.confirm(make_memo(contact=ContactRef("John Smith", None, "+15125550142")))
    outcomes = take(card("John Smith", None, "+15125550143"), card("John Smith", None, "+15125550144"))
    assert [[(each.contact.id, each.why) for each in outcome.doubt] for outcome in outcomes] == [
        [(1, "the same name")]
    ] * 2
    assert [contact.phone for contact in store.contacts()] == ["+15125550142", "+15125550143", "+15125550144"]


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


def test_an_address_written_in_another_case_is_the_same_evidence(store, take):
    take(card("Anna Lee", "Acme", "anna@acme.example"))
    [outcome] = take(card("Anna Leigh", None, "Anna@ACME.example"))
    assert (outcome.before, outcome.doubt[0].contact.id, outcome.doubt[0].why) == (None, 1, "the same address")
    [[outcome]] = store.address_book.take([[card("Ana Leigh", None, "ANNA@acme.example")]], decide=the_first)
    assert (outcome.after.id, outcome.after.points, outcome.after.spellings) == (2, (), ("Ana Leigh",))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Anna Becker", "Becker & Sons", "+15125550100"), ("Paul Becker", "Becker & Sons", "+15125550100")),
        (("Anna Lee", None, "info@acme.example"), ("Tom Baker", None, "info@acme.example")),
        (("Jon Smith", "Acme", "+15125550100"), ("John Smith", "Acme", "+15125550100")),
        (("Maria Lopez", "Acme", "+15125550100"), ("Maria Lopez", "Globex", "+15125550100")),
        (("Maria Lopez", "Acme", "+15125550100"), ("Maria Lopez", None, "+15125550100")),
        (("Maria Lopez", None, "+15125550100"), ("M. Lopez", None, "+15125550100")),
    ],
)
@pytest.mark.parametrize("files", [1, 2])
def test_what_two_entries_share_makes_them_one_only_where_the_rep_says_so(tmp_path, one, other, files):
    cards = [card(*one), card(*other)]
    with Store.open(tmp_path / f"memos{files}.db") as store:
        store.address_book.take([cards] if files == 1 else [[each] for each in cards])
        assert [contact.name for contact in store.contacts()] == sorted([one[0], other[0]])
        assert all(contact.spellings == () for contact in store.contacts())


def test_a_name_that_one_entry_swallowed_is_no_spelling_for_the_next_to_resemble(store, take):
    names = ["Anna Lee", "Ana Lee", "Ana Leo", "Ina Leo", "Ina Teo", "Ida Teo"]
    take(*(card(name, None, "+15125550100") for name in names))
    assert sorted(contact.name for contact in store.contacts()) == sorted(names)


def test_of_two_with_no_company_and_nothing_else_in_common_the_name_alone_decides_nothing(store, take):
    [_, outcome] = take(card("John Smith", None, "+15125550143"), card("John Smith", None, "j@x.example"))
    assert (outcome.before, outcome.doubt[0].why) == (None, "the same name")
    assert len(store.contacts()) == 2


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_as_many_people_come_out_as_went_in(seed):
    alone = count(book(120, random.Random(seed), twice=0))
    assert (alone.made, alone.wrong) == (120, 0)
    twice = count(book(120, random.Random(seed)))
    assert twice.wrong == 0
    assert twice.found >= 0.95 * twice.same


@pytest.mark.parametrize("what", ["a number each", "one number for all", "one company for all"])
def test_twenty_thousand_near_equal_names_are_taken_in_seconds(what):
    cards = dict(near_equal(20_000))[what]
    begun = time.process_time()
    assert len({outcome.after.id for outcome in plan(cards, Known([], {}), {})}) == 20_000
    assert time.process_time() - begun < 5


def test_twenty_thousand_of_one_name_are_taken_in_seconds():
    cards = [card("Reception", None, f"+1512{number:07}", line=number) for number in range(20_000)]
    begun = time.process_time()
    assert len({outcome.after.id for outcome in plan(cards, Known([], {}), {})}) == 20_000
    assert time.process_time() - begun < 5


def test_a_nickname_is_no_name_that_another_entry_is_taken_for(store, take):
    take(card("Robert Smith", "Acme", spellings=("Bob",)), card("Bob", "Acme", "+15125550100"))
    assert [contact.name for contact in store.contacts()] == ["Bob", "Robert Smith"]


def test_whom_an_entry_may_be_is_said_the_likeliest_first(store, take):
    take(
        card("Anna Leigh", "Acme", line=1),
        card("Anna Lea", None, "+15125550100", line=2),
        card("Anna Lee", None, "+15125550100", line=3),
    )
    [outcome] = take(card("Anna Lee", "Acme", "+15125550100", line=4))
    assert [(each.contact.name, each.why) for each in outcome.doubt] == [
        ("Anna Lee", "the same name and number"),
        ("Anna Lea", "the same number"),
        ("Anna Leigh", "nearly the same name"),
    ]


def test_what_was_answered_holds_for_what_is_stored_and_is_asked_once(store, take):
    take(card("John Smith", "Acme", "+15125550100"))
    asked = []

    def decide(entry, among):
        asked.append(entry.name)
        return among[0].contact if entry.name == "Jon Smith" else None

    [outcomes] = store.address_book.take(
        [[card("New Body"), card("Jon Smith", None, "+15125550100"), card("Jan Smith", None, "+15125550100")]],
        decide=decide,
    )
    assert asked == ["Jon Smith", "Jan Smith"]
    assert [outcome.after.id for outcome in outcomes] == [2, 1, 3]
    assert [contact.name for contact in store.contacts()] == ["Jan Smith", "John Smith", "New Body"]


def test_one_who_is_made_by_the_file_itself_may_be_the_answer(store):
    [outcomes] = store.address_book.take(
        [[card("John Smith", None, "+15125550100"), card("Jon Smith", None, "+15125550100"), card("Tom Hill")]],
        decide=the_first,
    )
    assert [outcome.after.id for outcome in outcomes] == [1, 1, 2]
    assert [contact.name for contact in store.contacts()] == ["John Smith", "Tom Hill"]


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
