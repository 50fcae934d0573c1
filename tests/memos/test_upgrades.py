"""A store of each earlier version is brought up to date with all that is in it."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import on_disk
import pytest

from memos import schema
from memos.errors import StoreError, StoreTooOld
from memos.store import Store

STORES = Path(__file__).parents[1] / "data" / "stores"
ANNA, JAN, NOBODY = "20261121-164005-0001", "20261122-090000-0002", "20261123-100000-0003"


def load(version: str, path: Path) -> None:
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.executescript((STORES / f"{version}.sql").read_text("utf-8"))


def schema_of(path: Path) -> set[tuple[str, str, str]]:
    with closing(sqlite3.connect(path)) as conn:
        found = conn.execute("SELECT type, name, ifnull(sql, '') FROM sqlite_master").fetchall()
    return {(kind, name, " ".join(sql.replace('"', "").split()).replace("'", "")) for kind, name, sql in found}


def test_there_is_a_store_of_every_version():
    assert {path.stem for path in STORES.glob("m*.sql")} == set(schema.NAMES), "run tests/data/stores/make_stores.py"


@pytest.mark.parametrize("version", schema.NAMES)
def test_a_store_of_each_version_keeps_all_that_is_in_it(version, path, make_memo):
    load(version, path)
    with Store.open(path) as store:
        assert store.check() == []
        assert [memo.id for memo in store.list()] == [NOBODY, JAN, ANNA]
        anna = store.get(ANNA)
        assert (anna.text, anna.heard) == ("Anna wants the offer by Friday.", "Ana wants the offer by Friday.")
        assert anna.spoken_at == dt.datetime(2026, 11, 21, 16, 40, 5, tzinfo=dt.UTC)
        assert (anna.contact.name, anna.contact.phone) == ("Anna Lee", "+12125550123")
        assert (anna.next_call.date, anna.next_call.time) == (dt.date(2026, 12, 1), dt.time(14, 30))
        assert [sentence.action for sentence in anna.sentences] == ["edit"]
        assert store.get(JAN).no_next_call_reason == "they went with a rival"
        assert store.get(JAN).contact.spellings == ("Yan Kovalsky",)
        assert [call.memo.id for call in store.due()] == [ANNA]
        assert on_disk.transcript(store, ANNA) == '{"segments": []}'
        for query, found in (("zebra", JAN), ("cafe zurich", NOBODY), ("anna offer", ANNA), ("z*", JAN)):
            assert found in [hit.memo.id for hit in store.search(query)], query
        assert str(store.respell("zebar").query) == "zebra"
        assert store.confirm(make_memo(9, text="A new memo.")) is True
        assert store.check() == []


@pytest.mark.parametrize("version", schema.NAMES)
def test_a_store_of_each_version_ends_with_the_tables_of_a_new_one(version, path, tmp_path):
    load(version, path)
    Store.open(path).close()
    new = tmp_path / "new" / "memos.db"
    Store.open(new).close()
    assert schema_of(path) == schema_of(new)


@pytest.mark.parametrize("version", schema.NAMES[: schema.NAMES.index("m006_upkeep")])
def test_a_migration_that_fails_leaves_the_store_as_it_was(version, path):
    load(version, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("CREATE TABLE memo_words (in_the_way INTEGER)")
    before = schema_of(path)
    with pytest.raises(StoreError, match="already"):
        Store.open(path)
    assert schema_of(path) == before
    with pytest.raises(StoreTooOld):
        Store.open(path, read_only=True)
