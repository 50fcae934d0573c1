"""The line at the bottom of the terminal, and the keys that stop a recording."""

import io
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli import Terminal, plain
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from aftercall.desk.app import App
from aftercall.desk.recording import is_for_later, record
from aftercall.desk.words import clock
from aftercall.terminal.face import TerminalFace
from aftercall.terminal.status_line import StatusLine, meter, meter_of_share
from aftercall.terminal.stop import StopRequest
from capture.decode import decode
from capture.recording import EndedBy
from capture.sources import SampleSource

SAMPLES = Path(__file__).parents[3] / "samples"


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_status_is_written_over_the_one_before_and_cleared_at_the_end() -> None:
    screen = Screen()

    with StatusLine(screen, per_second=1e9) as status:
        status.show("one")
        status.show("two")

    assert "\n" not in screen.getvalue()
    assert screen.getvalue().split("\r") == ["", "one\x1b[K", "two\x1b[K", "\x1b[K"]


def test_a_terminal_that_takes_nothing_does_not_hold_the_program_up() -> None:
    reader, writer = pty.openpty()
    with os.fdopen(writer, "w") as screen, StatusLine(screen, per_second=1e9) as status:
        began = time.monotonic()
        for number in range(2000):  # many times what a terminal holds that nobody reads
            status.show(f"status {number} " + "x" * 60)
        assert time.monotonic() - began < 5.0
    os.close(reader)


def test_statuses_that_come_too_fast_are_passed_over() -> None:
    screen = Screen()

    with StatusLine(screen, per_second=0.001) as status:
        for number in range(1000):
            status.show(str(number))

    assert plain(screen.getvalue()) == "0"


def test_a_status_never_breaks_into_a_second_line() -> None:
    screen = Screen()

    with StatusLine(screen) as status:
        status.show("x" * 10_000)

    assert len(plain(screen.getvalue())) < 1000


@pytest.mark.parametrize("text", ["東京" * 200, "👩‍💻" * 200, "ab東" * 200])
def test_letters_that_take_two_cells_count_as_two(text: str) -> None:
    screen = Screen()

    with StatusLine(screen) as status:
        status.show(text)

    shown = plain(screen.getvalue())
    assert 70 <= cell_len(shown) <= 79


def test_for_a_screen_reader_nothing_is_rewritten() -> None:
    screen = Screen()

    with StatusLine(screen, visible=False) as status:
        status.show("one")

    assert screen.getvalue() == ""


def test_where_nobody_watches_nothing_is_written() -> None:
    stream = io.StringIO()

    with StatusLine(stream) as status:
        status.show("one")

    assert stream.getvalue() == ""


@given(st.floats(allow_nan=False))
def test_a_meter_is_always_as_wide(level: float) -> None:
    assert len(meter(level)) == len(meter_of_share(level)) == 12


def test_a_meter_grows_with_the_level() -> None:
    assert meter(-60) == meter(-200) == meter_of_share(0) == "▯" * 12
    assert meter(-30) == meter_of_share(0.5) == "▮" * 6 + "▯" * 6
    assert meter(0) == meter(3) == meter_of_share(1) == "▮" * 12


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (59.9, "0:59"), (65, "1:05"), (3600, "60:00")])
def test_a_clock_counts_minutes_and_seconds(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_asks_to_stop_instead_of_ending_the_process(name: str) -> None:
    number = getattr(signal, name)
    before = signal.getsignal(number)

    with StopRequest() as asked_to_stop:
        assert asked_to_stop() is None
        os.kill(os.getpid(), number)
        assert asked_to_stop() is EndedBy.INTERRUPT

    assert signal.getsignal(number) is before


_WATCH = """
from aftercall.terminal.stop import StopRequest
with StopRequest() as asked:
    asked.keys_count = True
    print("watching", asked(), flush=True)
    while (why := asked()) is None:
        pass
    print(why.name, flush=True)
"""


@pytest.fixture
def watcher() -> Iterator[tuple[int, "subprocess.Popen[str]"]]:
    """The keyboard of a program that waits until it is asked to stop, and the program."""
    keyboard, terminal = pty.openpty()
    program = subprocess.Popen([sys.executable, "-c", _WATCH], stdin=terminal, stdout=subprocess.PIPE, encoding="utf-8")
    os.close(terminal)
    yield keyboard, program
    program.kill()
    program.communicate()
    os.close(keyboard)


@pytest.mark.parametrize(("key", "why"), [(b"\n", "ENTER"), (b"\r", "ENTER"), (b"l", "LATER")])
def test_a_key_asks_to_stop_and_others_do_not(
    watcher: tuple[int, "subprocess.Popen[str]"], key: bytes, why: str
) -> None:
    keyboard, program = watcher
    assert program.stdout is not None
    assert program.stdout.readline() == "watching None\n"

    os.write(keyboard, b"words")
    os.write(keyboard, key)

    assert program.stdout.readline() == f"{why}\n"
    assert program.wait(10) == 0


def test_what_is_asked_while_the_end_is_written_counts(tmp_path: Path) -> None:
    class SlowDisk(SampleSource):
        """Ctrl-C is pressed after the last word was taken, before it is all on the disk."""

        def __exit__(self, *why: object) -> None:
            os.kill(os.getpid(), signal.SIGINT)

    app = App.start({"AFTERCALL_HOME": str(tmp_path / "home")}, lambda settings: TerminalFace(plain=settings.plain))
    source = SlowDisk(decode(SAMPLES / "plain.flac", 60).pcm, "file: plain.flac")

    outcome = record(app, source, live=False)

    assert outcome.recording.ended_by is EndedBy.INTERRUPT
    assert is_for_later(outcome)
    assert outcome.recording.duration == pytest.approx(17.4, abs=3.0)


@pytest.mark.real_time
def test_the_greatest_length_is_announced_before_it_ends_a_memo_and_said_after(home: Path) -> None:
    spoken = ["--from", SAMPLES / "plain.flac", "--realtime", "--later"]
    with Terminal("record", *spoken, "--max-seconds", "6", home=home) as terminal:
        terminal.see("Speak now")
        terminal.see("4 s left")
        terminal.see("1 s left")
        terminal.see("It was ended at its greatest length, 0:06; `max_seconds` in the settings.")
        assert terminal.end() == 0


def test_a_longer_memo_is_announced_nothing_before_its_last_half_minute(home: Path) -> None:
    spoken = ["--from", SAMPLES / "plain.flac", "--later"]
    with Terminal("record", *spoken, "--max-seconds", "60", home=home) as terminal:
        assert terminal.end() == 0
    assert " s left" not in terminal.everything
    assert "greatest length" not in terminal.everything


def test_ctrl_c_while_keys_are_looked_for_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> str:
        os.kill(os.getpid(), signal.SIGINT)
        return ""

    monkeypatch.setattr("aftercall.terminal.stop.keys_pressed", interrupted)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    with StopRequest() as keys:
        keys.keys_count = keys._watch_keys = True
        assert keys() is EndedBy.INTERRUPT
