"""Who is due, who was left without a next step for too long, and whose brief is unread."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from dataclasses import replace
from zoneinfo import ZoneInfo

import on_disk
import pytest

from memos.facts import TOPICS, history
from memos.lateness import Lateness, lateness, local_due
from memos.models import ContactRef, Promise
from memos.store import Store

NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
BEFORE = NOW - dt.timedelta(days=90)


def talk(make_memo, number, days_ago, name="Anna Lee", *, promised=False, **changes):
    """A memo spoken so many days before now."""
    spoken_at = NOW - dt.timedelta(days=days_ago)
    step = (
        {"next_call": Promise(spoken_at.date(), None, None, "then")}
        if promised
        else {"next_call": None, "no_next_call_reason": "they bought elsewhere"}
    )
    fields = {"spoken_at": spoken_at, "contact": ContactRef(name, "Acme"), **step, **changes}
    return make_memo(number, id=f"{spoken_at:%Y%m%d-%H%M%S}-{number:04x}", **fields)


def buried(store, before=BEFORE, limit=None):
    found, count = store.calls.buried(before, limit)
    return [silent.memo.contact.name for silent in found], count


# Buried


@pytest.mark.parametrize(("days", "comes_up"), [(89, False), (90, False), (90.001, True), (400, True)])
def test_a_contact_without_a_next_step_is_buried_when_the_last_talk_is_older_than_that(
    store, make_memo, days, comes_up
):
    store.confirm(talk(make_memo, 0, days))
    assert buried(store) == ((["Anna Lee"], 1) if comes_up else ([], 0))


def test_an_open_call_keeps_a_contact_from_being_buried_however_late_it_is(store, make_memo):
    store.confirm(talk(make_memo, 0, 400, promised=True))
    assert buried(store) == ([], 0)


def test_a_later_talk_counts_whatever_the_order_of_confirming(store, make_memo):
    store.confirm(talk(make_memo, 1, 10))
    store.confirm(talk(make_memo, 0, 400))
    assert buried(store) == ([], 0)


def test_a_call_closed_by_hand_counts_as_the_last_word(path, make_memo):
    with Store.open(path, clock=lambda: NOW - dt.timedelta(days=91)) as store:
        store.confirm(talk(make_memo, 0, 400, promised=True))
        store.confirm(talk(make_memo, 1, 400, "Tom Baker", promised=True))
        store.calls.close(store.due()[0].follow_up, "cancelled")
    with Store.open(path, clock=lambda: NOW - dt.timedelta(days=89)) as store:
        store.calls.close(store.due()[0].follow_up, "done")
    with Store.open(path) as store:
        assert buried(store) == (["Anna Lee"], 1)


def test_those_who_fell_silent_last_come_first_and_the_others_are_counted(store, make_memo):
    for number, (name, days) in enumerate([("Anna Lee", 400), ("Tom Baker", 100), ("Mei Chen", 200)]):
        store.confirm(talk(make_memo, number, days, name))
    assert buried(store) == (["Tom Baker", "Mei Chen", "Anna Lee"], 3)
    assert buried(store, limit=2) == (["Tom Baker", "Mei Chen"], 3)


def test_a_memo_about_nobody_buries_nobody(store, make_memo):
    store.confirm(talk(make_memo, 0, 400, contact=None))
    assert buried(store) == ([], 0)


def test_a_contact_at_rest_comes_up_no_more_until_there_is_another_talk(path, make_memo):
    long_ago = NOW - dt.timedelta(days=300)
    with Store.open(path, clock=lambda: long_ago) as store:
        store.confirm(talk(make_memo, 0, 400, promised=True))
        contact = store.contacts()[0].id
        [cancelled] = store.calls.let_rest(contact, "they went out of business")
        assert store.due() == []
        assert on_disk.history(store, cancelled)[-1].reason == "they went out of business"
        assert store.calls.brief(contact).rests_since == long_ago
        assert buried(store) == ([], 0)
        # Spoken before the decision, though confirmed after it: no news.
        store.confirm(talk(make_memo, 1, 350))
        assert buried(store) == ([], 0)
        store.confirm(talk(make_memo, 2, 200))
        assert buried(store) == (["Anna Lee"], 1)
        assert store.calls.brief(contact).rests_since is None


# Briefs


def test_a_brief_is_read_until_the_next_memo_about_the_contact(store, make_memo):
    store.confirm(talk(make_memo, 0, 20, promised=True))
    store.confirm(talk(make_memo, 1, 20, "Tom Baker", promised=True))
    anna = next(contact.id for contact in store.contacts() if contact.name == "Anna Lee")
    assert {due.follow_up.contact.name: due.brief_read for due in store.due()} == {
        "Anna Lee": False,
        "Tom Baker": False,
    }
    store.calls.mark_read(anna)
    assert {due.follow_up.contact.name: due.brief_read for due in store.due()} == {"Anna Lee": True, "Tom Baker": False}
    assert store.calls.brief(anna).read_at == NOW
    store.confirm(talk(make_memo, 2, 5, promised=True))
    assert not any(due.brief_read for due in store.due())


def test_a_memo_spoken_before_the_reading_and_confirmed_after_it_was_not_read(store, make_memo):
    store.confirm(talk(make_memo, 1, 5, promised=True))
    store.calls.mark_read(store.contacts()[0].id)
    store.confirm(talk(make_memo, 0, 10, promised=True))
    [due] = store.due()
    assert not due.brief_read


def test_a_brief_has_the_last_three_memos_the_open_call_and_what_is_known(store, make_memo):
    for number in range(5):
        store.confirm(talk(make_memo, number, 50 - 10 * number, promised=True))
    contact = store.contacts()[0].id
    store.calls.answer(contact, "budget", " 40k ")
    brief = store.calls.brief(contact)
    assert [memo.id[-4:] for memo in brief.memos] == ["0004", "0003", "0002"]
    assert brief.memo_count == 5
    assert brief.call.memo.id == brief.memos[0].id
    assert {topic: fact.answer for topic, fact in brief.facts.items()} == {"budget": "40k"}
    assert (brief.closed, brief.read_at, brief.rests_since) == (None, None, None)
    store.calls.close(brief.call.follow_up, "cancelled", "no money this year")
    assert store.calls.brief(contact).closed == ("cancelled", NOW, "no money this year")


def test_what_a_later_memo_closed_is_not_told_as_closed_by_hand(store, make_memo):
    store.confirm(talk(make_memo, 0, 20, promised=True))
    store.confirm(talk(make_memo, 1, 10))
    assert store.calls.brief(store.contacts()[0].id).closed is None


def test_answers_replace_each_other_are_withdrawn_by_an_empty_one_and_all_are_kept(store, path, make_memo):
    store.confirm(make_memo())
    contact = store.contacts()[0].id
    for topic, text in [("supplier", "Veo"), ("budget", "40k"), ("budget", "50k"), ("supplier", "")]:
        store.calls.answer(contact, topic, text)
    assert list(store.calls.brief(contact).facts) == ["budget"]
    assert store.calls.brief(contact).facts["budget"].answer == "50k"
    with closing(sqlite3.connect(path)) as conn:
        assert [(fact.topic, fact.answer) for fact in history(conn, contact)] == [
            ("supplier", "Veo"),
            ("budget", "40k"),
            ("budget", "50k"),
            ("supplier", ""),
        ]
    with pytest.raises(ValueError, match="no topic 'shoe size'"):
        store.calls.answer(contact, "shoe size", "44")
    assert len(TOPICS) == 6


def test_the_role_is_that_of_the_contact_however_it_came_to_be_known(store, make_memo):
    store.confirm(make_memo())
    [contact] = store.contacts()
    store.address_book.change(contact.id, lambda known: replace(known, role="head of purchasing"))
    assert store.calls.brief(contact.id).facts["role"].answer == "head of purchasing"
    store.calls.answer(contact.id, "role", " buyer ")
    assert store.contacts()[0].role == "buyer"
    store.calls.answer(contact.id, "role", "")
    assert store.calls.brief(contact.id).facts == {}


# Lateness


@pytest.mark.parametrize(
    ("days", "kind"),
    [(0, "AS_AGREED"), (7, "AS_AGREED"), (10, "AS_AGREED"), (11, "LATE"), (60, "LATE"), (61, "LONG"), (900, "LONG")],
)
def test_how_late_a_call_is_decides_how_to_open_it(days, kind):
    assert lateness(days, 10, 60) is Lateness[kind]


def at(store, make_memo, day, time, zone):
    store.confirm(make_memo(0, next_call=Promise(day, time, zone, "then")))
    return store.due()[0].follow_up


@pytest.mark.parametrize(
    ("day", "time", "zone", "here"),
    [
        ((2026, 12, 1), (8, 0), "Asia/Tokyo", "2026-11-30 18:00"),
        ((2026, 12, 31), (20, 0), "America/Los_Angeles", "2026-12-31 23:00"),
        ((2026, 12, 31), (22, 0), "America/Los_Angeles", "2027-01-01 01:00"),
        # London is five hours ahead of New York, but four in the weeks between the changes of their clocks.
        ((2026, 3, 6), (14, 0), "Europe/London", "2026-03-06 09:00"),
        ((2026, 3, 10), (14, 0), "Europe/London", "2026-03-10 10:00"),
        ((2026, 3, 30), (14, 0), "Europe/London", "2026-03-30 09:00"),
        # 02:30 does not exist on that day, and 01:30 twice: the first of the two is meant.
        ((2026, 3, 8), (2, 30), "America/Detroit", "2026-03-08 03:30"),
        ((2026, 11, 1), (1, 30), "America/Chicago", "2026-11-01 01:30"),
        ((2026, 12, 1), (14, 30), None, "2026-12-01 14:30"),
        ((2026, 12, 1), (14, 30), "Mars/Olympus", "2026-12-01 14:30"),
        ((2026, 12, 1), (14, 30), "../etc/passwd", "2026-12-01 14:30"),
    ],
)
def test_a_time_agreed_in_another_zone_is_shown_on_the_reps_clock(store, make_memo, day, time, zone, here):
    follow_up = at(store, make_memo, dt.date(*day), dt.time(*time), zone)
    local, clock = local_due(follow_up, ZoneInfo("America/New_York"))
    assert f"{local} {clock:%H:%M}" == here


def test_a_day_without_a_time_is_the_same_day_everywhere(store, make_memo):
    follow_up = at(store, make_memo, dt.date(2026, 12, 1), None, "Pacific/Kiritimati")
    assert local_due(follow_up, dt.timezone(dt.timedelta(hours=-11))) == (dt.date(2026, 12, 1), None)
