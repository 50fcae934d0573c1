"""The page beside the terminal, and beside its measures: the reading of the same words, first paint, memory.

The reader is that of benchmarks/reading.py: reads 238 words a minute, presses a key in 0.2 s, thinks 1.35 s before each
answer that is not to a sentence; here in Chromium without a window. First paint is the browser's own (Paint Timing),
the median of so many loads; memory is the resident set of the server alone. Usage: page.py [STORE OF 100,000 MEMOS]
"""

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psutil
from playwright.sync_api import sync_playwright

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.reading import (  # noqa: E402  # after the path
    AFTERCALL,
    KEY_SECONDS,
    MEMO,
    THINK_SECONDS,
    WORDS_PER_MINUTE,
    review,
)

LOADS: Final = 15
QUERIES: Final = ("budget", "budget price", "the", "warr*", "wharehouse")

_READ: Final = {"contact": "() => document.querySelector('#panel input[name=text]').value.split(',')[0]"}
"""What an experienced reader reads of a screen, where it is not the sentence."""

_UP: Final = "#panel .sentence, #panel .undertaken"
"""What is up to be read: a sentence, an offer, or what was promised besides the call."""

_PAINTED: Final = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


@contextmanager
def served(home: str, surroundings: Mapping[str, str]) -> Iterator[tuple[str, psutil.Process]]:
    """A server at that home: the link that opens it, and its process."""
    server = subprocess.Popen(
        [*AFTERCALL, "page", "--no-browser"],
        env={**surroundings, "AFTERCALL_HOME": home},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    assert server.stdout is not None
    try:
        yield server.stdout.readline().strip(), psutil.Process(server.pid)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)


def read_on_the_page(tab: Any, address: str) -> tuple[int, float]:
    """Read the memo; how many keys were pressed, and the seconds from the first sentence to the end."""
    tab.goto(address)
    tab.click("a.row")
    tab.wait_for_selector("#sentence")
    began, keystrokes = time.monotonic(), 0
    while (kind := tab.get_attribute("#panel", "data-kind")) != "stored":
        up = tab.evaluate(_READ[kind]) if kind in _READ else tab.inner_text(_UP)
        think = 0.0 if kind == "sentence" else THINK_SECONDS
        time.sleep(len(str(up).split()) * 60 / WORDS_PER_MINUTE + think + KEY_SECONDS)
        turn = tab.get_attribute("#panel", "data-turn")
        tab.keyboard.press("Enter")
        keystrokes += 1
        tab.wait_for_function("turn => document.querySelector('#panel').dataset.turn !== turn", arg=turn)
    return keystrokes, time.monotonic() - began


def first_paint(tab: Any, address: str) -> str:
    """The median of some loads of a page, and the slowest, in milliseconds."""
    painted = []
    for _ in range(LOADS):
        tab.goto(address)
        tab.wait_for_function(_PAINTED)
        painted.append(tab.evaluate(_PAINTED))
    return f"{statistics.median(painted):.0f} ms, slowest {max(painted):.0f} ms"


def main() -> None:
    """Measure, and print."""
    reading = len(MEMO.split()) * 60 / WORDS_PER_MINUTE
    surroundings = os.environ | {"AFTERCALL_REMINDER": "no", "AFTERCALL_COUNTRY": "US"}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(prefix="aftercall-bench-") as folder:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for face in ("terminal", "page"):
            home = str(Path(folder) / face)
            environment = {**surroundings, "AFTERCALL_HOME": home}
            jot = [*AFTERCALL, "jot", "--contact", "Dana Whitfield, Brightwater", MEMO]
            subprocess.run(jot, env=environment, check=True, capture_output=True)
            if face == "terminal":
                keystrokes, seconds = review(environment)
            else:
                with served(home, surroundings) as (address, server):
                    tab = browser.new_page()
                    keystrokes, seconds = read_on_the_page(tab, address)
                    memory = server.memory_info().rss / 2**20
            over = seconds - reading
            print(f"{face}: {keystrokes} keystrokes, {seconds:.1f} s, {over:.1f} s over pure reading ({reading:.1f} s)")
        print(f"memory of the server after that: {memory:.0f} MB")
        home = str(Path(folder) / "many")
        Path(home).mkdir()
        if len(sys.argv) > 1:
            shutil.copy(sys.argv[1], Path(home) / "memos.db")
        with served(home, surroundings) as (address, server):
            tab = browser.new_page()
            tab.goto(address)
            base = re.sub(r"(?<=\d)/.*", "", address)
            print(f"first paint of the inbox: {first_paint(tab, base + '/')}")
            for query in QUERIES:
                print(f"first paint of a search for {query!r}: {first_paint(tab, f'{base}/search?q={query}')}")
            print(f"memory of the server after that: {server.memory_info().rss / 2**20:.0f} MB")
        browser.close()


if __name__ == "__main__":
    main()
