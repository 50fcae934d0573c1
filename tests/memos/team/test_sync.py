"""Stores of several reps brought together through a real PostgreSQL."""

from __future__ import annotations

import datetime as dt

import pytest
from team_checks import book_of, calls_of

from memos.models import Contact, ContactRef, Correction, Promise, Sentence
from memos.outcomes import Outcome


def people_of(store) -> list[tuple]:
    return store._conn.execute(
        "SELECT own.uid, own.name, own.company, own.phone, own.email, own.role, own.note, kept.uid,"
        " (SELECT group_concat(value) FROM (SELECT value FROM contact_points WHERE contact_id = own.id ORDER BY 1)),"
        " (SELECT group_concat(s) FROM"
        "   (SELECT spelling AS s FROM contact_spellings WHERE contact_id = own.id ORDER BY 1))"
        " FROM contacts AS own LEFT JOIN contacts AS kept ON kept.id = own.merged_into ORDER BY own.uid"
    ).fetchall()


def test_what_one_rep_confirms_all_others_have(reps, everybody_syncs, spoken):
    ana, ben, cara = reps.values()
    ana.store.confirm(spoken(1, "a", contact=ContactRef("Dana Whitfield", "Brightwater", "+15125550143")))
    everybody_syncs()
    assert [contact.called for contact in ben.store.contacts()] == ["Dana Whitfield (Brightwater)"]
    assert ben.store.contacts()[0].phone == "+15125550143"
    assert ben.store.count() == 0
    assert book_of(ana.store) == book_of(ben.store) == book_of(cara.store)
    assert calls_of(ana.store) == calls_of(ben.store) == calls_of(cara.store) != []


def test_a_late_call_that_a_colleague_has_made_is_closed(reps, everybody_syncs, spoken):
    ana, ben, _ = reps.values()
    ana.store.confirm(spoken(1, "a", next_call=Promise(dt.date(2026, 11, 22), None, None, "")))
    everybody_syncs()
    ben.store.confirm(spoken(2, "b"))
    everybody_syncs()
    assert ana.store.due() == []
    [contact] = ana.store.contacts()
    state, _, reason = ana.store.calls.brief(contact.id).closed
    assert (state, reason) == ("done", "Ben spoke with them")
    assert [call.memo.id for call in ben.store.due()] == ["20261121-164002-b02"]


def test_what_a_colleague_promised_for_a_later_day_stays_theirs(reps, everybody_syncs, spoken):
    ana, ben, _ = reps.values()
    ana.store.confirm(spoken(1, "a"))
    everybody_syncs()
    ben.store.confirm(spoken(2, "b", outcome=Outcome.VOICEMAIL))
    everybody_syncs()
    assert [call.follow_up.due_date for call in ana.store.due()] == [dt.date(2026, 12, 2)]
    assert [call.follow_up.due_date for call in ben.store.due()] == [dt.date(2026, 12, 3)]


def test_a_correction_reaches_the_others_as_a_version(reps, everybody_syncs, spoken):
    ana, ben, _ = reps.values()
    memo = spoken(1, "a")
    ana.store.confirm(memo)
    everybody_syncs()
    sentence = Sentence(0, memo.text, "Anna wants it by Monday.", "edit", 3.0)
    ana.store.correct(memo.id, Correction(1, (sentence,), "ana", memo.confirmed_at, 4.0))
    everybody_syncs()
    assert book_of(ana.store) == book_of(ben.store)
    assert f"version/{memo.id}/2" in book_of(ben.store)


def test_two_who_are_made_one_are_one_for_everybody_and_two_again_when_that_is_undone(reps, everybody_syncs, spoken):
    ana, ben, cara = reps.values()
    ana.store.confirm(spoken(1, "a", contact=ContactRef("Dana Whitfield", "Brightwater", "+15125550143")))
    ben.store.confirm(spoken(2, "b", contact=ContactRef("Dana Witfield", "Brightwater", None, "d@b.example")))
    everybody_syncs()
    before = people_of(cara.store)
    kept, merged = cara.store.contacts()
    cara.store.address_book.merge(kept, merged)
    everybody_syncs()
    assert people_of(ana.store) == people_of(ben.store) == people_of(cara.store) != before
    assert book_of(ana.store) == book_of(ben.store) == book_of(cara.store)
    assert len(ana.store.contacts()) == len(ben.store.contacts()) == 1
    cara.store.address_book.undo_merge()
    everybody_syncs()
    assert people_of(ana.store) == people_of(ben.store) == people_of(cara.store)
    assert [row[:7] for row in people_of(ana.store)] == [row[:7] for row in before]
    assert len(ben.store.contacts()) == 2


def test_who_was_made_part_of_somebody_deleted_is_by_themselves_for_everybody(reps, everybody_syncs, spoken):
    ana, ben, cara = reps.values()
    for number, name in enumerate(("Dana Whitfield", "Dana Witfield", "Dana Wittfield"), start=1):
        ana.store.confirm(spoken(number, "a", contact=ContactRef(name)))
    everybody_syncs()
    _, second, third = cara.store.contacts()
    cara.store.address_book.merge(third, second)
    cara.sync()
    first, second, _ = ana.store.contacts()
    ana.store.address_book.merge(second, first)
    ana.sync()
    ben.store.erase_contact(ben.store.find_contact("Dana Witfield").id)
    everybody_syncs()
    assert people_of(ana.store) == people_of(ben.store) == people_of(cara.store)
    assert [contact.name for contact in ana.store.contacts()] == ["Dana Whitfield", "Dana Wittfield"]
    assert book_of(ana.store) == book_of(ben.store) == book_of(cara.store)


def test_a_memo_that_is_given_back_to_somebody_whom_a_colleague_made_part_of_another_is_about_that_one(
    reps, everybody_syncs, spoken
):
    ana, ben, cara = reps.values()
    for number, name in enumerate(("Dana Whitfield", "Jan Kowalski"), start=1):
        ben.store.confirm(spoken(number, "b", contact=ContactRef(name)))
    memo = spoken(3, "c", contact=ContactRef("Mae Ito", None, "+15125550143"))
    cara.store.confirm(memo)
    everybody_syncs()
    cara.store.confirm(spoken(4, "c", contact=ContactRef("Mae Ito", None, "+15125550144")))
    dana, jan, _ = cara.store.contacts()
    for each in (memo.id, "20261121-164004-c04"):
        cara.store.address_book.move(each, jan)
    everybody_syncs()
    dana, _, mae = ana.store.contacts()
    ana.store.address_book.merge(dana, mae)
    everybody_syncs()
    assert [one.name for one in cara.store.contacts_by_phone("+15125550144")] == ["Jan Kowalski"]
    for _ in range(2):
        cara.store.address_book.undo_merge()
    everybody_syncs()
    assert {one.contact.name for one in cara.store.list()} == {"Dana Whitfield"}
    assert [one.name for one in cara.store.contacts_by_phone("+15125550144")] == ["Dana Whitfield"]
    assert {call.follow_up.contact.name for call in cara.store.due()} == {"Dana Whitfield"}
    assert people_of(ana.store) == people_of(ben.store) == people_of(cara.store)
    assert calls_of(ana.store) == calls_of(ben.store) == calls_of(cara.store)
    ana.store.address_book.undo_merge()
    everybody_syncs()
    assert {one.contact.name for one in cara.store.list()} == {"Mae Ito"}
    assert people_of(ana.store) == people_of(ben.store) == people_of(cara.store)


@pytest.mark.parametrize("way", ["into who was split off", "into whom they were split off", "into somebody else"])
def test_a_split_is_undone_after_a_colleague_has_merged_one_of_the_two(way, reps, everybody_syncs, spoken):
    ana, ben, cara = reps.values()
    ben.store.confirm(spoken(1, "b", contact=ContactRef("Zoe Quick")))
    for number in (2, 3):
        cara.store.confirm(spoken(number, "c", contact=ContactRef("Mae Ito", None, "+15125550143")))
    [mae] = cara.store.contacts()
    new = Contact(0, "May Itoh", None, "+15125550143", None)
    cara.store.address_book.split(mae, new, [], ["20261121-164003-c03"])
    everybody_syncs()
    mae, may, zoe = ana.store.contacts()
    kept, merged = {
        "into who was split off": (may, mae),
        "into whom they were split off": (mae, may),
        "into somebody else": (zoe, mae),
    }[way]
    ana.store.address_book.merge(kept, merged)
    everybody_syncs()
    cara.store.address_book.undo_merge()
    everybody_syncs()
    assert {one.contact.name for one in cara.store.list()} == {kept.name}
    assert kept.name in {one.name for one in cara.store.contacts_by_phone("+15125550143")}
    assert people_of(ana.store) == people_of(ben.store) == people_of(cara.store)
    assert calls_of(ana.store) == calls_of(ben.store) == calls_of(cara.store)
    assert book_of(ana.store) == book_of(ben.store) == book_of(cara.store)
    ana.store.address_book.undo_merge()
    everybody_syncs()
    assert people_of(ana.store) == people_of(ben.store) == people_of(cara.store)


def test_a_promise_that_a_colleague_moves_is_moved_for_its_owner(reps, everybody_syncs, spoken):
    ana, ben, _ = reps.values()
    memo = spoken(1, "a")
    ana.store.confirm(memo)
    everybody_syncs()
    with pytest.raises(IndexError):
        ben.store.calls.with_id_like(memo.id)[0]
    [theirs] = ben.store.team.open_calls()
    ben.store.team.move(theirs.memo_id, Promise(dt.date(2026, 12, 9), dt.time(9), None, ""), agreed=False)
    everybody_syncs()
    [call] = ana.store.due()
    assert (call.follow_up.due_date, call.follow_up.times_put_off) == (dt.date(2026, 12, 9), 1)
    ben.store.team.close(theirs.memo_id, "done")
    everybody_syncs()
    assert ana.store.due() == []


def test_both_answers_are_kept_and_the_later_one_holds(reps, everybody_syncs, spoken):
    ana, ben, _ = reps.values()
    ana.store.confirm(spoken(1, "a"))
    everybody_syncs()
    ana.store.calls.answer(ana.store.contacts()[0].id, "budget", "40k")
    ana.sync()
    ben.sync()
    ben.store.calls.answer(ben.store.contacts()[0].id, "budget", "50k")  # an hour earlier, by the clock of Ben
    everybody_syncs()
    for rep in (ana, ben):
        contact = rep.store.contacts()[0]
        assert rep.store.calls.brief(contact.id).facts["budget"].answer == "50k"
        assert rep.store._conn.execute("SELECT count(*) FROM contact_facts").fetchone() == (2,)


def test_a_deleted_person_is_gone_everywhere_for_good(reps, everybody_syncs, spoken, postgres, book):
    ana, ben, cara = reps.values()
    ana.store.confirm(spoken(1, "a", text="Zanzibar is what Anna asked for."))
    everybody_syncs()
    ben.store.confirm(spoken(2, "b", text="Zanzibar again."))
    ben.sync()
    cara.sync()
    cara.store.erase_contact(cara.store.contacts()[0].id)
    cara.sync()
    ana.store.confirm(spoken(3, "a", text="Zanzibar, weeks later."))
    assert set(ana.sync().erased) == {"20261121-164001-a01", "20261121-164003-a03"}
    everybody_syncs()
    for rep in (ana, ben, cara):
        assert (rep.store.count(), rep.store.contacts()) == (0, [])
        rep.store._conn.execute("VACUUM")
        rep.store.scrub()
        assert b"anzibar" not in rep.store.path.read_bytes()
    assert book_of(ana.store) == book_of(ben.store) == book_of(cara.store)
    dumped = postgres.dump(book)
    assert b"anzibar" not in dumped
    assert b"Anna" not in dumped


def test_a_memo_that_its_author_deletes_is_gone_for_all(reps, everybody_syncs, spoken):
    ana, ben, _ = reps.values()
    memo = spoken(1, "a")
    ana.store.confirm(memo)
    everybody_syncs()
    ana.store.erase([memo.id])
    everybody_syncs()
    assert [key for key in book_of(ben.store) if memo.id in key] == [f"gone_memo/{memo.id}"]
    assert calls_of(ben.store) == []
