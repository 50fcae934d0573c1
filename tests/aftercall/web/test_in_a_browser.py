"""The page in a real browser: by keyboard alone, narrow, dark, killed in the middle, and spoken to."""

import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cli import AFTERCALL, environment, hearing, run
from page_client import Page, app_at, put_into_inbox
from transcripts import transcript_of
from virtual_microphone import VirtualMicrophone

from memos.models import ContactRef, Promise
from review.reading import shortest_reading

Sample = Callable[[str], Path]
Make = Callable[..., Any]
Tab = Any


@pytest.fixture
def tab(browser: Any) -> Iterator[Tab]:
    """An empty page, of which nothing may leave the machine, and in which no script may fail."""
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    context.set_default_timeout(30_000)
    page = context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda said: trouble.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("request", lambda asked: trouble.append(asked.url) if "//127.0.0.1:" not in asked.url else None)
    yield page
    context.close()
    assert trouble == []


@pytest.fixture
def served(serve: Callable[..., Page], tab: Tab) -> Tab:
    """A tab in which the page was opened by its link."""
    tab.goto(serve().server.address)
    return tab


def kind(tab: Tab) -> str:
    return str(tab.get_attribute("#panel", "data-kind"))


def press(tab: Tab, *keys: str) -> str:
    """Press keys, the last of which answers what is up; the kind of the next screen."""
    turn = tab.get_attribute("#panel", "data-turn")
    for key in keys:
        (tab.keyboard.press if len(key) == 1 or key == "Enter" else tab.keyboard.type)(key)
    tab.wait_for_function(
        "turn => { const up = document.querySelector('#panel');"
        " return up.dataset.turn !== turn && !['busy', 'recording'].includes(up.dataset.kind); }",
        arg=turn,
    )
    return kind(tab)


def open_field(tab: Tab, key: str) -> None:
    """Press the key of a field, which has the focus a moment later: what is typed before that is taken as keys."""
    tab.keyboard.press(key)
    tab.wait_for_selector("[data-open]:focus")


def read(tab: Tab) -> str:
    """Let as much time go by as reading what is up takes; what that is."""
    up = str(tab.inner_text(".sentence"))
    time.sleep(shortest_reading(up) + 0.1)
    return up


def keep_all(tab: Tab) -> list[str]:
    tab.wait_for_selector("#sentence")
    sentences = []
    while kind(tab) == "sentence":
        sentences.append(read(tab))
        press(tab, "Enter")
    return sentences


def answer_the_questions(tab: Tab) -> None:
    """From what became of the call to Stored, by keyboard: reached, Dana, in three days at ten."""
    assert kind(tab) == "outcome"
    assert press(tab, "r") == "contact"
    tab.keyboard.press("Control+A")
    press(tab, "Dana Whitfield, Brightwater", "Enter")
    while kind(tab) == "contact":
        press(tab, "Enter")
    if kind(tab) == "commitments":
        press(tab, "n")
    assert kind(tab) == "call"
    if tab.query_selector(".sentence"):
        open_field(tab, "a")
    press(tab, "in three days at ten", "Enter")
    read(tab)
    assert press(tab, "y") == "stored"


def test_a_memo_is_read_edited_and_stored_by_keyboard_alone(served: Tab, home: Path, memo: str) -> None:
    tab = served
    tab.reload()
    tab.focus("a.row")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#sentence")
    assert tab.evaluate("document.activeElement.id") == "sentence"
    read(tab)
    press(tab, "Enter")
    open_field(tab, "e")
    tab.keyboard.press("Control+A")
    tab.keyboard.type("She wants five vans.")
    time.sleep(shortest_reading("She wants five vans."))
    press(tab, "Enter")
    keep_all(tab)
    answer_the_questions(tab)

    assert "Stored. Call Dana Whitfield (Brightwater)" in tab.inner_text("#panel")
    with app_at(home).store() as store:
        assert "She wants five vans." in store.get(memo).text
    tab.keyboard.press("Enter")
    tab.wait_for_selector("h1:text('Inbox')")
    tab.click("nav >> text=Search")
    tab.wait_for_selector("#q:focus")
    tab.keyboard.type("five vans")
    tab.wait_for_selector("mark:text('vans')")


def test_keys_that_are_held_or_pressed_too_soon_answer_nothing(served: Tab, home: Path, memo: str) -> None:
    served.goto(f"{served.url.rstrip('/')}/read/{memo}")
    first = served.inner_text("#sentence")
    for _ in range(30):
        served.keyboard.press("Enter")

    served.wait_for_selector("text=quicker than anyone reads")
    assert served.inner_text("#sentence") == first


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_runs_over_the_edge_of_a_narrow_page_and_every_key_has_a_button(
    served: Tab, home: Path, memo: str, fill: Make, make_memo: Make, scheme: str
) -> None:
    tab = served
    ago = app_at(home).now() - timedelta(weeks=3)
    call = Promise(ago.date() + timedelta(days=2), None, None, "then")
    fill(home, make_memo(1, contact=ContactRef("Dana Whitfield"), spoken_at=ago, next_call=call))
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": 320, "height": 700})
    base = tab.url.rstrip("/")
    tab.goto(base + "/weeks")
    tab.wait_for_selector("#kept")
    for path in ("/", "/due", "/search", "/people", "/weeks", f"/read/{memo}"):
        tab.goto(base + path)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, path
    tab.wait_for_selector("#sentence")
    keys = {
        key for each in tab.query_selector_all("#panel [data-key]") for key in each.get_attribute("data-key").split()
    }
    assert {"Enter", "k", "Space", "e", "r", "a", "s", "q", "l", "Escape", "d", "?"} <= keys
    for button in tab.query_selector_all("#panel button:visible, #panel summary:visible"):
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 24
    read(tab)
    press(tab, "Enter")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_is_up_is_read_to_a_screen_reader_and_what_was_said_is_announced(served: Tab, memo: str) -> None:
    served.goto(f"{served.url.rstrip('/')}/read/{memo}")
    served.wait_for_selector("#sentence")
    press(served, "Enter")

    assert served.evaluate("document.activeElement.id") == "sentence"
    served.wait_for_function("() => document.querySelector('#live').textContent.includes('quicker than anyone reads')")


def test_a_word_that_is_clicked_is_played_from_there_and_lit(served: Tab, home: Path, sample: Sample) -> None:
    pcm = b"".join((n % 160 * 150).to_bytes(2, "little", signed=True) for n in range(16000 * 3))
    memo = put_into_inbox(home, transcript_of("She wants four vans today."), pcm=pcm)
    served.goto(f"{served.url.rstrip('/')}/read/{memo}")

    served.click("text=vans")
    served.wait_for_selector(".w.lit")

    assert served.inner_text(".w.lit") in ("vans", "today.")
    assert served.query_selector("#sound.playing") is not None


def test_sound_that_comes_when_its_sentence_was_answered_is_not_played_under_the_next(served: Tab, home: Path) -> None:
    pcm = b"".join((n % 160 * 150).to_bytes(2, "little", signed=True) for n in range(16000 * 3))
    memo = put_into_inbox(home, transcript_of("She wants four vans today.", "I ring her on Friday."), pcm=pcm)
    late: list[tuple[Any, Any]] = []
    served.route(
        "**/sound/sentence?*",
        lambda route: late.append((route, route.fetch())) if not late else route.continue_(),
    )
    served.goto(f"{served.url.rstrip('/')}/read/{memo}")
    read(served)
    with served.expect_request("**/sound/sentence?*"):
        served.keyboard.press("h")
    press(served, "Enter")

    route, answer = late[0]
    with served.expect_request_finished():
        route.fulfill(response=answer)
    served.evaluate("new Promise((done) => setTimeout(done, 300))")

    assert served.query_selector("#sound.playing") is None
    served.keyboard.press("h")
    served.wait_for_selector("#sound.playing")


def test_a_server_killed_in_the_middle_of_a_reading_loses_nothing_and_stores_nothing(
    tab: Tab, home: Path, memo: str
) -> None:
    with _server(home) as (server, address):
        tab.goto(address)
        tab.click("a.row")
        tab.wait_for_selector("#sentence")
        read(tab)
        press(tab, "Enter")
        server.send_signal(signal.SIGKILL)
        server.wait(10)
        tab.keyboard.press("s")
        tab.wait_for_selector("#trouble:has-text('does not answer')")
    assert not app_at(home).is_confirmed(memo)
    with _server(home) as (server, address):
        tab.goto(address)
        tab.click("a.row")
        tab.wait_for_selector("#sentence")
        assert tab.inner_text("#sentence") == "She wants four vans."
        tab.wait_for_selector("text=Going on at sentence 2")
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0


@pytest.mark.real_time
def test_a_memo_is_spoken_heard_read_stored_and_found_all_on_the_page(
    tab: Tab, home: Path, virtual_microphone: VirtualMicrophone, sample: Sample
) -> None:
    offers = {"AFTERCALL_END_SILENCE": "1.2", "AFTERCALL_CLOSING_SILENCE": "15"}
    with _server(home, **hearing(virtual_microphone), **offers) as (server, address):
        tab.goto(address)
        tab.keyboard.press("r")
        tab.wait_for_selector("text=Speak now.")
        virtual_microphone.play(sample("plain"))
        tab.wait_for_function("() => document.querySelector('[data-live=heard]')?.textContent.length > 20")
        tab.wait_for_function("() => document.querySelector('[data-live=offered]')?.textContent.length > 5")
        tab.keyboard.press("Enter")
        tab.wait_for_selector("#sentence")
        assert re.search(r"/read/\d{8}-\d{6}-", tab.url)
        assert " ".join(keep_all(tab)).count("fuel") >= 1
        answer_the_questions(tab)
        tab.goto(tab.url.partition("/read/")[0] + "/search?q=fuel")
        tab.wait_for_selector("mark:text('fuel')")
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0
    assert run("list", "--ids", home=home).code == 0


class _server:  # noqa: N801  # reads as what it is, in a with
    """``aftercall page`` as a process of its own, and the link that it prints."""

    def __init__(self, home: Path, **more: str) -> None:
        self._process = subprocess.Popen(
            [*AFTERCALL, "page", "--no-browser"],
            env=environment(home, **more),
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def __enter__(self) -> tuple["subprocess.Popen[str]", str]:
        assert self._process.stdout is not None
        return self._process, self._process.stdout.readline().strip()

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()
