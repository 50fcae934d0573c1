"""How long an experienced reader takes for a review, beside reading the same words: keystrokes and seconds.

A memo of 90 words without doubt is reviewed at a pseudo-terminal. The reader is a model of one: reads 238 words a
minute (Brysbaert 2019), presses a key in 0.2 s, and thinks 1.35 s before each answer that is not to a sentence (K and M
of Card, Moran and Newell 1980, "The keystroke-level model for user performance time", CACM 23).
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from typing import Final

import pexpect

AFTERCALL: Final = (sys.executable, "-m", "aftercall")
WORDS_PER_MINUTE: Final = 238
KEY_SECONDS: Final = 0.2
THINK_SECONDS: Final = 1.35
ALLOWED: Final = 15.0
"""Seconds that a review may take more than reading."""

MEMO: Final = (
    "Just off the phone with Dana Whitfield at Brightwater. They run forty trucks and fill in their fuel reports by "
    "hand, which takes two people every Monday. She saw the demo last week and liked it, but her operations manager "
    "has to agree before anything is signed. The price is fine with her, fourteen thousand for the first year, as long "
    "as we move the old data. I promised her a plan for that on one page by Thursday. Her number is 312-555-0142. I'll "
    "call her again next Tuesday at half past two."
)

_ESCAPES: Final = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07|[=>])")
_SENTENCE: Final = r"\d+ of \d+   Enter keep[^\n]*\n((?:[^\r\n]*[^\s][^\n]*\n)+)\r?\n"
_STYLE: Final = r"(?:\x1b\[[0-9;]*m)*"
_STEPS: Final = (
    "The call ([^\n]*)\n.*?q later",
    "contact: ([^\n]*)Brightwater",
    "number to dial: ([^\n]*)0142",
    rf"You promised{_STYLE}\s+(.*?)\r?\n{_STYLE}Enter yes",
    "Next call ([^\n]*)\n.*?q later",
)
"""What an experienced reader reads of each is in brackets; the keys they know."""


def main() -> int:
    """Measure, print, and say whether it is within what is allowed."""
    reading = len(MEMO.split()) * 60 / WORDS_PER_MINUTE
    with tempfile.TemporaryDirectory(prefix="aftercall-bench-") as home:
        environment = os.environ | {"AFTERCALL_HOME": home, "AFTERCALL_REMINDER": "no", "AFTERCALL_COUNTRY": "US"}
        jot = [*AFTERCALL, "jot", "--contact", "Dana Whitfield, Brightwater", MEMO]
        subprocess.run(jot, env=environment, check=True, capture_output=True)
        keystrokes, seconds = review(environment)
    over = seconds - reading
    print(f"{len(MEMO.split())} words: reading {reading:.1f} s, review {seconds:.1f} s: {over:.1f} s more")
    print(f"{keystrokes} keystrokes")
    return 0 if over <= ALLOWED else 1


def review(environment: dict[str, str]) -> tuple[int, float]:
    """Review the memo; how many keys were pressed, and the seconds from the first sentence to the end."""
    child = pexpect.spawn(
        AFTERCALL[0], [*AFTERCALL[1:], "review"], env=environment, encoding="utf-8", timeout=60, dimensions=(40, 100)
    )
    child.delaybeforesend = None
    child.expect("Memo")
    began = time.monotonic()
    keystrokes = 0
    while (seen := child.expect([_SENTENCE, _STEPS[0]])) == 0:
        answer(child)
        keystrokes += 1
    for step in _STEPS:
        if seen == 0:
            child.expect(step)
        answer(child, THINK_SECONDS)
        keystrokes += 1
        seen = 0
    child.expect("Stored[.]")
    seconds = time.monotonic() - began
    child.expect(pexpect.EOF)
    child.close()
    return keystrokes, seconds


def answer(child: pexpect.spawn, think: float = 0.0) -> None:
    """Read what has come, think, and press Enter."""
    words = len(_ESCAPES.sub("", str(child.match[1])).split())
    time.sleep(words * 60 / WORDS_PER_MINUTE + think + KEY_SECONDS)
    child.send("\r")


if __name__ == "__main__":
    sys.exit(main())
