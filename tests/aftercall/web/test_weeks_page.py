"""The weeks on the page."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from page_client import Page, app_at

from aftercall.web.chart import LEFT, bars
from memos.models import ContactRef, Promise
from memos.outcomes import Outcome

Make = Callable[..., Any]


def test_bars_are_drawn_to_one_scale_and_end_where_their_parts_do() -> None:
    short, long, none = bars([("a", {"solid": 1, "hatch": 1}, "1 of 2"), ("b", {"solid": 4}, "4 of 4"), ("c", {}, "")])

    assert [part.width for part in short.parts] == [14.0, 14.0]
    assert short.parts[1].begin == LEFT + 14
    assert long.end == LEFT + 56
    assert (none.parts, none.end) == ((), LEFT)


def test_nothing_at_all_is_drawn_without_a_bar() -> None:
    [only] = bars([("a", {"solid": 0}, "0")])

    assert only.parts == ()


def test_calls_talks_and_attempts_stand_by_week_drawn_and_as_numbers(
    page: Page, home: Path, fill: Make, make_memo: Make
) -> None:
    now = app_at(home).now()
    fill(
        home,
        *(
            make_memo(
                number,
                id=f"20261101-10000{number}-000{number}",
                spoken_at=now - timedelta(weeks=weeks),
                outcome=outcome,
            )
            for number, (weeks, outcome) in enumerate(
                [(0, Outcome.REACHED), (0, Outcome.VOICEMAIL), (2, Outcome.REACHED), (2, Outcome.NO_CALL)]
            )
        ),
    )
    weeks = page.look("/weeks")

    words = " ".join(weeks.text_content().split())
    assert "3 calls, 2 talks (67 % reached), 0.5 calls in vain for each talk; 1 notes." in words
    [table, *_] = weeks.xpath("//table")
    rows = [[cell.text for cell in row] for row in table.xpath("./tbody/tr")]
    assert [row[1:] for row in rows] == [["1", "1", "0"], ["0", "0", "0"], ["2", "1", "1"]]
    [chart, *_] = weeks.xpath("//svg[@role='img']")
    assert len(chart.xpath(".//rect[contains(@class, 'solid')]")) == 2
    assert len(chart.xpath(".//rect[contains(@class, 'hatch')]")) == 1


def test_promises_stand_by_the_week_of_the_day_agreed_on(page: Page, home: Path, fill: Make, make_memo: Make) -> None:
    today = app_at(home).now().date()
    fill(
        home,
        *(
            make_memo(
                number,
                contact=ContactRef(f"Person {number}"),
                spoken_at=app_at(home).now() - timedelta(weeks=3),
                next_call=Promise(today + timedelta(days=days), None, None, "then"),
            )
            for number, days in enumerate((-14, -14, 30))
        ),
    )
    weeks = page.look("/weeks")

    [table] = weeks.xpath("//section[@aria-labelledby='kept']//table")
    rows = [[cell.text for cell in row][1:] for row in table.xpath("./tbody/tr")]
    assert rows == [["2", "0", "0", "2", "0"], ["0"] * 5, ["0"] * 5]
    [chart] = weeks.xpath("//section[@aria-labelledby='kept']//*[@role='img']")
    assert len(chart.xpath(".//rect[contains(@class, 'dots')]")) == 1


def test_without_memos_it_says_so(page: Page) -> None:
    assert "No memo is confirmed yet." in page.get("/weeks").text
