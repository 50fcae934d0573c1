"""A calendar server of one's own: Radicale, on loopback, with a password, in a process that ends with the test."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import icalendar
import requests

USER: Final = "rita"
PASSWORD: Final = "correct horse"  # that of the test's own server


class CalendarServer:
    """A context manager. `calendar` is the address of the calendar there; all is kept in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}/"
        self.calendar = f"{self.url}{USER}/calls/"
        folder.mkdir(parents=True)
        (folder / "users").write_text(f"{USER}:{PASSWORD}\n")
        (folder / "config").write_text(
            f"[server]\nhosts = 127.0.0.1:{self._port}\n"
            f"[auth]\ntype = htpasswd\nhtpasswd_filename = {folder / 'users'}\nhtpasswd_encryption = plain\ndelay = 0\n"
            f"[storage]\nfilesystem_folder = {folder / 'storage'}\n"
            "[logging]\nlevel = error\n"
        )

    def __enter__(self) -> Self:
        self.start()
        self.make_calendar("calls", "Calls")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Begin to answer."""
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "radicale", "--config", str(self._folder / "config")],
                stdout=log,
                stderr=log,
                env={name: value for name, value in os.environ.items() if not name.startswith("RADICALE")},
            )
        deadline = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", self._port), 1).close()
            except OSError:
                assert self._process.poll() is None, (self._folder / "log").read_text()
                assert time.monotonic() < deadline, "Radicale does not start"
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        """Be down; what is stored stays."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def make_calendar(self, path: str, name: str, kinds: str = "") -> str:
        """Another calendar of the user; its address. `kinds`: of components that it takes, as XML."""
        body = (
            '<?xml version="1.0"?><C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
            f"<D:set><D:prop><D:displayname>{name}</D:displayname>{kinds}</D:prop></D:set></C:mkcalendar>"
        )
        self._request("MKCALENDAR", f"{self.url}{USER}/{path}/", body)
        return f"{self.url}{USER}/{path}/"

    def names(self, calendar: str | None = None) -> list[str]:
        """The names of the events there, as a listing gives them."""
        answer = self._request("PROPFIND", calendar or self.calendar, headers={"Depth": "1"})
        hrefs = [part.partition("</href>")[0] for part in answer.text.split("<href>")[1:]]
        return sorted({href.rpartition("/")[2] for href in hrefs if href.endswith(".ics")})

    def event(self, name: str) -> icalendar.Event:
        """The one event in a file there, read by another client than ours."""
        [event] = icalendar.Calendar.from_ical(self.file(name)).events
        return event

    def todo(self, name: str) -> icalendar.Todo:
        """The one to-do in a file there."""
        [todo] = icalendar.Calendar.from_ical(self.file(name)).todos
        return todo

    def file(self, name: str) -> str:
        """A file there."""
        return self._request("GET", self.calendar + name).content.decode()

    def write(self, name: str, file: str) -> None:
        """Change a file there, as a phone would."""
        self._request("PUT", self.calendar + name, file, {"Content-Type": "text/calendar"})

    def edit(self, name: str, *changes: tuple[str, str]) -> None:
        """Replace what a file there says: pairs of what it says and what it is to say."""
        file = self.file(name)
        for old, new in changes:
            assert old in file, f"{old!r} is not in {file}"
            file = file.replace(old, new)
        self.write(name, file)

    def delete(self, name: str) -> None:
        """Delete a file there."""
        self._request("DELETE", self.calendar + name)

    def _request(
        self, method: str, address: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> requests.Response:
        answer = requests.request(
            method, address, data=body and body.encode(), headers=headers, auth=(USER, PASSWORD), timeout=20
        )
        answer.raise_for_status()
        return answer
