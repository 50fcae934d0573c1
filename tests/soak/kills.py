"""SIGKILL at any moment of a memo's way, from the start of the process to its end at a pseudo-terminal."""

import os
import random
import shutil
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Final

import pexpect
from checks import look, missing_seconds, next_command, wait_until
from cli import Terminal
from memo import Memo, surroundings
from report import Row

MOST_MISSING: Final = 1.0
"""Seconds of sound that a kill may cost."""

AT_ONCE: Final = 2

SHARES: Final = {
    "starting": 8,
    "recording": 27,
    "recording at full speed": 5,
    "finishing": 18,
    "transcribing": 8,
    "reading": 12,
    "storing": 22,
}
"""Of a hundred kills, how many fall into which stretch."""

_REALTIME: Final = ("starting", "recording")
_SLACK: Final = 1.2
"""How much longer than in the run that was timed a stretch may take while two runs share the machine."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When to kill: so long after the stretch has begun, in shares of how long it took when it was timed."""

    stretch: str
    share: float


class Doomed(Terminal):
    """``aftercall record`` at a pseudo-terminal, until it is killed."""

    def __init__(self, memo: Memo, home: Path, env: dict[str, str], realtime: bool) -> None:
        self.killed_at: datetime | None = None
        self.began: dict[str, float] = {}
        self.stored = False
        self._timer: threading.Timer | None = None
        pace = ["--realtime"] if realtime else []
        arguments = ("record", "--from", memo.path, "--contact", "Laura Bennett", *pace)
        self.began["starting"] = time.monotonic()
        super().__init__(*arguments, home=home, surroundings=env, seconds=60)
        self._home = home

    def kill_in(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._kill)
        self._timer.start()

    def _kill(self) -> None:
        os.kill(self.child.pid, signal.SIGKILL)
        self.killed_at = datetime.now(UTC)

    def walk(self, memo: Memo, reached: Callable[[str], None]) -> None:
        """Go the whole way, saying which stretch begins; ends early when it is killed."""

        def begins(stretch: str) -> None:
            self.began[stretch] = time.monotonic()
            reached(stretch)

        try:
            reached("starting")
            self.see("Speak now")
            begins("recording")
            begins("recording at full speed")
            wait_until(lambda: self.killed_at or self._all_written(len(memo.pcm)), 60)
            begins("finishing")
            self.see("Recorded ")
            begins("transcribing")
            self.see("Enter keep")
            begins("reading")
            self.keep_all_from_here()
            self.name("", "")  # Enter alone takes what --contact said
            self.see("number to dial:")
            self.type("312-555-0147\r")
            self.offer()
            self.type("y")
            begins("storing")
            self.see("Stored. ")
            self.stored = True
            reached("stored")
            self.child.expect(pexpect.EOF)
        except (pexpect.EOF, OSError, AssertionError):
            if self.killed_at is None and not self._timer_is_near():
                raise
        finally:
            if self._timer is not None:
                self._timer.cancel()
                self._timer.join()

    def _timer_is_near(self) -> bool:
        """Whether the end that was seen may be that of a kill whose time is being taken just now."""
        return wait_until(lambda: self.killed_at, 0.2)

    def keep_all_from_here(self) -> None:
        """Read and keep each sentence."""
        while True:
            self.see(r"[^\n]*\n([^\n]*)\n")
            self.read(str(self.child.match[1]))
            self.type("\r")
            if self.see("Enter keep", "What became of the call|The call  ") == 1:
                self.type("r")
                return

    def _all_written(self, size: int) -> bool:
        inbox = self._home / "inbox"
        return any(path.stat().st_size >= size for path in inbox.glob("*.part")) or any(inbox.glob("*.wav"))

    def was_killed(self) -> bool:
        """Wait for its end; whether that was ours."""
        self.child.close(force=True)
        return self.child.signalstatus == signal.SIGKILL and self.killed_at is not None


class Killing:
    """Kills runs at planned moments, and looks at what the next command finds."""

    def __init__(self, folder: Path, memo: Memo, seed: int) -> None:
        self._folder = folder
        self._memo = memo
        self._random = random.Random(seed)
        self._env = surroundings(folder)
        self._lasts: dict[str, float] = {}
        self._worst = 0.0
        self._ends: Counter[str] = Counter()

    def time_a_whole_run(self) -> Row:
        """Go the whole way once, unharmed, for each pace; how long each stretch takes comes from here."""
        faults = []
        for realtime in (False, True):
            home = self._folder / f"timed-{realtime}"
            with Doomed(self._memo, home, self._env, realtime) as terminal:
                terminal.walk(self._memo, lambda stretch: None)
                ended = time.monotonic()
            other = {"recording at full speed" if realtime else "recording"}
            began = [(each, at) for each, at in terminal.began.items() if each not in other]
            for (stretch, at), (_, then) in pairwise([*began, ("", ended)]):
                self._lasts[stretch] = max(self._lasts.get(stretch, 0.0), then - at)
            found = next_command(home, look(home), self._memo.pcm)
            faults += found.faults
            if len(found.stored) != 1 or found.kept != self._memo.pcm:
                faults.append("a run that nobody harmed did not store its memo whole")
        note = ", ".join(f"{stretch} {seconds:.2f} s" for stretch, seconds in self._lasts.items())
        return Row("the whole way, unharmed", 2, faults, note)

    def kill(self, times: int) -> Row:
        """Kill so many runs, two at a time."""
        moments = [
            Moment(stretch, self._random.random())
            for stretch, share in SHARES.items()
            for _ in range(-(-share * times // 100))
        ][:times]
        self._random.shuffle(moments)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            faults = [line for lines in pool.map(self._one, range(times), moments) for line in lines]
        planned = Counter(moment.stretch for moment in moments)
        note = (
            f"while {', '.join(f'{stretch} {count}' for stretch, count in planned.items())}; "
            f"left behind: {', '.join(f'{end} {count}' for end, count in sorted(self._ends.items()))}; "
            f"at most {self._worst:.2f} s missing"
        )
        return Row("killed at a random moment", times, faults, note)

    def _one(self, number: int, moment: Moment) -> list[str]:
        for attempt in range(8):
            home = self._folder / f"kill-{number}-{attempt}"
            share = moment.share * 0.7**attempt  # it ended before it was killed: sooner, then
            killed, faults = self._run(home, moment.stretch, share)
            shutil.rmtree(home, ignore_errors=True)
            if faults or killed:
                break
        else:
            faults = ["never killed in time"]
        if number % 20 == 19:
            print(f"  {number + 1} killed", file=sys.stderr, flush=True)
        return [f"kill {number} while {moment.stretch} at {moment.share:.3f}: {fault}" for fault in faults]

    def _run(self, home: Path, stretch: str, share: float) -> tuple[bool, list[str]]:
        realtime = stretch in _REALTIME
        with Doomed(self._memo, home, self._env, realtime) as terminal:

            def reached(begun: str) -> None:
                if begun == stretch:
                    terminal.kill_in(share * self._lasts[stretch] * _SLACK)

            terminal.walk(self._memo, reached)
            killed = terminal.was_killed()
        left = look(home)
        answered = {path.name.split(".")[0] for path in (home / "inbox").glob("*.review.json")}
        found = next_command(home, left, self._memo.pcm)
        faults = found.faults
        if terminal.stored and len(found.stored) != 1:
            faults.append("it said that the memo is stored, and it is not")
        if {"transcribing", "reading", "storing"} & terminal.began.keys() and found.kept != self._memo.pcm:
            faults.append("it said that the memo is recorded, and it is not there whole")
        if "storing" in terminal.began and not answered | set(found.stored):
            faults.append("the answers that were given are gone")
        if killed and realtime and terminal.killed_at:
            missing = missing_seconds(left, found, self._memo.pcm, terminal.killed_at)
            self._worst = max(self._worst, missing)
            if missing > MOST_MISSING:
                faults.append(f"{missing:.2f} s are missing at the end")
        if killed:
            self._ends[_end(found.stored, found.kept, len(self._memo.pcm))] += 1
        return killed, faults


def _end(stored: list[str], kept: bytes, whole: int) -> str:
    if stored:
        return "a stored memo"
    if not kept:
        return "no sound yet"
    return "a whole recording" if len(kept) == whole else "a recording cut off"
