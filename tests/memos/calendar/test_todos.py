"""What was promised besides calls stands in calendars as a to-do; what is done with it there is asked about."""

from __future__ import annotations

import datetime as dt

import pytest

from memos.calendar import merge
from memos.calendar.entry import Style
from memos.calendar.feed import feed
from memos.calendar.server import Account, CalDavCalendar
from memos.calendar.sync import Synced
from memos.models import Commitment, ContactRef

CALL = "aftercall-20261121-164005-0000.ics"
NAME = "aftercall-20261121-164005-0000-1.ics"
QUOTE = Commitment("I'll send her the quote by Friday.", dt.date(2026, 11, 27))
LIST = Commitment("I promised the price list.", None)
EVENTS_ONLY = "<C:supported-calendar-component-set><C:comp name='VEVENT'/></C:supported-calendar-component-set>"


@pytest.fixture
def promised(somewhere, make_memo):
    """A rep with a call and a promise in some calendar."""
    rep, files = somewhere
    rep.store.confirm(make_memo(0, contact=ContactRef("Anna Lee", "Acme"), commitments=(QUOTE,)))
    rep.sync()
    return rep, files


def task(rep):
    [one] = rep.store.tasks.all()
    return one


def test_it_is_a_to_do_with_its_day(promised):
    rep, files = promised
    assert files.names() == sorted([CALL, NAME])
    todo = files.todo(NAME)
    assert str(todo["SUMMARY"]) == f"Anna Lee (Acme): {QUOTE.sentence}"
    assert todo["DUE"].dt == QUOTE.by
    assert str(todo["STATUS"]) == "NEEDS-ACTION"
    assert "Promised on 21 November 2026" in str(todo["DESCRIPTION"])
    assert "Anna wants the offer by Friday." in str(todo["DESCRIPTION"])
    assert rep.sync() == Synced()


def test_one_without_a_day_has_none(somewhere, make_memo):
    rep, files = somewhere
    rep.store.confirm(make_memo(0, contact=None, commitments=(LIST,)))
    rep.sync()
    assert "DUE" not in files.todo(NAME)
    assert str(files.todo(NAME)["SUMMARY"]) == LIST.sentence
    rep.store.tasks.move(task(rep), dt.date(2026, 12, 1))
    assert rep.sync().changed == 1
    assert files.todo(NAME)["DUE"].dt == dt.date(2026, 12, 1)


def test_no_words_of_the_memo_are_in_it_where_the_rep_wants_none(promised):
    rep, files = promised
    rep.style = Style(with_memo=False)
    assert rep.sync().changed == 2
    assert "offer" not in str(files.todo(NAME)["DESCRIPTION"])


@pytest.mark.parametrize(("state", "status"), [("done", "COMPLETED"), ("cancelled", "CANCELLED")])
def test_what_is_closed_here_is_closed_there(promised, state, status):
    rep, files = promised
    rep.store.tasks.close(task(rep), state)
    rep.sync()
    todo = files.todo(NAME)
    assert str(todo["STATUS"]) == status
    assert ("COMPLETED" in todo) is (state == "done")
    assert rep.sync() == Synced()
    assert files.event(CALL)["STATUS"] == "CONFIRMED"


def test_it_goes_with_its_memo(promised):
    rep, files = promised
    rep.store.erase([task(rep).memo_id])
    assert rep.sync().removed == 2
    assert files.names() == []


@pytest.mark.parametrize(
    ("change", "kind", "becomes"),
    [
        (("STATUS:NEEDS-ACTION", "STATUS:COMPLETED\r\nPERCENT-COMPLETE:100"), "done", ("done", QUOTE.by)),
        (("STATUS:NEEDS-ACTION", "STATUS:CANCELLED"), "cancelled", ("cancelled", QUOTE.by)),
        (("DUE;VALUE=DATE:20261127", "DUE;VALUE=DATE:20261201"), "moved", ("open", dt.date(2026, 12, 1))),
        (("DUE;VALUE=DATE:20261127", "DUE:20261202T020000Z"), "moved", ("open", dt.date(2026, 12, 1))),
    ],
)
def test_what_is_done_with_it_there_is_asked_about_and_taken_over(promised, change, kind, becomes):
    rep, files = promised
    files.edit(NAME, change)
    assert [question.kind for question in rep.sync().questions] == [kind]
    assert (task(rep).state, task(rep).by) == ("open", QUOTE.by)
    assert rep.sync("theirs").taken == 1
    assert (task(rep).state, task(rep).by) == becomes
    assert rep.sync() == Synced()


def test_what_is_ticked_off_there_is_open_again_where_the_rep_says_so(promised):
    rep, files = promised
    files.edit(NAME, ("STATUS:NEEDS-ACTION", "STATUS:COMPLETED\r\nPERCENT-COMPLETE:100\r\nCOMPLETED:20261125T100000Z"))
    assert rep.sync("mine").changed == 1
    todo = files.todo(NAME)
    assert str(todo["STATUS"]) == "NEEDS-ACTION"
    assert not {"COMPLETED", "PERCENT-COMPLETE"} & set(todo)
    assert task(rep).state == "open"


def test_one_that_is_deleted_there_is_asked_about(promised):
    rep, files = promised
    files.delete(NAME)
    assert [question.kind for question in rep.sync().questions] == ["gone"]
    assert rep.sync("theirs").taken == 1
    assert task(rep).state == "cancelled"


def test_a_time_that_a_phone_gives_to_its_day_moves_nothing_and_stays(promised):
    rep, files = promised
    files.edit(NAME, ("DUE;VALUE=DATE:20261127", "DUE:20261127T170000Z"), ("SEQUENCE:0", "SEQUENCE:1"))
    assert rep.sync() == Synced()
    assert "DUE:20261127T170000Z" in files.file(NAME)


def test_what_was_ticked_off_there_and_here_is_settled_without_a_question(promised):
    rep, files = promised
    files.edit(NAME, ("STATUS:NEEDS-ACTION", "STATUS:COMPLETED"))
    rep.store.tasks.close(task(rep), "done")
    assert rep.sync().questions == []
    assert str(files.todo(NAME)["STATUS"]) == "COMPLETED"


def test_what_has_changed_here_meanwhile_is_not_overwritten_by_an_old_answer(promised):
    rep, files = promised
    files.edit(NAME, ("STATUS:NEEDS-ACTION", "STATUS:COMPLETED"))
    [question] = rep.sync().questions
    rep.store.tasks.move(task(rep), dt.date(2026, 12, 1))
    assert rep.store.calendar.tick_off(question.entry) is False
    assert task(rep).state == "open"


def test_the_feed_has_both(promised):
    rep, _ = promised
    file = feed(rep.store.calendar.wanted(rep.style, rep.zone), rep.style)
    assert (file.count(b"BEGIN:VEVENT"), file.count(b"BEGIN:VTODO")) == (1, 1)
    assert merge.facts(merge.find(file, task(rep).calendar_uid)[1], rep.zone)["when"] == "2026-11-27"


def test_a_calendar_that_takes_no_to_dos_gets_none_and_nothing_waits_for_it(on_server, server, make_memo):
    address = server.make_calendar("events-only", "Events", EVENTS_ONLY)
    account = on_server.place._account
    place = CalDavCalendar(Account(address, account.user, account.password))
    on_server.store.confirm(make_memo(0, commitments=(QUOTE,)))
    assert on_server.sync(place=place).created == 1
    assert server.names(address) == [CALL]
    book = on_server.store.calendar
    wanted = book.wanted(on_server.style, on_server.zone)
    assert book.waiting(place.key, wanted) == 0
    assert book.states()[place.key].takes_tasks is False
