"""A merge is undone on any machine of the team, and both contacts are known by what they were known by before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from team_checks import all_know_the_same, book_of, calls_of
from team_reps import Rep

from memos import contacts
from memos.errors import BuiltUpon, CannotUndo, NoSuchMerge
from memos.models import Contact, ContactPoint, ContactRef, Merge
from memos.team.entries import digest

NUMBER, OTHER, FURTHER = "+15125550143", "+15125550144", "+15125550145"
SECRET = "+15125559876"


def known(rep: Rep) -> list[Contact]:
    """All contacts, each with what it is known by, whatever their ids are here."""
    found = contacts.load(rep.store._conn).values()
    return [
        replace(each, id=0, points=tuple(sorted(each.points, key=str)), spellings=tuple(sorted(each.spellings)))
        for each in sorted(found, key=lambda one: one.name)
    ]


def add(rep: Rep, contact: Contact) -> None:
    rep.store.address_book.add(contact)


def merge(rep: Rep, kept: str, merged: str) -> None:
    rep.store.address_book.merge(rep.store.find_contact(kept), rep.store.find_contact(merged))


def merge_of(rep: Rep) -> Merge:
    """The last merge that holds."""
    return next(each for each in rep.store.address_book.merges() if each.undone_at is None)


def undo(rep: Rep) -> None:
    rep.store.address_book.undo_merge(merge_of(rep).id)


@pytest.fixture
def two(reps, everybody_syncs, spoken) -> dict[str, Rep]:
    """Ana's contact that knows little, and Ben's that knows much; with a memo of each about theirs."""
    ana, ben, _ = reps.values()
    add(ana, Contact(0, "Dana Whitfield", None, None, None, note="Likes mornings."))
    add(
        ben,
        Contact(
            *(0, "Dee Whitfield", "Brightwater", NUMBER, "dee@example.com"),
            spellings=("D. Whitfield",),
            role="Buyer",
            note="Has a dog.",
            points=(ContactPoint("phone", FURTHER, "Mobile"),),
        ),
    )
    everybody_syncs()
    ana.store.confirm(spoken(1, "a", contact=ContactRef("Dana Whitfield", id=ana.store.find_contact("Dana").id)))
    ben.store.confirm(spoken(2, "b", contact=ContactRef("Dee Whitfield", id=ben.store.find_contact("Dee").id)))
    everybody_syncs()
    return reps


@pytest.mark.parametrize("who", ["ana", "ben", "cara"])
@pytest.mark.parametrize("order", [("ana", "ben", "cara"), ("cara", "ben", "ana")])
def test_a_merge_is_undone_by_anybody_as_if_it_had_never_been(who, order, two, everybody_syncs):
    before = known(two["cara"])
    merge(two["ana"], "Dana Whitfield", "Dee Whitfield")
    for _ in range(2):
        for name in order:
            two[name].sync()
    assert [len(known(rep)) for rep in two.values()] == [1, 1, 1]
    undo(two[who])
    for _ in range(2):
        for name in order:
            two[name].sync()
    for rep in two.values():
        assert known(rep) == before
        assert [each.undone_at is None for each in rep.store.address_book.merges()] == [False]
    assert {memo.contact.name for memo in two["ana"].store.list()} == {"Dana Whitfield"}
    assert {memo.contact.name for memo in two["ben"].store.list()} == {"Dee Whitfield"}
    all_know_the_same([rep.store for rep in two.values()], book_of(two["cara"].store))


def test_a_merge_of_two_is_undone_by_the_one_whose_contact_it_was_while_the_other_is_away(two, everybody_syncs):
    ana, ben, _ = two.values()
    before = known(ben)
    merge(ana, "Dana Whitfield", "Dee Whitfield")
    for rep in (ana, ben):
        rep.sync()
    undo(ben)
    assert known(ben) == before
    ben.sync()
    ana.sync()
    assert known(ana) == before
    assert calls_of(ana.store) == calls_of(ben.store)


def test_what_was_changed_since_a_merge_stays_when_a_colleague_undoes_it(two, everybody_syncs):
    ana, ben, cara = two.values()
    merge(ana, "Dana Whitfield", "Dee Whitfield")
    everybody_syncs()
    one = cara.store.find_contact("Dana Whitfield")
    cara.store.address_book.change(one.id, lambda each: replace(each, role="Head of Buying", phone=OTHER, note="New."))
    everybody_syncs()
    undo(ben)
    everybody_syncs()
    for rep in two.values():
        dana, dee = known(rep)
        assert (dana.role, dana.phone, dana.note, dana.company, dana.email) == (
            *("Head of Buying", OTHER, "New."),
            *(None, None),
        )
        assert (dee.role, dee.phone, dee.note) == ("Buyer", NUMBER, "Has a dog.")
        assert dee.points == (ContactPoint("phone", FURTHER, "Mobile"),)


def test_two_who_undo_the_same_merge_and_one_who_makes_it_anew_end_with_the_same_book(two, everybody_syncs):
    ana, ben, cara = two.values()
    merge(ana, "Dana Whitfield", "Dee Whitfield")
    everybody_syncs()
    undo(ana)
    undo(ben)
    cara.sync()
    everybody_syncs()
    assert known(ana) == known(ben) == known(cara)
    assert len(known(ana)) == 2
    merge(cara, "Dee Whitfield", "Dana Whitfield")
    everybody_syncs()
    assert [one.name for one in known(ana)] == ["Dee Whitfield"]
    with pytest.raises(CannotUndo):
        ana.store.address_book.undo_merge(1)
    undo(ana)
    everybody_syncs()
    assert known(ana) == known(ben) == known(cara)
    assert len(known(ana)) == 2
    all_know_the_same([rep.store for rep in two.values()], book_of(ana.store))


def test_a_colleagues_merge_is_undone_by_its_number_alone_and_after_what_builds_upon_it(two, everybody_syncs):
    ana, ben, _ = two.values()
    merge(ana, "Dana Whitfield", "Dee Whitfield")
    add(ben, Contact(0, "Mae Ito", None, None, None))
    everybody_syncs()
    with pytest.raises(NoSuchMerge, match="colleague's merge is undone by its number"):
        ben.store.address_book.undo_merge()
    theirs = merge_of(ben)
    assert theirs.made_by == "Ana"
    merge(ben, "Mae Ito", "Dana Whitfield")
    with pytest.raises(BuiltUpon):
        ben.store.address_book.undo_merge(theirs.id)
    ben.store.address_book.undo_merge()
    assert ben.store.address_book.undo_merge(theirs.id).merged.name == "Dee Whitfield"


def test_nothing_that_is_private_is_said_with_a_merge_and_all_of_it_goes_back(two, everybody_syncs, spoken):
    ana, ben, _ = two.values()
    dee = ana.store.find_contact("Dee Whitfield")
    ref = ContactRef("Dee Whitfield", "Brightwater", SECRET, id=dee.id)
    ana.store.confirm(spoken(3, "a", contact=ref, private=True))
    merge(ana, "Dana Whitfield", "Dee Whitfield")
    everybody_syncs()
    undo(ben)
    everybody_syncs()
    dana, dee = known(ana)
    assert SECRET not in contacts.values_of(dana, "phone")
    assert SECRET in contacts.values_of(dee, "phone")
    assert {memo.contact.name for memo in ana.store.list() if memo.id.endswith("a03")} == {"Dee Whitfield"}
    said = repr(book_of(ben.store))
    assert SECRET not in said
    assert digest("phone", SECRET) not in said


def test_a_private_memo_goes_back_when_a_colleague_undoes_what_a_colleague_has_merged(two, everybody_syncs, spoken):
    ana, ben, cara = two.values()
    dee = ana.store.find_contact("Dee Whitfield")
    ref = ContactRef("Dee Whitfield", "Brightwater", SECRET, id=dee.id)
    ana.store.confirm(spoken(3, "a", contact=ref, private=True))
    before = known(ana)
    merge(cara, "Dana Whitfield", "Dee Whitfield")
    everybody_syncs()
    assert ana.store.find_contact(SECRET).name == "Dana Whitfield"
    undo(ben)
    everybody_syncs()
    dana, dee = known(ana)
    assert dana == before[0]
    assert {*contacts.values_of(dee, "phone")} == {NUMBER, FURTHER, SECRET}
    assert {memo.contact.name for memo in ana.store.list() if memo.id.endswith("a03")} == {"Dee Whitfield"}
    dana = ana.store.find_contact("Dana Whitfield")
    ana.store.address_book.change(dana.id, lambda each: replace(each, role="Buyer"))
    everybody_syncs()
    assert SECRET not in repr(book_of(ben.store))
