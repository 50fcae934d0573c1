"""Due and the brief on the page."""

from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from page_client import Page, app_at

from memos.models import Commitment, ContactRef, Promise

Make = Callable[..., Any]


@pytest.fixture
def calls(home: Path, fill: Make, make_memo: Make) -> dict[str, str]:
    """Three promised calls: overdue, today and in two days; the ids of their memos by the names of the contacts."""
    today = app_at(home).now().date()
    memos = [
        make_memo(
            number,
            contact=ContactRef(name, "Brightwater", f"+1512555014{number}"),
            next_call=Promise(today + timedelta(days=days), time(14, 30), None, "then"),
        )
        for number, (name, days) in enumerate({"Olga Late": -20, "Tom Today": 0, "Wes Week": 2}.items())
    ]
    fill(home, *memos)
    return {memo.contact.name: memo.id for memo in memos}


def open_calls(home: Path) -> dict[str, date]:
    with app_at(home).store() as store:
        return {call.follow_up.contact.name: call.follow_up.due_date for call in store.due()}


def text_of(document: Any) -> str:
    return " ".join(document.text_content().split())


def test_what_is_due_stands_in_its_sections_each_with_how_to_open_it_and_a_number_to_dial(
    page: Page, calls: dict[str, str]
) -> None:
    due = page.look("/due")

    assert [heading.text.strip() for heading in due.xpath("//h2")] == ["Overdue", "Today", "This week"]
    words = text_of(due)
    assert words.index("Olga Late") < words.index("Tom Today") < words.index("Wes Week")
    assert "20 days late" in words
    assert "Hello Olga, I am sorry that I call later than I said" in words
    assert due.xpath("//a[starts-with(@href, 'tel:')]/@href")[0] == "tel:+15125550140"


def test_a_call_is_ticked_off_and_the_page_says_what_is_left(page: Page, home: Path, calls: dict[str, str]) -> None:
    answer = page.post(f"/due/{calls['Tom Today']}/done", htmx=False)

    assert answer.status_code == 303
    assert set(open_calls(home)) == {"Olga Late", "Wes Week"}
    words = text_of(page.look(answer.headers["location"]))
    assert "Done: the call with Tom Today (Brightwater)" in words
    assert "Tom Today (Brightwater) has no next step now" in words
    assert "Done: the call" not in text_of(page.look("/due"))


def test_a_call_is_put_off_in_words(page: Page, home: Path, calls: dict[str, str]) -> None:
    page.post(f"/due/{calls['Olga Late']}/later", {"when": "in three days at ten"}, htmx=False)

    assert open_calls(home)["Olga Late"] == app_at(home).now().date() + timedelta(days=3)
    assert "put off once since" in text_of(page.look("/due"))


@pytest.mark.parametrize("when", ["", "yesterday", "soon", "2020-01-01", "next Blursday"])
def test_a_day_that_is_none_or_past_changes_nothing(page: Page, home: Path, calls: dict[str, str], when: str) -> None:
    before = open_calls(home)

    answer = page.post(f"/due/{calls['Olga Late']}/later", {"when": when}, htmx=False)

    assert answer.status_code == 400
    assert "nothing was changed" in answer.text
    assert open_calls(home) == before


def test_a_call_that_is_not_there_is_said_so(page: Page, calls: dict[str, str]) -> None:
    answer = page.post("/due/20200101-000000-dead/done", htmx=False)

    assert answer.status_code == 404
    assert "nothing was changed" in answer.text


@pytest.fixture
def quote(home: Path, fill: Make, make_memo: Make) -> str:
    """A quote that was promised Dana for tomorrow, and its id; and a price list for no day."""
    tomorrow = app_at(home).now().date() + timedelta(days=1)
    commitments = (Commitment("I'll send her the quote.", tomorrow), Commitment("I promised her the list.", None))
    memo = make_memo(7, contact=ContactRef("Dana Whitfield", "Brightwater", None), commitments=commitments)
    fill(home, memo)
    return f"{memo.id}.1"


def open_tasks(home: Path) -> dict[str, date | None]:
    with app_at(home).store() as store:
        return {task.id: task.by for task in store.tasks.open()}


def test_what_was_promised_besides_calls_stands_below_them_and_is_ticked_off(
    page: Page, home: Path, quote: str
) -> None:
    words = text_of(page.look("/due"))
    assert "Promised besides calls Dana Whitfield (Brightwater)" in words
    assert "tomorrow “I'll send her the quote.”" in words
    assert "no day “I promised her the list.”" in words

    answer = page.post(f"/due/{quote}/done", htmx=False)

    assert "Done: what you promised Dana Whitfield (Brightwater)" in text_of(page.look(answer.headers["location"]))
    assert quote not in open_tasks(home)


def test_what_was_promised_besides_calls_is_put_off_to_a_day_and_cancelled(page: Page, home: Path, quote: str) -> None:
    page.post(f"/due/{quote}/later", {"when": "in three days"}, htmx=False)
    assert open_tasks(home)[quote] == app_at(home).now().date() + timedelta(days=3)

    refused = page.post(f"/due/{quote}/later", {"when": "in four days at ten"}, htmx=False)
    assert refused.status_code == 400
    assert "nothing was changed" in refused.text
    assert open_tasks(home)[quote] == app_at(home).now().date() + timedelta(days=3)

    page.post(f"/due/{quote}/cancel", htmx=False)
    assert quote not in open_tasks(home)
    assert page.post(f"/due/{quote}/done", htmx=False).status_code == 409


def test_the_brief_tells_what_was_promised(page: Page, home: Path, quote: str) -> None:
    with app_at(home).store() as store:
        whom = store.get(quote.rpartition(".")[0]).contact.id

    assert "“I'll send her the quote.”, said" in text_of(page.look(f"/brief/{whom}"))


def test_an_empty_home_has_nothing_due(page: Page) -> None:
    assert "No call is due." in text_of(page.look("/due"))


def test_a_brief_counts_as_read_when_it_was_looked_at_and_not_by_being_sent(
    page: Page, home: Path, calls: dict[str, str]
) -> None:
    with app_at(home).store() as store:
        whom = store.get(calls["Tom Today"]).contact.id
    brief = page.look(f"/brief/{whom}")
    assert "brief never read" in text_of(brief)
    assert "brief unread" in text_of(page.look("/due"))
    [seen] = brief.xpath("//main/@data-seen")

    page.post(seen)

    assert "brief read" in text_of(page.look(f"/brief/{whom}"))
    assert text_of(page.look("/due")).count("brief unread") == 2


def test_an_open_question_is_answered_in_place(page: Page, home: Path, calls: dict[str, str]) -> None:
    with app_at(home).store() as store:
        whom = store.get(calls["Tom Today"]).contact.id
    assert "What budget is set aside for it?" in text_of(page.look(f"/brief/{whom}"))

    page.post(f"/brief/{whom}/answer", {"topic": "budget", "answer": "40k"}, htmx=False)

    words = text_of(page.look(f"/brief/{whom}"))
    assert "Kept: budget is 40k." in words
    assert "What budget" not in words
    assert page.post(f"/brief/{whom}/answer", {"topic": "shoe size", "answer": "9"}).status_code == 404


@pytest.mark.parametrize("whom", ["0", "99", "x", "1" * 30, "-1"])
def test_a_contact_that_is_not_there_is_said_so(page: Page, calls: dict[str, str], whom: str) -> None:
    assert page.get(f"/brief/{whom}").status_code == 404


def test_what_others_wrote_is_shown_and_not_acted_upon(page: Page, home: Path, fill: Make, make_memo: Make) -> None:
    today = app_at(home).now().date()
    name = "<script>alert(1)</script>\u202eevil"
    fill(
        home,
        make_memo(
            1,
            contact=ContactRef(name, '"><img src=x onerror=alert(1)>', "javascript:alert(1)"),
            text="<b>bold</b>",
            next_call=Promise(today, None, None, "<i>then</i>"),
        ),
    )
    due = page.look("/due")

    assert not due.xpath("//main//script | //main//img | //main//b | //main//i")
    assert "<script>alert(1)</script>evil" in text_of(due)
    assert all(address.startswith(("/", "tel:")) for address in due.xpath("//main//a/@href"))
