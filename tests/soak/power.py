"""The power fails, or the disk fills, while a memo is recorded, finished or stored."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from checks import BLOCK_BYTES, BYTES_PER_SECOND, look, next_command, wait_until
from cli import AFTERCALL, environment, run
from disks import PowerCut, grow, missing_for_mounts, missing_for_power_cuts, small
from kills import Doomed
from memo import Memo, surroundings, whole
from report import Row

from memos.store import Store

COMMITS: Final = 20
COMMIT: Final = Path(__file__).with_name("commit_in_child.py")

ROOM: Final = "300k"
"""For 9.6 s of sound, of a memo that is longer."""


class PowerCuts:
    """Cuts the power at chosen moments, and looks at what is there when it is back."""

    def __init__(self, folder: Path, memo: Memo, seed: int) -> None:
        self._folder = folder
        self._memo = memo
        self._long = whole()
        self._random = random.Random(seed)
        self._env = surroundings(folder)
        self._count = 0

    def rows(self, times: int) -> Iterator[Row]:
        """All that can be tried; ``times`` for what takes a while."""
        missing = missing_for_power_cuts()
        tries = {
            "the power cut while recording": (self._while_recording, times),
            "the power cut once it said Recorded": (self._once_recorded, times),
            "the power cut once it said Stored": (self._once_stored, times),
            "the power cut after the 1st to 20th commit": (self._after_commits, COMMITS),
        }
        for what, (attempt, count) in tries.items():
            if missing:
                yield Row(what, not_run=missing)
                continue
            results = [attempt(number) for number in range(count)]
            faults = [f"{what}, {number}: {fault}" for number, (found, _) in enumerate(results) for fault in found]
            yield Row(what, count, faults, results[-1][1] if attempt == self._after_commits else self._worst(results))

    @staticmethod
    def _worst(results: list[tuple[list[str], str]]) -> str:
        return "at most " + max(note for _, note in results)

    @contextmanager
    def _power(self) -> Iterator[PowerCut]:
        self._count += 1
        image = self._folder / f"image-{self._count}"
        try:
            with PowerCut(self._folder / f"disk-{self._count}", image) as power:
                yield power
        finally:
            image.unlink(missing_ok=True)

    @contextmanager
    def _recorder(self, home: Path, memo: Memo, *flags: str) -> Iterator["subprocess.Popen[str]"]:
        recorder = subprocess.Popen(
            [*AFTERCALL, "record", "--from", str(memo.path), "--later", *flags],
            env=environment(home, **self._env),
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        try:
            yield recorder
        finally:
            recorder.kill()
            recorder.communicate()

    def _while_recording(self, number: int) -> tuple[list[str], str]:
        with self._power() as power:
            home = power.folder / "home"
            with self._recorder(home, self._long, "--realtime") as recorder:
                assert wait_until(lambda: part_size(home) > 0, 30), "no sound arrives"
                time.sleep(self._random.uniform(1.0, 6.0))
                given = part_size(home)
                power.cut()
                _, said = recorder.communicate(timeout=30)
            faults = told_of_the_disk(recorder.returncode, said)
            power.restart()
            found = next_command(home, look(home), self._long.pcm)
            missing = (given - len(found.kept)) / BYTES_PER_SECOND
            if missing > 1.0 + BLOCK_BYTES / BYTES_PER_SECOND:
                faults.append(f"of {given / BYTES_PER_SECOND:.2f} s, {missing:.2f} s are missing")
        return faults + found.faults, f"{max(0.0, missing):.2f} s missing"

    def _once_recorded(self, number: int) -> tuple[list[str], str]:
        with self._power() as power:
            home = power.folder / "home"
            with self._recorder(home, self._memo) as recorder:
                assert recorder.stderr is not None
                while not recorder.stderr.readline().startswith("Recorded "):
                    assert recorder.poll() is None, "it ended without a recording"
                power.cut()
            power.restart()
            left = look(home)
            found = next_command(home, left, self._memo.pcm)
            missing = len(self._memo.pcm) - len(found.kept)
            if missing or left.parts:
                found.faults.append(f"not whole before the next command, and {missing} bytes short after it")
        return found.faults, f"{missing / BYTES_PER_SECOND:.2f} s missing"

    def _once_stored(self, number: int) -> tuple[list[str], str]:
        with self._power() as power:
            home = power.folder / "home"
            with Doomed(self._memo, home, self._env, realtime=False) as terminal:
                terminal.walk(self._memo, lambda stretch: power.cut() if stretch == "stored" else None)
            power.restart()
            found = next_command(home, look(home), self._memo.pcm)
            if len(found.stored) != 1:
                found.faults.append("it said that the memo is stored, and it is not")
            missing = len(self._memo.pcm) - len(found.kept)
            if missing:
                found.faults.append(f"{missing} bytes of its sound are missing")
        return found.faults, f"{missing / BYTES_PER_SECOND:.2f} s missing"

    def _after_commits(self, number: int) -> tuple[list[str], str]:
        with self._power() as power:
            database = power.folder / "memos.db"
            child = subprocess.Popen(
                [sys.executable, str(COMMIT), str(database)],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
            try:
                assert child.stdout is not None
                acknowledged = [child.stdout.readline().decode().strip() for _ in range(number + 1)]
                power.cut()
                # What it says from here on nobody would have read: a sync that was under way when this file system
                # was shut down may end well and be lost. A file that is appended to without SQLite shows the same.
                later = child.communicate(timeout=30)[0].split()
            finally:
                child.kill()
                child.wait()
            power.restart()
            with Store.open(database) as store:
                faults = store.check()
                there = {memo.id for memo in store.list()}
        lost = set(acknowledged) - there
        if lost or "" in acknowledged:
            faults.append(f"{len(lost)} of {len(acknowledged)} acknowledged memos are lost")
        if len(there) > len(acknowledged) + len(later) + 1:
            faults.append(f"{len(there)} memos are there, more than were ever confirmed")
        return faults, f"{len(acknowledged) - len(lost)} of {len(acknowledged)} there after the last cut"


def full_disk(folder: Path, env: dict[str, str]) -> Row:
    """The disk fills while recording; then there is room."""
    what = f"a disk of {ROOM} fills while recording"
    if missing := missing_for_mounts():
        return Row(what, not_run=missing)
    memo = whole()
    with small(folder / "small", ROOM) as disk:
        home = disk.folder / "home"
        recorded = run("record", "--from", memo.path, "--later", home=home, **env)
        faults = told_of_the_disk(recorded.code, recorded.err)
        left = look(home)
        [part] = left.parts.values()
        if not memo.pcm.startswith(part) or len(part) < 200_000:
            faults.append(f"{len(part)} bytes are kept")
        still = run("inbox", home=home, **env)
        if still.code != 0 or look(home).parts != left.parts or "the disk is full" not in still.err:
            faults.append(f"without room, the next command ended with {still.code} and said {still.lines}")
        grow(disk, "4m")
        found = next_command(home, left, memo.pcm)
    note = f"{len(found.kept) / BYTES_PER_SECOND:.2f} s kept, exit code {recorded.code}"
    return Row(what, 1, faults + found.faults, note)


def part_size(home: Path) -> int:
    """Bytes of sound so far in the recording in progress."""
    return max((path.stat().st_size for path in (home / "inbox").glob("*.pcm.part")), default=0)


def told_of_the_disk(code: int, said: str) -> list[str]:
    """What is wrong with how a command ended whose disk has failed: it must end with 7 and say why in one line."""
    lines = [line for line in said.splitlines() if not line.startswith("Speak now")]
    if code == 7 and len(lines) == 1 and lines[0].startswith("Could not write: "):
        return []
    return [f"ended with {code} and said {lines}"]
