"""Any words may be searched for; the best memo comes first, and shows why it was found."""

from __future__ import annotations

import datetime as dt
import sqlite3
import string
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memos.models import ContactRef
from memos.search import MOST_RANKED, Filters
from memos.store import Store

TEXTS = [
    "The budget is forty thousand and Anna wants a pilot in spring.",
    "No budget this year. They asked for references.",
    "Sent the contract; the pilot budget, budget and budget again.",
    "Voicemail. Café in Zürich, call back.",
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory, make_memo):
    with Store.open(tmp_path_factory.mktemp("search") / "memos.db") as store:
        for number, text in enumerate(TEXTS):
            store.confirm(make_memo(number, text=text, contact=ContactRef(f"Person{number} Lee", "Acme")))
        yield store


def found(store, query, **filters):
    return {TEXTS.index(hit.memo.text) for hit in store.search(query, Filters(**filters))}


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("budget", {0, 1, 2}),
        ("BUDGETS", {0, 1, 2}),
        ("budget pilot", {0, 2}),
        ('"pilot budget"', {2}),
        ('"budget pilot"', set()),
        ('"pilot bud', set()),
        ("refer*", {1}),
        ("thous*", {0}),
        ("budget -pilot", {1}),
        ('budget -"pilot budget"', {0, 1}),
        ("-budget", {3}),
        ("-refer* -voicemail", {0, 2}),
        ("cafe zurich", {3}),
        ("forty-thousand", {0}),
        ("person1", {1}),
        ("acme voicemail", {3}),
        ("anna AND pilot", {0}),
        ("NOT", set()),
        ("text:budget", set()),
        ("budget !!! - *", {0, 1, 2}),
        ("🙂", set()),
        ("budget 🙂", set()),
        ('"', set()),
        ("*", set()),
        ("-", set()),
        ("\0", set()),
        ("budget\0", {0, 1, 2}),
        ("\udcff", set()),
        ("", {0, 1, 2, 3}),
        (" \n", {0, 1, 2, 3}),
        ("zebra", set()),
    ],
)
def test_a_query_finds(filled, query, texts):
    assert found(filled, query) == texts


@pytest.mark.parametrize("query", ["pay*", "PAYM*", "joy*", "harr*", "harry*", "friday*", "fly*"])
def test_the_beginning_of_a_word_finds_it_though_the_stemmer_would_change_it(store, make_memo, query):
    store.confirm(make_memo(text="Joyce said the payment to Harry's flyer shop is due on Fridays."))
    assert len(store.search(query)) == 1


def test_filters_hold_beside_the_words_and_without_them(filled):
    assert found(filled, "budget", contact="person0") == {0}
    assert found(filled, "", contact="PERSON1") == {1}
    assert found(filled, "budget", company="globex") == set()
    assert found(filled, "budget", since=dt.date(2026, 11, 22)) == {1, 2}
    assert found(filled, "budget", until=dt.date(2026, 11, 22)) == {0, 1}


def test_memos_are_found_by_their_next_call(store, make_memo):
    store.confirm(make_memo(0, text="A budget."))
    store.confirm(make_memo(1, text="A budget too.", contact=ContactRef("Bo Berg")))
    store.confirm(make_memo(2, text="No budget.", contact=None, next_call=None, no_next_call_reason="no need"))
    store.confirm(make_memo(3, text="Another budget."))  # about Anna Lee again: what was promised before is done

    def texts(**filters):
        return {hit.memo.text for hit in store.search("budget", Filters(**filters))}

    assert texts(next_call=True) == {"A budget.", "A budget too.", "Another budget."}
    assert texts(next_call=False) == {"No budget."}
    assert texts(due=dt.date(2026, 12, 3)) == {"A budget too."}
    assert texts(due=dt.date(2026, 12, 4)) == {"A budget too.", "Another budget."}
    assert texts(due=dt.date(2026, 12, 1)) == set()
    assert [memo.text for memo in store.list(Filters(due=dt.date(2026, 12, 4)))] == ["Another budget.", "A budget too."]


@pytest.mark.parametrize("days", range(-2, 3))
def test_a_day_in_a_filter_is_the_day_where_the_memo_was_spoken_whatever_the_offset(store, make_memo, days):
    """The index is by UTC, which may be another day, either way."""
    for number, hours in enumerate([-23, -12, 0, 12, 14, 23]):
        for hour in (0, 12, 23):
            zone = dt.timezone(dt.timedelta(hours=hours))
            spoken_at = dt.datetime(2026, 11, 21, hour, 30, tzinfo=zone)
            store.confirm(make_memo(number, id=f"m{number}-{hour}", spoken_at=spoken_at, contact=None))
    day = dt.date(2026, 11, 21) + dt.timedelta(days=days)
    assert len(store.list(Filters(since=day))) == (18 if days <= 0 else 0)
    assert len(store.list(Filters(until=day))) == (18 if days >= 0 else 0)
    assert len(store.search("offer", Filters(since=day, until=day))) == (18 if days == 0 else 0)


def test_the_best_comes_first(filled):
    assert [hit.memo.text for hit in filled.search("budget")] == [TEXTS[2], TEXTS[1], TEXTS[0]]


def test_no_more_than_the_limit_is_returned(filled):
    assert len(filled.search("budget", limit=2)) == 2
    assert len(filled.search("budget", limit=None)) == 3


def test_without_words_the_newest_comes_first_with_the_start_of_its_text(filled):
    hits = filled.search("")
    assert [hit.memo.text for hit in hits] == TEXTS[::-1]
    assert all(hit.memo.text.startswith(hit.snippet.rstrip("…")) for hit in hits)
    assert not any(hit.marks or hit.heard_only for hit in hits)


def test_the_marks_of_a_snippet_are_the_words_that_matched(filled):
    [hit] = filled.search("pilots -contract")
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["pilot"]


def test_a_match_in_the_contact_alone_marks_nothing_and_is_no_mishearing(filled):
    [hit] = filled.search("person3")
    assert (hit.marks, hit.heard_only) == ((), False)
    assert TEXTS[3].startswith(hit.snippet)


def test_a_snippet_of_a_long_memo_is_an_excerpt_around_the_match(store, make_memo):
    store.confirm(make_memo(text="one two three four. " * 100 + "The zebra clause. " + "five six. " * 100))
    [hit] = store.search("zebra")
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["zebra"]
    assert len(hit.snippet) < 200


def test_what_matched_only_in_what_was_heard_says_so_and_shows_that(store, make_memo):
    store.confirm(make_memo(heard="Call Kovalsky about the budget.", text="Call Kowalski about the budget."))
    [hit] = store.search("kovalsky budget")
    assert hit.heard_only
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["Kovalsky", "budget"]
    [hit] = store.search("kowalski budget")
    assert not hit.heard_only
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["Kowalski", "budget"]


def test_a_confirmed_word_goes_before_one_that_was_only_heard(store, make_memo):
    store.confirm(make_memo(1, contact=None, heard="The zebra account.", text="The cedar account."))
    store.confirm(make_memo(0, contact=None, heard="The cedar account.", text="The zebra account."))
    assert [hit.heard_only for hit in store.search("zebra")] == [False, True]


def test_a_memo_cannot_forge_a_mark(store, make_memo):
    store.confirm(make_memo(text="A \ufdd0forged\ufdd1 mark \ufdd1 and zebra \ufdd0 again"))
    [hit] = store.search("zebra")
    assert all(0 <= start <= end <= len(hit.snippet) for start, end in hit.marks)
    assert "zebra" in [hit.snippet[start:end].strip() for start, end in hit.marks]


def test_a_contact_that_gets_another_name_is_found_by_it_and_not_by_the_old_one(store, make_memo, path):
    store.confirm(make_memo(0, contact=ContactRef("Anna Lee", "Initech", "+12125550123")))
    store.confirm(make_memo(1, contact=ContactRef("Anna Lea", "Globex", "+12125550123", id=1)))
    assert len(store.search("globex")) == 2
    assert store.search("initech") == []
    assert store.check() == []


@given(st.text(st.characters() | st.sampled_from('"*-+:(){}^ \0\udcff🙂')), st.text(max_size=5))
def test_no_query_raises(filled, query, name):
    for hit in filled.search(query, Filters(contact=name)):
        assert hit.memo.text in TEXTS


@pytest.mark.parametrize("term", ["budget ", '"budget', "-pilot ", "(", "b{} ", "b{}* ", "-b{} ", '-"b {}" '])
def test_no_query_is_too_long(filled, term):
    for hit in filled.search("".join(term.format(number) for number in range(5000))):
        assert hit.memo.text in TEXTS


@settings(deadline=None)  # each example commits, and a commit waits for the disk
@given(st.lists(st.text(string.ascii_letters + string.digits + "äéñøßžжщώ", min_size=1), min_size=1), st.data())
def test_every_word_and_phrase_of_a_memo_finds_it(filled, make_memo, words, data):
    with Store.open(filled.path.with_name("words.db")) as store:
        number = len(store.list()) + 1
        store.confirm(make_memo(number, text=" ".join(words), contact=None))
        for query in (data.draw(st.sampled_from(words)), '"' + " ".join(words) + '"'):
            hits = store.search(query, limit=None)
            assert make_memo(number).id in {hit.memo.id for hit in hits}, query


def test_of_a_word_that_thousands_have_the_best_of_the_newest_come_first_and_no_limit_finds_all(store, make_memo, path):
    store.confirm(make_memo(0, text="zebra zebra zebra", heard="", contact=None))
    store.confirm(
        make_memo(1, text="A zebra and many other words that make it less to the point.", heard="", contact=None)
    )
    with closing(sqlite3.connect(path, isolation_level=None)) as tool:
        columns = [row[1] for row in tool.execute("PRAGMA table_info(memos)")][2:]
        listed = ", ".join(columns)
        tool.execute(
            f"WITH RECURSIVE n (n) AS (SELECT 3 UNION ALL SELECT n + 1 FROM n WHERE n < {MOST_RANKED + 50})"
            f" INSERT INTO memos (number, id, {listed}) SELECT n, 'copy-' || n, {listed} FROM memos, n WHERE number = 2"
        )
        tool.execute("UPDATE memos SET text = 'zebra zebra' WHERE number = 40")  # not among the newest
        tool.execute("UPDATE memos SET text = 'zebra zebra' WHERE number = 1000")
    assert store.search("zebra", limit=3)[0].memo.id == "copy-1000"
    everything = store.search("zebra", limit=None)
    assert len(everything) == MOST_RANKED + 50
    assert {hit.memo.id for hit in everything[:3]} == {make_memo(0).id, "copy-40", "copy-1000"}
