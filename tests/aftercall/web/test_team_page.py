"""The team's book on the page, with a real server."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from cli import run
from page_client import Page
from postgres_server import PostgresServer
from talks import DANA, talk

Fill = Callable[..., None]


@pytest.fixture
def reps(postgres: PostgresServer, tmp_path: Path, fill: Fill) -> dict[str, Path]:
    """The homes of Ana, who has promised Dana a call for yesterday, and of Ben, who knows of it."""
    book = postgres.database()
    assert run("team", "init", postgres.url(book, "boss"), home=tmp_path / "boss").code == 0
    postgres.run("postgres", "GRANT aftercall_member TO ana, ben")
    homes = {name: tmp_path / name for name in ("ana", "ben")}
    fill(homes["ana"], talk(3, DANA, "Dana asked for the quote on the zeppelin.", due_in=-1, end="0001"))
    fill(homes["ben"], talk(9, None, "Nobody in particular.", end="0002"))
    for name, home in homes.items():
        assert run("team", "join", postgres.url(book, name), "--as", name.title(), home=home).code == 0
        assert run("team", "sync", home=home).code == 0
    return homes


@pytest.fixture
def pages() -> Iterator[Callable[[Path], Page]]:
    with ExitStack() as stack:
        yield lambda home: stack.enter_context(Page(home)).open()


def text_of(document: Any) -> str:
    return " ".join(document.text_content().split())


def test_each_row_says_whose_and_only_a_colleagues_call_is_changed_there(
    reps: dict[str, Path], pages: Callable[[Path], Page]
) -> None:
    bens, anas = pages(reps["ben"]), pages(reps["ana"])
    team = bens.look("/team")
    assert "Dana Whitfield (Brightwater) Ana · " in text_of(team)
    assert "1 day late" in text_of(team)
    [done] = team.xpath("//form[contains(@action, '/done')]/@action")
    assert done.endswith("0001/done")
    assert not anas.look("/team").xpath("//form[@method='post']")
    assert "It is yours" in text_of(anas.look("/team"))
    assert [mark.text for mark in bens.look("/team/search?q=zeppel*").xpath("//mark")] == ["zeppelin"]
    assert "Ana" in text_of(bens.look("/team/search?q=zeppelin"))
    figures = bens.look("/team/figures")
    assert [row[0].text for row in figures.xpath("//tbody/tr")] == ["Ana", "Ben", "all"]
    for address in ("/due", "/search", "/weeks"):
        assert bens.look(address).xpath("//main//a[starts-with(@href, '/team')]"), address


@pytest.mark.parametrize("what", ["done", "cancel", "later"])
def test_a_colleagues_call_is_changed_on_the_page(
    reps: dict[str, Path], pages: Callable[[Path], Page], what: str
) -> None:
    page = pages(reps["ben"])
    [done] = page.look("/team").xpath("//form[contains(@action, '/done')]/@action")
    answer = page.post(
        done.replace("/done", f"/{what}"), {"when": "in two weeks"} if what == "later" else {}, htmx=False
    )
    assert answer.status_code == 303
    said = text_of(page.look("/team?all=yes"))
    assert "the call of Ana with Dana Whitfield" in said
    assert ("in 14 days" in said) == (what == "later")
    for name in ("ben", "ana"):
        run("team", "sync", home=reps[name])
    assert run("due", "--all", home=reps["ana"]).code == (0 if what == "later" else 3)


def test_a_call_that_is_none_or_ones_own_is_not_changed_there(
    reps: dict[str, Path], pages: Callable[[Path], Page]
) -> None:
    bens, anas = pages(reps["ben"]), pages(reps["ana"])
    [done] = bens.look("/team").xpath("//form[contains(@action, '/done')]/@action")
    assert anas.post(done, htmx=False).status_code == 404
    assert bens.post("/team/0001/done", htmx=False).status_code == 404
    assert bens.post("/team/nothing/done", htmx=False).status_code == 404
    assert bens.post(done.replace("/done", "/later"), {"when": "yesterday"}, htmx=False).status_code == 400


def test_the_brief_says_what_a_colleague_heard_and_when_they_read_it(
    reps: dict[str, Path], pages: Callable[[Path], Page]
) -> None:
    assert run("brief", "Dana Whitfield", "--read", home=reps["ana"]).code == 0
    for name in ("ana", "ben"):
        run("team", "sync", home=reps[name])
    page = pages(reps["ben"])
    [brief] = page.look("/team").xpath("//main//a[starts-with(@href, '/brief/')]/@href")
    said = text_of(page.look(brief))
    assert "Ana spoke with them" in said
    assert "zeppelin" in said
    assert "the brief was read by Ana" in said
    assert "the brief was read by Ana" in run("brief", "Dana Whitfield", home=reps["ben"]).out
    assert "the brief was read" not in run("brief", "Dana Whitfield", home=reps["ana"]).out


def test_where_there_is_no_team_no_page_leads_there_and_its_pages_say_so(
    tmp_path: Path, fill: Fill, pages: Callable[[Path], Page]
) -> None:
    fill(tmp_path / "alone", talk(3, DANA, "Dana asked for the quote.", due_in=-1, end="0001"))
    page = pages(tmp_path / "alone")
    for address in ("/due", "/search", "/weeks"):
        assert not page.look(address).xpath("//a[starts-with(@href, '/team')]"), address
    for address in ("/team", "/team/search?q=quote", "/team/figures"):
        answer = page.get(address)
        assert answer.status_code == 404, address
        assert "team" in answer.text


def test_a_server_that_is_gone_leaves_the_calls_and_says_so_at_the_search(
    reps: dict[str, Path], pages: Callable[[Path], Page], postgres: PostgresServer
) -> None:
    page = pages(reps["ben"])
    postgres.stop()
    try:
        assert "Dana Whitfield" in text_of(page.look("/team"))
        answer = page.get("/team/search?q=zeppelin")
        assert (answer.status_code, "cannot be reached" in answer.text) == (409, True)
        assert "Traceback" not in answer.text
    finally:
        postgres.start()


@pytest.mark.parametrize("width", [320, 1000])
def test_axe_finds_nothing_there(browser: Any, reps: dict[str, Path], width: int) -> None:
    with Page(reps["ben"]) as page:
        context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
        tab = context.new_page()
        tab.goto(page.server.address)
        base = tab.url.rstrip("/")
        for path in ("/team", "/team/search?q=zeppelin", "/team/figures"):
            tab.goto(base + path)
            report = Axe().run(tab, options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa", "best-practice"]})
            assert not report.violations_count, (path, report.response["violations"])
            assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        context.close()
