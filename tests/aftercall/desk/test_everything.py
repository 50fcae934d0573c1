"""An export in pieces is the same as one of a piece, and holds no more than some of it at a time."""

import json
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from scripted_terminal import at
from talks import talk

from aftercall.desk.export.everything import everything, in_words, json_pieces
from memos.models import ContactRef
from memos.store import Store

NOW = at("2026-11-21T16:45:00-05:00")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "memos.db", clock=lambda: NOW) as opened:
        yield opened


def fill(store: Store, count: int, text: str = "Łukasz said “yes”.\nTwice.") -> None:
    first = talk(3, ContactRef("Łukasz Müller", "東京 Ltd"), text, due_in=2)
    for number in range(count):
        store.confirm(replace(first, id=f"20261121-1640{number % 60:02d}-{number:04x}"))


@pytest.mark.parametrize("count", [0, 1, 5])
def test_the_pieces_together_are_the_whole(store: Store, tmp_path: Path, count: int) -> None:
    fill(store, count)
    counted = Counter[str]()

    text = "".join(json_pieces(store, tmp_path, NOW, counted))

    assert text == json.dumps(everything(store, tmp_path, NOW), ensure_ascii=False, indent=2) + "\n"
    assert in_words(counted).startswith(f"{count} memos")


def test_all_memos_come_in_batches_oldest_first(store: Store) -> None:
    fill(store, 7)

    batches = [[memo.id for memo in batch] for batch in store.in_batches(3)]

    assert [len(batch) for batch in batches] == [3, 3, 1]
    assert [memo_id for batch in batches for memo_id in batch] == [memo.id for memo in store.list()][::-1]


def test_no_more_than_a_batch_is_in_memory(store: Store, tmp_path: Path) -> None:
    fill(store, 300, "word " * 1000)
    tracemalloc.start()
    try:
        length = sum(map(len, json_pieces(store, tmp_path, NOW, Counter())))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert length > 300 * 15_000
    assert peak < 0.75 * length  # as a whole it took more than twice its length
