"""Takes the screens of docs/reading.md and docs/screens/: a real review in tmux, at 60 and at 120 columns.

`python docs/make_screens.py` needs tmux and the development setup. What is in colour goes to docs/screens/ as SVG, what
is plain into docs/reading.md between marks.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

HERE: Final = Path(__file__).parent
PAGE: Final = HERE / "reading.md"
SCREENS: Final = HERE / "screens"
SAMPLE: Final = HERE.parent / "samples" / "names-number-price.flac"
AFTERCALL: Final = f"{sys.executable} -m aftercall"
ROWS: Final = 24

_GREYS_AND_COLOURS: Final = "24292e b31d28 22863a 9a6700 0366d6 5a32a3 1b7c83 6a737d"
_THEME: Final = TerminalTheme(
    (253, 253, 250),
    (36, 41, 46),
    [(colour[0], colour[1], colour[2]) for colour in map(bytes.fromhex, _GREYS_AND_COLOURS.split())],
)
_SVG: Final = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {terminal_width} {terminal_height}" role="img">
<style>.{unique_id}-matrix {{ font: {char_height}px/{line_height}px monospace; }} {styles}</style>
<rect width="100%" height="100%" fill="#fdfdfa"/>
<g class="{unique_id}-matrix">{backgrounds}{matrix}</g>
</svg>
"""


class Screen:
    """A program in a terminal of its own, so many columns wide."""

    def __init__(self, columns: int, environment: dict[str, str]) -> None:
        self._program = shutil.which("tmux") or sys.exit("This needs tmux.")
        self._socket = f"aftercall-screens-{os.getpid()}-{columns}-{len(environment)}"
        self._tmux("new-session", "-d", "-x", str(columns), "-y", str(ROWS), *self._with(environment), "sh")
        self._tmux("set-option", "status", "off")

    @staticmethod
    def _with(environment: dict[str, str]) -> list[str]:
        return [part for name, value in environment.items() for part in ("-e", f"{name}={value}")]

    def _tmux(self, *arguments: str) -> str:
        command = [self._program, "-L", self._socket, "-f", "/dev/null", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def type(self, keys: str) -> None:
        """Type keys as they are; "Enter" and the like by name."""
        self._tmux("send-keys", keys)

    def wait_for(self, text: str) -> None:
        """Wait until the text is on the screen."""
        deadline = time.monotonic() + 30
        while text not in self.plain():
            if time.monotonic() > deadline:
                sys.exit(f"{text!r} does not come:\n{self.plain()}")
            time.sleep(0.1)
        time.sleep(1.5)  # to have read it

    def plain(self) -> str:
        """What is to be seen, without colours."""
        return self._tmux("capture-pane", "-p").rstrip()

    def coloured(self) -> str:
        """The same, with its escape sequences."""
        return self._tmux("capture-pane", "-p", "-e").rstrip()

    def clear(self) -> None:
        """Forget what was shown so far; what comes next is at the top."""
        self._tmux("send-keys", "-R")
        self._tmux("clear-history")

    def end(self) -> None:
        """End the program and its terminal."""
        self._tmux("kill-server")


@contextmanager
def waiting_memo(spoken_at: datetime | None = None) -> Iterator[dict[str, str]]:
    """A home in which the sample waits to be read.

    :param spoken_at: with zone; None: just now.
    """
    with tempfile.TemporaryDirectory(prefix="aftercall-screens-") as home:
        settings = {"HOME": home, "LOCALE": "en-US", "COUNTRY": "US", "READER": "Rita", "REMINDER": "no"}
        ours = {f"AFTERCALL_{name}": value for name, value in settings.items()}
        for command in (["import", str(SAMPLE)], ["transcribe"]):
            done = [sys.executable, "-m", "aftercall", *command]
            subprocess.run(done, env=os.environ | ours, check=True, capture_output=True)
        # As if it was spoken then, so that the next call is days ahead.
        [facts] = Path(home, "inbox").glob("*-????.json")
        spoken = (spoken_at or datetime.now().astimezone()).isoformat()
        facts.write_text(json.dumps(json.loads(facts.read_bytes()) | {"spoken_at": spoken}), "utf-8")
        yield ours | {"PATH": os.environ["PATH"], "PS1": "$ "}


def review(columns: int, environment: dict[str, str], flags: str = "") -> dict[str, tuple[str, str]]:
    """The screens of one review, by name, plain and in colour. It is left before anything is stored."""
    screen = Screen(columns, environment)
    taken: dict[str, tuple[str, str]] = {}

    def take(name: str) -> None:
        taken[name] = (screen.plain(), screen.coloured())

    try:
        time.sleep(0.5)
        screen.type(f"clear; {AFTERCALL} review {flags}\n")
        screen.wait_for("1 of 5")
        for number in range(2, 4):
            screen.type(" ")
            screen.wait_for(f"{number} of 5")
        take("sentences")
        screen.clear()
        screen.type("?")
        screen.wait_for("throw the whole memo away")
        take("help")
        screen.clear()
        for number in range(4, 6):
            screen.type(" ")
            screen.wait_for(f"{number} of 5")
        screen.clear()
        screen.type(" ")
        screen.wait_for("The call")
        screen.type("r")
        for prompt in ("contact:", "number to dial:", "role:"):
            screen.wait_for(prompt)
            screen.type("Enter" if not flags else "\n")
        screen.wait_for("Next call")
        take("whom")
        screen.type("q")
        time.sleep(1.0)
    finally:
        screen.end()
    return taken


def svg(coloured: str, columns: int, name: str) -> str:
    """A screen as a small drawing."""
    console = Console(record=True, width=columns, file=StringIO(), force_terminal=True, legacy_windows=False)
    for line in coloured.splitlines():
        console.print(Text.from_ansi(line), soft_wrap=True)
    drawn = console.export_svg(theme=_THEME, code_format=_SVG, unique_id=name)
    # Without the clippings, whose paths are not in it, and the ends of lines.
    return re.sub(r'<text[^>]*>\n</text>| clip-path="[^"]*"', "", drawn)


def main() -> None:
    """Take all screens and write them."""
    SCREENS.mkdir(exist_ok=True)
    page = PAGE.read_text("utf-8")
    for columns in (60, 120):
        with waiting_memo() as environment:
            for name, (plain, coloured) in review(columns, environment).items():
                page = filled(page, f"{name} {columns}", plain)
                path = SCREENS / f"{name}-{columns}.svg"
                path.write_text(svg(coloured, columns, f"{name}-{columns}"), "utf-8")
    with waiting_memo() as environment:
        page = filled(page, "plain", review(80, environment, "--plain")["sentences"][0])
    PAGE.write_text(page, "utf-8")


def filled(page: str, name: str, screen: str) -> str:
    """``page`` with the screen between the marks of that name."""
    begin, end = f"<!-- {name} -->\n", f"\n<!-- end of {name} -->"
    before, _, rest = page.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        sys.exit(f"{PAGE.name} has no part marked {name!r}.")
    return before + begin + f"```text\n{screen}\n```" + end + after


if __name__ == "__main__":
    main()
