"""The calendar as a rep meets it: by itself after a memo, at `calendar sync`, and when the server is away."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import icalendar
import pytest
from calendar_server import PASSWORD, USER, CalendarServer
from cli import AFTERCALL, Done, Terminal, environment, run

from memos.models import ConfirmedMemo, Promise

Fill = Callable[..., None]

NAME = "aftercall-20261116-164005-0000.ics"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CalendarServer]:
    with CalendarServer(tmp_path_factory.mktemp("radicale") / "server") as server:
        yield server


@pytest.fixture
def server(running: CalendarServer, request: pytest.FixtureRequest) -> CalendarServer:
    """The server, looking into a calendar that is empty."""
    running.calendar = running.make_calendar(f"test-{abs(hash(request.node.nodeid))}", request.node.name)
    return running


@pytest.fixture
def calls(home: Path, fill: Fill) -> Path:
    """A home with two promised calls."""
    fill(home, 0, 1)
    return home


def account(server: CalendarServer, **more: str) -> dict[str, str]:
    variables = {"CALDAV_URL": server.calendar, "CALDAV_USER": USER, "CALDAV_PASSWORD": PASSWORD}
    return {f"AFTERCALL_{name}": value for name, value in variables.items()} | {"TZ": "America/New_York"} | more


def vdir(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "calendar").iterdir())


class TestExport:
    def test_the_folder_holds_an_event_for_each_open_call(self, calls: Path) -> None:
        done = run("calendar", "export", home=calls, TZ="America/New_York")

        assert (done.code, done.out, done.lines) == (0, "", ["Calendar: 2 new."])
        assert vdir(calls) == [NAME, "aftercall-20261117-164005-0001.ics"]
        [event] = icalendar.Calendar.from_ical((calls / "calendar" / NAME).read_bytes()).events
        assert str(event["SUMMARY"]) == "Call Contact 0 (Brightwater)"
        assert event.start.isoformat() == "2026-12-01T14:30:00-05:00"
        assert run("calendar", "export", home=calls, TZ="America/New_York").lines == ["Calendar: nothing to do."]

    def test_the_feed_holds_all_of_them_in_one_file(self, calls: Path, tmp_path: Path, fill: Fill) -> None:
        feed = tmp_path / "synced" / "calls.ics"
        feed.parent.mkdir()

        done = run("calendar", "export", home=calls, AFTERCALL_CALENDAR_FEED=str(feed))
        before = feed.read_bytes()
        again = run("calendar", "export", home=calls, AFTERCALL_CALENDAR_FEED=str(feed))

        assert (done.code, again.code) == (0, 0)
        assert len(icalendar.Calendar.from_ical(before).events) == 2
        assert feed.read_bytes() == before

    def test_a_feed_that_cannot_be_written_is_a_line_and_keeps_nothing_else(self, calls: Path, tmp_path: Path) -> None:
        done = run("calendar", "export", home=calls, AFTERCALL_CALENDAR_FEED=str(tmp_path / "nowhere" / "calls.ics"))

        assert done.code == 7
        assert "cannot be written" in done.lines[0]
        assert len(vdir(calls)) == 2

    def test_to_a_file_or_to_standard_output(self, calls: Path, tmp_path: Path) -> None:
        out = run("calendar", "export", "-", home=calls)
        file = run("calendar", "export", tmp_path / "calls.ics", home=calls)

        assert (out.code, out.err) == (0, "")
        assert len(icalendar.Calendar.from_ical(out.out).events) == 2
        assert file.lines == [f"Calendar: 2 calls in {tmp_path / 'calls.ics'}."]
        assert run("calendar", "export", tmp_path / "calls.ics", home=calls).lines == file.lines
        (tmp_path / "notes.txt").write_text("keep me")
        refused = run("calendar", "export", tmp_path / "notes.txt", home=calls)
        assert (refused.code, len(refused.lines)) == (1, 1)
        assert (tmp_path / "notes.txt").read_text() == "keep me"
        assert not (calls / "calendar").exists()

    def test_nothing_set_up_is_told(self, calls: Path) -> None:
        for command in ("export", "sync", "status"):
            done = run("calendar", command, home=calls, AFTERCALL_CALENDAR_FOLDER="no")
            assert done.code == 2
            assert "No calendar is set up" in done.lines[0]

    def test_no_memo_yet(self, home: Path) -> None:
        assert run("calendar", "export", home=home).code == 3

    def test_it_loads_nothing_that_speaks_to_servers(self, calls: Path) -> None:
        loaded = loads(calls, "calendar", "export")

        assert "icalendar" in loaded
        assert not loaded & {"caldav", "keyring", "niquests", "requests", "lxml", "torch", "rich"}


def loads(home: Path, *command: str) -> set[str]:
    """The packages that a command loads."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *AFTERCALL[1:], *command],
        env=environment(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )
    return {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines() if "|" in line}


@pytest.mark.parametrize("command", [["--help"], ["list"], ["due"], ["calendar", "--help"], ["calendar", "status"]])
def test_commands_that_change_no_call_load_no_calendar(calls: Path, command: list[str]) -> None:
    assert not loads(calls, *command) & {"icalendar", "caldav", "keyring"}


class TestSync:
    def sync(self, home: Path, server: CalendarServer, **more: str) -> Done:
        return run("calendar", "sync", home=home, **account(server, **more))

    def test_calls_go_to_the_server(self, calls: Path, server: CalendarServer) -> None:
        done = self.sync(calls, server)

        assert (done.code, done.lines) == (0, ["Calendar: 4 new."])
        assert server.names() == vdir(calls)
        assert str(server.event(NAME)["SUMMARY"]) == "Call Contact 0 (Brightwater)"

    def test_what_was_moved_is_listed_where_nobody_can_be_asked(self, calls: Path, server: CalendarServer) -> None:
        self.sync(calls, server)
        server.edit(NAME, ("20261201T143000", "20261204T100000"), ("20261201T144500", "20261204T101500"))

        done = self.sync(calls, server)
        listed = run("calendar", "questions", "--json", home=calls, **account(server))

        assert done.code == 9
        assert done.lines == [
            "Calendar: “Call Contact 0 (Brightwater)”, Tue 1 Dec 2026 14:30, was moved to Fri 4 Dec 2026 10:00, says "
            "the calendar server. `aftercall calendar sync` asks what holds.",
            "Calendar: 1 waiting.",
        ]
        assert json.loads(listed.out) == [
            {
                "id": "20261116-164005-0000",
                "calendar": f"caldav rita {server.calendar}",
                "call": "Call Contact 0 (Brightwater)",
                "due": "2026-12-01",
                "time": "14:30",
                "change": "moved",
                "theirs": "2026-12-04T10:00:00-05:00",
            }
        ]
        assert "was moved to Fri 4 Dec 2026 10:00" in run("calendar", "questions", home=calls, **account(server)).out

    @pytest.mark.parametrize(("answer", "day"), [("mine", "2026-12-01"), ("theirs", "2026-12-04")])
    def test_it_can_be_answered_without_a_terminal(
        self, calls: Path, server: CalendarServer, answer: str, day: str
    ) -> None:
        self.sync(calls, server)
        server.edit(NAME, ("20261201T143000", "20261204T100000"), ("20261201T144500", "20261204T101500"))

        done = run("calendar", "answer", "0000", answer, home=calls, **account(server))

        assert done.code == 0
        assert json.loads(run("due", "--all", "--json", home=calls).out)[0 if answer == "mine" else 1]["due"] == day
        assert server.event(NAME).start.date() == date.fromisoformat(day)
        assert run("calendar", "questions", home=calls).code == 3
        assert run("calendar", "answer", "0000", answer, home=calls, **account(server)).code == 3

    def test_at_a_terminal_each_change_is_asked_about(self, calls: Path, server: CalendarServer, fill: Fill) -> None:
        fill(calls, 2, 3)
        self.sync(calls, server)
        names = server.names()
        server.edit(names[0], ("20261201T143000", "20261204T100000"), ("20261201T144500", "20261204T101500"))
        server.delete(names[1])
        server.edit(names[2], ("SUMMARY:Call Contact 2", "SUMMARY:\\n\u202eX Contact 2"))
        server.delete(names[3])

        with Terminal("calendar", "sync", home=calls, surroundings=account(server)) as terminal:
            terminal.see(r"Contact 0 .* was moved to Fri 4 Dec 2026 10:00, says the calendar server")
            terminal.see(r"m keep mine: move it back · t take theirs: it is then · Enter decide later")
            terminal.type("x")
            terminal.see("m, t, Enter or q")
            terminal.type("t")
            terminal.see(r"Contact 1 .* was deleted")
            terminal.see("m keep mine: put it back · t take theirs: cancel it")
            terminal.type("m")
            terminal.see(r"Contact 2 .* was renamed to “ X Contact 2")
            terminal.type("\r")
            terminal.see(r"Contact 3 .* was deleted")
            terminal.type("q")
            terminal.see("Calendar: 1 new, 2 changed, 1 taken over, 2 waiting|Calendar: 1 new, 1 taken over, 2 waiting")
            assert terminal.end() == 9

        assert [(row["due"], row["id"][-4:]) for row in json.loads(run("due", "--all", "--json", home=calls).out)] == [
            ("2026-12-02", "0001"),
            ("2026-12-03", "0002"),
            ("2026-12-04", "0000"),
            ("2026-12-04", "0003"),
        ]
        assert names[1] in server.names()
        assert names[3] not in server.names()

    @pytest.mark.parametrize("key", ["\x03", "\x04", "q"])
    def test_leaving_the_question_leaves_it_open(self, calls: Path, server: CalendarServer, key: str) -> None:
        self.sync(calls, server)
        server.delete(NAME)

        with Terminal("calendar", "sync", home=calls, surroundings=account(server)) as terminal:
            terminal.see("was deleted")
            terminal.type(key)
            assert terminal.end() == 9

        assert run("calendar", "questions", "--ids", home=calls).out == "20261116-164005-0000\n"

    def test_a_server_that_is_down_is_a_line_and_the_folder_is_written(
        self, calls: Path, server: CalendarServer
    ) -> None:
        down = {"AFTERCALL_CALDAV_URL": "http://127.0.0.1:9/calls/"}

        done = self.sync(calls, server, **down)
        status = json.loads(run("calendar", "status", "--json", home=calls, **account(server, **down)).out)

        assert done.code == 9
        assert done.lines[0].startswith("Calendar: the calendar server cannot be reached; the changes wait")
        assert len(vdir(calls)) == 2
        assert [(row["id"].split()[0], row["waiting"], bool(row["failure"])) for row in status] == [
            ("folder", 0, False),
            ("caldav", 2, True),
        ]
        assert self.sync(calls, server).code == 0
        assert len(server.names()) == 2

    def test_the_table_of_calendars_says_why_one_is_behind(self, calls: Path, server: CalendarServer) -> None:
        self.sync(calls, server, AFTERCALL_CALDAV_PASSWORD="wrong")

        done = run("calendar", "status", home=calls, **account(server))

        assert done.code == 0
        assert "never" in done.out
        assert "does not accept the user and password (HTTP 401)" in done.err

    def test_without_a_password_it_says_how_to_give_one(self, calls: Path, server: CalendarServer) -> None:
        done = self.sync(
            calls, server, AFTERCALL_CALDAV_PASSWORD="", PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring"
        )

        assert done.code == 9
        assert "aftercall calendar login" in done.lines[0]
        assert server.names() == []

    def test_without_the_packages_it_says_how_to_install_them(self, calls: Path, server: CalendarServer) -> None:
        program = (
            "import sys; sys.modules['caldav'] = None; sys.argv[0] = 'aftercall'\n"
            "from aftercall.__main__ import main; main()"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, "calendar", "sync"],
            env=environment(calls, **account(server)),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
        )

        assert done.returncode == 9
        assert "the changes wait; to install them: " in done.stderr
        assert re.search(r"to install them: \S.* '?caldav\b.* '?keyring\b", done.stderr)
        assert len(vdir(calls)) == 2


class TestLogin:
    def test_the_password_is_tried_and_kept_in_the_keyring(
        self, calls: Path, server: CalendarServer, tmp_path: Path
    ) -> None:
        ring = tmp_path / "ring"
        keyring = {
            "PYTHON_KEYRING_BACKEND": "file_keyring.FileKeyring",
            "FILE_KEYRING": str(ring),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "AFTERCALL_CALDAV_PASSWORD": "",
        }
        (calls / "config.toml").write_text(f'caldav_url = "{server.calendar}"\ncaldav_user = "{USER}"\n')

        for password, code in (("wrong", 9), (PASSWORD, 0)):
            with Terminal("calendar", "login", home=calls, surroundings=keyring) as terminal:
                terminal.see(f"Password of {USER} at {server.calendar}: ")
                terminal.child.sendline(password)
                assert terminal.end() == code
                assert password not in terminal.rest
            assert ring.exists() == (code == 0)

        assert run("calendar", "sync", home=calls, **keyring).code == 0
        assert len(server.names()) == 2
        assert PASSWORD not in (calls / "config.toml").read_text()
        assert PASSWORD.encode() not in (calls / "memos.db").read_bytes()

    def test_without_a_keyring_it_says_what_to_do(self, calls: Path, server: CalendarServer) -> None:
        none = account(server, PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring")

        with Terminal("calendar", "login", home=calls, surroundings=none) as terminal:
            terminal.see("Password of")
            terminal.child.sendline(PASSWORD)
            terminal.see("Set AFTERCALL_CALDAV_PASSWORD instead")
            assert terminal.end() == 1

    def test_without_an_address_it_asks_for_no_password(self, home: Path) -> None:
        done = run("calendar", "login", home=home)

        assert done.code == 2
        assert "caldav_url" in done.lines[0]


class TestByItself:
    """After a memo is confirmed: first the memo, then the calendar, whose trouble is a line."""

    def confirm(self, home: Path, **variables: str) -> str:
        run("jot", "Dana wants the quote. I will call her on 1 December 2031 at 10 am.", home=home)
        with Terminal("review", home=home, surroundings=variables) as terminal:
            terminal.keep_all()
            terminal.name("Dana Whitfield, Brightwater", "312-555-0147")
            terminal.offer()
            terminal.type("y")
            terminal.see("Stored")
            assert terminal.end() == 0
            return terminal.rest

    def test_the_call_stands_in_the_calendar(self, home: Path, server: CalendarServer) -> None:
        said = self.confirm(home, **account(server))

        [name] = server.names()
        assert vdir(home) == [name]
        event = server.event(name)
        assert str(event["SUMMARY"]) == "Call Dana Whitfield (Brightwater)"
        assert event.start.isoformat() == "2031-12-01T10:00:00-05:00"
        assert str(event["URL"]) == "tel:+13125550147"
        assert "Calendar" not in said

    @pytest.mark.parametrize("trouble", ["down", "password", "nonsense"])
    def test_trouble_with_the_calendar_is_a_line_and_the_memo_is_stored(
        self, home: Path, server: CalendarServer, trouble: str
    ) -> None:
        changes = {
            "down": {"AFTERCALL_CALDAV_URL": "http://127.0.0.1:9/"},
            "password": {"AFTERCALL_CALDAV_PASSWORD": "wrong"},
            "nonsense": {"AFTERCALL_CALDAV_URL": f"{server.url}rita/nothing/"},
        }[trouble]

        said = self.confirm(home, **account(server, **changes))

        assert said.count("Calendar: ") == 1
        assert "the changes wait" in said
        assert len(run("list", "--ids", home=home).out.split()) == 1
        assert run("calendar", "sync", home=home, **account(server)).code == 0
        assert len(server.names()) == 1

    def test_a_change_that_is_found_is_told_and_not_asked(
        self, calls: Path, server: CalendarServer, make_memo: Callable[..., ConfirmedMemo]
    ) -> None:
        run("calendar", "sync", home=calls, **account(server))
        server.delete(NAME)

        said = self.confirm(calls, **account(server))

        assert "was deleted, says the calendar server. `aftercall calendar sync` asks what holds." in said
        assert len(server.names()) == 2

    def test_it_can_be_switched_off(self, home: Path) -> None:
        self.confirm(home, AFTERCALL_CALENDAR_FOLDER="no")

        assert not (home / "calendar").exists()


class TestSettings:
    @pytest.mark.parametrize(
        ("name", "value", "right"),
        [
            ("CALDAV_URL", "http://calendar.example.com/", "https://"),
            ("CALDAV_URL", "https://rita:secret@calendar.example.com/", "without user and password"),
            ("CALDAV_URL", "calendar.example.com", "https://"),
            ("CALDAV_URL", "https://[", "https://"),
            ("CALENDAR_ALARM_AT", "nine", "a time of day"),
            ("CALENDAR_ZONE", "Berlin", "Europe/Berlin"),
            ("CALENDAR_ALARM", "-5", "-1"),
        ],
    )
    def test_what_makes_no_sense_is_told(self, home: Path, name: str, value: str, right: str) -> None:
        done = run("config", home=home, **{f"AFTERCALL_{name}": value})

        assert done.code == 2
        assert right in done.lines[0]

    def test_a_password_in_the_settings_file_is_refused_and_not_shown(self, home: Path) -> None:
        home.mkdir()
        (home / "config.toml").write_text('caldav_password = "hunter2"\n')

        done = run("config", home=home)

        assert done.code == 2
        assert "hunter2" not in done.err

    def test_they_say_how_events_are_made(
        self, home: Path, fill: Fill, make_memo: Callable[..., ConfirmedMemo]
    ) -> None:
        fill(
            home,
            make_memo(0, next_call=Promise(date(2026, 12, 1), None, None, "on the first")),
            make_memo(1),
        )
        settings = {"ALARM": "30", "ALARM_AT": "08:15", "MINUTES": "45", "MEMO": "no", "ZONE": "Europe/Berlin"}

        done = run(
            "calendar", "export", "-", home=home, **{f"AFTERCALL_CALENDAR_{name}": settings[name] for name in settings}
        )

        whole_day, timed = icalendar.Calendar.from_ical(done.out).events
        assert whole_day.start == date(2026, 12, 1)
        assert whole_day.walk("VALARM")[0]["TRIGGER"].to_ical() == b"PT8H15M"
        assert timed.start.isoformat() == "2026-12-02T14:30:00+01:00"
        assert timed.end.isoformat() == "2026-12-02T15:15:00+01:00"
        assert timed.walk("VALARM")[0]["TRIGGER"].to_ical() == b"-PT30M"
        assert "fuel" not in timed["DESCRIPTION"]
