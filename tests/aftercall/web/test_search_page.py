"""Search, a memo, and people on the page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from page_client import Page, app_at

from memos.outcomes import Outcome

Make = Callable[..., Any]


@pytest.fixture
def memos(home: Path, fill: Make, make_memo: Make) -> list[Any]:
    made = [
        make_memo(1),
        make_memo(2, outcome=Outcome.VOICEMAIL, contact=make_memo(1).contact),
        make_memo(3, next_call=None, no_next_call_reason="they signed elsewhere", contact=None),
    ]
    fill(home, *made)
    return made


def text_of(document: Any) -> str:
    return " ".join(document.text_content().split())


def test_what_is_looked_for_is_found_and_marked(page: Page, memos: list[Any]) -> None:
    found = page.look("/search?q=fuel")

    assert len(found.xpath("//ul[@class='rows']/li")) == 3
    assert {mark.text for mark in found.xpath("//mark")} == {"fuel"}


def test_a_part_is_sent_as_the_rep_types(page: Page, memos: list[Any]) -> None:
    part = page.get("/search?q=%22Memo+2%22", headers={"HX-Request": "true"}).text

    assert "<html" not in part
    assert memos[1].id in part
    assert memos[0].id not in part


def test_what_is_misspelt_is_found_as_meant_and_that_is_said(page: Page, memos: list[Any]) -> None:
    assert "Nothing matches Brightwatr; showing results for: brightwater" in text_of(page.look("/search?q=Brightwatr"))


@pytest.mark.parametrize("query", ["%00", "%22", "'", "*", "-", "NEAR(", "%E2%80%AE", "a" * 5000, "%F0%9F%98%80"])
def test_there_is_no_wrong_search(page: Page, memos: list[Any], query: str) -> None:
    assert page.get(f"/search?q={query}").status_code == 200
    assert page.get(f"/people?q={query}").status_code == 200


def test_a_memo_shows_what_was_heard_and_what_was_changed(page: Page, memos: list[Any]) -> None:
    memo = page.look(f"/memo/{memos[0].id}")

    assert "Memo 1 is about fuel." in text_of(memo)
    assert [gone.text_content() for gone in memo.xpath("//del")] == ["gone: fool."]
    assert [new.text_content() for new in memo.xpath("//ins")] == ["new: fuel."]
    assert not memo.xpath("//audio")


def test_the_sound_of_a_memo_is_served_while_it_is_kept(page: Page, home: Path, memos: list[Any]) -> None:
    address = f"/memo/{memos[0].id}/sound"
    assert page.get(address).status_code == 404
    audio = app_at(home).home.audio
    audio.mkdir(parents=True)
    (audio / f"{memos[0].id}.wav").write_bytes(b"RIFF" + bytes(100))

    assert page.get(address).content == b"RIFF" + bytes(100)
    assert page.get(address, headers={"Range": "bytes=0-3"}).content == b"RIFF"
    assert page.look(f"/memo/{memos[0].id}").xpath("//audio/@src") == [address]


@pytest.mark.parametrize("path", ["/memo/{end}", "/memo/..%2fmemos.db", "/memo/x/sound", "/people/77", "/people/x"])
def test_what_is_not_there_is_said_so(page: Page, memos: list[Any], path: str) -> None:
    assert page.get(path.format(end=memos[0].id[-4:])).status_code == 404


def test_people_are_found_by_the_beginnings_of_words_and_one_has_all_that_was_in_order(
    page: Page, home: Path, memos: list[Any]
) -> None:
    found = page.look("/people?q=cont+bright")
    [address] = found.xpath("//a[@class='row']/@href")

    one = page.look(address)

    assert [event.text for event in one.xpath("//ol[@class='rows']/li/p[@class='what']/a")] == [
        "Attempt, Wed 18 Nov 2026 16:40",
        "Talk, Tue 17 Nov 2026 16:40",
    ]
    assert "voicemail" in text_of(one)
    assert "call promised for Thu 3 Dec 2026 14:30" in text_of(one)


def test_an_empty_home_says_on_every_page_what_comes_there(page: Page) -> None:
    inbox = text_of(page.look("/"))
    assert "No memo yet" in inbox
    assert "Nothing leaves this machine." in inbox
    assert "every memo is confirmed" not in inbox
    assert "A call that you promise in a memo comes up here" in text_of(page.look("/due"))
    assert "No memo is confirmed yet." in text_of(page.look("/search"))
    assert "No memo is confirmed yet." in text_of(page.look("/search?q=fuel"))
    assert "Nobody is known yet." in text_of(page.look("/people"))
    assert "All of it" not in text_of(page.look("/weeks"))
