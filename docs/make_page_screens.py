"""Takes the pictures of docs/page.md and the README: the page in Chromium, wide, narrow and dark, with a sample memo.

`python docs/make_page_screens.py` needs chromium and the development setup; it transcribes a sample with the real model
and reads it by keyboard up to the question of the next call. What is due and the weeks are of made-up calls. It is
always the morning of the same day, as in the tests, so that a picture changes only where the page does.
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from make_screens import waiting_memo
from playwright.sync_api import sync_playwright

sys.path.append(str(Path(__file__).parents[1] / "tests"))
import clock

from memos.models import ConfirmedMemo, ContactRef, Promise, Sentence
from memos.outcomes import Outcome
from memos.store import Store
from review.reading import shortest_reading

SCREENS: Final = Path(__file__).parent / "screens"
WIDE: Final = (900, 640)
NARROW: Final = (320, 700)

_PEOPLE: Final = (
    ("Dana Whitfield", "Brightwater", "Dana wants the quote for four vans in writing. Her boss has to agree."),
    (
        "Gordon Ellis",
        "Mapleton Printing",
        "He likes the paper, and not its price. We speak again after the fair.",
    ),
    (
        "Laura Bennett",
        "Hartwell Logistics",
        "They run forty trucks. She liked the demo and asks about the old data.",
    ),
    ("Ada Lee", "Acme", "Ada needs the van by spring. I send her the two offers."),
)


def on_a_working_day(moment: datetime) -> datetime:
    """The same, or the Friday before a weekend."""
    return moment - timedelta(days=max(0, moment.weekday() - 4))


def fill(home: Path, now: datetime) -> None:
    """Calls of the last ten weeks with some people, some of them in vain."""
    chance = random.Random(11)  # noqa: S311 - made-up calls, no secret
    with Store.open(home / "memos.db", clock=lambda: now) as store:
        for number in range(44):
            spoken_at = on_a_working_day(now - timedelta(days=68 - number * 1.55))
            spoken_at = spoken_at.replace(hour=chance.choice((9, 10, 11, 14, 16)))
            name, company, text = _PEOPLE[number % 4]
            outcome = chance.choice((Outcome.REACHED, Outcome.REACHED, Outcome.VOICEMAIL, Outcome.NO_ANSWER))
            due = on_a_working_day(spoken_at + timedelta(days=chance.choice((2, 4, 7)))).date()
            sentence = Sentence(0, text, text, "keep", 4.0)
            phone = f"+1512555014{number % 4}"
            memo = ConfirmedMemo(
                id=f"{spoken_at:%Y%m%d-%H%M%S}-{number:04x}",
                spoken_at=spoken_at,
                duration=12.0,
                source="microphone",
                heard=text,
                text=text,
                sentences=(sentence,),
                language="en",
                engine="faster-whisper",
                model="base",
                weights_sha256="",
                confirmed_by="Rita",
                confirmed_at=spoken_at,
                reading_seconds=4.0,
                next_call=Promise(due, time(14, 30) if number % 3 else None, None, "then"),
                outcome=outcome,
                transcript_json="{}",
                contact=ContactRef(name, company, phone),
            )
            store.confirm(memo)


@contextmanager
def served(environment: dict[str, str]) -> Iterator[str]:
    """The link to a server in these surroundings."""
    command = [sys.executable, "-m", "aftercall", "page", "--no-browser"]
    server = subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.PIPE, encoding="utf-8")
    assert server.stdout is not None
    try:
        yield server.stdout.readline().strip()
    finally:
        server.terminate()
        server.wait(30)


def take(tab: Any, name: str) -> None:
    """The page as it is, wide, and narrow in the dark."""
    for suffix, (width, height), scheme in (("", WIDE, "light"), ("-dark-narrow", NARROW, "dark")):
        tab.set_viewport_size({"width": width, "height": height})
        tab.emulate_media(color_scheme=scheme)
        tab.screenshot(path=SCREENS / f"page-{name}{suffix}.png")
    tab.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    tab.emulate_media(color_scheme="light")


def answer(tab: Any, key: str) -> None:
    """Read what is up, and press a key."""
    up = tab.query_selector("#panel .sentence, #panel .undertaken")
    tab.wait_for_timeout(1000 * shortest_reading(up.inner_text() if up else "") + 200)
    turn = tab.get_attribute("#panel", "data-turn")
    tab.keyboard.press(key)
    tab.wait_for_function("turn => document.querySelector('#panel').dataset.turn !== turn", arg=turn)


def main() -> None:
    """Take all of them."""
    now = clock.BEGINNING
    with clock.begun(), waiting_memo(now) as environment, sync_playwright() as playwright:
        fill(Path(environment["AFTERCALL_HOME"]), now)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with served(environment) as address:
            tab = browser.new_page(viewport={"width": WIDE[0], "height": WIDE[1]})
            tab.goto(address)
            base = tab.url.rstrip("/")
            for name in ("due", "weeks"):
                tab.goto(f"{base}/{name}")
                take(tab, name)
            tab.goto(base)
            tab.click("a.row")
            tab.wait_for_selector("#sentence")
            take(tab, "reading")
            keys = {"sentence": "Enter", "outcome": "r", "contact": "Enter", "commitments": "Enter"}
            while (key := keys.get(tab.get_attribute("#panel", "data-kind"))) is not None:
                answer(tab, key)
            take(tab, "call")
        browser.close()


if __name__ == "__main__":
    main()
