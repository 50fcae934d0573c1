"""A desktop for tests: a display that nobody sees (Xvfb), a session bus, a daemon that shows notifications."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

DAEMON: Final = "/usr/lib/notification-daemon/notification-daemon"

_START_SECONDS: Final = 60.0


def missing_packages() -> list[str]:
    """Debian packages that it needs and this machine lacks."""
    found = {
        "dbus": shutil.which("dbus-daemon"),
        "xvfb": shutil.which("Xvfb"),
        "xdotool": shutil.which("xdotool"),
        "notification-daemon": Path(DAEMON).exists(),
    }
    return [package for package, there in found.items() if not there]


def wait_for(what: Callable[[], object], why: str, seconds: float = _START_SECONDS) -> None:
    """Wait until it is so."""
    give_up = time.monotonic() + seconds
    while not what():
        if time.monotonic() > give_up:
            raise TimeoutError(why)
        time.sleep(0.05)


class DesktopSession:
    """A context manager.

    :ivar environment: for the processes that are to be on it.
    """

    def __init__(self, *, daemon: bool = True) -> None:
        self._daemon = daemon
        self._folder = Path(tempfile.mkdtemp(prefix="desktop-"))
        self._processes: list[subprocess.Popen[bytes]] = []
        self.environment: dict[str, str] = {}

    def __enter__(self) -> Self:
        try:
            address = self._first_line("dbus-daemon", "--session", "--nofork", "--print-address")
            self.environment["DBUS_SESSION_BUS_ADDRESS"] = address
            self.environment |= {"GTK_A11Y": "none", "NO_AT_BRIDGE": "1"}
            display = self._first_line("Xvfb", "-displayfd", "1", "-screen", "0", "900x600x24", "-nolisten", "tcp")
            self.environment["DISPLAY"] = f":{display}"
            if self._daemon:
                self._start(DAEMON)
                wait_for(self._shows_notifications, "the notification daemon did not come up")
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def windows(self) -> list[tuple[int, int, int, int]]:
        """What is on the display: x, y, width and height of each window that is shown, the topmost last."""
        shown = self._run("xdotool", "search", "--onlyvisible", "--maxdepth", "1", "--name", "").split()
        found = []
        for window in shown:
            lines = dict(
                line.split("=", 1) for line in self._run("xdotool", "getwindowgeometry", "--shell", window).splitlines()
            )
            if lines:
                found.append((int(lines["X"]), int(lines["Y"]), int(lines["WIDTH"]), int(lines["HEIGHT"])))
        return [each for each in found if each[2] < 900]

    def click(self, x: int, y: int) -> None:
        """Click there with the mouse."""
        self._run("xdotool", "mousemove", str(x), str(y), "sleep", "0.3", "click", "1")

    def screenshot(self, path: Path) -> None:
        """Keep what the display shows, as a picture of the X window dump format."""
        path.write_bytes(
            subprocess.run(
                ["xwd", "-root", "-silent"], env=self._all, check=True, capture_output=True, timeout=60
            ).stdout
        )

    @property
    def _all(self) -> dict[str, str]:
        return os.environ | self.environment

    def _run(self, *command: str) -> str:
        return subprocess.run(command, env=self._all, capture_output=True, text=True, timeout=60).stdout

    def _shows_notifications(self) -> bool:
        asked = "org.freedesktop.DBus.NameHasOwner"
        command = ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/", asked]
        return "true" in self._run(*command, "string:org.freedesktop.Notifications")

    def _start(self, *command: str, stdout: "IO[bytes] | int" = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            command, env=self._all, stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.DEVNULL
        )
        self._processes.append(process)
        return process

    def _first_line(self, *command: str) -> str:
        process = self._start(*command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        return process.stdout.readline().decode().strip()

    def _stop(self) -> None:
        for process in reversed(self._processes):
            process.terminate()
        for process in reversed(self._processes):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)
