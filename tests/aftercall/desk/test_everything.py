"""An export in pieces is the same as one of a piece, and holds no more than some of it at a time."""

import json
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from scripted_terminal import at
from talks import talk

from aftercall.desk.export import CRMS
from aftercall.desk.export.crm import When
from aftercall.desk.export.everything import counted, everything, json_pieces
from aftercall.desk.export.hand_out import hand_out, texts_of
from aftercall.desk.rows import Row
from memos.models import ContactRef
from memos.store import Store

NOW = at("2026-11-21T16:45:00-05:00")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "memos.db", clock=lambda: NOW) as opened:
        yield opened


def fill(store: Store, count: int, text: str = "Łukasz said “yes”.\nTwice.") -> None:
    first = talk(3, ContactRef("Łukasz Müller", "東京 Ltd", email="l@example.com"), text, due_in=2)
    for number in range(count):
        store.confirm(replace(first, id=f"20261121-1640{number % 60:02d}-{number:04x}"))


@pytest.mark.parametrize("count", [0, 1, 5])
def test_the_pieces_together_are_the_whole(store: Store, tmp_path: Path, count: int) -> None:
    fill(store, count)
    data = everything(store, tmp_path, NOW)

    text = "".join(json_pieces(data))

    whole = data | {name: list(data[name]) for name in ("memos", "contacts", "follow_ups")}
    assert text == json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    assert [len(data[name]) for name in ("memos", "contacts", "follow_ups")] == [count, min(count, 1), count]
    assert counted(data).startswith(f"{count} memos")


def test_all_memos_come_in_batches_oldest_first(store: Store) -> None:
    fill(store, 7)

    batches = [[memo.id for memo in batch] for batch in store.in_batches(3)]

    assert [len(batch) for batch in batches] == [3, 3, 1]
    assert [memo_id for batch in batches for memo_id in batch] == [memo.id for memo in store.list()][::-1]


def a_plugin(data: Row) -> Iterator[str]:
    for _ in range(2):  # a list can be gone through as often as it takes
        yield from (memo["text"] for memo in data["memos"])


def exported(what: str, store: Store, folder: Path) -> tuple[int, int]:
    """Export, and say how many characters came out, and the most memory that it took, in bytes."""
    folder.mkdir()
    tracemalloc.start()
    try:
        if what in CRMS:
            files = hand_out(store, what, folder, When("Europe/Berlin", time(9)), NOW, again=True).files
            length = sum(file.stat().st_size for file in files)
        else:
            exporter = a_plugin if what == "plugin" else None
            texts = texts_of(store, everything(store, folder, NOW), what, exporter, folder, only_memos=False)
            length = sum(len(piece) for text in texts.values() for piece in text)
        return length, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.fixture(scope="module")
def some_and_twice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """A store of long memos, and one with twice as many."""
    folder = tmp_path_factory.mktemp("long")
    with (
        Store.open(folder / "some.db", clock=lambda: NOW) as some,
        Store.open(folder / "twice.db", clock=lambda: NOW) as twice,
    ):
        fill(some, 120, "word " * 1000)
        fill(twice, 240, "word " * 1000)
        yield some, twice


@pytest.mark.parametrize("what", ["json", "csv", "plugin", *CRMS])
def test_twice_as_many_memos_take_hardly_more_memory(
    some_and_twice: tuple[Store, Store], tmp_path: Path, what: str
) -> None:
    length, peak = exported(what, some_and_twice[0], tmp_path / "some")
    twice, peak_of_twice = exported(what, some_and_twice[1], tmp_path / "twice")

    assert twice > 1.9 * length
    assert peak_of_twice < 1.2 * peak


def test_to_count_what_would_be_written_reads_no_memo(store: Store, tmp_path: Path) -> None:
    fill(store, 20, "word " * 2000)
    tracemalloc.start()
    try:
        said = counted(everything(store, tmp_path, NOW))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert said == "20 memos, 1 contacts, 20 promised calls"
    assert peak < 100_000
