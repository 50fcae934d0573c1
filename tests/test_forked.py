"""A run of the program that is forked is the one that starts from nothing: what the tests of the commands rest on."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pexpect
import psutil
import pytest
from cli import AFTERCALL, Terminal, environment, run
from forked import Forks

FORKS = Forks()


def from_nothing(*arguments: str, home: Path, given: str = "", **variables: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [*AFTERCALL, *arguments],
        env=environment(home, **variables),
        input=given,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    return done.returncode, done.stdout, done.stderr


def forked(*arguments: str, home: Path, given: str = "", **variables: str) -> tuple[int, str, str]:
    surroundings = environment(home, **variables)
    assert FORKS.can_run(surroundings, given)
    done = FORKS.run(arguments, surroundings, given, 120)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("arguments", "given", "variables"),
    [
        (["--help"], "", {}),
        (["list"], "", {}),
        (["list", "--limit", "0"], "", {}),
        (["serch"], "", {}),
        (["jot"], "", {}),
        (["jot", "-"], "", {}),
        (["when", "I'll call her tomorrow at half past two"], "", {"TZ": "Asia/Kolkata"}),
        (["when", "Ich rufe sie am Dienstag um zehn an"], "", {"AFTERCALL_LANGUAGE": "de"}),
        (["config"], "", {"AFTERCALL_READER": "J\xfcrgen", "XDG_CACHE_HOME": "/nowhere"}),
        (["config"], "", {"AFTERCALL_END_SILENCE": "soon"}),
        (["review"], "y\n" * 1000, {}),
        (["import", "nowhere.wav"], "", {}),
        (["record", "--device", "none"], "", {"PULSE_SERVER": "unix:/nowhere"}),
    ],
)
def test_it_says_and_ends_the_same(home: Path, arguments: list[str], given: str, variables: dict[str, str]) -> None:
    expected = from_nothing(*arguments, home=home, given=given, **variables)

    assert forked(*arguments, home=home, given=given, **variables) == expected


@pytest.mark.parametrize(
    ("arguments", "sees", "keys"),
    [
        (["list"], "", ""),
        (["when", "tomorrow at ten"], "", ""),
        (["review"], "1 of 2", "q"),
        (["review"], "1 of 2", "\x03"),
        (["review"], "1 of 2", "?q"),
        (["review", "--plain"], "1 of 2", "e\x04"),
        (["purge", "--help"], "", ""),
    ],
)
def test_at_a_terminal_it_shows_and_ends_the_same(home: Path, arguments: list[str], sees: str, keys: str) -> None:
    run("jot", "She liked it. Call her on Tuesday at ten.", home=home)

    def shown(*, from_nothing: bool) -> tuple[int, str]:
        with Terminal(*arguments, home=home, from_nothing=from_nothing) as terminal:
            terminal.see(sees)
            for key in keys:
                terminal.type(key) if arguments != ["review", "--plain"] or key == "e" else terminal.child.send(key)
                time.sleep(0.5)
            return terminal.end(), terminal.everything

    assert shown(from_nothing=False) == shown(from_nothing=True)


def test_at_a_terminal_it_is_a_child_that_leads_a_session_of_its_own(home: Path) -> None:
    run("jot", "She liked it.", home=home)
    with Terminal("review", home=home) as terminal:
        terminal.see("1 of 1")
        process = psutil.Process(terminal.child.pid)
        assert process.ppid() == os.getpid()
        assert os.getsid(process.pid) == os.getpgid(process.pid) == process.pid
        assert os.tcgetpgrp(terminal.child.fileno()) == process.pid
        assert process.terminal() is not None
        assert terminal.child.getwinsize() == (40, 400)

        terminal.child.kill(signal.SIGKILL)
        terminal.child.expect(pexpect.EOF)
        terminal.child.wait()
        assert terminal.child.signalstatus == signal.SIGKILL
    with Terminal("review", home=home) as terminal:
        terminal.see("1 of 1")
        terminal.hang_up()


def test_one_leaves_nothing_to_the_next(home: Path) -> None:
    def folders(**variables: str) -> str:
        return forked("config", home=home, **variables)[1]

    first = folders()
    assert folders(AFTERCALL_MODEL="tiny.en") != first
    assert folders() == first


def test_where_the_interpreter_would_start_otherwise_it_is_not_forked(home: Path) -> None:
    assert FORKS.can_run(environment(home), "")
    for variable in ("PYTHONPATH", "PYTHONUTF8", "LC_ALL", "LANG"):
        assert not FORKS.can_run(environment(home, **{variable: "x"}), "")
    assert not FORKS.can_run(environment(home), "y\n" * 100_000)


def test_one_that_takes_too_long_is_killed_and_the_next_one_runs(home: Path, sample: object) -> None:
    assert callable(sample)
    began = time.monotonic()
    surroundings = environment(home)

    with pytest.raises(subprocess.TimeoutExpired):
        FORKS.run(["record", "--from", str(sample("long")), "--realtime", "--later"], surroundings, "", 1.0)

    assert time.monotonic() - began < 30
    assert forked("inbox", "--ids", home=home)[0] == 0
