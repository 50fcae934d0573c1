"""What a transcriber should expect: whom the rep calls, and what the rep has put right before."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from memos.models import ContactRef, Promise, Sentence
from memos.vocabulary import Mishearing

TODAY = dt.date(2026, 11, 22)


def edited(heard: str, text: str) -> tuple[Sentence, ...]:
    return (Sentence(0, heard, text, "edit", 3.0),)


def test_the_hinted_contact_comes_first_then_calls_due_now_then_the_last_talks(store, make_memo):
    people = ["Old Friend", "Due Now", "Last Week"]
    for number, name in enumerate(people):
        due = TODAY if name == "Due Now" else TODAY + dt.timedelta(days=60)
        call = Promise(due, None, None, "then")
        store.confirm(make_memo(number, contact=ContactRef(name, f"{name} Ltd"), next_call=call))

    terms = store.vocabulary("Okonkwo, Xylander")

    assert terms == ["Okonkwo", "Xylander", "Due Now", "Due Now Ltd", "Last Week", "Last Week Ltd", "Old Friend",
                     "Old Friend Ltd"]  # fmt: skip


def test_a_hint_that_is_nearly_a_known_name_brings_the_name_as_it_is_spelt(store, make_memo):
    store.confirm(make_memo(contact=ContactRef("Daniel Okafor", "Westbrook")))

    assert store.vocabulary("Daniel Okafer")[:3] == ["Daniel Okafor", "Westbrook", "Daniel Okafer"]


def test_what_was_put_right_twice_is_expected_and_offered_and_once_is_not(store, make_memo):
    for number in range(2):
        heard = "I spoke with Daniel Ockover, about price."
        store.confirm(make_memo(number, sentences=edited(heard, "I spoke with Daniel Okafor, about price.")))
    store.confirm(make_memo(2, sentences=edited("He has two fans.", "He has two vans.")))

    assert store.misheard() == [Mishearing("ockover", "Okafor", 2)]
    assert "Okafor" in store.vocabulary(None)
    assert "vans" not in store.vocabulary(None)


def test_a_sentence_that_was_reworded_is_no_correction(store, make_memo):
    for number in range(3):
        sentences = edited("They said they may or may not buy it then.", "Unclear whether anybody there wants this.")
        store.confirm(make_memo(number, sentences=sentences))

    assert store.misheard() == []


def test_a_memo_that_is_deleted_takes_its_corrections_along(store, make_memo):
    memos = [make_memo(n, sentences=edited("from Silo Logic", "from Xylologic")) for n in range(2)]
    for memo in memos:
        store.confirm(memo)
    assert store.misheard() == [Mishearing("silo logic", "Xylologic", 2)]

    store.erase([memos[0].id])

    assert store.misheard() == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared(heard: str, text: str) -> None:
    from memos.vocabulary import _replaced

    for was, became in _replaced(heard, text):
        assert was
        assert became
        assert max(len(was.split()), len(became.split())) <= 3
