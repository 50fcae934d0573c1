"""What goes in comes out again, once, whole, and under its id."""

from __future__ import annotations

import dataclasses
import datetime as dt
import sqlite3

import on_disk
import pytest

from memos.errors import AlreadyConfirmed, AmbiguousId, NotFound, StoreDamaged
from memos.models import ContactRef, Promise, Sentence
from memos.search import Filters


def test_a_memo_comes_back_as_it_was_confirmed(store, make_memo):
    memo = make_memo(
        heard="Ana wants the offer. Um. By Friday.",
        text="Anna wants the offer. By Friday.",
        sentences=(
            Sentence(0, "Ana wants the offer.", "Anna wants the offer.", "edit", 3.25),
            Sentence(1, "Um.", "", "strike", 0.5),
            Sentence(2, "By Friday.", "By Friday.", "keep", 1.0),
        ),
        contact=ContactRef("Anna Lee", "Acme", "+12125550123", "anna@example.com"),
        transcript_json='{"words": [["Ana", 0.41]]}',
    )
    assert store.confirm(memo) is True
    stored = store.get(memo.id)
    for field in dataclasses.fields(memo):
        if field.name not in {
            "contact",
            "transcript_json",
            "commitments",
            "call_reading",
            "private",
        }:  # each has tests of its own
            assert getattr(stored, field.name) == getattr(memo, field.name), field.name
    assert stored.spoken_at.utcoffset() == dt.timedelta(hours=-5)
    assert (stored.contact.name, stored.contact.company) == ("Anna Lee", "Acme")
    assert (stored.contact.phone, stored.contact.email) == ("+12125550123", "anna@example.com")
    assert on_disk.transcript(store, memo.id) == memo.transcript_json


def test_a_memo_without_contact_and_next_call_comes_back_too(store, make_memo):
    memo = make_memo(contact=None, next_call=None, no_next_call_reason="they went with a rival")
    store.confirm(memo)
    stored = store.get(memo.id)
    assert stored.contact is None
    assert stored.next_call is None
    assert stored.no_next_call_reason == "they went with a rival"
    assert store.due() == []


def test_confirming_twice_stores_once(store, make_memo):
    memo = make_memo()
    assert store.confirm(memo) is True
    assert store.confirm(memo) is False
    assert len(store.list()) == len(store.contacts()) == len(store.due()) == 1
    assert len(store.search("offer")) == 1


def test_the_second_time_does_not_change_the_first(store, make_memo):
    memo = make_memo()
    store.confirm(memo)
    assert store.confirm(dataclasses.replace(memo, reading_seconds=99.0)) is False
    assert store.get(memo.id).reading_seconds == memo.reading_seconds


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "Anna wants no offer."},
        {"next_call": Promise(dt.date(2027, 1, 4), None, None, "in the new year")},
        {"next_call": None, "no_next_call_reason": "wrong number"},
    ],
)
def test_other_words_under_a_stored_id_are_refused_not_dropped(store, make_memo, changes):
    memo = make_memo()
    store.confirm(memo)
    with pytest.raises(AlreadyConfirmed, match=memo.id) as error:
        store.confirm(dataclasses.replace(memo, **changes))
    assert error.value.exit_code == 1
    assert store.get(memo.id).text == memo.text


def test_a_memo_is_found_by_the_beginning_or_the_end_of_its_id(store, make_memo):
    one, other = make_memo(0), make_memo(1)
    store.confirm(one)
    store.confirm(other)
    assert store.get("20261121").id == one.id
    assert store.get("0001").id == other.id
    assert store.get(" " + one.id.upper() + "\n").id == one.id


def test_an_id_that_fits_several_memos_is_refused_with_their_ids(store, make_memo):
    memos = [make_memo(0), make_memo(1)]
    for memo in memos:
        store.confirm(memo)
    with pytest.raises(AmbiguousId, match=f"{memos[0].id}, {memos[1].id}") as error:
        store.get("202611")
    assert error.value.exit_code == 2


def test_a_whole_id_is_not_ambiguous_though_another_begins_with_it(store, make_memo):
    store.confirm(make_memo(0, id="20261121-164005-7f3a"))
    store.confirm(make_memo(0, id="20261121-164005-7f3a-2", contact=None))
    assert store.get("20261121-164005-7f3a").id == "20261121-164005-7f3a"


@pytest.mark.parametrize("piece", ["", " ", "%", "_", "*", "zzzz", "\0", "\udcff", "2026'"])
def test_an_id_that_fits_none_is_not_found(store, make_memo, piece):
    store.confirm(make_memo())
    with pytest.raises(NotFound) as error:
        store.get(piece)
    assert error.value.exit_code == 3
    assert "\n" not in str(error.value)


def test_memos_are_listed_newest_first_by_the_moment_they_were_spoken(store, make_memo):
    tokyo = dt.timezone(dt.timedelta(hours=9))
    late = make_memo(1, id="late", spoken_at=dt.datetime(2026, 11, 21, 23, 0, tzinfo=dt.UTC))
    early = make_memo(2, id="early", spoken_at=dt.datetime(2026, 11, 22, 7, 30, tzinfo=tokyo))
    store.confirm(late)
    store.confirm(early)
    assert [memo.id for memo in store.list()] == ["late", "early"]
    assert [memo.id for memo in store.list(limit=1)] == ["late"]


def test_memos_are_listed_by_contact_company_and_the_day_they_were_spoken_on(store, make_memo):
    store.confirm(make_memo(0))
    store.confirm(make_memo(1, contact=ContactRef("Björn Ask", "Ödla AB")))
    store.confirm(make_memo(2, contact=None))
    first, second, third = (make_memo(number).id for number in range(3))

    def listed(**filters):
        return [memo.id for memo in store.list(Filters(**filters))]

    assert listed(contact="BJÖRN") == [second]
    assert listed(company="ödla") == [second]
    assert listed(contact="anna", company="acme") == [first]
    assert listed(contact="anna", company="ödla") == []
    assert listed(contact="%") == []
    assert listed(since=dt.date(2026, 11, 22)) == [third, second]
    assert listed(until=dt.date(2026, 11, 22)) == [second, first]
    assert listed(since=dt.date.min, until=dt.date.max) == [third, second, first]


def test_the_day_of_a_memo_is_the_day_where_it_was_spoken(store, make_memo):
    honolulu = dt.timezone(dt.timedelta(hours=-10))
    store.confirm(make_memo(spoken_at=dt.datetime(2026, 11, 21, 23, 0, tzinfo=honolulu)))
    day = dt.date(2026, 11, 21)
    assert len(store.list(Filters(since=day, until=day))) == 1


@pytest.mark.parametrize(
    ("next_call", "reason"),
    [
        (None, None),
        (None, " "),
        (Promise(dt.date(2026, 12, 1), None, None, "Tuesday"), "no need"),
        (Promise(dt.date(2026, 12, 1), None, None, "Tuesday"), ""),
    ],
)
def test_no_memo_is_made_without_exactly_one_next_step(make_memo, next_call, reason):
    with pytest.raises(ValueError, match="next call"):
        make_memo(next_call=next_call, no_next_call_reason=reason)


@pytest.mark.parametrize("field", ["spoken_at", "confirmed_at"])
def test_no_memo_is_made_with_a_time_of_no_zone(make_memo, field):
    with pytest.raises(ValueError, match=field):
        make_memo(**{field: dt.datetime(2026, 11, 21, 16, 40)})  # noqa: DTZ001 - that is what is refused


@pytest.mark.parametrize("time", [dt.time(14, 30, 1), dt.time(14, 30, tzinfo=dt.UTC)])
def test_no_promise_is_made_with_a_time_that_the_store_would_cut(time):
    with pytest.raises(ValueError, match="hours and minutes"):
        Promise(dt.date(2026, 12, 1), time, None, "half past two")


def test_no_contact_is_made_without_a_name():
    with pytest.raises(ValueError, match="name"):
        ContactRef(" ", "Acme")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("spoken_at", "2026-02-31T10:00:00-05:00"),
        ("confirmed_at", "yesterday"),
        ("next_call_date", "2026-13-01"),
        ("next_call_time", "25:00"),
        ("outcome", "eaten"),
    ],
)
def test_a_value_that_makes_no_sense_is_told_in_one_line_that_names_the_memo(store, make_memo, column, value):
    memo = make_memo()
    store.confirm(memo)
    with sqlite3.connect(store.path) as conn:
        conn.execute("PRAGMA ignore_check_constraints = ON")
        conn.execute(f"UPDATE memos SET {column} = ?", [value])
    for look in (store.list, lambda: store.search("offer"), lambda: store.get(memo.id)):
        with pytest.raises(StoreDamaged, match=memo.id):
            look()


def test_figures_over_a_date_that_does_not_exist_are_refused_in_one_line(store, make_memo):
    store.confirm(make_memo())
    with sqlite3.connect(store.path) as conn:
        conn.execute("UPDATE memos SET spoken_at = '2026-02-31T10:00:00-05:00'")
    with pytest.raises(StoreDamaged):
        store.stats(None, dt.date(2026, 11, 24))
