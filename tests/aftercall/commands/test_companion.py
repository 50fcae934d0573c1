"""The companion at work: what falls into a folder waits to be read, a recording begins and ends from anywhere."""

import json
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cli import AFTERCALL, Terminal, environment, hearing, run
from clock import BEGINNING, at
from pexpect import TIMEOUT
from postgres_server import PostgresServer
from talks import DANA, talk
from team_reps import make_book
from virtual_microphone import DEVICE, VirtualMicrophone

from aftercall.desk.companion.control import ask
from aftercall.desk.home import Home
from memos.models import Promise

Sample = Callable[[str], Path]

NOBODY_HEARS = {"AFTERCALL_HANG_UPS": "no"}


def waiting(home: Path) -> list[dict[str, object]]:
    return list(json.loads(run("inbox", "--json", home=home).out))


def status(home: Path, **variables: str) -> dict[str, object]:
    done = run("status", "--json", home=home, **variables)
    assert done.err == ""
    return dict(json.loads(done.out))


def wait_until(what: Callable[[], object], seconds: float = 60) -> None:
    give_up = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < give_up, "it did not come to be so"
        time.sleep(0.1)


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A runtime folder of the test's own; the path of a socket has room for about a hundred characters."""
    with tempfile.TemporaryDirectory(prefix="run-") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


@pytest.mark.usefixtures("runtime")
class TestFolders:
    def test_what_falls_into_a_folder_is_transcribed_and_waits(
        self, home: Path, tmp_path: Path, sample: Sample
    ) -> None:
        folder = tmp_path / "phone"
        folder.mkdir()
        surroundings = NOBODY_HEARS | {"AFTERCALL_MEMO_FOLDERS": str(folder)}
        with Terminal("watch", home=home, surroundings=surroundings, seconds=120) as terminal:
            terminal.see("Waiting")
            shutil.copy(sample("plain"), folder / "Recording 20261121 164005.flac")
            terminal.see("Fetched: .* waits to be read")
            terminal.child.sendintr()
            terminal.end()
        [memo] = waiting(home)
        assert memo["stage"] == "transcribed"
        assert str(memo["spoken_at"]).startswith("2026-06-09T10:42:00"), "the file's own time goes before its name"
        assert "Laura" in str(memo["heard"])

    def test_it_is_asked_once_what_is_to_become_of_what_is_there(
        self, home: Path, tmp_path: Path, sample: Sample
    ) -> None:
        folder = tmp_path / "phone"
        folder.mkdir()
        shutil.copy(sample("plain"), folder / "old.flac")
        surroundings = NOBODY_HEARS | {"AFTERCALL_MEMO_FOLDERS": str(folder)}
        with Terminal("watch", home=home, surroundings=surroundings) as terminal:
            terminal.see("holds 1 sound files already. Fetch them, too?")
            terminal.child.sendline("n")
            terminal.see("Waiting")
        with Terminal("watch", home=home, surroundings=surroundings) as terminal:
            assert terminal.see("Fetch them, too", "Waiting") == 1
        with Terminal("watch", "--fetch-old", home=home, surroundings=surroundings, seconds=120) as terminal:
            terminal.see("Fetched")
        assert len(waiting(home)) == 1

    def test_import_tells_what_became_of_each_file(self, home: Path, tmp_path: Path, sample: Sample) -> None:
        cut = tmp_path / "cut.flac"
        cut.write_bytes(sample("plain").read_bytes()[:-20_000])
        (tmp_path / "none.m4a").write_text("nothing")
        files = [sample("plain"), sample("plain"), cut, tmp_path / "none.m4a"]
        done = run("import", "--nl", "--if-whole", *files, home=home)
        assert done.code == 1
        rows = [json.loads(line) for line in done.out.splitlines()]
        assert [(row["new"], row["whole"], row["refused"] is None) for row in rows] == [
            (True, True, True),
            (False, True, True),
            (False, False, False),
            (False, True, False),
        ]
        assert rows[0]["id"] == rows[1]["id"]
        assert [memo["stage"] for memo in waiting(home)] == ["recorded"]


@pytest.mark.usefixtures("runtime")
def test_it_rings_when_the_time_has_come(
    home: Path, fill: Callable[..., None], make_memo: Callable[..., object]
) -> None:
    """Where there is no desktop: in the terminal, with its bell."""
    moment = BEGINNING.replace(hour=14, minute=30)
    fill(home, make_memo(0, next_call=Promise(moment.date(), moment.time(), None, "at half past two")))
    surroundings = NOBODY_HEARS | {"AFTERCALL_RING": "yes", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus"}
    with Terminal("watch", home=home, surroundings=surroundings | at(moment - timedelta(seconds=8))) as terminal:
        terminal.see("Waiting")
        terminal.see("\a")
        terminal.see("Call Contact 0")
        assert terminal.see("Hello Contact") == 0
    with Terminal("watch", home=home, surroundings=surroundings | at(moment + timedelta(minutes=1))) as terminal:
        terminal.see("Waiting")
        terminal.child.timeout = 8
        assert terminal.see("Call Contact 0", TIMEOUT) == 1


@pytest.mark.usefixtures("runtime")
def test_it_keeps_in_step_with_the_team_and_goes_on_when_the_server_is_gone(
    postgres: PostgresServer, home: Path, tmp_path: Path, fill: Callable[..., None]
) -> None:
    book = make_book(postgres)
    others = tmp_path / "ben"
    fill(others)
    fill(home)
    for name, where in (("ana", home), ("ben", others)):
        assert run("team", "join", postgres.url(book, name), "--as", name.title(), home=where).code == 0
    with Terminal("watch", home=home, surroundings=NOBODY_HEARS) as terminal:
        terminal.see("Waiting")
        fill(others, talk(1, DANA, "Heard by Ben.", end="0001"))
        assert run("team", "sync", home=others).code == 0
        wait_until(lambda: "Heard by Ben." in run("brief", "Dana", "--json", home=home).out)
        postgres.stop()
        try:
            terminal.see("Team: .*(cannot be reached|shutting down)")
            assert status(home)["recording"] is False
            terminal.child.timeout = 5
            assert terminal.see("Team: ", TIMEOUT) == 1
        finally:
            postgres.start()
        terminal.child.sendintr()
        assert terminal.end() in {0, 130}


@pytest.mark.usefixtures("runtime")
class TestToggle:
    def test_the_companion_begins_a_recording_and_it_is_ended_from_elsewhere(
        self, virtual_microphone: VirtualMicrophone, sample: Sample, home: Path
    ) -> None:
        surroundings = hearing(virtual_microphone) | NOBODY_HEARS
        with Terminal(
            "watch", "--later", "--device", DEVICE, home=home, surroundings=surroundings, seconds=90
        ) as terminal:
            terminal.see("Waiting")
            assert status(home)["recording"] is False
            assert run("toggle", "--number", "+1 512 555 0143", home=home).lines == ["A recording begins."]
            terminal.see("Speak now")
            player = virtual_microphone.play(sample("plain"))
            time.sleep(4)
            now = status(home)
            assert now["recording"] is True
            assert now["contact"] == "+15125550143"
            assert 2 <= int(str(now["seconds"])) < 30
            assert run("toggle", home=home).lines == ["The recording is ended."]
            terminal.see("Waiting")
            player.kill()
        assert not list((home / "inbox").glob(".*.stop"))
        [memo] = waiting(home)
        assert memo["contact_hint"] == "+15125550143"
        assert status(home)["waiting"] == 1

    def test_it_ends_a_recording_that_another_command_makes(
        self, virtual_microphone: VirtualMicrophone, sample: Sample, home: Path
    ) -> None:
        with Terminal(
            "record", "--later", "--device", DEVICE, home=home, surroundings=hearing(virtual_microphone)
        ) as terminal:
            terminal.see("Speak now")
            player = virtual_microphone.play(sample("plain"))
            time.sleep(2)
            assert run("toggle", home=home).lines == ["The recording is ended."]
            terminal.see("Recorded")
            assert terminal.end() == 0
            player.kill()
        assert len(waiting(home)) == 1

    def test_without_a_companion_it_opens_a_terminal(self, home: Path, tmp_path: Path) -> None:
        program = tmp_path / "my-terminal"
        program.write_text(
            f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/asked.part\nmv {tmp_path}/asked.part {tmp_path}/asked\n'
        )
        program.chmod(0o700)
        done = run(
            "toggle", "--contact", "Dana Whitfield", "--number", "+15125550143", home=home, TERMINAL=str(program)
        )
        assert done.lines == ["A recording begins in a new terminal."]
        wait_until((tmp_path / "asked").exists)
        asked = (tmp_path / "asked").read_text().splitlines()
        assert asked == ["-e", *AFTERCALL, "record", "--contact", "Dana Whitfield", "--number", "+15125550143"]

    def test_a_terminal_that_does_not_open_is_told_and_no_recording_is_said_to_begin(
        self, home: Path, tmp_path: Path
    ) -> None:
        program = tmp_path / "no-screen"
        program.write_text("#!/bin/sh\nexit 1\n")
        program.chmod(0o700)
        done = run("toggle", home=home, TERMINAL=str(program))
        assert (done.code, done.out) == (1, "")
        assert done.lines == ["no-screen opened no terminal: there may be no screen here."]

    def test_without_any_terminal_a_line_says_so(self, home: Path, tmp_path: Path) -> None:
        done = run("toggle", home=home, PATH=str(tmp_path))
        assert done.code == 1
        assert len(done.lines) == 1
        assert "no terminal" in done.lines[0]

    def test_nobody_without_the_key_is_answered_and_those_with_it_still_are(self, home: Path, runtime: Path) -> None:
        with Terminal("watch", home=home, surroundings=NOBODY_HEARS) as terminal:
            terminal.see("Waiting")
            key = home / "companion" / "key"
            [socket] = (runtime / "aftercall").glob("*.sock")
            assert stat.S_IMODE(key.stat().st_mode) == 0o600
            assert stat.S_IMODE((runtime / "aftercall").stat().st_mode) == 0o700
            right = key.read_bytes()
            here = Home.find(environment(home))
            key.write_bytes(bytes(32))
            assert ask(here, {"do": "nothing"}) is None
            key.write_bytes(right)
            assert ask(here, {"do": "nothing"}) == {"done": False}
        assert ask(here, {"do": "nothing"}) is None
        assert socket.name.endswith(".sock")


def test_the_status_counts_what_waits_and_what_is_due(home: Path, fill: Callable[..., None]) -> None:
    fill(home, 0, 1, 2)  # due from 1 December 2026 on, a day apart
    before, later = (at(datetime(2026, *day, 11, tzinfo=BEGINNING.tzinfo)) for day in ((11, 30), (12, 2)))
    assert status(home, **before) == {"recording": False, "seconds": None, "contact": None, "waiting": 0, "due": 0}
    assert run("status", home=home, **before).out == "nothing waits\n"
    assert run("status", home=home, **later).out == "2 due\n"


def test_the_status_loads_nothing_that_it_does_not_need(home: Path, fill: Callable[..., None]) -> None:
    """It is asked every second."""
    fill(home, 1)
    code = (
        "import sys; from aftercall.__main__ import main; sys.argv = ['aftercall', 'status', '--json']\n"
        "try: main()\n"
        "finally: print(*sorted(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(home), capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    heavy = {"numpy", "torch", "av", "sounddevice", "rich", "prompt_toolkit", "sqlite_utils", "phonenumbers", "asyncio"}
    assert not loaded & heavy, loaded & heavy
