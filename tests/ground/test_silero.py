import os
import subprocess
import sys
from pathlib import Path

import pytest

THREADS = """
import {loaded}
import os, psutil
from ground.silero import BLOCK_SAMPLES, silero
detector = silero()
for _ in range(3):
    detector.process_samples([0.0] * BLOCK_SAMPLES)
print(psutil.Process().num_threads(), os.environ.get("OMP_THREAD_LIMIT"))
"""


@pytest.mark.parametrize(("limit", "loaded"), [(None, "numpy"), ("3", "numpy"), (None, "numpy, torch")])
def test_the_detector_starts_no_threads_and_leaves_the_limit_of_others_alone(limit: str | None, loaded: str):
    surroundings = {name: value for name, value in os.environ.items() if name != "OMP_THREAD_LIMIT"}
    if limit:
        surroundings["OMP_THREAD_LIMIT"] = limit
    # numpy's threads are there before anything is heard.
    bare = f"import {loaded}, psutil; print(psutil.Process().num_threads())"
    folder = Path(__file__).parents[2]

    def said(code: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", code], env=surroundings, cwd=folder, capture_output=True, text=True, check=True
        ).stdout

    threads, left = said(THREADS.format(loaded=loaded)).split()
    assert int(threads) <= int(said(bare))
    assert left == str(limit)
