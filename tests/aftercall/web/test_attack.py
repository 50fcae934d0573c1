"""The reading attacked over HTTP: `python tests/page_attack.py 100000` does the same for longer."""

from pathlib import Path

from page_attack import attack


def test_no_request_skips_a_sentence_answers_it_early_or_stores_what_was_not_read(home: Path) -> None:
    made = attack(home, 2500)

    assert made.faults == []
    assert made.statuses[200] > 500
    assert made.answered > 0
    assert made.screens["sentence"] > 100
