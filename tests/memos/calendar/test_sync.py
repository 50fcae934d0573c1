"""What is promised stands in the calendar; what is changed there is asked about, and neither is overwritten unseen."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from memos.calendar.entry import Style
from memos.calendar.places import Conflict
from memos.calendar.sync import Synced
from memos.errors import CalendarTrouble
from memos.models import ContactRef, Promise

NAME = "aftercall-20261121-164005-0000.ics"
UID = NAME.removesuffix(".ics")


def local(event) -> tuple[dt.date, dt.time]:
    start = event.start.astimezone(dt.timezone(dt.timedelta(hours=-5)))
    return start.date(), start.time()


class TestOurs:
    def test_each_open_call_is_an_event(self, somewhere, make_memo):
        rep, files = somewhere
        rep.store.confirm(make_memo(0, contact=ContactRef("Anna Lee", "Acme", "+15125550143")))
        rep.store.confirm(make_memo(1, contact=None))
        rep.store.confirm(make_memo(2, contact=None, next_call=None, no_next_call_reason="signed"))
        synced = rep.sync()
        assert synced == Synced(created=2)
        assert len(files.names()) == 2
        event = files.event(NAME)
        assert str(event["SUMMARY"]) == "Call Anna Lee (Acme)"
        assert str(event["URL"]) == "tel:+15125550143"
        assert str(event["UID"]) == UID
        assert local(event) == (dt.date(2026, 12, 1), dt.time(14, 30))
        assert "“Tuesday”" in str(event["DESCRIPTION"])
        assert "Anna wants the offer by Friday." in str(event["DESCRIPTION"])
        [alarm] = event.walk("VALARM")
        assert alarm["TRIGGER"].dt == -dt.timedelta(minutes=10)

    def test_nothing_is_written_twice(self, somewhere, make_memo):
        rep, files = somewhere
        rep.store.confirm(make_memo())
        rep.sync()
        before = files.file(NAME)
        assert rep.sync() == Synced()
        assert files.file(NAME) == before

    def test_a_call_that_is_put_off_moves_and_its_sequence_grows(self, somewhere, make_memo, clock):
        rep, files = somewhere
        rep.store.confirm(make_memo())
        rep.sync()
        first = files.event(NAME)
        clock.advance(hours=1)
        rep.change(UID, "due_date = '2026-12-04', due_time = '09:00', times_put_off = 1")
        assert rep.sync().changed == 1
        second = files.event(NAME)
        assert local(second) == (dt.date(2026, 12, 4), dt.time(9, 0))
        assert second.end - second.start == dt.timedelta(minutes=15)
        assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 1)
        assert second["DTSTAMP"].dt > first["DTSTAMP"].dt
        assert len(files.names()) == 1

    def test_a_call_that_loses_its_time_is_of_the_whole_day(self, somewhere, make_memo):
        rep, files = somewhere
        rep.store.confirm(make_memo())
        rep.sync()
        rep.change(UID, "due_time = NULL")
        rep.sync()
        event = files.event(NAME)
        assert event.start == dt.date(2026, 12, 1)
        [alarm] = event.walk("VALARM")
        assert alarm["TRIGGER"].dt == dt.timedelta(hours=9)

    @pytest.mark.parametrize("state", ["done", "cancelled"])
    def test_a_closed_call_is_cancelled_and_rings_no_more(self, somewhere, make_memo, state):
        rep, files = somewhere
        rep.store.confirm(make_memo())
        rep.sync()
        rep.change(UID, f"state = '{state}', closed_at = '2026-11-22T10:00:00+00:00'")
        assert rep.sync().cancelled == 1
        event = files.event(NAME)
        assert str(event["STATUS"]) == "CANCELLED"
        assert event["SEQUENCE"] == 1
        assert event.walk("VALARM") == []
        assert rep.sync() == Synced()

    def test_the_next_memo_about_the_contact_cancels_one_and_makes_the_other(self, somewhere, make_memo):
        rep, files = somewhere
        rep.store.confirm(make_memo(0))
        rep.sync()
        rep.store.confirm(make_memo(1))
        synced = rep.sync()
        assert (synced.created, synced.cancelled) == (1, 1)
        assert str(files.event(NAME)["STATUS"]) == "CANCELLED"

    def test_a_cancelled_event_is_taken_away_after_a_month(self, somewhere, make_memo, clock):
        rep, files = somewhere
        rep.store.confirm(make_memo())
        rep.sync()
        rep.change(UID, "state = 'done', closed_at = '2026-11-22T10:00:00+00:00'")
        rep.sync()
        clock.advance(days=29)
        assert rep.sync().removed == 0
        clock.advance(days=3)
        assert rep.sync().removed == 1
        assert files.names() == []
        assert rep.query("SELECT * FROM calendar_copies") == rep.query("SELECT * FROM calendar_events") == []
        assert rep.sync() == Synced()

    def test_what_was_closed_before_there_was_a_calendar_never_gets_there(self, somewhere, make_memo):
        rep, files = somewhere
        rep.store.confirm(make_memo())
        rep.change(UID, "state = 'done', closed_at = '2026-11-22T10:00:00+00:00'")
        assert rep.sync() == Synced()
        assert files.names() == []

    def test_with_the_memo_goes_its_event_and_every_trace(self, somewhere, make_memo):
        rep, files = somewhere
        rep.store.confirm(make_memo())
        rep.sync()
        rep.store._conn.execute("DELETE FROM memos")
        assert rep.sync().removed == 1
        assert files.names() == []
        assert rep.query("SELECT * FROM calendar_copies") == rep.query("SELECT * FROM calendar_events") == []

    def test_a_contact_that_is_renamed_is_renamed_there(self, somewhere, make_memo):
        rep, files = somewhere
        rep.store.confirm(make_memo())
        rep.sync()
        rep.store._conn.execute("UPDATE contacts SET name = 'Ann Leigh', phone = '+49301234567'")
        assert rep.sync().changed == 1
        event = files.event(NAME)
        assert (str(event["SUMMARY"]), str(event["URL"])) == ("Call Ann Leigh (Acme)", "tel:+49301234567")

    def test_another_alarm_in_the_settings_is_another_alarm_there(self, somewhere, make_memo):
        rep, files = somewhere
        rep.store.confirm(make_memo())
        rep.sync()
        rep.style = Style(alarm=None)
        assert rep.sync().changed == 1
        assert files.event(NAME).walk("VALARM") == []

    def test_a_rep_who_travels_has_promised_the_same_moment(self, somewhere, make_memo):
        rep, files = somewhere
        rep.store.confirm(make_memo(next_call=Promise(dt.date(2026, 12, 1), dt.time(14, 30), None, "Tuesday")))
        rep.sync()
        rep.zone = "Europe/London"
        assert rep.sync() == Synced()
        rep.change(UID, "due_date = '2026-12-02'")
        rep.sync()
        assert files.event(NAME).start.astimezone(dt.UTC) == dt.datetime(2026, 12, 2, 14, 30, tzinfo=dt.UTC)

    def test_a_zone_that_nobody_knows_is_that_of_the_rep(self, somewhere, make_memo):
        rep, files = somewhere
        rep.store.confirm(make_memo(next_call=Promise(dt.date(2026, 12, 1), dt.time(14, 30), "Mars/Base", "Tuesday")))
        rep.sync()
        assert local(files.event(NAME)) == (dt.date(2026, 12, 1), dt.time(14, 30))


class TestTheirs:
    """Changes that a phone makes."""

    @pytest.fixture
    def synced(self, somewhere, make_memo):
        rep, files = somewhere
        rep.store.confirm(make_memo())
        rep.sync()
        return rep, files

    MOVED = ("20261201T143000", "20261204T100000"), ("20261201T144500", "20261204T110000")

    def test_moved_and_not_answered_stays_as_it_is_and_is_asked_again(self, synced):
        rep, files = synced
        files.edit(NAME, *self.MOVED)
        for _ in range(2):
            [question] = rep.sync().questions
            assert question.kind == "moved"
            assert question.theirs.isoformat() == "2026-12-04T10:00:00-05:00"
            assert "20261204T100000" in files.file(NAME)
            assert rep.follow_up(UID)["due_date"] == "2026-12-01"
        [(place, copy)] = rep.store.calendar.questions()
        assert (place, copy.question, copy.theirs) == (rep.place.key, "moved", question.theirs)

    def test_moved_and_taken_over(self, synced):
        rep, files = synced
        files.edit(NAME, *self.MOVED)
        assert rep.sync("theirs").taken == 1
        row = rep.follow_up(UID)
        assert (row["due_date"], row["due_time"], row["times_put_off"], row["sequence"]) == (
            "2026-12-04",
            "10:00",
            1,
            1,
        )
        assert rep.sync() == Synced()
        assert rep.store.calendar.questions() == []
        event = files.event(NAME)
        assert local(event) == (dt.date(2026, 12, 4), dt.time(10, 0))
        assert event.end - event.start == dt.timedelta(hours=1)

    def test_moved_and_put_back(self, synced):
        rep, files = synced
        files.edit(NAME, *self.MOVED, ("SEQUENCE:0", "SEQUENCE:3"))
        rep.sync()
        assert rep.sync("mine").changed == 1
        event = files.event(NAME)
        assert local(event) == (dt.date(2026, 12, 1), dt.time(14, 30))
        assert event["SEQUENCE"] == 4
        assert rep.follow_up(UID)["due_date"] == "2026-12-01"
        assert rep.sync() == Synced()
        assert rep.store.calendar.questions() == []

    def test_brought_forward_is_not_put_off(self, synced):
        rep, files = synced
        files.edit(NAME, ("20261201T143000", "20261130T100000"), ("20261201T144500", "20261130T101500"))
        rep.sync("theirs")
        assert (rep.follow_up(UID)["due_date"], rep.follow_up(UID)["times_put_off"]) == ("2026-11-30", 0)

    def test_moved_to_a_whole_day(self, synced):
        rep, files = synced
        files.edit(
            NAME,
            ("DTSTART;TZID=America/New_York:20261201T143000", "DTSTART;VALUE=DATE:20261203"),
            ("DTEND;TZID=America/New_York:20261201T144500", "DTEND;VALUE=DATE:20261204"),
        )
        rep.sync("theirs")
        assert (rep.follow_up(UID)["due_date"], rep.follow_up(UID)["due_time"]) == ("2026-12-03", None)

    def test_the_same_moment_in_another_zone_is_no_change(self, synced):
        rep, files = synced
        files.edit(
            NAME,
            ("DTSTART;TZID=America/New_York:20261201T143000", "DTSTART:20261201T193000Z"),
            ("DTEND;TZID=America/New_York:20261201T144500", "DTEND:20261201T194500Z"),
        )
        assert (rep.sync().questions, rep.asked) == ([], [])

    def test_moved_there_and_back_asks_nothing(self, synced):
        rep, files = synced
        files.edit(NAME, *self.MOVED)
        assert len(rep.sync().questions) == 1
        files.edit(NAME, *[(new, old) for old, new in self.MOVED])
        assert rep.sync().questions == rep.store.calendar.questions() == []

    def test_deleted_and_not_answered_is_asked_again(self, synced):
        rep, files = synced
        files.delete(NAME)
        for _ in range(2):
            assert [question.kind for question in rep.sync().questions] == ["gone"]
        assert files.names() == []
        assert rep.follow_up(UID)["state"] == "open"

    def test_deleted_and_put_back(self, synced):
        rep, files = synced
        files.delete(NAME)
        assert rep.sync("mine").created == 1
        assert local(files.event(NAME)) == (dt.date(2026, 12, 1), dt.time(14, 30))
        assert rep.sync() == Synced()

    def test_deleted_and_taken_over_cancels_the_call(self, synced):
        rep, files = synced
        files.delete(NAME)
        assert rep.sync("theirs").taken == 1
        row = rep.follow_up(UID)
        assert (row["state"], row["sequence"]) == ("cancelled", 1)
        assert row["closed_at"]
        assert rep.sync() == Synced()
        assert files.names() == []

    def test_cancelled_there_and_taken_over(self, synced):
        rep, files = synced
        files.edit(NAME, ("STATUS:CONFIRMED", "STATUS:CANCELLED"))
        assert [question.kind for question in rep.sync().questions] == ["cancelled"]
        rep.sync("theirs")
        assert rep.follow_up(UID)["state"] == "cancelled"
        assert rep.sync() == Synced()

    def test_renamed_and_left_so_stays_renamed_when_the_call_is_put_off(self, synced):
        rep, files = synced
        files.edit(NAME, ("SUMMARY:Call Anna Lee (Acme)", "SUMMARY:Anna!"))
        [question] = rep.sync().questions
        assert (question.kind, question.their_title) == ("edited", "Anna!")
        rep.sync("theirs")
        rep.change(UID, "due_date = '2026-12-08'")
        assert rep.sync().questions == []
        event = files.event(NAME)
        assert (str(event["SUMMARY"]), local(event)[0]) == ("Anna!", dt.date(2026, 12, 8))

    def test_renamed_and_put_back(self, synced):
        rep, files = synced
        files.edit(NAME, ("SUMMARY:Call Anna Lee (Acme)", "SUMMARY:Anna!"))
        rep.sync("mine")
        assert str(files.event(NAME)["SUMMARY"]) == "Call Anna Lee (Acme)"

    def test_what_a_phone_adds_is_kept_and_not_asked_about(self, synced):
        rep, files = synced
        files.edit(
            NAME, ("STATUS:CONFIRMED", "STATUS:CONFIRMED\r\nLOCATION:Room\\\\New"), ("TRIGGER:-PT10M", "TRIGGER:-PT1H")
        )
        assert rep.sync().questions == []
        rep.change(UID, "due_date = '2026-12-08'")
        rep.sync()
        event = files.event(NAME)
        assert (str(event["LOCATION"]), local(event)[0]) == ("Room\\New", dt.date(2026, 12, 8))
        assert event.walk("VALARM")[0]["TRIGGER"].dt == -dt.timedelta(hours=1)

    def test_changed_on_both_sides_is_asked_and_nothing_is_written_before_the_answer(self, synced):
        rep, files = synced
        files.edit(NAME, *self.MOVED)
        rep.change(UID, "due_date = '2026-12-08'")
        assert len(rep.sync().questions) == 1
        assert "20261204T100000" in files.file(NAME)
        assert rep.follow_up(UID)["due_date"] == "2026-12-08"
        rep.sync("mine")
        assert local(files.event(NAME))[0] == dt.date(2026, 12, 8)

    def test_changed_on_both_sides_to_the_same_asks_nothing(self, synced):
        rep, files = synced
        files.edit(NAME, *self.MOVED)
        rep.change(UID, "due_date = '2026-12-04', due_time = '10:00'")
        assert rep.sync().questions == []
        assert rep.sync() == Synced()

    def test_moved_there_and_done_here_is_cancelled_without_a_question(self, synced):
        rep, files = synced
        files.edit(NAME, *self.MOVED)
        rep.change(UID, "state = 'done', closed_at = '2026-11-22T10:00:00+00:00'")
        synced = rep.sync()
        assert (synced.questions, synced.cancelled) == ([], 1)
        assert str(files.event(NAME)["STATUS"]) == "CANCELLED"

    def test_deleted_there_and_done_here_asks_nothing(self, synced):
        rep, files = synced
        files.delete(NAME)
        rep.change(UID, "state = 'done', closed_at = '2026-11-22T10:00:00+00:00'")
        assert rep.sync().questions == []
        assert files.names() == []

    def test_an_answer_about_a_call_that_has_changed_meanwhile_is_not_used(self, synced):
        rep, files = synced
        files.edit(NAME, *self.MOVED)
        [question] = rep.sync().questions
        rep.change(UID, "due_date = '2026-12-10'")
        assert rep.store.calendar.move(question.entry, question.theirs) is False
        assert rep.store.calendar.cancel(question.entry) is False
        assert rep.follow_up(UID)["due_date"] == "2026-12-10"


class TestWhatIsFound:
    def test_written_just_before_the_power_went_is_not_written_again(self, somewhere, make_memo):
        rep, files = somewhere
        rep.store.confirm(make_memo())
        rep.sync()
        rep.store._conn.execute("DELETE FROM calendar_copies")
        before = files.file(NAME)
        synced = rep.sync()
        assert synced == Synced()
        assert files.file(NAME) == before
        assert rep.sync() == Synced()

    def test_changed_just_before_the_power_went_is_not_asked_about(self, somewhere, make_memo):
        rep, files = somewhere
        rep.store.confirm(make_memo())
        rep.sync()
        before = rep.query("SELECT * FROM calendar_copies")[0]
        rep.change(UID, "due_date = '2026-12-08'")
        rep.sync()
        rep.store._conn.execute("DELETE FROM calendar_copies")
        rep.store._conn.execute(f"INSERT INTO calendar_copies VALUES ({', '.join('?' * len(before))})", before)
        assert rep.sync().questions == []
        assert local(files.event(NAME))[0] == dt.date(2026, 12, 8)

    def test_another_event_of_that_name_is_asked_about(self, somewhere, make_memo):
        rep, files = somewhere
        rep.store.confirm(make_memo())
        rep.sync()
        rep.store._conn.execute("DELETE FROM calendar_copies")
        files.edit(NAME, ("SUMMARY:Call Anna Lee (Acme)", "SUMMARY:Anna!"))
        assert [question.kind for question in rep.sync().questions] == ["edited"]
        assert str(files.event(NAME)["SUMMARY"]) == "Anna!"

    @pytest.mark.parametrize(
        "broken", ["", "BEGIN:VCALENDAR", "\ud83d".encode("utf-16", "surrogatepass").decode("latin-1")]
    )
    def test_a_file_that_is_no_calendar_any_more_is_asked_about(self, in_folder, folder, make_memo, broken):
        rep = in_folder
        rep.store.confirm(make_memo())
        rep.sync()
        (folder / NAME).write_text(broken, "utf-8")
        assert [question.kind for question in rep.sync().questions] == ["unreadable"]
        rep.sync("theirs")
        assert rep.sync().questions == []
        assert (folder / NAME).read_text("utf-8") == broken
        rep.change(UID, "due_date = '2026-12-08'")
        assert len(rep.sync().questions) == 1
        rep.sync("mine")
        assert b"20261208T143000" in (folder / NAME).read_bytes()

    def test_a_change_in_the_moment_of_writing_is_not_overwritten(self, on_server, server, make_memo):
        rep = on_server
        rep.store.confirm(make_memo())
        rep.sync()
        rep.change(UID, "due_date = '2026-12-08'")

        @dataclasses.dataclass
        class Slow:
            """The server, and a phone that is faster by a moment."""

            key = rep.place.key
            label = rep.place.label
            look = rep.place.look
            read = rep.place.read
            remove = rep.place.remove

            def put(self, name, file, etag):
                server.edit(NAME, ("SUMMARY:Call Anna Lee (Acme)", "SUMMARY:Anna!"))
                return rep.place.put(name, file, etag)

        synced = rep.sync(place=Slow())
        assert synced == Synced(waiting=1)
        assert str(server.event(NAME)["SUMMARY"]) == "Anna!"
        assert [question.kind for question in rep.sync().questions] == ["edited"]

    def test_two_calendars_are_asked_about_each_by_itself(self, in_folder, folder, on_server, server, make_memo):
        rep = in_folder
        rep.store.confirm(make_memo())
        rep.sync()
        rep.sync(place=on_server.place)
        server.edit(NAME, ("20261201T143000", "20261204T100000"), ("20261201T144500", "20261204T101500"))
        assert rep.sync().questions == []
        rep.sync("theirs", place=on_server.place)
        assert rep.sync().changed == 1
        assert b"20261204T100000" in (folder / NAME).read_bytes()


def test_the_folder_takes_a_file_only_in_place_of_the_one_that_was_seen(in_folder, folder):
    place = in_folder.place
    etag = place.put("a.ics", b"one", None)
    with pytest.raises(Conflict):
        place.put("a.ics", b"two", None)
    (folder / "a.ics").write_bytes(b"theirs")
    with pytest.raises(Conflict):
        place.put("a.ics", b"two", etag)
    with pytest.raises(Conflict):
        place.remove("a.ics", etag)
    assert (folder / "a.ics").read_bytes() == b"theirs"
    assert [path.name for path in folder.iterdir()] == ["a.ics"]


def _with_more(*lines: str) -> Callable[[Path], None]:
    """Put another event, of these lines, beside ours."""

    def put(path: Path) -> None:
        more = "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"])
        path.write_text(path.read_text().replace("END:VCALENDAR", more))

    return put


def _with_line(old: str, new: str) -> Callable[[Path], None]:
    def put(path: Path) -> None:
        path.write_text(re.sub(old, new, path.read_text(), count=1))

    return put


def _replaced(make: Callable[[Path], object]) -> Callable[[Path], None]:
    def put(path: Path) -> None:
        path.unlink()
        make(path)

    return put


@pytest.mark.parametrize(
    "odd",
    [
        _with_more("UID:other"),
        _with_more("UID:other", "DTSTART:nonsense"),
        _with_more("UID:other", "DTSTART;TZID=Nowhere/At_All:20261201T100000"),
        _with_more("UID:other", "DTSTART:20261201T100000Z", "DTSTART:20261202T100000Z"),
        _with_line("DTSTART[^\r]*", "DTSTART:99991231T235959"),
        _with_line("DTSTART[^\r]*", "DTSTART:00010101T000000"),
        _with_line("SEQUENCE[^\r]*", "SEQUENCE:" + "9" * 5000),
        _with_line("DTEND[^\r]*", "DURATION:-P1D"),
        _with_line("SUMMARY[^\r]*", "SUMMARY:" + "x" * 1_000_000),
        _replaced(Path.mkdir),
        _replaced(os.mkfifo),
        _replaced(lambda path: path.symlink_to(path)),
        _replaced(lambda path: path.symlink_to("/dev/zero")),
    ],
)
def test_no_single_event_stops_a_calendar_and_the_odd_one_is_named(in_folder, folder, make_memo, odd):
    for number, name in enumerate(["Anna Lee", "Tom Baker", "Eve Stone"]):
        in_folder.store.confirm(make_memo(number, contact=ContactRef(name, "Acme")))
    in_folder.sync()
    first, *others = sorted(folder.iterdir())
    odd(first)
    for answer in (None, "mine"):
        for path in (first, *others):
            in_folder.change(path.stem, f"due_date = '2026-12-{24 if answer else 23}'")
        said = None
        try:
            in_folder.sync(answer)
        except CalendarTrouble as trouble:
            said = str(trouble)
        [state] = in_folder.store.calendar.states().values()
        assert state.failure == said
        assert said is None or "Anna Lee" in said or str(folder) in said
        assert all(f"202612{24 if answer else 23}" in path.read_text() for path in others)


def test_the_folder_and_its_files_are_the_reps_alone(in_folder, folder, make_memo):
    in_folder.store.confirm(make_memo())
    in_folder.sync()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / NAME).stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_used_is_told_and_the_changes_wait(in_folder, folder, make_memo):
    rep = in_folder
    rep.store.confirm(make_memo())
    folder.write_text("in the way")
    with pytest.raises(CalendarTrouble) as trouble:
        rep.sync()
    assert trouble.value.exit_code == 7
    book = rep.store.calendar
    assert book.waiting("folder", book.wanted(rep.style, rep.zone)) == 1
    assert book.states()["folder"].failure == str(trouble.value)
    folder.unlink()
    assert rep.sync().created == 1
    assert book.states()["folder"].failing_since is None
