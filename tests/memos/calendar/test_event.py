"""Any text gives exactly one event that parses back to it, for more than one reader of calendars."""

from __future__ import annotations

import dataclasses
import datetime as dt
import unicodedata
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from memos.calendar import merge
from memos.calendar.entry import Style
from memos.calendar.event import Call, calendar, is_zone, own_zone
from memos.calendar.places import name_of
from memos.calendar.text import clean, on_one_line, tel

at_leisure = settings(deadline=None)  # how long an example takes says more about the machine

NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)

CALL = Call(
    uid="aftercall-20261121-164005-0000",
    memo_id="20261121-164005-0000",
    sequence=2,
    closed=False,
    date=dt.date(2026, 12, 1),
    time=dt.time(14, 30),
    zone="America/New_York",
    name="Anna Lee",
    company="Acme",
    phone="+15125550143",
    heard="Tuesday",
    text="Anna wants the offer by Friday.",
    spoken_on=dt.date(2026, 11, 21),
)


def ics(call: Call, style: Style | None = None) -> bytes:
    return calendar([call.make(style or Style(), NOW)])


def only_event(file: bytes) -> icalendar.Event:
    [event] = icalendar.Calendar.from_ical(file).events
    return event


def pieces() -> st.SearchStrategy[str]:
    bits = st.one_of(
        st.sampled_from(["BEGIN:VEVENT", "\r\nEND:VEVENT\r\n", "\\n", "\\N", "\\\\n", "\\,", "\\", "UID:x", "%0D"]),
        st.sampled_from(["\r", "\n", "\t", "\x00", "\x0b", "\x1b[2J", "\x85", "\u2028", "\u202e", "\ufeff", "\ufffe"]),
        st.sampled_from(["👩\u200d👧", "🙂", "é" * 40, "x" * 74, " ", "  ", ",", ";", ":", '"', "\ud83d", "שלום"]),
        st.text(max_size=20),
    )  # fmt: skip
    return st.lists(bits, max_size=30).map("".join)


@at_leisure
@given(name=pieces(), company=pieces(), heard=pieces(), text=pieces(), phone=pieces())
@example(name="x" * 5000, company="🙂" * 500, heard="\r\n", text="\\n\\\\n\\;" * 2000, phone="")
@example(name="\r\nBEGIN:VEVENT\r\nUID:evil", company="\\", heard="\x85", text="\u2028END:VCALENDAR", phone="+1\r\nX:y")
def test_any_text_gives_exactly_one_event_that_parses_back_to_it(name, company, heard, text, phone):
    call = dataclasses.replace(CALL, name=name, company=company, heard=heard, text=text, phone=phone)
    file = ics(call)
    event = only_event(file)
    assert not event.errors
    assert str(event["SUMMARY"]) == call.title
    assert str(event["DESCRIPTION"]) == call.notes(Style())
    assert on_one_line(name) in call.title
    assert on_one_line(company) in call.title
    assert clean(text) in call.notes(Style())
    assert str(event["UID"]) == call.uid
    assert event.start == dt.datetime(2026, 12, 1, 14, 30, tzinfo=ZoneInfo("America/New_York"))
    for line in file.decode().split("\r\n"):
        assert len(line.encode()) <= 75
        assert not any(unicodedata.category(character) == "Cc" for character in line)


@at_leisure
@given(name=pieces(), text=pieces())
def test_the_reader_that_radicale_uses_finds_the_same(name, text):
    call = dataclasses.replace(CALL, name=name, text=text)
    [event] = vobject.readOne(ics(call).decode()).vevent_list
    assert event.summary.value == call.title
    assert event.description.value == call.notes(Style())


@at_leisure
@given(text=pieces())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)
    assert on_one_line(on_one_line(text)) == on_one_line(text)


@at_leisure
@given(st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")), max_size=200))
def test_text_without_control_characters_is_not_changed(text):
    assert clean(text) == text.strip()
    assert str(only_event(ics(dataclasses.replace(CALL, text=text)))["DESCRIPTION"]).count(text.strip()) >= 1


@at_leisure
@given(
    date=st.dates(dt.date(1971, 1, 2), dt.date(9998, 12, 31)),
    time=st.none() | st.times().map(lambda time: time.replace(second=0, microsecond=0, fold=0)),
    zone=st.sampled_from(["America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]),
    closed=st.booleans(),
)  # fmt: skip
def test_any_time_in_any_zone_parses_back_to_it(date, time, zone, closed):
    call = dataclasses.replace(CALL, date=date, time=time, zone=zone, closed=closed)
    event = only_event(ics(call))
    if time is None:
        assert (event.start, event.end) == (date, date + dt.timedelta(days=1))
    else:
        assume(
            call.start.astimezone(dt.UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
            == call.start.replace(tzinfo=None)
        )
        assert event.start.astimezone(dt.UTC) == call.start.astimezone(dt.UTC)
        assert merge.when(event, "UTC") == call.start.astimezone(dt.UTC)
    assert merge.facts(event, "UTC") == merge.facts(call.make(Style(), NOW), "UTC")
    assert (str(event["STATUS"]) == "CANCELLED") == closed == (not event.walk("VALARM"))


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin", "Australia/Sydney", "America/Sao_Paulo"])
@pytest.mark.parametrize("day", [dt.date(2027, month, 15) for month in range(1, 13)])
def test_a_reader_that_goes_by_the_definition_of_the_zone_alone_has_the_same_moment(zone, day):
    """Also after a server that keeps only the first of a list of changes of the clock, as Radicale does."""
    call = dataclasses.replace(CALL, date=day, zone=zone)
    kept = vobject.readOne(ics(call).decode()).serialize()
    here = f"Here-{zone}-{day}"  # icalendar remembers each definition by its name
    renamed = kept.replace(f"TZID:{zone}", f"TZID:{here}").replace(f"TZID={zone}", f"TZID={here}")
    event = only_event(renamed.encode())
    assert event.start.astimezone(dt.UTC) == call.start.astimezone(dt.UTC)


@pytest.mark.parametrize("zone", ["Africa/Casablanca", "Africa/Cairo", "America/New_York", "Australia/Lord_Howe"])
def test_the_definition_of_a_zone_has_every_change_of_the_clocks_over_years(zone):
    """Morocco puts its clocks back for Ramadan, five weeks, ten days earlier each year."""
    days = [dt.date(2026, 1, 10) + dt.timedelta(days=13 * number) for number in range(190)]
    calls = [dataclasses.replace(CALL, uid=f"u{day}", date=day, time=dt.time(10), zone=zone) for day in days]
    feed = calendar(call.make(Style(), NOW) for call in calls).decode()
    feed = feed.replace(zone, f"There-{zone}")  # vobject remembers each definition by its name
    for read in (vobject.readOne(feed), vobject.readOne(vobject.readOne(feed).serialize())):
        assert [event.dtstart.value.astimezone(dt.UTC) for event in read.vevent_list] == [
            call.start.astimezone(dt.UTC) for call in calls
        ]
    assert "RDATE" not in feed


def test_without_a_time_it_is_of_the_whole_day_and_leaves_the_day_free():
    event = only_event(ics(dataclasses.replace(CALL, time=None)))
    assert (event.start, str(event["TRANSP"])) == (dt.date(2026, 12, 1), "TRANSPARENT")
    [alarm] = event.walk("VALARM")
    assert alarm["TRIGGER"].dt == dt.timedelta(hours=9)


def test_the_settings_say_when_it_rings_how_long_it_is_and_what_it_tells():
    style = Style(
        alarm=dt.timedelta(hours=1), alarm_at=dt.time(7, 30), length=dt.timedelta(minutes=45), with_memo=False
    )
    event = only_event(ics(CALL, style))
    assert event.walk("VALARM")[0]["TRIGGER"].dt == -dt.timedelta(hours=1)
    assert event.end - event.start == dt.timedelta(minutes=45)
    assert "offer" not in event["DESCRIPTION"]
    assert "Tuesday" in event["DESCRIPTION"]
    day = only_event(ics(dataclasses.replace(CALL, time=None), style))
    assert day.walk("VALARM")[0]["TRIGGER"].dt == dt.timedelta(hours=7, minutes=30)
    silent = Style(alarm=None, alarm_at=None)
    for time in (CALL.time, None):
        assert only_event(ics(dataclasses.replace(CALL, time=time), silent)).walk("VALARM") == []


@pytest.mark.parametrize(
    ("name", "company", "title"),
    [
        ("Anna Lee", "Acme", "Call Anna Lee (Acme)"),
        ("Anna Lee", None, "Call Anna Lee"),
        ("\u202eeel annA\x1b[2J", "A\r\nB", "Call eel annA[2J (A B)"),
        ("\x00", "Acme", "Call somebody at Acme"),
        (None, None, "Call +15125550143"),
    ],
)
def test_what_an_event_is_called(name, company, title):
    assert dataclasses.replace(CALL, name=name, company=company).title == title


def test_a_call_with_nobody_and_no_number_says_so():
    assert dataclasses.replace(CALL, name=None, company=None, phone=None).title == "Call (nobody named)"


@pytest.mark.parametrize(
    ("phone", "link"),
    [("+15125550143", "tel:+15125550143"), ("+15125550143;ext=22", "tel:+15125550143,22"), ("112", "tel:112")],
)
def test_an_extension_is_dialled_after_a_pause(phone, link):
    assert str(dataclasses.replace(CALL, phone=phone).make(Style(), NOW)["URL"]) == link


@pytest.mark.parametrize(
    ("phone", "link"),
    [
        ("+15125550143", "tel:+15125550143"),
        ("+1 (512) 555-0143", "tel:+15125550143"),
        ("*31#0301234", "tel:*31%230301234"),
        ("ask for Anna", None),
        ("+1512\r\nATTENDEE:x", None),
        ("", None),
        (None, None),
    ],
)
def test_a_number_is_a_link_and_anything_else_is_not(phone, link):
    assert tel(phone) == link
    event = only_event(ics(dataclasses.replace(CALL, phone=phone)))
    assert (str(event["URL"]) if "URL" in event else None) == link


@at_leisure
@given(pieces())
@example("../../etc/passwd")
@example("con" * 100)
def test_any_uid_is_a_file_name(uid):
    name = name_of(uid)
    assert name.endswith(".ics")
    assert not set(name) & set('/\\:*?"<>|\x00\r\n')
    assert not name.startswith(".")
    assert len(name) < 120


def test_different_uids_have_different_names():
    assert name_of("aftercall-20261121-164005-0000") == "aftercall-20261121-164005-0000.ics"
    assert len({name_of(uid) for uid in ("a/b", "a\\b", "a b", "a.b", "..", "", "x" * 101, "x" * 102)}) == 8


@pytest.mark.parametrize(
    "name", ["", None, "Mars/Base", "America", "../etc/passwd", "/etc/localtime", "a\x00b", "x" * 5000]
)
def test_what_is_no_zone(name):
    assert not is_zone(name)


def test_this_machine_is_in_a_zone():
    assert is_zone(own_zone())


@at_leisure
@given(pieces(), pieces())
def test_the_same_call_has_the_same_fingerprint_and_another_has_another(name, other):
    one, two = (dataclasses.replace(CALL, name=text).fingerprint(Style()) for text in (name, other))
    assert (one == two) == (name == other)
    assert one != dataclasses.replace(CALL, name=name).fingerprint(Style(alarm=None))


@at_leisure
@given(st.binary(max_size=300) | pieces().map(lambda text: text.encode("utf-8", "replace")))
def test_whatever_is_found_in_a_file_is_read_or_told_to_be_unreadable(file):
    try:
        merge.find(file, CALL.uid)
    except merge.Unreadable:
        assert merge.merged(file, CALL.make(Style(), NOW), {"when"}) == ics(CALL)


@at_leisure
@given(st.data())
def test_an_event_with_any_part_missing_or_mangled_is_read_or_told_to_be_unreadable(data):
    lines = ics(CALL).decode().split("\r\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at] = data.draw(
        st.sampled_from(["", "X", "DTSTART:x", "SEQUENCE:many", "DTEND:x", "DURATION:-P1D", lines[at][:-3]])
    )
    file = "\r\n".join(lines).encode()
    try:
        _, event = merge.find(file, CALL.uid)
        merge.facts(event, "UTC")
    except merge.Unreadable:
        pass
    again = only_event(merge.merged(file, CALL.make(Style(), NOW), {"when", "title", "notes", "status"}))
    assert str(again["SUMMARY"]) == CALL.title
    assert again.start == CALL.start
