"""From the command to the first stored sample, beside hns, on the same virtual microphone.

Both are started at a pseudo-terminal, in turn, and the file that they record into is watched every millisecond. hns is
installed into an environment of its own. Usage: start.py [RUNS]
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import pexpect

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parents[1]))  # the packages before the folders of tests that are called like them

import hns  # beside this file
from virtual_microphone import DEVICE, VirtualMicrophone  # tests/ is no package

WAV_HEADER: Final = 44
PATIENCE: Final = 20.0


def main(runs: int = 15) -> None:
    """Print the table."""
    peer = hns.install()
    times: dict[str, list[float]] = {"aftercall": [], f"hns {hns.VERSION}": []}
    with VirtualMicrophone() as microphone:
        for _ in range(runs):
            with tempfile.TemporaryDirectory() as folder:
                environment = microphone.environment | {"AFTERCALL_HOME": folder, "AFTERCALL_CUE": "no"}
                ours = [sys.executable, "-m", "aftercall", "record", "--device", DEVICE, "--later"]
                times["aftercall"].append(measure(ours, environment, Path(folder), "inbox/*.pcm.part", 0))
            with tempfile.TemporaryDirectory() as folder:
                environment = microphone.environment | {"HNS_CACHE_DIR": folder}
                times[f"hns {hns.VERSION}"].append(
                    measure([str(peer)], environment, Path(folder), "*.wav.tmp", WAV_HEADER)
                )
    print("| command -> first sample in the file | median | fastest | slowest |\n|---|---|---|---|")
    for name, taken in times.items():
        print(f"| {name} | {statistics.median(taken):.2f} s | {min(taken):.2f} s | {max(taken):.2f} s |")


def largest(folder: Path, pattern: str) -> int:
    """Bytes in the largest file that matches."""
    return max((path.stat().st_size for path in folder.glob(pattern)), default=0)


def measure(command: list[str], environment: dict[str, str], folder: Path, pattern: str, header: int) -> float:
    """Seconds from the start of the process until a file has more than its ``header`` (bytes)."""
    began = time.monotonic()
    child = pexpect.spawn(command[0], command[1:], env=environment | {"TERM": "xterm"}, encoding="utf-8")
    try:
        while largest(folder, pattern) <= header:
            if time.monotonic() - began > PATIENCE or not child.isalive():
                raise SystemExit(f"{command[0]} stored nothing: {child.read_nonblocking(4000, 1)}")
            time.sleep(0.001)
        return time.monotonic() - began
    finally:
        child.close(force=True)


if __name__ == "__main__":
    os.environ.pop("AFTERCALL_HOME", None)
    main(*map(int, sys.argv[1:]))
