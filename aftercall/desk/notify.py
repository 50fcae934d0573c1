"""A notification on the desktop; without a desktop there is none, and nothing is lost."""

import shutil
import subprocess
from contextlib import suppress

from aftercall.desk.reminder import waiting_line


def notify_waiting(count: int) -> None:
    """Say how many memos wait, through notify-send (freedesktop.org's notifications) where it is installed."""
    program = shutil.which("notify-send")
    if program is None or count == 0:
        return
    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run(
            [program, "--app-name=aftercall", "aftercall", waiting_line(count)],
            check=False,
            timeout=5,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
