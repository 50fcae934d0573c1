"""What is deleted is gone: from the lists, from every table, and from the bytes of the file."""

from __future__ import annotations

import random
import resource
import sqlite3
from contextlib import closing

import pytest

from memos.check import INDEXES
from memos.database import connect, transaction
from memos.erase import references_to
from memos.models import ContactRef, Sentence
from memos.store import Store


def marked(make_memo, number, mark, **changes):
    """A memo that has `mark` in each of its texts."""
    return make_memo(
        number,
        text=f"The text {mark} says so.",
        heard=f"The hearing {mark} said so.",
        sentences=(Sentence(0, f"Heard {mark}.", f"Text {mark}.", "edit", 2.0),),
        transcript_json=f'{{"words": "{mark * 300}"}}',
        **changes,
    )


def files_with(path, mark):
    return [file.name for file in path.parent.iterdir() if mark.encode() in file.read_bytes()]


def test_a_deleted_memo_is_nowhere_any_more(store, path, make_memo):
    secret, other = "zq1f0e9d8c7b", "zq0a1b2c3d4e"
    store.confirm(marked(make_memo, 0, other))
    store.confirm(marked(make_memo, 1, secret, contact=ContactRef("Bo Berg")))
    assert len(files_with(path, secret)) > 0

    assert store.erase([make_memo(1).id]) is True
    assert files_with(path, secret) == []
    assert files_with(path, make_memo(1).id) == []
    assert len(files_with(path, other)) > 0
    assert store.search(secret) == []
    assert [memo.id for memo in store.list()] == [make_memo(0).id]
    assert [call.memo.id for call in store.due()] == [make_memo(0).id]
    assert [contact.name for contact in store.contacts()] == ["Anna Lee", "Bo Berg"]
    assert store.check() == []


@pytest.mark.parametrize("seed", [1004, 1058, 1255])
def test_nothing_is_left_of_many_memos_that_came_and_went_in_any_order(store, path, make_memo, seed):
    """Pages fill, split, merge and are used again; so do the segments of the indexes."""
    chance, marks = random.Random(6), random.Random(seed)
    there, gone = {}, set()
    for number in range(150):
        mark = f"zq{marks.randbytes(8).hex()}"
        memo = marked(make_memo, number, mark * chance.choice([1, 1, 40]))
        store.confirm(memo)
        there[memo.id] = mark
        if chance.random() < 0.4:
            ids = chance.sample(sorted(there), min(len(there), chance.choice([1, 1, 4])))
            store.erase(ids)
            gone |= {there.pop(memo_id) for memo_id in ids}
    everything = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert len(gone) > 40
    assert not [mark for mark in gone if mark.encode() in everything]
    assert all(mark.encode() in everything for mark in there.values())
    assert store.check() == []


def test_without_room_to_write_the_file_anew_the_memo_is_gone_and_the_rest_goes_the_next_time(store, path, make_memo):
    for number in range(40):
        store.confirm(marked(make_memo, number, f"zq{number:08x}" * 9))
    assert store.scrub() is True
    _, unlimited = limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size * 9 // 10, unlimited))
    try:
        assert store.erase([make_memo(7).id]) is False
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert make_memo(7).id not in [memo.id for memo in store.list()]
    assert store.check() == []
    assert store.scrub() is True
    assert files_with(path, "zq00000007") == []


def test_a_deleted_contact_takes_everything_about_them_along(store, path, make_memo):
    store.confirm(
        marked(make_memo, 0, "zqfirst", contact=ContactRef("Quirina Zett", "Zettwerk", "+12125550123", "q@z.org"))
    )
    store.confirm(marked(make_memo, 1, "zqsecond", contact=ContactRef("Kirina Zett", None, "+12125550123", id=1)))
    store.confirm(make_memo(2))
    [contact] = store.match_contacts("Quirina Zett")
    assert contact.spellings == ("Kirina Zett",)
    assert store.ids_about(contact.id) == [make_memo(0).id, make_memo(1).id]

    assert store.erase_contact(contact.id) is True
    for trace in (
        "zqfirst",
        "zqsecond",
        "Quirina",
        "quirina",
        "Kirina",
        "Zettwerk",
        "zettwerk",
        "12125550123",
        "q@z.org",
    ):
        assert files_with(path, trace) == [], trace
    assert [memo.id for memo in store.list()] == [make_memo(2).id]
    assert store.check() == []


def test_a_memo_that_closed_an_earlier_promise_can_be_deleted(store, make_memo):
    store.confirm(make_memo(0))
    store.confirm(make_memo(1))
    assert store.erase([make_memo(1).id]) is True
    assert store.due() == []
    assert [memo.id for memo in store.list()] == [make_memo(0).id]


def test_deleting_what_is_not_there_changes_nothing(store, make_memo):
    store.confirm(make_memo())
    assert store.erase(["20200101-000000-0000"]) is True
    assert store.erase([]) is True
    assert store.erase_contact(77) is True
    assert len(store.list()) == 1


def test_what_a_repair_put_aside_of_a_memo_goes_with_it(store, path, make_memo):
    store.confirm(make_memo())
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        for memo_id in (make_memo(0).id, make_memo(1).id):
            conn.execute(
                "INSERT INTO lost_and_found (found_at, table_name, content) VALUES ('', 'x', ?)",
                [f'{{"memo_id": "{memo_id}"}}'],
            )
    store.erase([make_memo().id])
    with closing(sqlite3.connect(path)) as conn:
        kept = conn.execute("SELECT content FROM lost_and_found").fetchall()
    assert kept == [(f'{{"memo_id": "{make_memo(1).id}"}}',)]


def test_another_program_that_reads_is_told_of_since_it_keeps_the_log(path, make_memo):
    with Store.open(path, busy_seconds=0.1) as store, closing(sqlite3.connect(path, isolation_level=None)) as reader:
        store.confirm(make_memo())
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM memos").fetchone()
        assert store.erase([make_memo().id]) is False
        reader.execute("COMMIT")
        assert store.list() == []


def test_a_table_that_refers_to_memos_or_contacts_is_followed_however_deep(path, make_memo):
    conn = connect(path, read_only=False, busy_seconds=1)
    conn.executescript(
        "CREATE TABLE answers (id INTEGER PRIMARY KEY, contact_id INTEGER NOT NULL REFERENCES contacts (id), text);"
        "CREATE TABLE answer_notes (answer_id INTEGER NOT NULL REFERENCES answers, text TEXT);"
        "CREATE TABLE bosses (contact_id INTEGER REFERENCES contacts ON DELETE SET NULL, text TEXT)"
    )
    with Store(conn, path, lambda: make_memo().confirmed_at) as store:
        store.confirm(make_memo())
        with transaction(conn, "IMMEDIATE"):
            conn.execute("INSERT INTO answers VALUES (1, 1, 'zqanswer')")
            conn.execute("INSERT INTO answer_notes VALUES (1, 'zqnote')")
            conn.execute("INSERT INTO bosses VALUES (1, 'a boss')")
        store.erase_contact(1)
        assert files_with(path, "zqanswer") == files_with(path, "zqnote") == []
        assert conn.execute("SELECT * FROM bosses").fetchall() == [(None, "a boss")]
        assert store.check() == []


def test_every_column_that_names_a_memo_or_contact_is_a_reference(store, path):
    """Or deleting would not follow it: whoever adds a table declares what it refers to."""
    with closing(sqlite3.connect(path)) as conn:
        tables = conn.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'").fetchall()
        for (table,) in tables:
            keys = {row[3] for row in conn.execute(f"PRAGMA foreign_key_list('{table}')")}
            columns = {row[1] for row in conn.execute(f"PRAGMA table_info('{table}')")}
            naming = {column for column in columns if column.endswith(("memo_id", "contact_id"))}
            assert naming <= keys, table


def test_every_search_index_is_scrubbed(store, path):
    with closing(sqlite3.connect(path)) as conn:
        found = conn.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%using fts5%'").fetchall()
        assert {name for (name,) in found} == set(INDEXES)
        assert set(references_to(conn, "contacts")) >= {
            ("memos", "contact_id", "id"),
            ("followups", "contact_id", "id"),
        }
