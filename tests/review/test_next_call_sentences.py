"""Short sentences with a talk, or with none, said on Wednesday 18 November 2026 at 16:40. All must be read right."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from review.next_call import find_next_call

SENTENCES = Path(__file__).parents[1] / "data" / "next_call" / "sentences.tsv"
SAID = datetime(2026, 11, 18, 16, 40, tzinfo=UTC)
ROWS = [line.split("\t") for line in SENTENCES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("expected", "text"), ROWS)
def test_a_sentence_gives_the_day_and_time_agreed_in_it_or_none(expected: str, text: str) -> None:
    found = find_next_call(text, SAID)
    day = found.date if found else None
    clock = f" {found.time:%H:%M}" if found and found.time else ""

    assert (f"{day}{clock}" if day else "-") == expected
