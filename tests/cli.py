"""The command line as a rep meets it: run with pipes, or at a pseudo-terminal."""

import os
import re
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import pexpect
from forked import Forks
from ptyprocess import PtyProcess
from virtual_microphone import VirtualMicrophone

from review.reading import shortest_reading

AFTERCALL: Final = (sys.executable, "-m", "aftercall")

_forks: Final = cache(Forks)
"""By the words that they are started with."""

_ESCAPES: Final = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07|[=>])")
_SENTENCE: Final = r"(\d+) of (\d+)   Enter keep[^\n]*\n((?:[^\r\n]*[^\s][^\n]*\n)+)\r?\n"
"""However many lines it takes, up to an empty one."""
_OUTCOME: Final = (r"What became of the call\?[^\n]*\n", r"The call  ([^\n]*)\n[^\n]*q later")
_PROMISED: Final = r"You promised[^\n]*\n(.*?)Enter yes[^\n]*q later"
_OFFER: Final = r"Next call  ([^\n]*)\n.*?q later"


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """What it said, line by line."""
        return self.err.splitlines()


def environment(home: Path, **more: str) -> dict[str, str]:
    """The surroundings of a command: this home, none of the tester's own settings, and ``more``.

    Without the line about waiting memos, which every command may end with, and without the tone, which a virtual
    microphone would hear; nothing rings. Silence ends a memo without an offer, which has tests of its own. The size of
    the terminal is that of the test's own, not of the tester's.
    """
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("AFTERCALL_") and name not in {"COLUMNS", "LINES"}
    }
    settings = {
        "LOCALE": "en-US",
        "COUNTRY": "US",
        "READER": "Rita",
        "REMINDER": "no",
        "CUE": "no",
        "END_SILENCE": "2.5",
        "CLOSING_SILENCE": "2.5",
        "RING": "no",
        "EVENING_REMINDER": "",
    }
    ours = {f"AFTERCALL_{name}": value for name, value in settings.items()}
    return inherited | ours | {"AFTERCALL_HOME": str(home), "TERM": "xterm", "PYTHONUTF8": "1"} | more


def run(
    *arguments: str | Path,
    home: Path,
    stdin: str | None = None,
    seconds: float = 120,
    started: tuple[str, ...] = (),
    **variables: str,
) -> Done:
    """Run a command to its end. Without ``stdin`` its input is empty; never is it a terminal.

    `started`: the words of the program that starts it, with limits for instance.
    """
    words, surroundings, given = [*map(str, arguments)], environment(home, **variables), stdin or ""
    forks = _forks(started)
    if forks.can_run(surroundings, given):
        done = forks.run(words, surroundings, given, seconds)
    else:
        done = subprocess.run(
            [*started, *AFTERCALL, *words],
            env=surroundings,
            input=given,
            capture_output=True,
            encoding="utf-8",
            timeout=seconds,
        )
    assert "Traceback" not in done.stderr, done.stderr
    assert not set(done.stderr) & set("\x1b\x07\u202e"), done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


def hearing(microphone: VirtualMicrophone) -> dict[str, str]:
    """What a command needs in its environment to hear that microphone."""
    return {name: value for name, value in microphone.environment.items() if name.startswith("PULSE_")}


class _Spawn(pexpect.spawn):
    """A pexpect child that is forked where that is the same."""

    def _spawnpty(self, args: list[bytes], **how: Any) -> PtyProcess:
        surroundings = how["env"]
        forks = _forks(())
        if not forks.can_run(surroundings, ""):
            return PtyProcess.spawn(args, **how)
        ours, terminal = os.openpty()
        termios.tcsetwinsize(terminal, how["dimensions"])
        process = forks.begin_at(terminal, [*map(os.fsdecode, args[len(AFTERCALL) :])], surroundings)
        os.close(terminal)
        return PtyProcess(process, ours)


class Terminal:
    """A command at a pseudo-terminal, wide enough that no sentence is broken. A context manager: it ends with it.

    :param from_nothing: whether the interpreter is started for it, where it matters that this takes its time.
    """

    def __init__(
        self,
        *arguments: str | Path,
        home: Path,
        surroundings: Mapping[str, str] | None = None,
        seconds: float = 30,
        from_nothing: bool = False,
    ) -> None:
        spawn = pexpect.spawn if from_nothing else _Spawn
        self.child = spawn(
            AFTERCALL[0],
            [*AFTERCALL[1:], *map(str, arguments)],
            env=environment(home, **(surroundings or {})),
            encoding="utf-8",
            timeout=seconds,
            dimensions=(40, 400),
        )
        self.child.delaybeforesend = None
        self._log = StringIO()
        self.child.logfile_read = self._log

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self.child.closed:
            self.child.close(force=True)

    def hang_up(self) -> None:
        """Close the terminal, as by the cross in the corner of its window, and wait until the program is gone."""
        process = self.child.ptyproc
        process.fileobj.close()
        deadline = time.monotonic() + 20
        while process.isalive():
            assert time.monotonic() < deadline, "the program goes on without a terminal"
            time.sleep(0.01)
        process.closed = self.child.closed = True

    def flood(self, key: str, seconds: float = 1.0) -> None:
        """Send far more keys than a person can press, a thousand at once and again and again; returns once the program
        has answered them all."""
        deadline = time.monotonic() + seconds
        self.type(key * 1000)
        while time.monotonic() < deadline:
            self.child.send(key * 10)
            self.child.expect(pexpect.TIMEOUT, timeout=0.05)
        while self.child.expect([pexpect.TIMEOUT, ".+"], timeout=0.5):
            pass

    def see(self, *patterns: Any) -> int:
        """Wait until one of the patterns is on the screen, after what was seen before; says which."""
        return int(self.child.expect(list(patterns)))

    def type(self, keys: str) -> None:
        """Type once the program listens: what is typed before that does not count, on purpose."""
        deadline = time.monotonic() + 10
        while termios.tcgetattr(self.child.fileno())[3] & termios.ICANON:
            assert time.monotonic() < deadline, "the program does not listen"
            time.sleep(0.005)
        self.child.send(keys)

    def read(self, text: str) -> None:
        """Let as much time go by as reading ``text`` takes at the least."""
        time.sleep(shortest_reading(text) + 0.1)

    def sentence(self) -> str:
        """Wait for the next sentence, and read it."""
        self.see(_SENTENCE)
        text = one_line(self.child.match[3])
        self.read(text)
        return text

    def keep_all(self) -> list[str]:
        """Read and keep every sentence, and what was heard of the call; returns the sentences as shown."""
        sentences = []
        while (seen := self.see(_SENTENCE, *_OUTCOME)) == 0:
            text = one_line(self.child.match[3])
            self.read(text)
            self.type("\r")
            sentences.append(text)
        self._say_what_became_of_the_call(offered=seen == 2)
        return sentences

    def _say_what_became_of_the_call(self, *, offered: bool) -> None:
        """Keep what is offered; where nothing is, the contact was reached."""
        if offered:
            self.read(plain(self.child.match[1]))
        self.type("\r" if offered else "r")

    def whom(self) -> None:
        """Wait for the question for the contact, past that for the outcome where it is still up."""
        if seen := self.see("contact:", *_OUTCOME):
            self._say_what_became_of_the_call(offered=seen == 2)
            self.see("contact:")

    def name(self, contact: str, number: str) -> None:
        """Answer whom it was with, in the place of whom is filled in; an empty name takes that as it stands."""
        self.whom()
        self.type(f"\x15{contact}\r" if contact else "\r")
        if contact:
            self.see("number to dial:")
            self.type(f"\x15{number}\r")

    def name_nobody(self) -> None:
        """Answer that it was with nobody, whoever is filled in."""
        self.whom()
        self.type("\x15\r")

    def see_past_promises(self, *patterns: str) -> int:
        """The same as `see`; what was promised besides the next call is kept on the way."""
        while (seen := self.see(*patterns, f"(?s){_PROMISED}")) == len(patterns):
            self.read(plain(self.child.match[1]))
            self.type("\r")
        return seen

    def offer(self) -> str:
        """Wait for the next call that is offered, and read it; what else was promised is kept on the way."""
        self.see_past_promises(f"(?s){_OFFER}")
        text = plain(self.child.match[1]).strip()
        self.read(text)
        return text

    def end(self) -> int:
        """Wait for the end; the exit code. What was not seen yet is in ``child.before``."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        assert self.child.exitstatus is not None, f"ended by signal {self.child.signalstatus}"
        return int(self.child.exitstatus)

    @property
    def everything(self) -> str:
        """All that the program wrote, as it wrote it."""
        return self._log.getvalue()

    @property
    def rest(self) -> str:
        """What was shown before what was last seen, without colours and cursor movements."""
        return plain(str(self.child.before))


def one_line(text: str) -> str:
    """What a terminal shows on several lines, as it was before it was broken."""
    return " ".join(plain(text).split())


def plain(text: str) -> str:
    """Without the terminal's escape sequences."""
    return _ESCAPES.sub("", text).replace("\r", "")
