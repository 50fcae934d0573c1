"""From the last word to the text on the screen, beside hns and beside faster-whisper with its model loaded already.

Memos of about 10, 36 and 90 s are spoken into a virtual microphone, at a pseudo-terminal. Either Enter is pressed right
after the last word, or nothing is, and the end is offered. Both times count from the last word.
Usage: latency.py [RUNS [SECONDS ...]]
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pexpect

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parents[1]))  # the packages before the folders of tests that are called like them

import hns  # beside this file
from speech import speaks  # beside this file
from virtual_microphone import DEVICE, VirtualMicrophone  # tests/ is no package

from capture.decode import decode
from capture.pcm import SAMPLE_RATE, write_wav
from memos.store import Store
from transcribe.catalogue import ENGINES, FASTER
from transcribe.weights import Places, find_weights

SAMPLES: Final = Path(__file__).parents[1] / "samples"
LENGTHS: Final = (10, 36, 90)
"""Seconds."""
ONE_AFTER_ANOTHER: Final = ("long", "plain", "no-next-call", "thinking-pauses")
"""Samples of one voice without noise; the memos are cut from them."""
READING: Final = r"1 of \d+"
"""What stands above the first sentence when it is there to be read."""
PATIENCE: Final = 60.0

# The same as hns's, and timed inside: neither Python's start nor the model's loading counts.
BARE: Final = """
import sys, time
from faster_whisper import WhisperModel
model = WhisperModel(sys.argv[1], device="cpu", compute_type="int8")
for path in sys.argv[2:]:
    began = time.monotonic()
    text = [segment.text for segment in model.transcribe(path, beam_size=5, vad_filter=True)[0]]
    print(time.monotonic() - began)
"""


@dataclass(frozen=True, slots=True)
class Memo:
    """A spoken memo as a WAV file.

    :ivar seconds: how long it lasts, from the first word to the last.
    """

    path: Path
    seconds: float


def main(runs: int = 5, *lengths: int) -> None:
    """Print the table."""
    waits: dict[str, dict[float, list[float]]] = defaultdict(lambda: defaultdict(list))
    memory: dict[str, int] = defaultdict(int)
    with tempfile.TemporaryDirectory() as folder, VirtualMicrophone() as microphone:
        peer = hns.install()
        peer_variables = microphone.environment | hns.variables(Path(folder))
        memos = list(_memos(Path(folder), lengths or LENGTHS))
        for _ in range(runs):
            for memo in memos:
                for engine in ENGINES:
                    for enter in (True, False):
                        wait, peak = ours(microphone, memo, engine, enter)
                        waits[f"aftercall, {engine}: {'Enter' if enter else 'the offer'}"][memo.seconds].append(wait)
                        for process, kilobytes in peak.items():
                            name = f"{process}, {engine}" if process == "worker" else process
                            memory[name] = max(memory[name], kilobytes)
                waits[f"hns {hns.VERSION}: Enter"][memo.seconds].append(theirs(microphone, memo, peer, peer_variables))
        for memo, times in zip(memos, bare(memos, runs), strict=True):
            waits["faster-whisper, loaded already, on the finished file"][memo.seconds] = times
    print("| wait for the text | " + " | ".join(f"{memo.seconds:.0f} s memo" for memo in memos) + " |")
    print("|---" * (len(memos) + 1) + "|")
    for what, by_length in waits.items():
        cells = (f"{statistics.median(times):.2f} s (to {max(times):.2f})" for times in by_length.values())
        print(f"| {what} | " + " | ".join(cells) + " |")
    print("\nMemory at most: " + ", ".join(f"{what} {kilobytes // 1024} MB" for what, kilobytes in memory.items()))


def _memos(folder: Path, lengths: Sequence[int]) -> Iterator[Memo]:
    pcm = b"".join(decode(SAMPLES / f"{name}.flac", 600).pcm for name in ONE_AFTER_ANOTHER)
    import numpy as np

    sound = np.frombuffer(pcm, "<i2")
    spoken = np.flatnonzero(speaks(sound / 32768))
    # The last samples before each pause of a third of a second or more.
    ends = spoken[np.flatnonzero(np.diff(spoken) > SAMPLE_RATE / 3)]
    for seconds in lengths:
        end = int(ends[np.abs(ends - spoken[0] - seconds * SAMPLE_RATE).argmin()])
        path = folder / f"{seconds:.0f}.wav"
        with path.open("wb") as file:
            write_wav(file, [sound[spoken[0] : end].tobytes()], 2 * (end - int(spoken[0])))
        yield Memo(path, (end - int(spoken[0])) / SAMPLE_RATE)


def ours(microphone: VirtualMicrophone, memo: Memo, engine: str, enter: bool) -> tuple[float, dict[str, int]]:
    """Seconds until the first sentence is there to be read, and the memory of each process at most, in kB."""
    with tempfile.TemporaryDirectory() as home:
        command = ["-m", "aftercall", "record", "--device", DEVICE]
        Store.open(Path(home) / "memos.db").close()  # as after the first memo of all
        settings = {"HOME": home, "CUE": "no", "ENGINE": engine, "LANGUAGE": "en", "READER": "Rita"}
        ours = {f"AFTERCALL_{name}": value for name, value in settings.items()}
        child = _spawn(sys.executable, command, microphone.environment | ours)
        try:
            child.expect("Speak now")
            _speak(child, microphone, memo)
            began = time.monotonic()
            if enter:
                child.send("\r")
                child.expect("Recorded")
            child.expect(READING)
            return time.monotonic() - began, dict(_peaks(child.pid))
        finally:
            child.close(force=True)


def theirs(microphone: VirtualMicrophone, memo: Memo, program: Path, variables: dict[str, str]) -> float:
    """Seconds until hns has printed the text."""
    child = _spawn(str(program), [], microphone.environment | variables)
    try:
        child.expect("recording")
        _speak(child, microphone, memo)
        began = time.monotonic()
        child.send("\r")
        child.expect("transcribed in")
        child.expect(r"\w+ \w+ \w+ \w+")
        return time.monotonic() - began
    finally:
        child.close(force=True)


def bare(memos: list[Memo], runs: int) -> Iterator[list[float]]:
    """Seconds for each memo, in each run, with the model loaded already."""
    model = find_weights(FASTER, "base", Places.usual(memos[0].path.parent / "weights")).path
    paths = [str(memo.path) for memo in memos for _ in range(runs)]
    done = subprocess.run([sys.executable, "-c", BARE, str(model), *paths], stdout=subprocess.PIPE, check=True)
    times = [float(line) for line in done.stdout.split()]
    for n in range(len(memos)):
        yield times[n * runs : (n + 1) * runs]


def _spawn(program: str, arguments: list[str], variables: dict[str, str]) -> "pexpect.spawn[str]":
    variables = variables | {"TERM": "xterm"}
    size = (40, 120)
    child = pexpect.spawn(program, arguments, env=variables, encoding="utf-8", timeout=PATIENCE, dimensions=size)
    child.ptyproc.delayafterterminate = 2.0  # on a busy machine a tenth of a second is too little to end in
    return child


def _speak(child: "pexpect.spawn[str]", microphone: VirtualMicrophone, memo: Memo) -> None:
    """Until the last word has been spoken; what is on the screen is read meanwhile, as a person would."""
    time.sleep(0.5)
    player = microphone.play(memo.path)
    while player.poll() is None:
        with suppress(pexpect.TIMEOUT):
            child.read_nonblocking(4096, 0.05)


def _peaks(recorder: int) -> Iterator[tuple[str, int]]:
    yield "recorder", _peak(recorder)
    for child in Path(f"/proc/{recorder}/task/{recorder}/children").read_text().split():
        if "transcribe.worker" in Path(f"/proc/{child}/cmdline").read_text():
            yield "worker", _peak(int(child))


def _peak(process: int) -> int:
    """Its memory at most, in kB."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    assert found
    return int(found[1])


if __name__ == "__main__":
    os.environ.pop("AFTERCALL_HOME", None)
    main(*map(int, sys.argv[1:]))
