"""axe-core finds nothing on any page, in light and in dark, wide and narrow (WCAG 2.2, A and AA)."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from page_client import Page, app_at, put_into_inbox
from transcripts import transcript_of

from memos.models import ContactRef, Promise
from memos.outcomes import Outcome
from review.reading import shortest_reading

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

Make = Callable[..., Any]


@pytest.fixture
def lived_in(home: Path, fill: Make, make_memo: Make) -> str:
    """A home with memos, calls that are late and to come, and a memo with sound that waits; its id."""
    today = app_at(home).now().date()
    for number, days in enumerate((-20, 0, 2, 9)):
        fill(
            home,
            make_memo(
                number,
                contact=ContactRef(f"Person {number}", "Brightwater", f"+1512555014{number}"),
                outcome=(Outcome.REACHED, Outcome.VOICEMAIL)[number % 2],
                next_call=Promise(today + timedelta(days=days), None, None, "then"),
            ),
        )
    pcm = b"".join((n % 160 * 150).to_bytes(2, "little", signed=True) for n in range(16000 * 3))
    heard = transcript_of(
        "She wants four vans. I'll send her the quote by Friday. I call her on Tuesday at ten.", doubtful=("four",)
    )
    return put_into_inbox(home, heard, "Person 1", pcm)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1000])
def test_axe_finds_nothing_on_any_page(
    browser: Any, serve: Callable[..., Page], lived_in: str, scheme: str, width: int
) -> None:
    # Without the page's own policy, which would keep axe out as well.
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
    tab = context.new_page()
    tab.goto(serve().server.address)
    base = tab.url.rstrip("/")
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        report = Axe().run(tab, options=RULES)
        if report.violations_count:
            found[name] = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in report.response["violations"]]

    for path in ("/", "/due", "/search?q=fuel", "/people", "/weeks"):
        tab.goto(base + path)
        look(path)
    tab.goto(f"{base}/people")
    for link in ("a.row", "text=Brief", ".said a"):
        tab.click(link)
        tab.wait_for_load_state()
        look(link)
    tab.goto(f"{base}/memo/nothing")
    look("trouble")
    tab.goto(f"{base}/read/{lived_in}")
    tab.wait_for_selector("#sentence")
    for closed in tab.query_selector_all("#panel details"):
        closed.evaluate("details => { details.open = true; }")
    look("sentence")
    tab.goto(f"{base}/read/{lived_in}")
    answers = {"sentence": "k", "outcome": "r", "contact": "Enter", "commitments": "Enter"}
    for _ in range(12):
        kind = tab.get_attribute("#panel", "data-kind")
        if kind not in answers:
            break
        if kind != "sentence":
            look(kind)
        up = tab.query_selector("#panel .sentence, #panel .undertaken")
        time.sleep(shortest_reading(up.inner_text()) + 0.2 if up else 0.1)
        turn = tab.get_attribute("#panel", "data-turn")
        tab.keyboard.press(answers[kind])
        tab.wait_for_function("turn => document.querySelector('#panel').dataset.turn !== turn", arg=turn)
    assert kind == "call"
    look(kind)
    assert found == {}
    tab.evaluate("() => document.querySelector('main').append(document.createElement('img'))")
    look("a picture without words")
    context.close()
    assert any("image-alt" in one for one in found["a picture without words"])
