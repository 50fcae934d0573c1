"""What is searched for is found however it was written; and what only looks alike is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memos.models import ContactRef, Correction, Sentence
from memos.search import Filters
from memos.search_marks import PRIVATE, marks_of, means
from memos.store import Store

TEXTS = [
    "I quoted $14,750 for it.",
    "The offer is 14750 dollars, and 3.5 percent off.",
    "Call 512-555-0143 in the morning.",
    "Her mobile is 5125550143.",
    "We meet at 10:30am on Friday.",
    "The demo is at 10:30, not at 2:30pm.",
    "The truck comes at 14:30 or 3 p.m. sharp.",
    "They moved to the Hauptstraße in Łódź.",
    "They moved to Hauptstrasse 7, near Mueller.",
    "He writes C++ all day.",
    "Vitamin C and nothing else.",
    "She wants C# and Q&A.",
    "Done 👍",
    "Herr Müller paid 14.750,00 euros.",
    "Their budget is 1 250 000 in all, in 3 parts.",
    "From London: +44 20 7946 0999.",
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory, make_memo):
    with Store.open(tmp_path_factory.mktemp("marks") / "memos.db") as store:
        for number, text in enumerate(TEXTS):
            store.confirm(make_memo(number, text=text, contact=ContactRef(f"Person{number} Lee", "Acme")))
        yield store


def found(store, query):
    return {TEXTS.index(hit.memo.text) for hit in store.search(query, Filters())}


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("14750", {0, 1, 13}),
        ("$14,750", {0, 1, 13}),
        ("14,750.00", {0, 1, 13}),
        ("14.750", {0, 1, 13}),
        ('"14 750"', {0, 1, 13}),
        ("14 750", {0, 1, 13}),
        ("147*", {0, 1, 13}),
        ("dollars 14,750", {1}),
        ("14750 -dollars", {0, 13}),
        ("750", {0, 13}),
        ("3.5", {1}),
        ("3,5", {1}),
        ("1250000", {14}),
        ("1,250,000", {14}),
        ("5125550143", {2, 3}),
        ("+15125550143", {2, 3}),
        ("+1 512 555 0143", {2, 3}),
        ("512-555-0143", {2, 3}),
        ("512 555 0143", {2, 3}),
        ("(512) 555-0143", {2, 3}),
        ("mobile 512.555.0143", {3}),
        ("02079460999", {15}),
        ("+442079460999", {15}),
        ("10:30", {4, 5}),
        ("10:30am", {4, 5}),
        ('"10:30 a.m."', {4, 5}),
        ("10:30pm", {5}),
        ("2:30pm", {5, 6}),
        ("2:30am", set()),
        ("14:30", {5, 6}),
        ("3pm", {6}),
        ("15:00", {6}),
        ("hauptstrasse", {7, 8}),
        ("Hauptstraße", {7, 8}),
        ("haupts*", {7, 8}),
        ("lodz", {7}),
        ("łódź", {7}),
        ("mueller", {8, 13}),
        ("Müller", {8, 13}),
        ("muller", {13}),
        ("C++", {9}),
        ("c++ day", {9}),
        ("C", {10}),
        ("C#", {11}),
        ("👍", {12}),
        ("done 👍", {12}),
        ("quoted 👍", set()),
        ("-👍 done", set()),
        ("3 parts", {14}),
    ],
)
def test_a_query_finds(filled, query, texts):
    assert found(filled, query) == texts


@pytest.mark.parametrize(
    "query", ["512-555-0199", "+1 512 555 0199", "5125550199", "dana@brightwater.example", "DANA@Brightwater.example"]
)
def test_a_number_or_an_address_of_a_contact_finds_what_is_about_them(store, make_memo, query):
    dana = ContactRef("Dana Whitfield", None, "+15125550199", "dana@brightwater.example")
    store.confirm(make_memo(1, text="She liked it.", contact=dana))
    store.confirm(make_memo(2, text="He did not.", contact=ContactRef("Dan Moss", None, "+15125550198")))

    assert [hit.memo.text for hit in store.search(query)] == ["She liked it."]
    assert [hit.memo.text for hit in store.search(f"{query} liked")] == ["She liked it."]
    assert store.search(f"{query} not") == []
    assert store.check() == []


def test_a_further_number_of_a_contact_that_became_part_of_another_finds_all_about_both(store, make_memo):
    store.confirm(make_memo(1, text="One.", contact=ContactRef("Dana Whitfield", None, "+15125550199")))
    store.confirm(make_memo(2, text="Two.", contact=ContactRef("D. Whitfield", None, "+15125550177")))
    named = {contact.name: contact for contact in store.contacts()}
    store.address_book.merge(named["Dana Whitfield"], named["D. Whitfield"])

    for query in ("5125550199", "512-555-0177"):
        assert {hit.memo.text for hit in store.search(query)} == {"One.", "Two."}, query


def test_what_was_only_heard_is_found_and_marked_so(store, make_memo):
    store.confirm(make_memo(1, text="It costs forty.", heard="It costs $14,750."))

    [hit] = store.search("14750")
    assert hit.heard_only


def test_a_correction_is_found_by_its_own_numbers_and_no_more_by_the_old(store, make_memo, clock):
    memo = make_memo(1, text="It costs $14,750.", heard="It costs.")
    store.confirm(memo)
    sentence = Sentence(0, "It costs.", "It costs $15,000.", "edit", 3.0)
    store.correct(memo.id, Correction(1, (sentence,), "Rita", clock(), 3.0))

    assert len(store.search("15000")) == 1
    assert store.search("14750") == []
    assert store.check() == []


@settings(max_examples=300)
@given(st.text())
def test_marks_are_words_of_the_index_and_nothing_typed_breaks_a_query(text):
    marks = marks_of(text).split()

    assert all(mark.removeprefix(PRIVATE).isalnum() for mark in marks)
    assert len(marks) == len(set(marks))
    assert all('"' not in other for other in means(text))
