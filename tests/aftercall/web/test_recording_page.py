"""Memos that begin on the page: typed, or files that are dropped onto it. Spoken ones: test_in_a_browser.py."""

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from page_client import Page, Panel, app_at

from aftercall.desk.app import App
from aftercall.web.reading import Reading
from aftercall.web.works import waiting
from capture.endpoint import Phase
from capture.recorder import Progress
from capture.recording import EndedBy
from review.errors import NotConfirmed

Sample = Callable[[str], Path]


def give(page: Page, content: bytes, name: str, **headers: str) -> object:
    return page.client.post(
        "/import",
        content=content,
        headers={"X-Token": page.token, "X-Name": quote(name), "HX-Request": "true", **headers},
    )


def test_typed_words_wait_in_the_inbox_and_are_read_at_once(page: Page, home: Path) -> None:
    answer = page.post("/jot", {"text": "Dana wants the quote by Friday.\nCall her.", "contact": "Dana"}, htmx=False)

    assert answer.status_code == 303
    panel = page.read(answer.headers["location"].rpartition("/")[2])
    assert panel.sentence == "Dana wants the quote by Friday."
    [waiting] = app_at(home).inbox.recordings()
    assert waiting.contact_hint == "Dana"


def test_no_words_are_no_memo(page: Page, home: Path) -> None:
    answer = page.post("/jot", {"text": " \n "}, htmx=False)

    assert answer.status_code == 400
    assert "There are no words in that" in answer.text
    assert not app_at(home).home.inbox.exists() or not app_at(home).inbox.recordings()


def test_a_file_that_is_dropped_is_imported_once_with_its_own_time(page: Page, home: Path, sample: Sample) -> None:
    sound = sample("silence").read_bytes()

    assert give(page, sound, "ordner/memo ü.flac", **{"X-Modified": "1760000000000"}).status_code == 204
    assert "memo ü.flac: " in page.get("/").text
    assert give(page, sound, "again.flac").status_code == 204

    assert "again.flac was imported before." in page.get("/").text
    [recording] = app_at(home).inbox.recordings()
    assert recording.source.startswith("file: memo ü.flac")
    assert not list(home.glob("dropped-*"))


@pytest.mark.parametrize("name", ["../../evil.flac", "..", "/", "", "a" * 5000, "C:\\x\\y.flac", "\u202egpj.flac"])
def test_a_name_leads_to_no_other_folder(page: Page, home: Path, tmp_path: Path, name: str) -> None:
    before = {path for path in tmp_path.rglob("*") if "home" not in path.parts}

    answer = give(page, b"no sound at all", name)

    assert answer.status_code == 409
    assert "Traceback" not in answer.text
    assert {path for path in tmp_path.rglob("*") if "home" not in path.parts} == before
    assert not list(home.glob("dropped-*"))


def test_a_file_without_the_token_is_not_taken(page: Page, home: Path, sample: Sample) -> None:
    answer = page.client.post("/import", content=sample("silence").read_bytes(), headers={"X-Name": "x.flac"})

    assert answer.status_code == 403
    assert not (home / "inbox").exists() or not app_at(home).inbox.recordings()


def test_without_a_microphone_it_says_so_and_nothing_is_lost(serve: Callable[..., Page], home: Path) -> None:
    page = serve(device="there is no such microphone").open()

    answer = page.post("/record", {"contact": "Dana"}, htmx=False)

    assert answer.headers["location"] == "/read/new"
    panel = page.settled("new", Panel(page.get("/read/new").text))
    assert panel.kind == "trouble"
    assert "microphone" in panel.words


def test_the_inbox_shows_how_a_memo_begins_and_not_all_of_it(page: Page, memo: str) -> None:
    inbox = page.get("/").text

    assert "I spoke with Dana" in inbox
    assert "14:30" not in inbox


def test_events_of_a_reading_that_asks_something_are_over_and_hold_no_sentence(page: Page, memo: str) -> None:
    page.read(memo)

    events = page.get(f"/read/{memo}/events").text

    assert events == "event: over\ndata: {}\n\n"


def spoken(page: Page, work: Callable[[App, Reading], None]) -> Panel:
    """A memo that is being recorded, by a microphone of the test's own; the first screen after it."""
    house = page.server._house
    house._readings["new"] = Reading(house.app, work, None, house.tell, house.log, time.monotonic)
    house._readings["new"].start()
    return Panel(page.client.get("/read/new", follow_redirects=True).text)


def test_a_memo_that_was_recorded_to_be_read_later_is_not_begun_to_be_read(page: Page, home: Path, memo: str) -> None:
    def later(app: App, reading: Reading) -> None:
        reading.recording = app.inbox.get(memo)
        raise NotConfirmed("Recorded. It waits in the inbox, to be read later.")

    panel = page.settled("new", spoken(page, later))

    assert panel.kind == "left"
    assert "It waits in the inbox" in panel.words
    assert page.server._house.reading(memo).left


def test_a_memo_that_was_recorded_is_read_by_its_id_from_then_on(page: Page, home: Path, memo: str) -> None:
    def at_once(app: App, reading: Reading) -> None:
        reading.recording = app.inbox.get(memo)
        waiting(reading.recording)(app, reading)

    spoken(page, at_once)

    assert page.get("/read/new").headers["location"] == f"/read/{memo}"
    assert page.read(memo).sentence.startswith("I spoke with Dana")
    assert page.server._house.reading(memo) is page.server._house.reading("new")


def test_how_a_recording_stands_is_told_as_it_goes_on(page: Page, home: Path) -> None:
    seen = threading.Event()

    def record(app: App, reading: Reading) -> None:
        with app.face.recording() as screen:
            screen.begin("a test")
            screen.show(Progress(3.2, -30.0, Phase.SPEAKING, None, 0, 0.9), "She wants four \u202evans")
            assert reading.offered is None
            assert seen.wait(20)
            assert screen.asked_to_stop() is EndedBy.ENTER

    spoken(page, record)
    with page.client.stream("GET", "/read/new/events") as stream:
        lines = stream.iter_lines()
        first = next(line for line in lines if line.startswith("data: "))
        facts = json.loads(first.removeprefix("data: "))
        assert (facts["kind"], facts["clock"], facts["level"]) == ("recording", "0:03", 50)
        assert facts["heard"] == "She wants four vans"
        page.post("/read/new/stop")
        seen.set()
        assert "event: over" in list(lines)
