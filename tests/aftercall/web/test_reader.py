"""The session drawn on a page, without a server: what is said again, and what the page does not know."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from transcripts import transcript_of

from aftercall.web.pages import render
from aftercall.web.reader import PageReader
from aftercall.web.screens import Act, Screen
from aftercall.web.strip import Strip
from memos.store import Store
from review.again import SaidAgain
from review.errors import NotConfirmed, NotSaidAgain
from review.session import ReviewSettings, Session, Unconfirmed

NOW = datetime.fromisoformat("2026-11-24T10:00:00-05:00")
ID = "20261124-100000-abcd"


class Floor:
    """Where acts are written down beforehand; after them the rep leaves. The clock goes on by so many seconds each."""

    asked = True

    def __init__(self, *acts: tuple[str, str], seconds: float = 10.0, offered: tuple[str, float] | None = None) -> None:
        self.stop_recording, self.leaving, self.offered = Event(), Event(), offered
        self._seconds = seconds
        self.screens: list[Screen] = []
        self.time = 0.0
        self._acts = iter([*acts, ("leave", "")])

    def next_act(self, screen: Screen, sounds: Mapping[str, Any]) -> Act:
        self.put_up(screen)
        self.time += self._seconds
        name, text = next(self._acts)
        return Act(name, screen.turn, text)

    def put_up(self, screen: Screen) -> None:
        self.screens.append(screen)

    def say(self, line: str) -> None:
        raise AssertionError(line)

    def said(self) -> tuple[str, ...]:
        return ()


class Again:
    """What is said at the microphone."""

    def __init__(self, *heard: str | None) -> None:
        self._heard = iter(heard)

    def record(self) -> SaidAgain:
        heard = next(self._heard)
        if heard is None:
            raise NotSaidAgain("Nobody spoke.")
        return SaidAgain(ID, transcript_of(heard))

    def left_over(self, known: object) -> SaidAgain | None:
        return None


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "memos.db", clock=lambda: NOW) as opened:
        yield opened


def read(store: Store, floor: Floor, again: Again | None) -> list[Screen]:
    memo = Unconfirmed(ID, NOW, 0.0, "a test", None, transcript_of("She wants four vans.", "I call her."), None)
    settings = ReviewSettings("Rita", 0.65, "en-US", "US")
    session = Session(memo, store, settings, lambda draft: None, lambda: NOW, lambda: floor.time)
    reader = PageReader(floor, lambda stretch: b"", lambda question: Strip((), ""))
    with pytest.raises(NotConfirmed):
        reader.read(session, None, again)
    return floor.screens


def sentences(screens: list[Screen]) -> list[str]:
    return [screen.facts["text"] for screen in screens]


def test_a_sentence_that_is_said_again_is_up_then_and_can_be_undone(store: Store) -> None:
    screens = read(store, Floor(("say again", ""), ("undo", "")), Again("She wants nine vans."))

    assert sentences(screens) == ["She wants four vans.", "She wants nine vans.", "She wants four vans."]


def test_what_is_added_by_voice_is_up_next(store: Store) -> None:
    screens = read(store, Floor(("say more", ""), ("keep", "")), Again("Her budget is 40k."))

    assert screens[1].notes == ("Added after this sentence; it is up next.",)
    assert sentences(screens)[2] == "Her budget is 40k."


def test_where_nobody_spoke_the_sentence_is_as_it_was_and_that_is_said(store: Store) -> None:
    screens = read(store, Floor(("say again", "")), Again(None))

    assert sentences(screens) == ["She wants four vans."] * 2
    assert screens[1].notes == ("Nobody spoke. The sentence is as it was.",)


def test_without_a_way_to_record_it_says_so(store: Store) -> None:
    screens = read(store, Floor(("say again", "")), None)

    assert screens[1].notes == ("It cannot be said here; edit it.",)
    assert not screens[0].facts["can_record"]


def test_a_question_that_the_page_does_not_know_is_named_with_the_command_that_asks_it() -> None:
    panel = render(
        "panel.html", {"screen": Screen("elsewhere", {"stage": "horoscope"}), "id": ID, "after": "", "form_token": "t"}
    )

    assert f"The next question (horoscope) is asked at a terminal: aftercall review {ID}" in panel
    assert 'value="leave"' in panel


def test_every_key_of_the_help_is_one_of_the_page(store: Store) -> None:
    [screen] = read(store, Floor(), Again())
    panel = render("panel.html", {"screen": screen, "id": ID, "after": "", "form_token": "t"})

    for key in ("Enter k Space", "s", "e", "a", "r", "q l Escape", "d", "?"):
        assert f'data-key="{key}"' in panel


@pytest.mark.parametrize(
    ("offered", "answered"),
    [
        (("She wants four vans.", -3.0), True),
        (("She wants four vans.", -0.1), False),
        (("She wants four", -3.0), False),
        (None, False),
    ],
)
def test_a_sentence_that_was_read_while_the_microphone_was_open_is_up_since_then(
    store: Store, offered: tuple[str, float] | None, answered: bool
) -> None:
    screens = read(store, Floor(("keep", ""), ("keep", ""), seconds=0.2, offered=offered), Again())

    assert sentences(screens)[1] == ("I call her." if answered else "She wants four vans.")
    assert sentences(screens)[2] == sentences(screens)[1]


def test_without_its_packages_the_command_says_how_to_install_them(home: Path) -> None:
    program = (
        "import sys; sys.modules['starlette'] = None; sys.argv = ['aftercall', 'page', '--no-browser'];"
        "from aftercall.__main__ import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env={"AFTERCALL_HOME": str(home)}, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert "the page in the browser needs more packages; to install them:" in done.stderr.replace(
        "The page", "the page"
    )
    assert "starlette" in done.stderr
    assert "Traceback" not in done.stderr
