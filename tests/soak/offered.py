"""The microphone that stays open after an end was offered: killed, starved and cut off at each point of it."""

import os
import random
import shutil
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from checks import BYTES_PER_SECOND, Left, look, next_command, wait_until
from cli import Terminal, hearing
from disks import PowerCut, grow, missing_for_mounts, missing_for_power_cuts, small
from memo import Memo, surroundings
from report import Row
from virtual_microphone import DEVICE, VirtualMicrophone, missing_packages

MOMENTS: Final = {
    "speaking": (0.2, 4.0),
    "the offer stands": (0.0, 3.0),
    "speaking again": (0.0, 4.0),
    "the second offer stands": (0.0, 3.0),
    "the first key was pressed": (0.0, 1.0),
}
"""From when on, and until how many seconds after, something happens."""

MOST_MISSING: Final = 1.0
"""Seconds of sound that a kill may cost; a microphone holds some of it back."""

UP: Final = r"1 of \d+   Enter keep"
LISTENS: Final = "listening still"
NO_ROOM: Final = "360k"
"""For 11 s of sound: two offers and what is between them need more."""


class OfferedEnds:
    """Speaks a memo, waits for the offer, speaks on, waits for the second, presses a key; harmed at some moment."""

    def __init__(self, folder: Path, memo: Memo, seed: int) -> None:
        self._folder = Path(tempfile.mkdtemp(dir=folder))
        self._memo = memo
        self._random = random.Random(seed)
        self._first = (0.0, 0.0)
        self._env = surroundings(folder) | {"AFTERCALL_END_SILENCE": "1.2", "AFTERCALL_CLOSING_SILENCE": "60"}

    def rows(self, times: int) -> Iterator[Row]:
        """So many kills and a fifth as many power cuts at each moment, and a disk that fills."""
        if missing := missing_packages():
            yield Row("the microphone open after an offer", not_run=f"not installed: {', '.join(missing)}")
            return
        with VirtualMicrophone() as microphone:
            yield self._each("killed", times, lambda moment: self._killed(microphone, moment))
            if why := missing_for_power_cuts():
                yield Row("the power cut, by moment of an offer", not_run=why)
            else:
                yield self._each("the power cut", max(1, times // 5), lambda moment: self._cut(microphone, moment))
            if why := missing_for_mounts():
                yield Row("a disk that fills while an offer stands", not_run=why)
            else:
                yield self._full(microphone)

    def _each(self, how: str, times: int, harm: Callable[[str], tuple[list[str], float]]) -> Row:
        faults, worst = [], 0.0
        counts: Counter[str] = Counter()
        for moment in MOMENTS:
            for _ in range(times):
                found, missing = harm(moment)
                counts[moment] += 1
                worst = max(worst, missing)
                faults += [f"{how} while {moment}: {fault}" for fault in found]
        note = ", ".join(f"{moment} {count}" for moment, count in counts.items())
        return Row(f"{how}, by moment of an offer", counts.total(), faults, f"{note}; at most {worst:.2f} s missing")

    def _killed(self, microphone: VirtualMicrophone, moment: str) -> tuple[list[str], float]:
        home = Path(tempfile.mkdtemp(dir=self._folder)) / "home"
        with self._until(microphone, home, moment) as terminal:
            os.kill(terminal.child.pid, signal.SIGKILL)
            given = self._given()
            terminal.child.wait()
        left = look(home)
        found = next_command(home, left, None)
        missing = max(0.0, given - _sizes(left) / BYTES_PER_SECOND) if left.parts else 0.0
        if missing > MOST_MISSING:
            found.faults.append(f"{missing:.2f} s are missing at the end")
        found.faults += self._words(found.kept, moment)
        shutil.rmtree(home.parent, ignore_errors=True)
        return found.faults, missing

    def _cut(self, microphone: VirtualMicrophone, moment: str) -> tuple[list[str], float]:
        place = Path(tempfile.mkdtemp(dir=self._folder))
        with PowerCut(place / "disk", place / "image") as power:
            home = power.folder / "home"
            with self._until(microphone, home, moment) as terminal:
                given = _sizes(look(home))
                power.cut()
                wait_until(lambda: not terminal.child.isalive(), 5, 0.05)
            power.restart()
            left = look(home)
            found = next_command(home, left, None)
            missing = max(0, given - _sizes(left)) / BYTES_PER_SECOND
        if missing > MOST_MISSING + 0.1:
            found.faults.append(f"{missing:.2f} s are missing of what had been written")
        shutil.rmtree(place, ignore_errors=True)
        return found.faults, missing

    def _full(self, microphone: VirtualMicrophone) -> Row:
        with small(self._folder / "small", NO_ROOM) as disk:
            home = disk.folder / "home"
            with self._until(microphone, home, "the offer stands", wait=0.0) as terminal:
                terminal.see("Could not write")
                ended = terminal.end()
            left = look(home)
            faults = [] if ended == 7 else [f"ended with {ended}"]
            if not _sizes(left):
                faults.append("nothing is kept")
            grow(disk, "4m")
            found = next_command(home, left, None)
            note = f"{len(found.kept) / BYTES_PER_SECOND:.2f} s kept, exit code {ended}"
        return Row(f"a disk of {NO_ROOM} fills while an offer stands", 1, faults + found.faults, note)

    def _given(self) -> float:
        """Seconds that the microphone has given since its first block reached the disk, and that block.

        It runs in real time from there on; how long it took to be opened is another matter.
        """
        begun, there = self._first
        return there + time.monotonic() - begun

    def _words(self, kept: bytes, moment: str) -> Iterator[str]:
        """What was spoken before the offer is there, as long as it was."""
        if moment != "speaking" and len(kept) < len(self._memo.pcm):
            yield f"{len(kept) / BYTES_PER_SECOND:.2f} s are kept of a memo that took longer"

    @contextmanager
    def _until(
        self, microphone: VirtualMicrophone, home: Path, moment: str, wait: float | None = None
    ) -> Iterator[Terminal]:
        """The command at a pseudo-terminal, brought to a moment of the offer, and some way into it."""
        home.parent.mkdir(exist_ok=True)
        env = self._env | hearing(microphone)
        with Terminal("record", "--device", DEVICE, home=home, surroundings=env, seconds=60) as terminal:
            terminal.see("Speak now")
            wait_until(lambda: _sizes(look(home)), 10, 0.01)
            self._first = time.monotonic(), _sizes(look(home)) / BYTES_PER_SECOND
            player = microphone.play(self._memo.path)
            for stage in MOMENTS:
                if "offer" in stage:
                    terminal.see(UP)
                    terminal.see(LISTENS)
                elif stage == "speaking again":
                    player = microphone.play(self._memo.path)
                elif "key" in stage:
                    terminal.type("\r")
                if stage == moment:
                    break
            begin, end = MOMENTS[moment]
            time.sleep(self._random.uniform(begin, end) if wait is None else wait)
            try:
                yield terminal
            finally:
                player.terminate()
                player.wait()


def _sizes(left: Left) -> int:
    return sum(map(len, [*left.parts.values(), *left.sound.values()]))
