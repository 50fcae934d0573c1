"""What is stored stays stored, is private, and an unfit file is left alone."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import os
import resource
import signal
import sqlite3
import stat
import sys
from contextlib import closing
from dataclasses import replace

import on_disk
import pytest
from sqlite_utils import Database

from memos import schema
from memos.database import connect
from memos.errors import (
    MemosError,
    NotFound,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreMissing,
    StoreTooNew,
    StoreTooOld,
)
from memos.models import ContactRef
from memos.store import Store

fork = multiprocessing.get_context("fork")


def in_a_child(body, *arguments) -> int:
    """Run `body` in a process of its own; its exit code, negative for the signal that ended it."""
    child = fork.Process(target=body, args=arguments)
    child.start()
    child.join(60)
    return child.exitcode


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def raw(path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


# Private


def test_the_folder_and_every_file_are_the_owners_alone_whatever_the_umask(path, make_memo):
    before = os.umask(0)
    try:
        with Store.open(path) as store:
            store.confirm(make_memo())
            files = {file.name: mode(file) for file in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert files == {"memos.db": 0o600, "memos.db-wal": 0o600, "memos.db-shm": 0o600}
    assert mode(path.parent) == 0o700


# Durable


def test_every_commit_is_synced_and_checked(path):
    with closing(connect(path, read_only=False, busy_seconds=1)) as conn:
        settings = {
            name: conn.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 1000,
    }


def test_a_memo_is_on_the_disk_when_confirm_returns_though_the_store_is_never_closed(path, make_memo):
    def confirm_and_die():
        Store.open(path).confirm(make_memo())
        os.kill(os.getpid(), signal.SIGKILL)

    assert in_a_child(confirm_and_die) == -signal.SIGKILL
    with Store.open(path) as store:
        assert store.get(make_memo().id).text == make_memo().text


def test_a_process_killed_at_any_statement_of_confirm_leaves_all_or_nothing(path, make_memo):
    first, second = make_memo(0), make_memo(1, text="A zebra.", contact=ContactRef("anna lee", "ACME", "+12125550123"))
    nothing = (1, None, [first.id], 0)
    everything = (2, "+12125550123", [second.id], 1)

    def confirm_and_die_at(statement):
        conn = connect(path, read_only=False, busy_seconds=1)
        left = iter(range(statement))

        def count(_):
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

        conn.set_trace_callback(count)
        Store(conn, path, lambda: second.confirmed_at).confirm(second)

    def stored():
        with Store.open(path) as store:
            assert store.check() == []
            memos = store.list()
            due = [call.memo.id for call in store.due()]
            return len(memos), store.contacts()[0].phone, due, len(store.search("zebra"))

    with Store.open(path) as store:
        store.confirm(first)
    statement = 0
    while in_a_child(confirm_and_die_at, statement) == -signal.SIGKILL:
        assert stored() == nothing, statement
        statement += 1
    assert statement > 10
    assert stored() == everything


def test_a_full_disk_is_told_apart_and_what_was_stored_before_stays(path, make_memo):
    with Store.open(path) as store:
        store.confirm(make_memo(0))

    def confirm_without_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        with Store.open(path) as store:
            try:
                store.confirm(make_memo(1, transcript_json="x" * 1_000_000))
            except StoreError as error:
                os._exit(40 + error.exit_code)

    assert in_a_child(confirm_without_room) == 47
    with Store.open(path) as store:
        assert [memo.id for memo in store.list()] == [make_memo(0).id]
        assert store.check() == []


def test_no_room_in_the_file_has_an_error_of_its_own(path, make_memo):
    conn = connect(path, read_only=False, busy_seconds=1)
    conn.execute("PRAGMA max_page_count = 60")
    with Store(conn, path, lambda: make_memo().confirmed_at) as store:
        with pytest.raises(StoreFull, match="no room"):
            store.confirm(make_memo(transcript_json="x" * 1_000_000))
        assert store.list() == []


# Several at once


def test_one_reads_while_another_writes(store, path, make_memo):
    with Store.open(path) as other:
        store.confirm(make_memo(0))
        assert len(other.list()) == 1
        with closing(raw(path)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            writer.execute("UPDATE memos SET text = 'half written'")
            assert other.list()[0].text == make_memo(0).text


def test_a_writer_that_never_ends_makes_the_store_busy_and_nothing_is_stored(path, make_memo):
    with Store.open(path, busy_seconds=0.1) as store, closing(raw(path)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy) as error:
            store.confirm(make_memo())
        assert error.value.exit_code == 7
        writer.execute("ROLLBACK")
        assert store.list() == []
        assert store.confirm(make_memo()) is True


def test_many_processes_may_make_the_store_and_confirm_into_it_at_once(path, make_memo):
    def confirm_some(start):
        with Store.open(path) as store:
            for number in range(start, start + 5):
                assert store.confirm(make_memo(number))

    children = [fork.Process(target=confirm_some, args=(start,)) for start in range(0, 30, 5)]
    for child in children:
        child.start()
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0] * len(children)
    with Store.open(path) as store:
        assert len(store.list()) == 30
        assert len(store.contacts()) == 1
        assert store.check() == []


# Versions


@pytest.fixture
def version_1(path, make_memo):
    """A store as it was before memos could be searched, with a memo in it."""
    path.parent.mkdir()
    memo = make_memo(text="The zebra clause.")
    with closing(raw(path)) as conn:
        db = Database(conn)
        schema.migrations().apply(db, stop_before="m002_search")
        conn.execute("INSERT INTO contacts (id, name, company) VALUES (1, 'Anna Lee', 'Acme')")
        row = {
            **{name: getattr(memo, name) for name in "id duration source heard text language engine model".split()},
            **{
                name: getattr(memo, name)
                for name in "weights_sha256 confirmed_by reading_seconds transcript_json".split()
            },
            **{name: getattr(memo, name).isoformat() for name in ("spoken_at", "confirmed_at")},
            "spoken_at_utc": memo.spoken_at.astimezone(dt.UTC).isoformat(),
            "contact_id": 1,
            "next_call_date": "2026-12-01",
            "next_call_time": "14:30",
        }
        columns = ", ".join(row)
        conn.execute(f"INSERT INTO memos ({columns}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
        db.table("followups").insert(
            {
                "memo_id": memo.id,
                "contact_id": 1,
                "due_date": "2026-12-01",
                "due_time": "14:30",
                "calendar_uid": f"aftercall-{memo.id}",
                "created_at": memo.confirmed_at.isoformat(),
            }
        )
    return path


def test_a_store_of_the_first_version_is_brought_up_to_date_with_its_memos(version_1, make_memo):
    with Store.open(version_1) as store:
        assert [hit.memo.id for hit in store.search("zebra")] == [make_memo().id]
        assert store.check() == []
        [due] = store.due()
        [event] = on_disk.history(store, due.follow_up)
        promised = (due.agreed_for, due.follow_up.due_time)
        assert (event.what, event.at, event.after) == ("opened", make_memo().confirmed_at, promised)
        assert store.confirm(make_memo(1)) is True
        assert [event.what for event in on_disk.history(store, due.follow_up)] == ["opened", "done"]
    with closing(raw(version_1)) as conn:
        names = [name for (name,) in conn.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
    assert names == list(schema.NAMES)


def test_an_old_store_opened_read_only_is_left_as_it_is(version_1):
    before = version_1.read_bytes()
    with pytest.raises(StoreTooOld, match="m002_search"):
        Store.open(version_1, read_only=True)
    assert version_1.read_bytes() == before


@pytest.mark.parametrize("read_only", [False, True])
def test_a_store_of_a_later_version_is_left_as_it_is(path, read_only):
    Store.open(path).close()
    with closing(raw(path)) as conn:
        conn.execute("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('memos', 'm999_tomorrow')")
    before = path.read_bytes()
    with pytest.raises(StoreTooNew, match="m999_tomorrow"):
        Store.open(path, read_only=read_only)
    assert path.read_bytes() == before


# Unfit files


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    "harm",
    [
        lambda whole: b"this is a letter, not a database\n" * 500,
        lambda whole: b"\0" * len(whole),
        lambda whole: whole[:100] + os.urandom(4000) + whole[4100:],
        lambda whole: whole[:700],
    ],
    ids=["a letter", "zeros", "a torn first page", "cut short"],
)
def test_a_damaged_file_is_named_and_left_as_it_is(path, make_memo, harm, read_only):
    with Store.open(path) as store:
        store.confirm(make_memo())
    path.write_bytes(harm(path.read_bytes()))
    before = path.read_bytes()
    with pytest.raises(StoreDamaged, match="damaged") as error:
        Store.open(path, read_only=read_only)
    assert error.value.exit_code == 7
    assert "\n" not in str(error.value)
    assert path.read_bytes() == before


def test_a_page_that_cannot_be_read_is_named_when_it_is_needed_and_by_check(path, make_memo):
    with Store.open(path) as store:
        store.confirm(make_memo())
    with closing(raw(path)) as conn:
        root, size = conn.execute(
            "SELECT rootpage, page_size FROM sqlite_master, pragma_page_size WHERE name = 'memos'"
        ).fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    with Store.open(path) as store:
        with pytest.raises(StoreDamaged):
            store.list()
        assert store.check() != []


def test_an_emptied_file_keeps_its_write_ahead_log(path):
    path.parent.mkdir()
    path.write_bytes(b"")
    log = path.with_name("memos.db-wal")
    log.write_bytes(b"memos that were not folded in")
    with pytest.raises(StoreDamaged, match="holds memos"):
        Store.open(path)
    assert log.read_bytes() == b"memos that were not folded in"


def test_the_database_of_another_program_is_left_as_it_is(path):
    path.parent.mkdir()
    with closing(raw(path)) as conn:
        conn.execute("CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreDamaged, match="another program"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_folder_in_the_place_of_the_file_is_an_error_of_one_line(path):
    path.mkdir(parents=True)
    with pytest.raises(MemosError) as error:
        Store.open(path)
    assert error.value.exit_code == 7


# Read-only


def test_a_missing_store_is_not_made_to_be_read(path):
    with pytest.raises(StoreMissing) as error:
        Store.open(path, read_only=True)
    assert isinstance(error.value, NotFound)
    assert error.value.exit_code == 3
    assert not path.parent.exists()


def test_a_store_opened_read_only_reads_and_checks_and_refuses_to_write(path, make_memo):
    with Store.open(path) as store:
        store.confirm(make_memo(0))
    before = path.read_bytes()
    with Store.open(path, read_only=True) as store:
        assert len(store.search("offer")) == 1
        assert store.check() == []
        with pytest.raises(StoreError, match="readonly"):
            store.confirm(make_memo(1))
    assert path.read_bytes() == before


# Check


def check_in_little_memory(path, more: int) -> None:
    """End with 0 where a store that may only be read is checked in `more` bytes besides what opening it took."""
    with Store.open(path, read_only=True) as store:
        assert store.count() > 0
        scale = 1 if sys.platform == "darwin" else 1024
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale
        faults = store.check()
        took = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale - before
    os._exit(0 if not faults and took < more else 1)


def test_a_store_is_checked_in_less_memory_than_it_takes_on_the_disk(path, make_memo):
    with Store.open(path) as store:
        for number in range(4):
            store.confirm(replace(make_memo(number), transcript_json=json.dumps("x" * 20_000_000)))
    assert path.stat().st_size > 80_000_000
    assert in_a_child(check_in_little_memory, path, 40_000_000) == 0


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    ("harm", "named"),
    [
        ("DELETE FROM contacts", "references: row 1 of memos"),
        ("INSERT INTO memos_fts (memos_fts) VALUES ('delete-all')", "index"),
    ],
)
def test_check_names_what_does_not_agree(path, make_memo, harm, named, read_only):
    with Store.open(path) as store:
        store.confirm(make_memo())
    with closing(raw(path)) as conn:
        conn.execute(harm)
    with Store.open(path, read_only=read_only) as store:
        assert any(line.startswith(named) for line in store.check())


def test_the_index_follows_every_change_that_another_tool_makes(path, make_memo):
    with Store.open(path) as store:
        store.confirm(make_memo(0))
        store.confirm(make_memo(1, contact=ContactRef("Tom Baker")))
        with closing(raw(path)) as tool:
            tool.execute("UPDATE memos SET text = 'a zebra', contact_id = 2 WHERE number = 1")
            tool.execute("UPDATE contacts SET name = 'Thomas Becker' WHERE id = 2")
            tool.execute("VACUUM")
        assert len(store.search("zebra becker")) == 1
        assert store.search("baker") == []
        assert store.check() == []
        with closing(raw(path)) as tool:
            tool.execute("DELETE FROM memos WHERE number = 1")
        assert store.search("zebra") == []
        assert not any(line.startswith("index") for line in store.check())
