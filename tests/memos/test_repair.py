"""A damaged store is mended as far as it can be read, each thing is told, and nothing is deleted."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import shutil
import sqlite3
from contextlib import closing

import pytest

from memos.errors import StoreDamaged, StoreError
from memos.models import ContactRef
from memos.repair import repair
from memos.store import Store

NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
MANY = 120


def raw(path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def mended(path) -> list[str]:
    return repair(path, NOW, busy_seconds=1)


@pytest.fixture(scope="module")
def unharmed(tmp_path_factory, make_memo):
    """A store with so many memos that each table has several pages. Not to be changed."""
    path = tmp_path_factory.mktemp("whole") / "memos.db"
    with Store.open(path) as store:
        for number in range(MANY):
            store.confirm(
                make_memo(
                    number,
                    text=f"Memo {number} about the budget. " * 8,
                    transcript_json=json.dumps({"words": "x" * 12_000}),
                    contact=ContactRef(f"Person {number % 7}", "Acme"),
                )
            )
    return path


@pytest.fixture
def filled(path, unharmed):
    """The same store, to be damaged."""
    path.parent.mkdir()
    shutil.copy2(unharmed, path)
    return path


def spoil(path, page: int) -> None:
    with closing(raw(path)) as conn:
        [(size,)] = conn.execute("PRAGMA page_size")
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


def pages_of(path, name: str, kind: str) -> list[int]:
    with closing(raw(path)) as conn:
        found = conn.execute("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = ? ORDER BY 1", [name, kind])
        return [page for (page,) in found]


def sound(path) -> list:
    with Store.open(path) as store:
        assert store.check() == []
        return store.list()


def test_a_sound_store_is_left_as_it_is(filled):
    before = filled.read_bytes()
    assert mended(filled) == []
    assert filled.read_bytes() == before


@pytest.mark.parametrize("index", ["memos_fts", "memo_words"])
def test_a_search_index_that_disagrees_is_built_anew(filled, index):
    with closing(raw(filled)) as conn:
        conn.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    assert mended(filled) == [f"rebuilt the search index {index}"]
    assert len(sound(filled)) == MANY


def test_a_memo_whose_contact_is_missing_is_a_memo_of_nobody(filled):
    with closing(raw(filled)) as conn:
        conn.execute("DELETE FROM contacts WHERE name = 'Person 3'")
    emptied = "emptied contact_id, which referred to rows of contacts that are not there (17 rows)"
    assert {f"{table}: {emptied}" for table in ("memos", "followups")} < set(mended(filled))
    memos = sound(filled)
    assert len(memos) == MANY
    assert sum(memo.contact is None for memo in memos) == MANY // 7


def test_rows_of_a_missing_memo_are_kept_apart(filled, make_memo):
    gone = make_memo(5).id
    with closing(raw(filled)) as conn:
        conn.execute("DELETE FROM memos WHERE id = ?", [gone])
    lines = mended(filled)
    assert any("lost_and_found" in line for line in lines)
    assert len(sound(filled)) == MANY - 1
    with closing(raw(filled)) as conn:
        kept = conn.execute("SELECT table_name, content FROM lost_and_found ORDER BY table_name").fetchall()
    assert {table for table, _ in kept} == {"followup_events", "followups", "memo_sentences"}
    assert all(json.loads(content)["memo_id"] == gone for table, content in kept if table != "followup_events")
    assert mended(filled) == []


def test_an_index_that_lost_a_row_is_built_anew(filled):
    with closing(raw(filled)) as conn:
        conn.execute("PRAGMA writable_schema = ON")
        conn.execute("UPDATE sqlite_master SET sql = sql || ' WHERE number > 60' WHERE name = 'memos_spoken_at_utc'")
    with closing(raw(filled)) as conn:
        conn.execute("REINDEX memos_spoken_at_utc")
        conn.execute("PRAGMA writable_schema = ON")
        conn.execute(
            "UPDATE sqlite_master SET sql = replace(sql, ' WHERE number > 60', '') WHERE name = 'memos_spoken_at_utc'"
        )
    with Store.open(filled) as store:
        assert store.check() != []
    assert mended(filled) == ["rebuilt the indexes of the tables"]
    assert len(sound(filled)) == MANY


@pytest.mark.parametrize("which", [0, 3, -1])
def test_one_page_of_memos_that_cannot_be_read_costs_only_the_memos_on_it(filled, which):
    page = pages_of(filled, "memos", "leaf")[which]
    spoil(filled, page)
    damaged = filled.read_bytes()
    with closing(raw(filled)) as conn, pytest.raises(sqlite3.DatabaseError):
        conn.execute("SELECT sum(length(text)) FROM memos").fetchall()

    lines = mended(filled)
    kept = filled.with_name("memos.db.damaged-20261122-090000")
    memos = sound(filled)
    assert MANY - 12 <= len(memos) < MANY
    assert all(memo.text.startswith("Memo ") and memo.sentences and memo.contact for memo in memos)
    told = next(line for line in lines if line.startswith("copied from the damaged file: memos:"))
    assert f"{len(memos)} rows copied" in told
    assert f"{MANY - len(memos)} could not be read" in told
    assert kept.read_bytes() == damaged
    assert str(kept) in lines[-1]
    assert oct(filled.stat().st_mode)[-3:] == oct(kept.stat().st_mode)[-3:] == "600"
    with Store.open(filled) as store:
        assert len(store.search("budget", limit=None)) == len(memos)


def test_a_transcript_that_cannot_be_read_costs_no_memo(filled):
    with closing(raw(filled)) as conn:
        first_of_a_chain = conn.execute(
            "SELECT pageno FROM dbstat WHERE name = 'memos' AND path LIKE '%+000000' LIMIT 1"
        )
        [page] = first_of_a_chain.fetchone()
    spoil(filled, page)
    with closing(raw(filled)) as conn, pytest.raises(sqlite3.DatabaseError):
        conn.execute("SELECT sum(length(transcript_json)) FROM memos").fetchall()
    mended(filled)
    assert len(sound(filled)) == MANY


@pytest.mark.parametrize("table", ["contacts", "memo_sentences", "followups", "memos_fts_data", "memo_words_data"])
def test_a_damaged_root_of_another_table_costs_no_memo(filled, table):
    with closing(raw(filled)) as conn:
        [(root,)] = conn.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table])
    spoil(filled, root)
    mended(filled)
    assert len(sound(filled)) == MANY


def test_memos_that_are_only_in_the_write_ahead_log_are_copied_too(filled, make_memo):
    spoil(filled, pages_of(filled, "memos", "leaf")[3])
    writer = Store.open(filled)
    writer.confirm(make_memo(MANY + 1, text="The newest memo."))
    log = filled.with_name("memos.db-wal")
    as_after_a_crash = filled.read_bytes(), log.read_bytes()
    writer.close()
    filled.write_bytes(as_after_a_crash[0])
    log.write_bytes(as_after_a_crash[1])

    mended(filled)
    assert "The newest memo." in [memo.text for memo in sound(filled)]


@pytest.mark.parametrize("harm", [lambda whole: b"\0" * len(whole), lambda whole: b"\xff" * 4096 + whole[4096:]])
def test_a_file_in_which_nothing_can_be_read_is_left_as_it_is(filled, harm):
    filled.write_bytes(harm(filled.read_bytes()))
    before = filled.read_bytes()
    with pytest.raises(StoreDamaged, match="nothing in it can be read"):
        mended(filled)
    assert filled.read_bytes() == before
    assert sorted(file.name for file in filled.parent.iterdir()) == ["memos.db"]


def test_an_empty_file_is_no_store_and_is_set_aside(filled):
    filled.write_bytes(b"")
    for opened in (Store.open, lambda path: Store.open(path, read_only=True)):
        with pytest.raises(StoreDamaged, match="it is empty"):
            opened(filled)
    [line] = mended(filled)
    assert "it was empty" in line
    assert not filled.exists()
    with Store.open(filled) as store:
        assert (store.count(), store.check()) == (0, [])


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.mkdir(), lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_file_is_no_store_and_is_not_waited_for(path, make):
    path.parent.mkdir()
    make(path)
    with pytest.raises(StoreDamaged, match="it is no file"):
        Store.open(path)


def cut(path, share: float) -> None:
    """Leave only so much of the file, in whole pages."""
    with closing(raw(path)) as conn:
        [(size,)] = conn.execute("PRAGMA page_size")
        [(count,)] = conn.execute("PRAGMA page_count")
    os.truncate(path, int(count * share) * size)


@pytest.mark.parametrize(("share", "at_least"), [(0.999, MANY), (0.9, 90), (0.5, 40)])
def test_of_a_file_that_was_cut_short_all_is_read_that_is_there(filled, share, at_least):
    cut(filled, share)
    lines = mended(filled)
    memos = sound(filled)
    assert len(memos) >= at_least
    assert len({memo.id for memo in memos}) == len(memos)
    assert any("memos: " in line for line in lines)


SPOILT = [
    (b"CREATE TABLE memos (", b"CREATE TABLE memos "),
    (b"CREATE TABLE memos (", b"CREAtE TAFLE memos ("),
    (b"CREATE TABLE memo_sentences (", b"CREATE TABLE memo_sentencer ("),
    (b"CREATE VIEW memo_texts", b"CREATE VIEV memo_texts"),
    (b"CREATE TRIGGER memos_fts_after_insert", b"CREATE TRIGGES memos_fts_after_insert"),
    (b"CREATE INDEX memos_spoken_at_outcome ON memos", b"CREATE INDEX memos_spoken_at_outcome ON memor"),
    (b"    text TEXT NOT NULL,\n    heard", b"    tezt TEXT NOT NULL,\n    heard"),
    (b"tablecontactscontacts", b"tablecontactscontactr"),
    (b"tablecontactscontacts", b"tablfcontactscontacts"),
    (b"tablememosmemos", b"tablemfmosmemos"),
    (b"AFTER INSERT ON memos BEGIN", b"AFTER INSERT ON memot BEGIN"),
]


@pytest.mark.parametrize(("whole", "spoilt"), SPOILT)
def test_a_schema_that_cannot_be_read_costs_no_memo(filled, whole, spoilt):
    content = filled.read_bytes()
    assert whole in content
    filled.write_bytes(content.replace(whole, spoilt.ljust(len(whole)), 1))
    assert faults(filled) != []
    mended(filled)
    memos = sound(filled)
    assert len(memos) == MANY
    assert all(memo.text.startswith("Memo ") and memo.sentences and memo.contact for memo in memos)


def faults(path) -> list[str]:
    """What opening and checking the store says is wrong."""
    try:
        with Store.open(path, read_only=True) as store:
            return store.check()
    except StoreError as error:
        return [str(error)]


def test_any_bit_of_the_schema_may_flip(filled):
    content = filled.read_bytes()
    begin = content.index(b"CREATE TABLE memos (")
    rng = random.Random(5)
    with closing(raw(filled)) as conn:
        [(sql,)] = conn.execute("SELECT sql FROM sqlite_master WHERE name = 'memos'")
    for place in rng.sample(range(begin, begin + len(sql)), 12):
        harmed = bytearray(content)
        harmed[place] ^= 1 << rng.randrange(7)
        filled.write_bytes(harmed)
        repair(filled, NOW + dt.timedelta(seconds=place), busy_seconds=1)
        assert len(sound(filled)) == MANY, (place, bytes(harmed[place - 9 : place + 9]))


def test_a_store_that_another_program_writes_to_is_not_replaced(filled):
    spoil(filled, pages_of(filled, "memos", "leaf")[3])
    with closing(raw(filled)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(Exception, match="another program"):
            repair(filled, NOW, busy_seconds=0.1)
    assert len(list(filled.parent.glob("*damaged*"))) == 0
