"""Every system call of the steps that change the inbox: killed at each, and each made to fail, by strace.

The calls are taken from a run that nobody harms: those on files of the home, from where the step begins to the end.
strace counts the calls of one name and one thread, and kills or fails the nth; that it was the right one is read from
its log. Its --seccomp-bpf would be faster, but then nothing is injected.
"""

import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from checks import BLOCK_BYTES, BYTES_PER_SECOND, look, next_command
from cli import AFTERCALL, environment, run
from memo import Memo, surroundings
from report import Row

from ground.lock import LOCK_SUFFIX
from memos.store import Store

COMMIT: Final = Path(__file__).with_name("commit_in_child.py")
NOTE: Final = Path(__file__).with_name("note_in_child.py")

AT_ONCE: Final = 2
ATTEMPTS: Final = 4
"""How often a step is tried when the injection met another call than the one that was meant."""

DISK_FULL_AT: Final = ("write", "pwrite", "openat", "fsync", "fdatasync", "rename")
"""The calls that a full disk refuses, by the beginning of their names."""

CHANGES: Final = ("write", "pwrite", "ftruncate", "fsync", "fdatasync", "rename", "unlink", "mkdir")
"""The calls that change what is on the disk, or wait for it."""

MUST_BE_TOLD: Final = (*DISK_FULL_AT, "unlink")
"""Calls whose failure no program may pass over."""

_CALL: Final = re.compile(r"^(\d+) +(\w+)\((.*)$", re.MULTILINE)
_PATH: Final = re.compile(r'[<"](~/[^>"]*)[>"]')
_RANDOM: Final = [(re.compile(r"\d{8}-\d{6}-[0-9a-f]{4}"), "ID"), (re.compile(r"(\.tmp-\S*)-\w{8}"), r"\1-X")]


@dataclass(frozen=True, slots=True)
class Step:
    """One system call: the nth of its name in its thread, and the files it is on."""

    name: str
    nth: int
    files: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name} {self.nth} ({' '.join(self.files)})"


@dataclass(frozen=True, slots=True)
class Traced:
    """A traced run: how it ended, what it said, the ids it printed, and its main thread's calls on files."""

    code: int
    said: list[str]
    acknowledged: list[str]
    calls: list[Step]


@dataclass(frozen=True, slots=True)
class Scene:
    """A command that changes the inbox, and from where on its calls are harmed: up to the last that changes a file.

    :ivar command: HOME in it stands for the home.
    :ivar home: what it begins with; None: nothing.
    :ivar begins: how the first of these calls begins, as text; with ``last``, the last one that begins so.
    :ivar code: what it ends with when a call fails: 7, or 0 where it only tells of it and goes on.
    :ivar retries: what it does may end well all the same; then it must hold.
    """

    what: str
    command: tuple[str, ...]
    home: Path | None
    begins: re.Pattern[str]
    code: int
    last: bool = False
    retries: bool = False

    def run(self, home: Path, inject: str | None = None) -> Traced:
        """Run it under strace, in a home of its own."""
        if self.home:
            shutil.copytree(self.home, home)
        log = home.with_suffix(".log")
        injection = ["-e", f"inject={inject}"] if inject else []
        strace = ["strace", "-f", "-qq", "-y", "-s", "0", "-o", str(log), "-e", "trace=%file,%desc", *injection]
        done = subprocess.run(
            [*strace, *(part.replace("HOME", str(home)) for part in self.command)],
            env=environment(home, **surroundings(home.parent), PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1"),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )
        calls = list(_calls(log.read_text(errors="replace"), home))
        log.unlink()
        return Traced(done.returncode, done.stderr.splitlines(), done.stdout.split(), calls)

    def steps(self, calls: list[Step]) -> list[Step]:
        """Its calls, from where it begins to where nothing more is changed."""
        starts = [number for number, call in enumerate(calls) if self.begins.match(f"{call.name} {call.files[0]}")]
        ends = [number for number, call in enumerate(calls) if call.name.startswith(CHANGES)]
        return calls[starts[-1 if self.last else 0] : ends[-1] + 1]


def _calls(log: str, home: Path) -> Iterator[Step]:
    main_thread = None
    counts: Counter[str] = Counter()
    for thread, name, rest in _CALL.findall(log.replace(str(home), "~")):
        main_thread = main_thread or thread
        if thread != main_thread or name == "mmap":  # which mostly gets memory, as often as it happens to need some
            continue
        counts[name] += 1
        if files := _PATH.findall(rest):
            for pattern, instead in _RANDOM:
                files = [pattern.sub(instead, file) for file in files]
            yield Step(name, counts[name], tuple(dict.fromkeys(files)))


class Steps:
    """Harms each call of a scene, and looks at what the next command finds."""

    def __init__(self, folder: Path, memo: Memo, scene: Scene) -> None:
        self._folder = Path(tempfile.mkdtemp(dir=folder))
        self._memo = memo
        self._scene = scene
        self._unharmed = scene.run(self._folder / "unharmed")
        self.steps = scene.steps(self._unharmed.calls)

    def rows(self) -> Iterator[Row]:
        """Unharmed, killed, on a full disk, and on a broken one."""
        what = f"each call of {self._scene.what}"
        names = Counter(step.name for step in self.steps)
        faults = [] if self._unharmed.code == 0 else [f"ended with {self._unharmed.code}: {self._unharmed.said}"]
        note = ", ".join(f"{name} {count}" for name, count in names.most_common())
        yield Row(f"{what}, unharmed", 1, faults, f"{len(self.steps)} calls: {note}")
        yield self._each(f"{what}: killed", "signal=SIGKILL", self.steps)
        refused = [step for step in self.steps if step.name.startswith(DISK_FULL_AT)]
        yield self._each(f"{what}: ENOSPC", "error=ENOSPC", refused)
        yield self._each(f"{what}: EIO", "error=EIO", self.steps)

    def _each(self, what: str, how: str, steps: list[Step]) -> Row:
        codes: Counter[int] = Counter()
        faults = []
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for code, found in pool.map(lambda step: self._harm(step, how), steps):
                codes[code] += 1
                faults += found
        ends = ", ".join(f"{code}: {count}" for code, count in sorted(codes.items()))
        return Row(what, len(steps), faults, f"exit codes {ends}")

    def _harm(self, step: Step, how: str) -> tuple[int, list[str]]:
        for attempt in range(ATTEMPTS):
            home = self._folder / f"{how.split('=')[1]}-{step.name}-{step.nth}-{attempt}"
            traced = self._scene.run(home, f"{step.name}:{how}:when={step.nth}")
            met = next((call for call in traced.calls if (call.name, call.nth) == (step.name, step.nth)), None)
            if met == step:
                break
        else:
            return traced.code, [f"{how} at {step} did not fire: it met {met}"]
        expected = self._ended_as_killed if "signal" in how else self._ended_as_failed
        faults = [*expected(step, traced), *self._lost(step, traced, home)]
        shutil.rmtree(home, ignore_errors=True)
        return traced.code, [f"{how} at {step}: {fault}" for fault in faults]

    def _ended_as_killed(self, step: Step, traced: Traced) -> Iterator[str]:
        if traced.code != -signal.SIGKILL or traced.calls[-1] != step:
            yield f"ended with {traced.code} after {traced.calls[-1]}"

    def _ended_as_failed(self, step: Step, traced: Traced) -> Iterator[str]:
        # A lock whose file cannot be taken away is none once its holder is gone; the next command removes it.
        of_a_lock = step.name.startswith("unlink") and all(file.endswith(LOCK_SUFFIX) for file in step.files)
        may_pass = self._scene.code == 0 or self._scene.retries or not step.name.startswith(MUST_BE_TOLD) or of_a_lock
        if traced.code == 0 and may_pass:
            return
        told = [line for line in traced.said if not line.startswith("Speak now")]
        if traced.code != self._scene.code or len(told) != 1:
            yield f"ended with {traced.code} and said {traced.said}"

    def _lost(self, step: Step, traced: Traced, home: Path) -> list[str]:
        found = next_command(home, look(home), self._memo.pcm)
        # Before the first call of a recording that is being finished, its last block is not yet written.
        most = BLOCK_BYTES if self._scene.last and step == self.steps[0] else 0
        if len(self._memo.pcm) - len(found.kept) > most:
            found.faults.append(f"{len(self._memo.pcm) - len(found.kept)} bytes are missing")
        if self._scene.retries and (traced.acknowledged or traced.code == 0) and not found.stored:
            found.faults.append("the memo was acknowledged, and it is not stored")
        return found.faults


def missing() -> str:
    """Why nothing can be injected here; empty where it can."""
    return "" if shutil.which("strace") else "strace is not installed"


def scenes(folder: Path, memo: Memo) -> Iterator[Scene]:
    """The steps that change the inbox, each with the home that it begins with."""
    record = ("record", "--from", str(memo.path), "--later")
    finishing = Scene("finishing a recording", (*AFTERCALL, *record), None, re.compile(r"write .*\.part"), 7, last=True)
    yield finishing
    inbox = (*AFTERCALL, "inbox")
    cut_off = folder / "cut-off"
    finishing.run(cut_off, f"fdatasync:signal=SIGKILL:when={len(memo.pcm) // BYTES_PER_SECOND + 1}")
    assert len(look(cut_off).parts) == 1, "nothing was cut off"
    yield Scene("recovering a recording", inbox, cut_off, re.compile(r"openat .*\.part"), 0)
    recorded = folder / "recorded"
    assert run(*record, home=recorded).code == 0
    [recording_id] = look(recorded).sound
    note = (sys.executable, str(NOTE), "HOME/inbox", recording_id)
    yield Scene("keeping a note", note, recorded, re.compile(r"openat .*\.tmp-"), 7)
    stored_in = folder / "stored-in"
    shutil.copytree(recorded, stored_in)
    Store.open(stored_in / "memos.db").close()
    commit = (sys.executable, str(COMMIT), "HOME/memos.db", recording_id)
    yield Scene("storing a memo", commit, stored_in, re.compile(r"openat .*/memos.db"), 7, retries=True)
    stored = folder / "stored"
    shutil.copytree(recorded, stored)
    assert run("transcribe", home=stored, **surroundings(folder)).code == 0
    subprocess.run([sys.executable, COMMIT, stored / "memos.db", recording_id], check=True, capture_output=True)
    yield Scene("archiving a stored memo", inbox, stored, re.compile(r"unlink .*\.json"), 0)
