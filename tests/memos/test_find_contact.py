"""Which contact is meant on the command line."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memos.errors import AmbiguousContact, NotFound
from memos.models import Contact, ContactPoint, ContactRef
from memos.store import Store

PEOPLE = [
    Contact(1, "Dana Whitfield", "Brightwater", "+15125550143", "dana@brightwater.example", ("Dee",), "Fleet Manager"),
    Contact(2, "Dana Wu", "Acme", None, None, points=(ContactPoint("phone", "+12125550100", "work"),)),
    Contact(3, "Katherine Lee", "Acme, Inc.", None, None),
    Contact(4, "Anna Lee", "Acme", None, None),
    Contact(5, "Anna Lee", "Globex", None, None),
    Contact(6, "12", None, None, None),
]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    with Store.open(tmp_path_factory.mktemp("crowd") / "memos.db") as store:
        for person in PEOPLE:
            store.address_book.add(person)
        yield store


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1", 1),
        ("12", 6),
        ("  dana   WHITFIELD ", 1),
        ("Dana Whitfield (Brightwater)", 1),
        ("Dana Whitfield, brightwater", 1),
        ("Dee", 1),
        ("dana whit", 1),
        ("Whitfeld", 1),
        ("fleet", 1),
        ("dana acme", 2),
        ("dana@BRIGHTWATER.example", 1),
        ("+1 (512) 555-0143", 1),
        ("+12125550100", 2),
        ("Katherine Lee, Acme, Inc.", 3),
        ("Catherine Lee", 3),
        ("Anna Lee, Globex", 5),
        ("Anna Lee (Acme)", 4),
        ("anna glo", 5),
    ],
)
def test_a_contact_is_meant_by_its_id_name_company_number_or_a_near_miss(crowd, text, meant):
    assert crowd.find_contact(text).id == meant


@pytest.mark.parametrize(("text", "named"), [("dana", "1 Dana Whitfield (Brightwater); 2 Dana Wu (Acme)"), ("lee", "")])
def test_where_it_may_be_several_they_are_named_to_choose_from(crowd, text, named):
    with pytest.raises(AmbiguousContact, match="give the number in front") as error:
        crowd.find_contact(text)
    assert error.value.exit_code == 2
    assert named in str(error.value)


def test_two_of_one_name_are_told_apart_by_the_company_and_never_guessed(crowd):
    with pytest.raises(AmbiguousContact, match=r"4 Anna Lee \(Acme\); 5 Anna Lee \(Globex\)"):
        crowd.find_contact("Anna Lee")


def test_accents_need_not_be_typed_and_tell_two_apart_that_are(store):
    for name in ("Joe Doe", "José García (Peña)", "Zoë Müller"):
        store.address_book.add(Contact(0, name, None, None, None))
    for text, meant in (("Jose", 2), ("garcia pena", 2), ("Zoe Muller", 3), ("muller", 3)):
        assert store.find_contact(text).id == meant
    store.address_book.add(Contact(0, "Zoe Muller", "Acme", None, None))
    assert store.find_contact("Zoe Muller").name == "Zoe Muller"
    assert store.find_contact("zoë müller").id == 3


@pytest.mark.parametrize("text", ["", "   ", "Bogdan Ruzhitsky", "99", ",", "()", "\udcff\0"])
def test_nobody_is_meant_by_what_is_like_nobody(crowd, text):
    with pytest.raises(NotFound) as error:
        crowd.find_contact(text)
    assert error.value.exit_code == 3


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_no_text_is_wrong(crowd, text):
    with suppress(NotFound, AmbiguousContact):
        assert crowd.find_contact(text).id in range(1, 7)


def test_not_all_of_many_are_named(store):
    for number in range(30):
        store.address_book.add(Contact(0, "Dana Wu", f"Company {number}", None, None))
    with pytest.raises(AmbiguousContact, match="and 25 more"):
        store.find_contact("Dana")


@pytest.mark.parametrize("dialled", ["512 555 0143", "(512) 555-0143", "0512/5550143", "+1 512 555 0143", "555-0143"])
def test_a_number_is_known_as_it_is_dialled_in_its_own_country(store, make_memo, dialled):
    store.confirm(make_memo(contact=ContactRef("Dana Whitfield", None, "+15125550143;ext=22")))
    assert store.find_contact(dialled).name == "Dana Whitfield"
