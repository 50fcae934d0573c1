"""What is opened from where there is no terminal: a terminal with a command of ours in it, and a number to dial."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from aftercall.desk.companion.child import COMMAND
from aftercall.desk.errors import FrontDoorError

TERMINALS: Final[Mapping[str, Sequence[str]]] = {
    "xdg-terminal-exec": (),
    "x-terminal-emulator": ("-e",),
    "gnome-terminal": ("--",),
    "ptyxis": ("--",),
    "konsole": ("-e",),
    "xfce4-terminal": ("-x",),
    "kitty": (),
    "alacritty": ("-e",),
    "foot": (),
    "wezterm": ("start", "--"),
    "xterm": ("-e",),
}
"""Terminals on Linux, the system's own choice before the others, and what stands before the command in each."""

_FAILS_WITHIN_SECONDS: Final = 0.7
"""A terminal that cannot be opened ends sooner; one that can stays, or has handed its window to another process."""


class NoTerminalProgram(FrontDoorError):
    """There is no terminal that could be opened."""


def terminal_command(arguments: Sequence[str]) -> list[str]:
    """What opens a new terminal in which ``aftercall`` runs with these arguments.

    :raises NoTerminalProgram: nothing does.
    """
    command = [*COMMAND, *arguments]
    if sys.platform == "darwin":
        script = f'tell application "Terminal" to do script {_applescript(shlex.join(command))}'
        return ["osascript", "-e", script, "-e", 'tell application "Terminal" to activate']
    if sys.platform == "win32":
        if found := shutil.which("wt.exe"):
            return [found, *command]
        return ["cmd.exe", "/c", "start", "", *command]
    chosen = os.environ.get("TERMINAL")
    for name in [*([chosen] if chosen else []), *TERMINALS]:
        if found := shutil.which(name):
            return [found, *TERMINALS.get(name, ("-e",)), *command]
    raise NoTerminalProgram("There is no terminal that could be opened; the variable TERMINAL may name one.")


def _applescript(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def open_terminal(arguments: Sequence[str]) -> None:
    """Run ``aftercall`` with these arguments in a new terminal.

    :raises NoTerminalProgram: there is none, or it ends at once with an error, as where there is no screen.
    """
    command = terminal_command(arguments)
    opened = start(command)
    with suppress(subprocess.TimeoutExpired):
        if opened is None or opened.wait(_FAILS_WITHIN_SECONDS):
            raise NoTerminalProgram(f"{Path(command[0]).name} opened no terminal: there may be no screen here.")


def dial(link: str) -> None:
    """Hand a number (``tel:+15125550143``) to whatever dials here."""
    if sys.platform == "win32":
        os.startfile(link)  # noqa: S606 - there is no other way, and it is a number
        return
    start(["open" if sys.platform == "darwin" else "xdg-open", link])


def start(command: Sequence[str]) -> subprocess.Popen[bytes] | None:
    """Start a program that goes on without us; None where it cannot be started."""
    with suppress(OSError):
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    return None
