"""The page as a browser without a screen: a server of its own in a thread, and a client that keeps its cookie."""

import re
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import httpx2
from lxml import html

from aftercall.desk.app import App
from aftercall.desk.stages import TRANSCRIPT
from aftercall.web.face import Told
from aftercall.web.server import PageServer
from capture.inbox import Inbox
from capture.recording import EndedBy, Recording
from review.reading import shortest_reading
from transcribe.transcript import Transcript

SETTINGS: Final = {
    "AFTERCALL_LOCALE": "en-US",
    "AFTERCALL_COUNTRY": "US",
    "AFTERCALL_READER": "Rita",
    "AFTERCALL_CUE": "no",
    "AFTERCALL_CALENDAR_FOLDER": "no",
}


def app_at(home: Path, **settings: str) -> App:
    """A run of the program at that home."""
    more = {f"AFTERCALL_{name.upper()}": value for name, value in settings.items()}
    return App.start(SETTINGS | {"AFTERCALL_HOME": str(home)} | more, lambda settings: Told())


def put_into_inbox(home: Path, transcript: Transcript, contact: str | None = None, pcm: bytes = b"") -> str:
    """A memo that was heard, and waits to be read; its id."""
    app = app_at(home)
    inbox = Inbox(app.home.inbox)
    with inbox.claim(app.now()) as recording_id:
        seconds = len(pcm) / 32000
        recording = Recording(recording_id, app.now(), seconds, "a test", contact, EndedBy.SILENCE)
        inbox.add(recording, pcm, {TRANSCRIPT: transcript.to_dict()})
    return recording_id


class Panel:
    """The screen that is up, as it was sent.

    :ivar arrived: when, in seconds on the monotonic clock.
    """

    def __init__(self, text: str) -> None:
        self.arrived = time.monotonic()
        self.text = text
        document = html.fromstring(text)
        [self.element] = document.xpath("descendant-or-self::*[@id='panel']")
        self.kind = self.element.get("data-kind")
        self.turn = self.element.get("data-turn")

    @property
    def words(self) -> str:
        """All that it says."""
        return " ".join(self.element.text_content().split())

    @property
    def sentence(self) -> str:
        """What is up to be read."""
        [up] = self.element.find_class("sentence")
        return " ".join(up.text_content().split())

    @property
    def notes(self) -> list[str]:
        """What was said with it."""
        return [note.text_content().strip() for note in self.element.find_class("note")]

    @property
    def acts(self) -> set[str]:
        """What can be done, by its name in the form."""
        return {one.get("value") for one in self.element.xpath(".//*[@name='act']")}

    def keys(self) -> dict[str, str]:
        """The key of each thing that can be done, by what its button says."""
        return {
            one.get("data-key"): " ".join(one.text_content().split()) for one in self.element.xpath(".//*[@data-key]")
        }


class Page:
    """A server, and one browser that opened it. A context manager."""

    def __init__(self, home: Path, *, linger: float = 600, reading_linger: float = 180, **settings: str) -> None:
        self.home = home
        self.server = PageServer(app_at(home, **settings), linger, reading_linger)
        self.port = self.server.port
        self.base = f"http://127.0.0.1:{self.port}"
        self._ready = threading.Event()
        self.thread = threading.Thread(target=self.server.serve_pages, args=(lambda address: self._ready.set(),))
        # A connection that the server closes after five idle seconds is not used again by a machine that is late.
        limits = httpx2.Limits(keepalive_expiry=1)
        headers = {"Origin": self.base}
        self.client = httpx2.Client(base_url=self.base, headers=headers, timeout=30, trust_env=False, limits=limits)
        self.token = ""

    def __enter__(self) -> Self:
        self.thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()
        self.server.end()
        self.thread.join(30)
        assert not self.thread.is_alive()

    def open(self) -> Self:
        """Let the browser in."""
        answer = self.client.get(self.server.address, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        self.token = re.findall(r'data-token="([^"]+)"', answer.text)[0]
        return self

    def get(self, path: str, **more: Any) -> Any:
        """A page."""
        return self.client.get(path, **more)

    def look(self, path: str) -> Any:
        """A page as a document."""
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        return html.fromstring(answer.text)

    def post(self, path: str, fields: Mapping[str, str] | None = None, *, htmx: bool = True, **more: Any) -> Any:
        """A change, with the token of our own forms."""
        headers = {"HX-Request": "true"} if htmx else {}
        return self.client.post(path, data={"token": self.token, **(fields or {})}, headers=headers, **more)

    def read(self, memo: str) -> Panel:
        """Open the reading of a memo; the first screen that asks something."""
        answer = self.client.get(f"/read/{memo}")
        assert answer.status_code == 200, answer.text
        return self.settled(memo, Panel(answer.text))

    def settled(self, memo: str, panel: Panel, seconds: float = 30) -> Panel:
        """Wait while nothing is asked."""
        deadline = time.monotonic() + seconds
        while panel.kind in ("busy", "recording"):
            assert time.monotonic() < deadline, panel.words
            time.sleep(0.02)
            panel = Panel(self.client.get(f"/read/{memo}/panel", headers={"HX-Request": "true"}).text)
        return panel

    def act(self, memo: str, panel: Panel, act: str, text: str | None = None) -> Panel:
        """Answer a screen; the next one."""
        fields = {"act": act, "turn": panel.turn} | ({} if text is None else {"text": text})
        answer = self.post(f"/read/{memo}", fields)
        assert answer.status_code == 200, answer.text
        return self.settled(memo, Panel(answer.text))

    def after_reading(self, memo: str, panel: Panel, act: str, text: str | None = None) -> Panel:
        """The same, once what is up can have been read."""
        time.sleep(shortest_reading(panel.sentence) + 0.05)
        return self.act(memo, panel, act, text)

    def edit(self, memo: str, panel: Panel, text: str) -> Panel:
        """Edit the sentence that is up, for as long as reading what is put in its place takes."""
        self.post(f"/read/{memo}", {"act": "editing", "turn": panel.turn})
        time.sleep(shortest_reading(text) + 0.05)
        return self.act(memo, panel, "edit", text)


def keep_all(page: Page, memo: str, panel: Panel) -> Panel:
    """Read and keep every sentence."""
    while panel.kind == "sentence":
        panel = page.after_reading(memo, panel, "keep")
    return panel
