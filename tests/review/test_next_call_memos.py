"""How often the next call is read right: on memos looked at while it was written, and on some that were not."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from review.next_call import find_next_call, to_json

DATA = Path(__file__).parents[1] / "data" / "next_call"


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def score(name: str) -> tuple[float, float, list[str]]:
    """Shares right on the date, and on date and time; the ids of memos with an invented date."""
    memos = rows(name)
    dates = both = 0
    invented = []
    for row in memos:
        spoken_at = datetime.fromisoformat(row["spoken_at"])
        read = to_json(find_next_call(row["text"], spoken_at, locale=row["locale"]))
        dates += read["date"] == row["date"]
        both += (read["date"], read["time"]) == (row["date"], row["time"])
        if row["date"] is None and read["date"] is not None:
            invented.append(row["id"])
    return dates / len(memos), both / len(memos), invented


@pytest.mark.parametrize(("name", "date_share", "both_share"), [("dev", 0.985, 0.98), ("unseen", 0.93, 0.92)])
def test_the_next_call_is_read_right_in_nearly_every_memo(name: str, date_share: float, both_share: float) -> None:
    dates, both, invented = score(name)
    assert dates >= date_share
    assert both >= both_share
    assert len(invented) <= 0.01 * len(rows(name))


def test_the_memos_cover_every_kind_and_are_labelled_soundly() -> None:
    memos = rows("dev") + rows("unseen")
    assert len(memos) >= 250
    assert len({row["text"] for row in memos}) == len(memos)
    kinds = {"plain", "none", "distractor", "vague", "conditional", "correction", "event", "several"}
    assert {row["kind"] for row in memos} == kinds
    for row in memos:
        spoken = datetime.fromisoformat(row["spoken_at"]).date()
        assert row["date"] is None or datetime.fromisoformat(row["date"]).date() >= spoken
        assert row["date"] is not None or row["kind"] in {"none", "vague", "conditional", "correction"}
