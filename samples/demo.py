"""The demo: one sample memo through the very commands that a rep uses, in a temporary home.

At a terminal the person reads and answers. Without one the answers are typed by this script, through a
pseudo-terminal and no faster than a person reads.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import pexpect

HERE: Final = Path(__file__).parent
AFTERCALL: Final = [sys.executable, "-m", "aftercall"]
MEMO: Final = HERE / "plain.flac"
CONTACT: Final = "Laura Bennett, Hartwell Logistics"
NUMBER: Final = "312-555-0147"
WORDS_PER_MINUTE: Final = 238
"""What adults read silently (Brysbaert 2019)."""

STATUS: Final = ("●", "transcribing")
"""How a line begins that is rewritten in place."""

_BACK: Final = re.compile(r"\x1b\[\d*D")
_ESCAPES: Final = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07|[=>])")


def main() -> int:
    """Run the demo; the exit code is that of the first command that failed."""
    with tempfile.TemporaryDirectory(prefix="aftercall-demo-") as home:
        os.environ["AFTERCALL_HOME"] = home
        say(f"A sample memo is heard as if from a microphone. It is kept in {home}, which is removed at the end.")
        record = ["record", "--from", str(MEMO), "--realtime", "--contact", CONTACT]
        if sys.stdin.isatty() and sys.stdout.isatty():
            say("Read it, and answer as you would: Enter keeps a sentence, ? explains the keys.")
            code = run(*record)
        else:
            say("No terminal: this script types the answers, through a pseudo-terminal, at reading speed.")
            code = type_the_answers(record)
        return code or run("search", "fuel") or run("due") or run("list")


def say(line: str) -> None:
    """Tell whoever watches."""
    print(f"\n# {line}", flush=True)


def run(*arguments: str) -> int:
    """Run a command as a rep would, and show it."""
    say(f"aftercall {shlex.join(arguments)}")
    return subprocess.run([*AFTERCALL, *arguments], check=False).returncode


def type_the_answers(arguments: list[str]) -> int:
    """Run a command at a pseudo-terminal and answer what it asks."""
    say(f"aftercall {shlex.join(arguments)}")
    screen = Screen()
    child = pexpect.spawn(
        AFTERCALL[0], [*AFTERCALL[1:], *arguments], encoding="utf-8", timeout=300, dimensions=(40, 100), logfile=None
    )
    child.logfile_read = screen
    sentence, became = r"\d+ of \d+   Enter keep[^\n]*\n(?:[^\n]*[^\s][^\n]*\n)+\r?\n", r"The call  .* q later"
    while child.expect([sentence, became]) == 0:
        answer(child, "\r")
    answer(child, "\r")
    for prompt, words in (
        ("contact:", "\r"),
        ("number to dial:", f"{NUMBER}\r"),
        ("(?s)You promised.*?q later", "\r"),
        ("Next call .* q later", "y"),
    ):
        child.expect(prompt)
        answer(child, words)
    child.expect(pexpect.EOF)
    child.close()
    screen.end()
    return child.exitstatus or 0


def answer(child: pexpect.spawn, words: str) -> None:
    """Type ``words`` once what is on the screen has been read: what is typed before that does not count."""
    shown = _ESCAPES.sub("", str(child.after))
    time.sleep(0.5 + len(shown.split()) * 60 / WORDS_PER_MINUTE)
    child.send(words)


class Screen:
    """Shows on standard output, which is no terminal, what a terminal would have shown.

    A status line is rewritten ten times a second; it is printed every two seconds.
    """

    def __init__(self) -> None:
        self._before = self._line = ""
        self._shown_at = 0.0

    def write(self, text: str) -> None:
        """Take what the command wrote. Moving the cursor back begins the line again."""
        for piece in re.split(r"(\r\n|\n|\r)", _ESCAPES.sub("", _BACK.sub("\r", text))):
            if piece in ("\n", "\r\n"):
                self._print()
            elif piece == "\r":
                if self._line.startswith(STATUS) and time.monotonic() - self._shown_at > 2:
                    self._print()
                self._before, self._line = self._line or self._before, ""
            else:
                self._line += piece

    def _print(self) -> None:
        line = self._line or ("" if self._before.startswith(STATUS) else self._before)
        if line.startswith(STATUS):
            self._shown_at = time.monotonic()
        print(line.rstrip(), flush=True)
        self._before = self._line = ""

    def flush(self) -> None:
        """Nothing waits to be written."""

    def end(self) -> None:
        """Show what was left."""
        if self._line:
            self._print()


if __name__ == "__main__":
    sys.exit(main())
