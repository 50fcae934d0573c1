"""One person, one record; and the records that a name as it was heard may mean."""

from __future__ import annotations

from dataclasses import replace

import pytest

from memos.contacts import with_point, with_spelling
from memos.models import ContactPoint, ContactRef


@pytest.fixture
def confirm_about(store, make_memo):
    def confirm(number, *contact):
        store.confirm(make_memo(number, contact=ContactRef(*contact)))
        return store.get(make_memo(number).id).contact

    return confirm


def test_the_same_name_and_company_in_any_case_are_one_contact(store, confirm_about):
    first = confirm_about(0, "Jürgen  Groß", "Maß AG")
    second = confirm_about(1, "JÜRGEN GROSS", "mass ag")
    assert first.id == second.id
    assert [contact.name for contact in store.contacts()] == ["Jürgen  Groß"]


@pytest.mark.parametrize("other", [("Anna Lee", "Globex"), ("Anna Lee", None), ("Ann Lee", "Acme")])
def test_another_company_or_another_name_is_another_contact(store, confirm_about, other):
    assert confirm_about(0, "Anna Lee", "Acme").id != confirm_about(1, *other).id
    assert len(store.contacts()) == 2


def test_a_number_does_not_decide_even_where_the_name_is_a_near_miss(store, confirm_about):
    first = confirm_about(0, "John Smith", "Acme", "+12125550123")
    second = confirm_about(1, "Jon Smith", None, "+12125550123")
    assert first.id != second.id
    assert store.contacts_by_phone("+12125550123") == [first, second]


def test_who_was_chosen_is_the_contact_whatever_the_name_and_learns_it_as_a_spelling(store, make_memo, confirm_about):
    first = confirm_about(0, "John Smith", "Acme", "+12125550123")
    store.confirm(make_memo(1, contact=ContactRef("Jon Smyth", None, "+12125550123", id=first.id)))
    [only] = store.contacts()
    assert (only.id, only.company, only.spellings) == (first.id, "Acme", ("Jon Smyth",))
    assert confirm_about(2, "jon smyth", "Acme").id == first.id


def test_somebody_new_is_new_though_name_company_and_number_are_those_of_somebody_known(store, make_memo):
    for number in range(2):
        store.confirm(make_memo(number, contact=ContactRef("Anna Lee", "Acme", "+12125550100", new=True)))
    assert [contact.name for contact in store.contacts()] == ["Anna Lee", "Anna Lee"]
    assert len(store.due()) == 2
    store.address_book.change(2, lambda contact: replace(contact, role="Buyer"))
    assert store.contacts()[1].role == "Buyer"


NUMBER = "+15125550177"


def test_a_number_that_is_nobody_s_is_a_contact_without_a_name_which_is_one_and_can_be_named(store, make_memo):
    for number in range(2):
        store.confirm(make_memo(number, contact=ContactRef("", phone=NUMBER)))
    [nameless] = store.contacts()
    assert (nameless.name, nameless.called, nameless.phone) == ("", NUMBER, NUMBER)
    assert len(store.due()) == 1
    assert store.find_contact(NUMBER) == nameless
    assert store.match_contacts("Dana") == []
    store.confirm(make_memo(2, contact=ContactRef("Dana Whitfield", "Brightwater", NUMBER, id=nameless.id)))
    [dana] = store.contacts()
    assert (dana.id, dana.name, dana.company, dana.spellings) == (nameless.id, "Dana Whitfield", "Brightwater", ())
    assert store.vocabulary(NUMBER)[:2] == ["Dana Whitfield", "Brightwater"]
    assert store.check() == []


def test_a_number_without_a_name_is_not_the_contact_with_a_name_that_has_it(store, make_memo, confirm_about):
    dana = confirm_about(0, "Dana Whitfield", None, NUMBER)
    store.confirm(make_memo(1, contact=ContactRef("", phone=NUMBER)))
    assert store.get(make_memo(1).id).contact.id != dana.id
    with pytest.raises(ValueError, match="needs a name"):
        ContactRef(" ")


def test_whose_number_it_is_keeps_her_memo_her_call_and_her_name(store, make_memo):
    anna = ContactRef("Anna Becker", "Becker & Sons", "+15125550100")
    store.confirm(make_memo(0, contact=anna))
    store.confirm(make_memo(1, contact=ContactRef("Paul Becker", "Becker & Sons", "+15125550100", new=True)))
    assert [contact.name for contact in store.contacts()] == ["Anna Becker", "Paul Becker"]
    assert store.contacts()[0].spellings == ()
    assert [(call.follow_up.contact.name, call.memo.id) for call in store.due()] == [
        ("Anna Becker", make_memo(0).id),
        ("Paul Becker", make_memo(1).id),
    ]


def test_who_was_chosen_and_then_merged_is_the_one_that_was_kept(store, make_memo, confirm_about):
    kept, merged = confirm_about(0, "Anna Lee", "Acme"), confirm_about(1, "Ann Leigh", "Acme")
    store.address_book.merge(kept, merged)
    store.confirm(make_memo(2, contact=ContactRef("Ann Leigh", "Acme", id=merged.id)))
    assert store.get(make_memo(2).id).contact.id == kept.id


def test_who_was_chosen_and_then_deleted_is_made_anew(store, make_memo, confirm_about):
    anna = confirm_about(0, "Anna Lee", "Acme")
    store.erase_contact(anna.id)
    store.confirm(make_memo(1, contact=ContactRef("Anna Lee", "Acme", id=anna.id)))
    assert store.get(make_memo(1).id).contact.name == "Anna Lee"


def test_somebody_new_is_not_a_contact_that_was_chosen():
    with pytest.raises(ValueError, match="somebody new"):
        ContactRef("Anna Lee", id=1, new=True)


def test_colleagues_who_share_a_number_stay_two_contacts(store, confirm_about):
    anna = confirm_about(0, "Anna Lee", "Acme", "+12125550100")
    tom = confirm_about(1, "Tom Baker", "Acme", "+12125550100")
    assert anna.id != tom.id
    assert store.contacts_by_phone("+12125550100") == [anna, tom]
    assert store.contacts_by_phone("+12125550199") == []


def test_what_was_confirmed_last_holds_and_what_was_left_out_stays(confirm_about):
    confirm_about(0, "Anna Lee", "Acme", "+12125550100", "anna@example.com")
    contact = confirm_about(1, "Anna Lee", "Acme", "+12125550142")
    assert (contact.phone, contact.email) == ("+12125550142", "anna@example.com")


def test_a_number_that_is_typed_over_is_gone_and_one_that_was_a_further_one_changes_places(store, confirm_about):
    confirm_about(0, "Anna Lee", "Acme", "+12125550100")
    contact = confirm_about(1, "Anna Lee", "Acme", "+12125550142")
    assert contact.points == ()
    store.address_book.change(
        contact.id, lambda known: with_point(known, ContactPoint("phone", "+12125550143", "work"))
    )
    contact = confirm_about(2, "Anna Lee", "Acme", "+12125550143")
    assert (contact.phone, contact.points) == ("+12125550143", (ContactPoint("phone", "+12125550142"),))
    assert store.contacts_by_phone("+12125550142") == [contact]


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("Catherine Lee", "Katherine Lee"),
        ("Kovalsky", "Jan Kowalski"),
        ("katherine", "Katherine Lee"),
        ("Lee, Katherine", "Katherine Lee"),
        ("priya raganathan", "Priya Raghunathan"),
        ("Jeff Hill", "Geoff Hill"),
    ],
)
def test_a_name_as_it_was_heard_leads_to_the_contact_it_means(store, confirm_about, heard, meant):
    names = ["Katherine Lee", "Jan Kowalski", "Priya Raghunathan", "Geoff Hill", "Tom Baker"]
    for number, name in enumerate(names):
        confirm_about(number, name)
    assert store.match_contacts(heard)[0].name == meant


def test_a_name_that_is_like_none_matches_none(store, confirm_about):
    confirm_about(0, "Katherine Lee")
    assert store.match_contacts("Bogdan Ruzhitsky") == []
    assert store.match_contacts("") == []


def test_a_company_that_fits_goes_before_one_that_does_not(store, confirm_about):
    confirm_about(0, "Anna Lee", "Acme")
    confirm_about(1, "Anna Lea", "Globex")
    assert [contact.company for contact in store.match_contacts("Anna Lee", "globex")] == ["Globex", "Acme"]
    assert [contact.company for contact in store.match_contacts("Anna Lee")] == ["Acme", "Globex"]


def test_a_company_that_fits_lets_a_name_through_that_is_less_like(store, confirm_about):
    confirm_about(0, "Daniel Okafor", "Westbrook Property Management")
    assert store.match_contacts("Daniel Ocifer") == []
    [contact] = store.match_contacts("Daniel Ocifer", "Westbrook Property")
    assert contact.name == "Daniel Okafor"


def test_contacts_are_matched_by_their_other_spellings_too(store, confirm_about):
    first = confirm_about(0, "Siobhan Kelly", None, "+12125550100")
    store.address_book.change(first.id, lambda contact: with_spelling(contact, "Siobhan Kelley"))
    assert store.match_contacts("Siobhan Kelley")[0].name == "Siobhan Kelly"


def test_contacts_are_sorted_by_name_in_any_case(store, confirm_about):
    for number, name in enumerate(["bert", "Anna", "Čeněk", "Bert"]):
        confirm_about(number, name, f"Company {number}")
    assert [contact.name for contact in store.contacts()] == ["Anna", "bert", "Bert", "Čeněk"]
