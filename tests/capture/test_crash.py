"""Recorders that are killed, starved of disk and raced: no word is lost."""

import json
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from capture.inbox import Inbox
from capture.recording import EndedBy, Recording

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals and limits")
needs_strace = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace kills a process at a chosen system call"
)

Child = subprocess.Popen[str]
Start = Callable[..., Child]

MOST_LOST = 1.5
"""Seconds that a kill may cost: what had not been written, and how long the test takes to look at the clock."""

SYSTEM_CALLS = {
    "write": ("write", 3),
    "fdatasync": ("fdatasync", 1),
    "fsync": ("fsync", 5),
    "rename": ("rename,renameat,renameat2", 2),
    "unlink": ("unlink,unlinkat", 1),
}
"""The kinds of steps: what Linux calls them, and how many, the last ones, come when all the sound is in the part."""


def ready(child: Child) -> tuple[int, float]:
    """Waits for the first block; the process id, and the monotonic time."""
    assert child.stdout is not None
    word, process_id, at = json.loads(child.stdout.readline())
    assert word == "ready"
    return process_id, at


def sound(inbox: Inbox, recording: Recording) -> bytes:
    with wave.open(str(inbox.wav(recording.id))) as wav:
        return wav.readframes(wav.getnframes())


def only_whole_files(inbox: Inbox) -> bool:
    """Whether nothing is left that is neither a recording nor its facts."""
    ids = {recording.id for recording in inbox.recordings()}
    return {path.name for path in inbox.folder.iterdir()} == {
        f"{each}{end}" for each in ids for end in (".wav", ".json")
    }


def test_a_recorder_killed_at_any_moment_loses_next_to_nothing(
    tmp_path: Path, start_child: Start, pcm_file: Callable[[float], Path]
) -> None:
    moments = [random.uniform(0.1, 3.0) for _ in range(4)]
    spoken = pcm_file(20)
    inboxes = [Inbox(tmp_path / str(moment)) for moment in moments]
    children = [start_child(inbox.folder, "realtime", spoken) for inbox in inboxes]
    began = [ready(child)[1] for child in children]
    for moment, child, at in sorted(zip(moments, children, began, strict=True)):
        time.sleep(max(0.0, at + moment - time.monotonic()))
        child.kill()
        child.wait()
    for moment, inbox in zip(moments, inboxes, strict=True):
        recovered = inbox.recover().recovered
        assert [each.ended_by for each in recovered] == [EndedBy.RECOVERED], moment
        pcm = sound(inbox, recovered[0])
        assert spoken.read_bytes().startswith(pcm), moment
        assert len(pcm) / 32_000 >= moment - MOST_LOST, moment
        assert only_whole_files(inbox), moment


@pytest.fixture
def kill_at(
    tmp_path: Path, start_child: Start, pcm_file: Callable[[float], Path]
) -> Callable[[str, int | None], tuple[Inbox, int, int]]:
    """Kills a recorder of three seconds of sound as it enters the nth of some system calls on files.

    The inbox is returned, the exit status, and how many of those calls were made.
    """
    spoken = pcm_file(3)

    def kill(call: str, when: int | None) -> tuple[Inbox, int, int]:
        inbox = Inbox(tmp_path / f"{call}-{when}")
        log = tmp_path / f"{call}-{when}.log"
        calls, _ = SYSTEM_CALLS[call]
        inject = () if when is None else ("-e", f"inject={calls}:signal=SIGKILL:when={when}")
        strace = ("strace", "-f", "-qq", "-o", str(log), "-e", f"trace={calls}", *inject)
        child = start_child(inbox.folder, "quick", spoken, before=strace)
        child.communicate(timeout=60)
        return inbox, child.returncode, len(re.findall(r"^\d+ +\w+\(", log.read_text(), re.MULTILINE))

    return kill


@needs_strace
@pytest.mark.parametrize("call", SYSTEM_CALLS)
def test_a_kill_at_any_step_leaves_a_recording_that_is_whole_or_recoverable(
    call: str, kill_at: Callable[[str, int | None], tuple[Inbox, int, int]], pcm_file: Callable[[float], Path]
) -> None:
    spoken = pcm_file(3).read_bytes()
    _, status, count = kill_at(call, None)
    assert status == 0
    assert count > 0
    # The first ones begin the recording, the last ones finish it; the middle is a block like any other.
    steps = sorted({1, 2, count // 2, *range(max(1, count - 4), count + 1)} & set(range(1, count + 1)))
    with ThreadPoolExecutor(2) as pool:
        killed = list(pool.map(lambda step: kill_at(call, step), steps))
    for step, (inbox, status, _) in zip(steps, killed, strict=True):
        assert status == -signal.SIGKILL, f"{call} {step} did not fire"
        recovery = inbox.recover()
        assert (recovery.set_aside, recovery.trouble) == ([], []), (call, step)
        heard = [sound(inbox, recording) for recording in inbox.recordings()]
        assert len(heard) <= 1
        assert all(spoken.startswith(pcm) for pcm in heard)
        if step > count - SYSTEM_CALLS[call][1]:
            assert heard == [spoken], f"killed at {call} {step} of {count}, when all had been written"
        if inbox.folder.exists():
            assert only_whole_files(inbox), (call, step)
        again = inbox.recover()
        assert again.recovered == [], (call, step)


@needs_strace
def test_a_recovery_that_looks_while_a_recording_begins_cannot_take_its_file_away(
    inbox: Inbox, start_child: Start, pcm_file: Callable[[float], Path], tmp_path: Path
) -> None:
    # The first lock comes half a second late, so that its file is there for a while and looks like that of the dead.
    log = tmp_path / "log"
    delay = ("strace", "-f", "-qq", "-o", str(log), "-e", "trace=flock,fcntl,openat")
    late = ("-e", "inject=flock:delay_enter=500000:when=1")
    spoken = pcm_file(20)
    child = start_child(inbox.folder, "realtime", spoken, before=(*delay, *late))
    with ThreadPoolExecutor(1) as pool:
        is_ready = pool.submit(ready, child)
        while not is_ready.done():
            assert inbox.recover().recovered == []
            time.sleep(0.005)
    assert log.read_text().count('.pcm.part.lock", O_RDWR|O_CREAT') > 1, "the recovery never came in between"
    time.sleep(0.5)
    subprocess.run(["kill", "-KILL", str(is_ready.result()[0])], check=True)
    child.wait()
    recovered = inbox.recover().recovered
    assert len(recovered) == 1
    assert spoken.read_bytes().startswith(sound(inbox, recovered[0]))


@pytest.mark.parametrize("limit", [100_000, 100_001])
def test_when_the_disk_takes_no_more_what_was_written_is_kept(
    inbox: Inbox, start_child: Start, pcm_file: Callable[[float], Path], limit: int
) -> None:
    spoken = pcm_file(20)
    child = start_child(inbox.folder, "quick", spoken, limit)
    out, err = child.communicate(timeout=60)
    assert child.returncode == 7, err
    assert out == ""
    assert "a limit on the size of files was reached" in err
    assert "What was said until then is kept." in err
    assert "Traceback" not in err
    assert [path.stat().st_size for path in inbox.folder.glob("*.pcm.part")] == [limit]
    recovered = inbox.recover().recovered
    assert [each.duration for each in recovered] == [100_000 / 32_000]
    assert sound(inbox, recovered[0]) == spoken.read_bytes()[:100_000]
    assert only_whole_files(inbox)


def test_a_disk_that_takes_nothing_at_all_is_told_before_anybody_speaks(
    inbox: Inbox, start_child: Start, pcm_file: Callable[[float], Path]
) -> None:
    child = start_child(inbox.folder, "quick", pcm_file(1), 0)
    out, err = child.communicate(timeout=60)
    assert (child.returncode, out) == (7, "")
    assert re.fullmatch(r"Could not write: .* Nothing was recorded\.\n", err)
    assert inbox.recover().recovered == []
    assert list(inbox.folder.iterdir()) == []
