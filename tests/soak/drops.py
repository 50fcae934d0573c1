"""A thousand sound files that fall into a folder, whole and in pieces, renamed and copied, while the companion that
looks after it is killed again and again, and what it has begun with it."""

import random
import shutil
import signal
import statistics
import subprocess
import time
import wave
from collections import Counter
from pathlib import Path
from typing import Final

import psutil
from cli import AFTERCALL, environment
from memo import whole
from report import Row

RATE: Final = 16_000
SECONDS: Final = 0.8
_PIECE_LEFT: Final = 0.4
"""Of a file that is copied in pieces, as much is missing at least: a WAV that lacks less than 0.3 s counts as whole."""
_REST_SECONDS: Final = 1800.0
_MEASURED: Final = 10
_MEASURED_SECONDS: Final = 30


class Drops:
    """One run in a home of its own."""

    def __init__(self, folder: Path, env: dict[str, str], seed: int) -> None:
        self._home = folder / "drops-home"
        self._phone = folder / "phone"
        self._made = folder / "made"
        for path in (self._phone, self._made):
            path.mkdir()
        runtime = folder / "run"
        runtime.mkdir(mode=0o700)
        more = {"AFTERCALL_HANG_UPS": "no", "AFTERCALL_MEMO_FOLDERS": str(self._phone), "XDG_RUNTIME_DIR": str(runtime)}
        self._env = environment(self._home, **env, **more)
        self._chance = random.Random(seed)
        self._process: subprocess.Popen[bytes] | None = None
        self._kills = 0

    def rows(self, count: int) -> list[Row]:
        """Drop so many; then measure how long a memo takes from its last byte until it waits."""
        self._start()
        self._wait((self._home / "companion" / "fetched.jsonl").exists, "it did not begin", 120)
        began = time.monotonic()
        dropped = self._drop_all(count)
        if self._process is None:
            self._start()
        self._wait(lambda: len(self._sounds()) >= count and not self._unheard(), "not all came", _REST_SECONDS)
        time.sleep(10)
        sounds = self._sounds()
        faults = [f"{lost} lost" for lost in [len(set(dropped) - set(sounds))] if lost]
        faults += [f"{twice} twice" for twice in [sum(times - 1 for times in sounds.values())] if twice]
        faults += [f"{odd} that were never dropped" for odd in [len(set(sounds) - set(dropped))] if odd]
        note = f"{self._kills} kills, {time.monotonic() - began:.0f} s"
        rows = [Row("sound files dropped into a folder", count, faults, note)]
        rows.append(self._measure())
        self._kill(children=True)
        return rows

    def _start(self) -> None:
        self._process = subprocess.Popen(
            [*AFTERCALL, "watch", "--later"],
            env=self._env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _kill(self, *, children: bool) -> None:
        if self._process is None:
            return
        begun = psutil.Process(self._process.pid).children(recursive=True) if children else []
        for one in [psutil.Process(self._process.pid), *begun]:
            try:
                one.send_signal(signal.SIGKILL)
            except psutil.NoSuchProcess:
                continue
        self._process.wait()
        self._process = None
        self._kills += 1

    def _drop_all(self, count: int) -> list[bytes]:
        chance = self._chance
        dropped: list[bytes] = []
        pieces: list[tuple[Path, bytes]] = []
        while len(dropped) < count or pieces:
            kind = chance.choices(
                ["whole", "piece", "rest", "rename", "copy", "kill", "rest a while"], [40, 20, 20, 8, 8, 3, 6]
            )[0]
            if kind in ("whole", "piece") and len(dropped) < count:
                path, pcm = self._make(len(dropped))
                dropped.append(pcm)
                target = self._phone / path.name
                data = path.read_bytes()
                if kind == "whole":
                    shutil.copy2(path, target.with_suffix(".part"))
                    target.with_suffix(".part").rename(target)
                else:
                    target.write_bytes(data[: chance.randint(1, int(len(data) * (1 - _PIECE_LEFT / SECONDS)))])
                    pieces.append((target, data))
            elif kind == "rest" and pieces:
                target, data = pieces.pop(chance.randrange(len(pieces)))
                target.write_bytes(data)
            elif kind in ("rename", "copy"):
                self._rename_or_copy(kind, {target for target, _ in pieces})
            elif kind == "kill":
                self._kill(children=chance.random() < 0.5)
                time.sleep(chance.random() * 2)
                self._start()
            elif kind == "rest a while":
                time.sleep(chance.random() * 6)
        return dropped

    def _rename_or_copy(self, kind: str, growing: set[Path]) -> None:
        there = [path for path in self._phone.iterdir() if path not in growing]
        if not there:
            return
        path = self._chance.choice(there)
        new = self._chance.choice(
            [
                path.with_name(path.name.swapcase()),
                path.with_name(f"{self._chance.random()}.wav"),
                path.with_name(f"{path.stem}.sync-conflict-20261121-164005-ABCDEFG.wav"),
            ]
        )
        if kind == "rename":
            path.rename(new)
        elif not new.exists():
            shutil.copy(path, new)

    def _make(self, number: int) -> tuple[Path, bytes]:
        pcm = random.Random(number).randbytes(int(SECONDS * RATE) * 2)
        path = self._made / f"memo {number}.wav"
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            file.writeframes(pcm)
        return path, pcm

    def _sounds(self) -> Counter[bytes]:
        """What waits, by its samples."""
        found: Counter[bytes] = Counter()
        for path in (self._home / "inbox").glob("*.wav"):
            with wave.open(str(path), "rb") as file:
                found[file.readframes(file.getnframes())] += 1
        return found

    def _unheard(self) -> bool:
        inbox = self._home / "inbox"
        return any(not (inbox / f"{path.stem}.transcript.json").exists() for path in inbox.glob("*.wav"))

    def _wait(self, what: object, why: str, seconds: float) -> None:
        assert callable(what)
        give_up = time.monotonic() + seconds
        while not what():
            if time.monotonic() > give_up:
                print(f"         {why}", flush=True)
                return
            time.sleep(0.5)

    def _measure(self) -> Row:
        """Speech of half a minute, dropped as a whole while nothing else goes on."""
        spoken = (whole().pcm * 4)[: _MEASURED_SECONDS * RATE * 2]
        took = []
        inbox = self._home / "inbox"
        for number in range(_MEASURED):
            path = self._made / f"speech {number}.wav"
            with wave.open(str(path), "wb") as file:
                file.setparams((1, 2, RATE, 0, "NONE", ""))
                # Shifted by a little, so that each is another sound.
                file.writeframes(spoken[number * 640 :])
            before = set(inbox.glob("*.transcript.json"))
            shutil.copy(path, self._phone / path.name)
            last_byte = time.monotonic()
            while not set(inbox.glob("*.transcript.json")) - before:
                if time.monotonic() - last_byte > 120:
                    return Row("from the last byte until the memo waits", number, ["a memo did not come"])
                time.sleep(0.05)
            took.append(time.monotonic() - last_byte)
        note = f"30 s of speech: median {statistics.median(took):.1f} s, at most {max(took):.1f} s"
        return Row("from the last byte until the memo waits", _MEASURED, [], note)
