"""Ctrl-Z and ``fg``: the shell has its terminal as it was, and after it the keys of the program work as before."""

import signal
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pytest
from cli import AFTERCALL, environment, hearing, run
from virtual_microphone import DEVICE, VirtualMicrophone

Sample = Callable[[str], Path]

_SHELLS = [["sh"], ["bash", "--norc", "--noprofile"]]
"""One that leaves the terminal as a program that was stopped left it, and one that sets it by itself."""


class Shell:
    """An interactive shell at a pseudo-terminal, which is asked to run one of our commands."""

    def __init__(self, command: list[str], surroundings: dict[str, str]) -> None:
        self.child = pexpect.spawn(
            command[0],
            [*command[1:], "-i"],
            env=surroundings | {"PS1": "ready> ", "ENV": ""},
            encoding="utf-8",
            timeout=30,
            dimensions=(40, 400),
        )
        self.child.delaybeforesend = None
        self.child.expect("ready> ")

    def run(self, *arguments: str) -> None:
        self.child.sendline(" ".join([*AFTERCALL, *arguments]))

    def suspend(self) -> None:
        """Press Ctrl-Z, and wait until the shell is back."""
        self.listens()
        self.child.send("\x1a")
        self.child.expect("Stopped")
        self.child.expect("ready> ")

    def listens(self) -> None:
        """Wait until keys come one by one."""
        deadline = time.monotonic() + 10
        while self._modes & termios.ICANON:
            assert time.monotonic() < deadline, "the program does not listen"
            time.sleep(0.005)

    def go_on(self) -> None:
        self.child.sendline("fg")
        self.child.expect("fg")
        time.sleep(0.5)
        self.listens()

    @property
    def echoes(self) -> bool:
        return bool(self._modes & termios.ECHO and self._modes & termios.ICANON)

    @property
    def _modes(self) -> int:
        return int(termios.tcgetattr(self.child.fileno())[3])


@contextmanager
def shell(command: list[str], home: Path, **more: str) -> Iterator[Shell]:
    opened = Shell(command, environment(home, **more))
    try:
        yield opened
    finally:
        opened.child.close(force=True)


@pytest.mark.parametrize("command", _SHELLS, ids=["sh", "bash"])
def test_in_the_reading_the_next_key_answers_the_sentence(home: Path, command: list[str]) -> None:
    run("jot", "She liked the demo. He paid. We talk on Friday.", home=home)
    with shell(command, home) as terminal:
        terminal.run("review")
        terminal.child.expect("1 of 3")
        terminal.suspend()
        if command == ["sh"]:
            assert terminal.echoes, "the shell would not show what is typed"

        terminal.go_on()
        time.sleep(1.0)
        terminal.child.send("k")

        terminal.child.expect("2 of 3")
        terminal.listens()
        terminal.child.send("q")
        terminal.child.expect("Nothing is lost")
        terminal.child.expect("ready> ")


def test_stopped_and_set_back_from_outside_the_keys_work_as_well(home: Path) -> None:
    """As by a shell that has had the terminal in the meantime, without Ctrl-Z."""
    run("jot", "She liked the demo. He paid.", home=home)
    child = pexpect.spawn(AFTERCALL[0], [*AFTERCALL[1:], "review"], env=environment(home), encoding="utf-8", timeout=30)
    try:
        cooked = termios.tcgetattr(child.fileno())
        child.expect("1 of 2")
        deadline = time.monotonic() + 10
        while termios.tcgetattr(child.fileno())[3] & termios.ICANON:
            assert time.monotonic() < deadline
            time.sleep(0.005)
        child.kill(signal.SIGSTOP)
        termios.tcsetattr(child.fileno(), termios.TCSANOW, cooked)
        time.sleep(1.5)
        child.kill(signal.SIGCONT)
        deadline = time.monotonic() + 20
        while termios.tcgetattr(child.fileno())[3] & termios.ICANON:
            assert time.monotonic() < deadline
            time.sleep(0.005)
        child.send("k")
        child.expect("2 of 2")
    finally:
        child.close(force=True)


@pytest.mark.parametrize("command", _SHELLS, ids=["sh", "bash"])
def test_in_a_recording_the_key_that_ends_it_does_so(
    virtual_microphone: VirtualMicrophone, sample: Sample, home: Path, command: list[str]
) -> None:
    settings = hearing(virtual_microphone) | {"AFTERCALL_CLOSING_SILENCE": "60", "AFTERCALL_NO_SPEECH": "60"}
    with shell(command, home, **settings) as terminal:
        terminal.run("record", "--device", DEVICE, "--later")
        terminal.child.expect("Speak now")
        virtual_microphone.play(sample("no-next-call"))
        time.sleep(2.0)
        terminal.suspend()
        time.sleep(1.0)

        terminal.go_on()
        time.sleep(1.0)
        terminal.child.send("\r")

        terminal.child.expect("Recorded ")
        terminal.child.expect("ready> ")
    assert list((home / "inbox").glob("*.wav"))
