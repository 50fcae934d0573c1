"""A server that is down, refuses, points elsewhere, talks nonsense or hangs: the changes wait, and nothing is lost."""

from __future__ import annotations

import dataclasses
import itertools
import time
from collections.abc import Iterator

import pytest
from calendar_server import PASSWORD, USER
from meddler import Meddler

from memos.calendar.places import Conflict
from memos.calendar.server import Account, CalDavCalendar
from memos.calendar.sync import Synced
from memos.errors import CalendarConfusing, CalendarRefused, CalendarTrouble, CalendarUnreachable
from memos.models import ContactRef

NAME = "aftercall-20261121-164005-0000.ics"
UID = NAME.removesuffix(".ics")


@pytest.fixture
def between(server, address) -> Iterator[Meddler]:
    """What stands between the rep and the server."""
    with Meddler(server.url) as meddler:
        yield meddler


@pytest.fixture
def rep(on_server, between, server, address, make_memo):
    """A rep who promised three calls, and whose calendar is behind the meddler."""
    for number, name in enumerate(["Anna Lee", "Tom Baker", "Eve Stone"]):
        on_server.store.confirm(make_memo(number, contact=ContactRef(name, "Acme")))
    on_server.url = address.replace(server.url, between.url)
    return on_server


def calendar(rep, seconds: float = 5, **changes) -> CalDavCalendar:
    return CalDavCalendar(dataclasses.replace(Account(rep.url, USER, lambda: PASSWORD, "", seconds), **changes))


def waiting(rep, place) -> int:
    return rep.store.calendar.waiting(place.key, rep.store.calendar.wanted(rep.style, rep.zone))


@pytest.mark.parametrize(
    ("rule", "kind", "says"),
    [
        (401, CalendarRefused, "does not accept the user and password"),
        (403, CalendarRefused, "does not allow it"),
        (404, CalendarConfusing, "no such calendar|makes no sense"),
        (405, CalendarTrouble, "calendar"),
        (429, CalendarRefused, "come back later"),
        (500, CalendarTrouble, "trouble of its own|makes no sense"),
        (503, CalendarTrouble, "trouble of its own|makes no sense"),
        ("nonsense", CalendarConfusing, "no calendar|more than one|makes no sense"),
        ("hang", CalendarUnreachable, "did not answer"),
        ("drip", CalendarUnreachable, "did not answer"),
        ("endless", CalendarConfusing, "more than 17 MB"),
        ("bomb", CalendarConfusing, "more than 17 MB"),
    ],
)
def test_a_server_that_answers_so_is_told_in_a_line_and_the_changes_wait(rep, between, server, rule, kind, says):
    between.rules["*"] = rule
    place = calendar(rep, seconds=1 if rule in {"hang", "drip"} else 10)
    began = time.monotonic()
    with pytest.raises(kind, match=says) as trouble:
        rep.sync(place=place)
    assert time.monotonic() - began < 4
    assert trouble.value.exit_code == 9
    assert len(str(trouble.value).splitlines()) == 1
    assert "the changes wait" in str(trouble.value)
    assert waiting(rep, place) == 3
    state = rep.store.calendar.states()[place.key]
    assert (state.failure, state.failing_since, state.synced_at) == (str(trouble.value), rep.store._clock(), None)

    between.rules.clear()
    assert rep.sync(place=calendar(rep)).created == 3
    assert len(server.names()) == 3
    assert waiting(rep, place) == 0


_FAILURES = (403, 412, 413, 507, 500, "hang", "http://127.0.0.1:9/elsewhere/#302")


@pytest.mark.parametrize(
    ("method", "rule"),
    # A report that makes no sense does no harm: see below.
    [*itertools.product(["PUT", "GET", "REPORT"], _FAILURES), ("PUT", "nonsense"), ("GET", "nonsense")],
)
def test_a_server_that_fails_on_the_way_has_what_it_took_and_gets_the_rest_later(rep, between, server, method, rule):
    rep.sync(place=calendar(rep))
    place = calendar(rep, seconds=1 if rule == "hang" else 10)
    rep.change(UID, "due_date = '2026-12-08'")
    between.rules[method] = rule
    if (method, rule) == ("PUT", 412):  # as when a phone was faster
        assert (rep.sync(place=place).waiting, rep.asked) == (1, [])
    else:
        with pytest.raises(CalendarTrouble, match="the changes wait"):
            rep.sync(place=place)
    assert waiting(rep, place) == 1
    assert rep.asked == []
    assert server.event(NAME).start.day == 1

    between.rules.clear()
    assert rep.sync(place=calendar(rep)).changed == 1
    assert server.event(NAME).start.day == 8


def test_an_event_is_not_sent_on_to_where_the_server_points(rep, between):
    """A client that follows a redirect of a PUT sends a GET there, and takes the page for success."""
    between.rules |= {"PUT": f"{between.url}page#302", "/page": "nonsense"}
    with pytest.raises(CalendarConfusing, match="points elsewhere"):
        rep.sync(place=calendar(rep))
    assert "/page" not in [path for _, path in between.seen]


def test_one_event_that_is_refused_does_not_keep_the_others(rep, between, server):
    first = calendar(rep)
    refused = []

    class Picky:
        key, label, look, read, remove = first.key, first.label, first.look, first.read, first.remove

        def put(self, name, file, etag):
            if name == NAME:
                refused.append(name)
                raise CalendarRefused(self.label, "finds it too long (HTTP 413)")
            return first.put(name, file, etag)

    with pytest.raises(CalendarRefused, match="too long"):
        rep.sync(place=Picky())
    assert refused == [NAME]
    assert len(server.names()) == 2
    assert waiting(rep, first) == 1


def test_a_server_that_takes_nothing_is_not_asked_for_ever(rep, between, make_memo):
    for number in range(3, 8):
        rep.store.confirm(make_memo(number, contact=None))
    between.rules["PUT"] = 507
    with pytest.raises(CalendarRefused, match="no room left"):
        rep.sync(place=calendar(rep))
    assert [method for method, _ in between.seen].count("PUT") == 3


def test_down_and_back(rep, server, make_memo):
    place = calendar(rep)
    rep.sync(place=place)
    server.stop()
    try:
        rep.change(UID, "due_date = '2026-12-08'")
        rep.store.confirm(make_memo(5, contact=ContactRef("New One")))
        with pytest.raises(CalendarTrouble):
            rep.sync(place=calendar(rep, url=server.calendar))
        with pytest.raises(CalendarUnreachable, match="cannot be reached"):
            rep.sync(place=calendar(rep, url=server.calendar))
    finally:
        server.start()
    synced = rep.sync(place=place)
    assert (synced.created, synced.changed) == (1, 1)
    assert server.event(NAME).start.day == 8
    assert len(server.names()) == 4


@pytest.mark.parametrize("rule", ["no etag", "weak"])
def test_a_server_without_strong_etags_is_still_watched_for_changes(rep, between, server, rule):
    between.rules |= {"GET": rule, "PUT": rule}
    place = calendar(rep)
    assert rep.sync(place=place).created == 3
    assert rep.sync(place=place) == Synced()
    server.edit(NAME, ("20261201T143000", "20261204T100000"), ("20261201T144500", "20261204T101500"))
    assert [question.kind for question in rep.sync(place=place).questions] == ["moved"]
    rep.sync("theirs", place=place)
    assert rep.follow_up(UID)["due_date"] == "2026-12-04"
    rep.change(UID, "due_date = '2026-12-08'")
    assert rep.sync(place=place).changed == 1
    assert server.event(NAME).start.day == 8


def test_a_report_that_leaves_events_out_is_not_taken_for_a_deletion(rep, between, server):
    place = calendar(rep)
    rep.sync(place=place)
    between.rules["REPORT"] = "nonsense"
    assert rep.sync(place=place).questions == []


def test_many_events_are_asked_about_in_few_requests(rep, between, make_memo):
    for number in range(3, 120):
        rep.store.confirm(make_memo(number, contact=None))
    place = calendar(rep, seconds=30)
    rep.sync(place=place)
    between.seen.clear()
    assert rep.sync(place=place) == Synced()
    assert [method for method, _ in between.seen] == ["REPORT", "REPORT"]


class TestWhichCalendar:
    def test_the_address_of_the_calendar_itself(self, server, address):
        assert CalDavCalendar(Account(address, USER, lambda: PASSWORD)).find() == address

    def test_the_address_of_the_server_and_the_name_of_the_calendar(self, server, address, request):
        name = request.node.name
        assert CalDavCalendar(Account(server.url, USER, lambda: PASSWORD, name)).find() == address

    def test_more_than_one_there_are_named(self, server, address):
        with pytest.raises(CalendarConfusing, match=r"set caldav_calendar to one of: .*Calls"):
            CalDavCalendar(Account(server.url, USER, lambda: PASSWORD)).find()

    def test_of_two_of_one_name_none_is_taken(self, server, address, request):
        twin = server.make_calendar("twin", request.node.name)
        with pytest.raises(CalendarConfusing, match="2 calendars called") as asked:
            CalDavCalendar(Account(server.url, USER, lambda: PASSWORD, request.node.name)).find()
        assert twin in str(asked.value)
        assert address in str(asked.value)
        assert CalDavCalendar(Account(twin, USER, lambda: PASSWORD)).find() == twin

    def test_one_that_is_not_there(self, server, address):
        with pytest.raises(
            CalendarConfusing, match=r"has no calendar 'Calles'; set caldav_calendar to one of: .*Calls"
        ):
            CalDavCalendar(Account(server.url, USER, lambda: PASSWORD, "Calles")).find()

    @pytest.mark.parametrize("root", [404, 405, 501, "nonsense", "login#302"])
    def test_a_server_that_tells_where_its_calendars_are(self, server, address, request, root):
        """As Nextcloud: nothing of use at the root, and a well-known address that points on."""
        with Meddler(server.url) as front:
            front.rules["/"] = f"{front.url}{root}" if isinstance(root, str) and "#" in root else root
            front.rules["/login"] = "nonsense"
            front.rules["/.well-known/caldav"] = f"{front.url}{USER}/"
            found = CalDavCalendar(Account(front.url, USER, lambda: PASSWORD, request.node.name)).find()
        assert found == address.replace(server.url, front.url)

    def test_the_wrong_password(self, server, address):
        with pytest.raises(CalendarRefused, match="does not accept the user and password"):
            CalDavCalendar(Account(address, USER, lambda: "wrong")).find()

    def test_a_password_that_cannot_be_had_is_told_as_it_is(self, address):
        def locked() -> str:
            raise CalendarRefused("the keyring", "is locked")

        with pytest.raises(CalendarRefused, match="the keyring is locked"):
            CalDavCalendar(Account(address, USER, locked)).find()


def test_a_file_is_taken_only_in_place_of_the_one_that_was_seen(on_server, server):
    file = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20261122T090000Z\r\n"
        "DTSTART:20261201T143000Z\r\nSUMMARY:one\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    place = on_server.place
    etag = place.put("a.ics", file.encode(), None)
    with pytest.raises(Conflict):
        place.put("a.ics", file.encode(), None)
    server.edit("a.ics", ("SUMMARY:one", "SUMMARY:theirs"))
    with pytest.raises(Conflict):
        place.put("a.ics", file.encode(), etag)
    with pytest.raises(Conflict):
        place.remove("a.ics", etag)
    assert str(server.event("a.ics")["SUMMARY"]) == "theirs"
    place.remove("a.ics", place.read("a.ics").etag)
    place.remove("a.ics", etag)
    assert server.names() == []
