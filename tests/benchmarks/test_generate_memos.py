"""The memos that searching is measured on are sound, and the same each time."""

from pathlib import Path

from benchmarks.generate_memos import generate
from memos.store import Store


def test_they_are_as_a_rep_would_have_left_them(tmp_path: Path) -> None:
    texts = []
    for name in ("one", "two"):
        generate(tmp_path / name / "memos.db", 300)
        with Store.open(tmp_path / name / "memos.db") as store:
            assert store.check() == []
            assert store.count() == 300
            assert store.search("budget")
            assert 0 < len(store.due()) < 300
            texts.append([memo.text for memo in store.list()])
    assert texts[0] == texts[1]
