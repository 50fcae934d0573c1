"""What is private never leaves: its bytes are looked for on the way and on the server."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from cutting_proxy import CuttingProxy

from memos.models import Contact, ContactRef, Promise

SECRETS = (b"quixotic", b"5550199", b"Secretive", b"hushcorp", b"Whytfield", b"2026-12-24", b"sotto@voce")


def test_nothing_private_goes_over_the_wire_or_is_on_the_server(reps, postgres, book, spoken, everybody_syncs):
    ana = reps["ana"]
    dana = ContactRef("Dana Whitfield", "Brightwater", "+15125550143")
    ana.store.confirm(spoken(1, "a", contact=dana, text="A word that everybody may read: gazebo."))
    proxy = CuttingProxy(postgres.port)
    url = postgres.url(book, "ana", proxy.port)
    ana.sync(url)
    # A private memo teaches another spelling, number and address of somebody who is shared.
    ana.store.confirm(
        spoken(
            2,
            "a",
            text="The quixotic one.",
            contact=ContactRef("Dana Whytfield", None, "+15125550199", "sotto@voce.example", id=1),
            next_call=Promise(dt.date(2026, 12, 24), None, None, "Christmas"),
            private=True,
        )
    )
    # A private memo makes somebody known; and somebody who is private is written of.
    ana.store.confirm(spoken(3, "a", text="Also quixotic.", contact=ContactRef("Sam Secretive"), private=True))
    hidden, _ = ana.store.address_book.add(Contact(0, "Hilda Hidden", "hushcorp", None, None))
    ana.store.address_book.keep_private(hidden.id, True)
    ana.store.confirm(spoken(4, "a", text="Just as quixotic.", contact=ContactRef("Hilda Hidden", "hushcorp")))
    ana.store.calls.answer(hidden.id, "budget", "quixotic")
    ana.store.calls.answer(1, "budget", "40k")
    [call] = [call for call in ana.store.due() if call.memo.id.endswith("a02")]
    ana.store.calls.close(call.follow_up, "cancelled", "quixotic")
    ana.sync(url)
    proxy.close()
    assert b"gazebo" in proxy.sent
    assert b"40k" in proxy.sent
    dumped = postgres.dump(book)
    for secret in SECRETS:
        assert secret not in proxy.sent, secret
        assert secret not in dumped, secret
    everybody_syncs()
    assert ana.store.contacts_by_phone("+15125550199")
    assert [contact.name for contact in reps["ben"].store.contacts()] == ["Dana Whitfield"]


def test_who_was_made_part_of_somebody_private_is_so_for_the_team_when_that_one_is_shared(
    reps, spoken, everybody_syncs
):
    ana, ben, _ = reps.values()
    ana.store.confirm(spoken(1, "a", contact=ContactRef("Dana Whitfield")))
    everybody_syncs()
    hidden, _ = ana.store.address_book.add(Contact(0, "Hilda Hidden", None, None, None))
    ana.store.address_book.keep_private(hidden.id, True)
    [dana] = [contact for contact in ana.store.contacts() if contact.id != hidden.id]
    ana.store.address_book.merge(hidden, dana)
    everybody_syncs()
    assert [contact.name for contact in ben.store.contacts()] == ["Dana Whitfield"]
    ana.store.address_book.keep_private(hidden.id, False)
    everybody_syncs()
    assert [contact.name for contact in ben.store.contacts()] == ["Hilda Hidden"]
    ana.store.address_book.undo_merge()
    everybody_syncs()
    assert [contact.name for contact in ben.store.contacts()] == ["Dana Whitfield", "Hilda Hidden"]


def test_a_number_that_a_private_memo_has_taught_stays_untold_when_a_colleague_merges_and_parts(
    reps, spoken, everybody_syncs, postgres, book
):
    ana, ben, _ = reps.values()
    ana.store.confirm(spoken(1, "a", contact=ContactRef("Dana Whitfield", "Brightwater", "+15125550143")))
    secret = ContactRef("Dana Whitfield", "Brightwater", "+15125550199", id=1)
    ana.store.confirm(spoken(2, "a", contact=secret, private=True))
    ben.store.confirm(spoken(3, "b", contact=ContactRef("Zoe Quick", None, "+15125550144")))
    everybody_syncs()
    dana, zoe = ben.store.contacts()
    ben.store.address_book.merge(zoe, dana)
    everybody_syncs()
    assert [contact.name for contact in ana.store.contacts_by_phone("+15125550199")] == ["Zoe Quick"]
    ben.store.address_book.undo_merge()
    everybody_syncs()
    for contact in ana.store.contacts():
        ana.store.address_book.change(contact.id, lambda before: replace(before, role="Buyer"))
    everybody_syncs()
    assert ben.store.contacts()[0].role == "Buyer"
    assert b"5550199" not in postgres.dump(book)
    ana.store.erase(["20261121-164002-a02"])
    assert ana.store.contacts_by_phone("+15125550199") == []
    for contact in ana.store.contacts():
        ana.store.address_book.change(contact.id, lambda before: replace(before, role="Owner"))
    everybody_syncs()
    assert b"5550199" not in postgres.dump(book)
