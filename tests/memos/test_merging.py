"""Two contacts made into one: everything goes along, and comes back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memos.errors import CannotMerge, CannotUndo, NotFound
from memos.merging import references
from memos.models import Contact, ContactPoint, ContactRef
from memos.store import Store

# Tables as a later version may add them: one answer a question, one row a contact, and one without any key.
ADDED_LATER = """
CREATE TABLE answers (
    id INTEGER PRIMARY KEY, contact_id INTEGER NOT NULL REFERENCES contacts, question TEXT, answer TEXT,
    UNIQUE (contact_id, question)
);
CREATE TABLE "read briefs" (
    "the contact" INTEGER PRIMARY KEY REFERENCES contacts (id), read_at TEXT
) WITHOUT ROWID;
CREATE TABLE visits (contact_id INTEGER REFERENCES contacts (id), place TEXT);
CREATE TABLE introductions (
    introduced_by INTEGER REFERENCES contacts (id), introduced_to INTEGER REFERENCES contacts (id),
    PRIMARY KEY (introduced_by, introduced_to), CHECK (introduced_by <> introduced_to)
);
"""


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, but the record of the merges themselves and the index, which `check` compares; and but
    for the sequence of calls, which only grows, for the sake of calendars."""
    with closing(sqlite3.connect(path)) as conn:
        tables = [name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        indexes = ("memos_fts", "memo_words")
        kept = [name for name in tables if name != "contact_merges" and not name.startswith(indexes)]
        found = {}
        for name in kept:
            columns = [row[1] for row in conn.execute(f'PRAGMA table_info("{name}")') if row[1] != "sequence"]
            listed = ", ".join(f'"{column}"' for column in columns)
            found[name] = sorted(conn.execute(f'SELECT {listed} FROM "{name}"'), key=repr)
        return found


def known(store: Store) -> dict[int, Contact]:
    return {contact.id: contact for contact in store.contacts()}


@pytest.fixture
def two(store, make_memo):
    """Anna Lee, with two memos and more, and Ann Leigh, with one."""
    store.confirm(make_memo(0, contact=ContactRef("Anna Lee", "Acme", "+12125550100")))
    store.confirm(make_memo(1, contact=ContactRef("Anna Lee", "Acme")))
    store.confirm(make_memo(2, contact=ContactRef("Ann Leigh", "Globex", "+12125550142", "ann@globex.example")))
    anna, ann = store.find_contact("Anna Lee"), store.find_contact("Ann Leigh")
    return anna, ann


def test_memos_calls_and_what_was_known_go_along(store, two, make_memo):
    anna, ann = two
    made = store.address_book.merge(anna, ann)
    [only] = store.contacts()
    assert (only.id, only.name, only.company, only.phone) == (anna.id, "Anna Lee", "Acme", "+12125550100")
    assert only.email == "ann@globex.example"
    assert only.spellings == ("Ann Leigh",)
    assert only.points == (ContactPoint("phone", "+12125550142"),)
    assert {memo.contact for memo in store.list()} == {only}
    assert {call.follow_up.contact for call in store.due()} == {only}
    assert (made.kept, made.merged.id) == (only, ann.id)
    assert made.moved["memos"] == made.moved["followups"] == 1
    assert store.check() == []
    assert [hit.memo.id for hit in store.search("globex")] == []


def test_the_merged_contact_is_found_as_part_of_the_other_by_all_that_was_known_of_it(store, two, make_memo):
    anna, ann = two
    store.address_book.merge(anna, ann)
    for said in (str(ann.id), "Ann Leigh", "+1 212 555 0142", "ann@globex.example", "ann leigh, globex"):
        assert store.find_contact(said).id == anna.id, said
    assert [contact.id for contact in store.contacts_by_phone("+12125550142")] == [anna.id]
    assert [contact.id for contact in store.match_contacts("Ann Leigh")] == [anna.id]
    store.confirm(make_memo(3, contact=ContactRef("Ann Leigh", "Globex")))
    assert store.get(make_memo(3).id).contact.id == anna.id
    assert len(store.contacts()) == 1


def test_a_later_memo_closes_the_calls_of_both(store, two, make_memo):
    store.address_book.merge(*two)
    store.confirm(make_memo(3, contact=ContactRef("Anna Lee", "Acme")))
    assert [call.memo.id for call in store.due()] == [make_memo(3).id]


def test_a_number_without_a_name_gets_that_of_who_is_merged_into_it(store, make_memo):
    store.confirm(make_memo(0, contact=ContactRef("", phone="+12125550100")))
    store.confirm(make_memo(1, contact=ContactRef("Anna Lee", "Acme")))
    nameless, anna = store.find_contact("+12125550100"), store.find_contact("Anna Lee")
    made = store.address_book.merge(nameless, anna)
    assert (made.kept.name, made.kept.phone, made.kept.spellings) == ("Anna Lee", "+12125550100", ())
    store.address_book.undo_merge()
    assert known(store) == {nameless.id: nameless, anna.id: anna}


def test_undone_all_is_as_it_was(store, path, two):
    before, contacts = rows_of(path), known(store)
    store.address_book.merge(*two)
    assert rows_of(path) != before
    undone = store.address_book.undo_merge()
    assert rows_of(path) == before
    assert known(store) == contacts
    assert undone.undone_at is not None
    assert store.check() == []


def test_what_came_to_the_kept_contact_since_stays_with_it(store, two, make_memo):
    anna, ann = two
    store.address_book.merge(anna, ann)
    store.confirm(make_memo(3, contact=ContactRef("Anna Lee", "Acme")))
    store.address_book.change(anna.id, lambda contact: Contact(**_fields(contact) | {"role": "Buyer"}))
    store.address_book.undo_merge()
    assert {memo.id: memo.contact.id for memo in store.list()} == {
        make_memo(0).id: anna.id,
        make_memo(1).id: anna.id,
        make_memo(2).id: ann.id,
        make_memo(3).id: anna.id,
    }
    assert known(store)[anna.id].role == "Buyer"
    assert known(store)[anna.id].spellings == ()
    assert known(store)[ann.id] == ann


def test_a_detail_learnt_in_the_merge_and_changed_since_keeps_its_change(store, two):
    anna, ann = two
    store.address_book.merge(anna, ann)
    store.address_book.change(anna.id, lambda contact: Contact(**_fields(contact) | {"email": "anna@acme.example"}))
    store.address_book.undo_merge()
    assert known(store)[anna.id].email == "anna@acme.example"
    assert known(store)[ann.id].email == "ann@globex.example"


def _fields(contact: Contact) -> dict[str, object]:
    return {name: getattr(contact, name) for name in Contact.__dataclass_fields__}


def test_the_last_merge_is_undone_first_where_both_changed_one_contact(store, two, make_memo):
    anna, ann = two
    store.confirm(make_memo(3, contact=ContactRef("Tom Baker")))
    store.confirm(make_memo(4, contact=ContactRef("Kate Moss")))
    tom, kate = store.find_contact("Tom"), store.find_contact("Kate")
    first = store.address_book.merge(anna, ann)
    apart = store.address_book.merge(tom, kate)
    second = store.address_book.merge(tom, anna)
    with pytest.raises(CannotUndo, match=f"merge 1 cannot be undone before {second.id}"):
        store.address_book.undo_merge(first.id)
    with pytest.raises(CannotUndo, match=f"merge 2 cannot be undone before {second.id}"):
        store.address_book.undo_merge(apart.id)
    store.address_book.undo_merge(second.id)
    store.address_book.undo_merge(first.id)
    assert set(known(store)) == {anna.id, ann.id, tom.id}
    with pytest.raises(CannotUndo, match="was undone already"):
        store.address_book.undo_merge(first.id)
    assert [merge.id for merge in store.address_book.merges()] == [second.id, apart.id, first.id]


def test_there_must_be_two_to_merge_and_a_merge_to_undo(store, two):
    anna, _ = two
    with pytest.raises(CannotMerge) as error:
        store.address_book.merge(anna, anna)
    assert error.value.exit_code == 2
    with pytest.raises(NotFound, match="nothing was merged, moved or split"):
        store.address_book.undo_merge()
    with pytest.raises(NotFound, match="there is no merge 7"):
        store.address_book.undo_merge(7)


def test_a_deleted_contact_takes_its_merges_along_and_nothing_of_it_is_left(store, path, two):
    anna, ann = two
    made = store.address_book.merge(anna, ann)
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("UPDATE memos SET contact_id = NULL")
        conn.execute("UPDATE followups SET contact_id = NULL")
        conn.execute("DELETE FROM contacts WHERE id = ?", [anna.id])
        for table in ("contacts", "contact_spellings", "contact_points", "contact_merges"):
            assert conn.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    with pytest.raises(NotFound, match=f"there is no merge {made.id}"):
        store.address_book.undo_merge(made.id)


def test_every_reference_to_a_contact_is_known(store, path):
    with closing(sqlite3.connect(path)) as conn:
        conn.executescript(ADDED_LATER)
        assert set(references(conn)) >= {
            ("memos", "contact_id"),
            ("followups", "contact_id"),
            ("contacts", "merged_into"),
            ("contact_spellings", "contact_id"),
            ("contact_points", "contact_id"),
            ("contact_imports", "contact_id"),
            ("answers", "contact_id"),
            ("read briefs", "the contact"),
            ("visits", "contact_id"),
            ("introductions", "introduced_by"),
            ("introductions", "introduced_to"),
        }


def test_rows_of_tables_with_any_kind_of_key_go_along_and_come_back(store, path, two):
    anna, ann = two
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.executescript(ADDED_LATER)
        conn.executemany("INSERT INTO visits VALUES (?, ?)", [(anna.id, "Austin"), (ann.id, "Austin"), (ann.id, None)])
        conn.execute('INSERT INTO "read briefs" VALUES (?, ?)', [ann.id, "today"])
        conn.execute("INSERT INTO introductions VALUES (?, ?)", [7, ann.id])
        before = rows_of(path)
        store.address_book.merge(anna, ann)
        assert conn.execute("SELECT contact_id, count(*) FROM visits GROUP BY 1").fetchall() == [(anna.id, 3)]
        assert conn.execute('SELECT * FROM "read briefs"').fetchall() == [(anna.id, "today")]
        assert conn.execute("SELECT * FROM introductions").fetchall() == [(7, anna.id)]
        store.address_book.undo_merge()
        assert rows_of(path) == before


def test_undoing_finds_the_rows_when_they_have_got_other_numbers(store, path, two):
    anna, ann = two
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.executescript(ADDED_LATER)
        conn.execute("CREATE TABLE faces (contact_id INTEGER REFERENCES contacts (id), picture BLOB, kind TEXT)")
        conn.execute("INSERT INTO faces VALUES (?, x'ff00', 'jpeg')", [ann.id])
        conn.executemany(
            "INSERT INTO visits VALUES (?, ?)", [(anna.id, "Utica"), (ann.id, "Utica"), (ann.id, "Austin")]
        )
        store.address_book.merge(anna, ann)
        conn.execute("DELETE FROM visits WHERE rowid = 1")
        conn.execute("VACUUM")
        store.address_book.undo_merge()
        assert conn.execute("SELECT * FROM visits ORDER BY place").fetchall() == [(ann.id, "Austin"), (ann.id, "Utica")]
        assert conn.execute("SELECT contact_id FROM faces").fetchall() == [(ann.id,)]


def test_what_a_contact_can_have_once_stays_with_each_where_both_have_it(store, path, two):
    anna, ann = two
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.executescript(ADDED_LATER)
        for contact, question, answer in [(anna, "budget", "100"), (ann, "budget", "50"), (ann, "supplier", "Initech")]:
            conn.execute(
                "INSERT INTO answers (contact_id, question, answer) VALUES (?, ?, ?)", [contact.id, question, answer]
            )
        before = rows_of(path)
        store.address_book.merge(anna, ann)
        asked = conn.execute(
            "SELECT question, answer FROM answers WHERE contact_id = ? ORDER BY question", [anna.id]
        ).fetchall()
        assert asked == [("budget", "100"), ("supplier", "Initech")]
        store.address_book.undo_merge()
        assert rows_of(path) == before


NAMES = st.sampled_from(["Anna Lee", "ANNA LEE", "Tom Baker", "Kate", "Zoë"])
NUMBERS = st.sampled_from(["+12125550100", "+12125550101", "+12125550102"])
DETAILS = st.fixed_dictionaries(
    {
        "name": NAMES,
        "company": st.sampled_from([None, "Acme", "Globex"]),
        "phone": st.none() | NUMBERS,
        "email": st.none() | st.sampled_from(["a@x.example", "b@x.example"]),
        "spellings": st.lists(NAMES, max_size=3, unique=True).map(tuple),
        "role": st.none() | st.sampled_from(["Buyer", "CEO"]),
        "note": st.none() | st.text(max_size=5),
        "points": st.lists(NUMBERS, max_size=3, unique=True).map(
            lambda values: tuple(ContactPoint("phone", value, "work") for value in values)
        ),
    }
)
WITH = st.sampled_from(["answers", "read briefs", "visits", "introductions"])


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    path = tmp_path_factory.mktemp("empty") / "memos.db"
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as conn:
        conn.executescript(ADDED_LATER)
    return path.read_bytes()


@settings(max_examples=60, deadline=None)
@given(
    people=st.lists(DETAILS, min_size=2, max_size=6),
    about=st.lists(st.integers(0, 5), max_size=6),
    more=st.lists(st.tuples(WITH, st.integers(0, 5), st.integers(0, 5)), max_size=12),
    pairs=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=5),
)
def test_merges_undone_in_turn_are_the_identity(empty, make_memo, people, about, more, pairs):
    with TemporaryDirectory() as folder:
        path = Path(folder, "memos.db")
        path.write_bytes(empty)
        with Store.open(path, clock=lambda: make_memo().confirmed_at) as store:
            for number, contact in enumerate(about):
                store.confirm(make_memo(number, contact=ContactRef(f"Person {contact}")))
            with closing(sqlite3.connect(path, isolation_level=None)) as conn:
                fill(conn, people, more)
            states = []
            for kept, merged in pairs:
                left = store.contacts()
                one, other = left[kept % len(left)], left[merged % len(left)]
                if one.id != other.id:
                    states.append((rows_of(path), left))
                    store.address_book.merge(one, other)
                    assert len(store.contacts()) == len(left) - 1
            assert store.check() == []
            for rows, left in reversed(states):
                store.address_book.undo_merge()
                assert rows_of(path) == rows
                assert store.contacts() == left
            assert store.check() == []


def fill(conn: sqlite3.Connection, people, more) -> None:
    """Add contacts with these details, and rows that refer to them."""
    from memos import contacts

    [(first,)] = conn.execute("SELECT coalesce(max(id), 0) + 1 FROM contacts").fetchall()
    for number, details in enumerate(people):
        contacts.save(conn, None, Contact(id=first + number, **details))
    ids = [first + number for number in range(len(people))]
    for table, one, other in more:
        contact, second = ids[one % len(ids)], ids[other % len(ids)]
        try:
            if table == "answers":
                conn.execute("INSERT INTO answers (contact_id, question) VALUES (?, ?)", [contact, f"q{other}"])
            elif table == "introductions":
                conn.execute("INSERT INTO introductions VALUES (?, ?)", [contact, second])
            else:
                conn.execute(f'INSERT INTO "{table}" VALUES (?, ?)', [contact, f"{other}"])
        except sqlite3.IntegrityError:
            continue  # there is one like it


def test_what_both_have_come_to_know_hinders_nobody_from_taking_them_apart(store, path, two):
    """As a team's book may say of somebody who is part of somebody else."""
    anna, ann = two

    def know(contact: Contact) -> None:
        with closing(sqlite3.connect(path)) as conn, conn:
            conn.execute("INSERT OR IGNORE INTO contact_spellings VALUES (?, 'Annie')", [contact.id])

    know(ann)
    store.address_book.merge(anna, known(store)[ann.id])
    know(anna)
    know(ann)

    store.address_book.undo_merge()

    assert "Annie" in known(store)[ann.id].spellings
    assert "Annie" not in known(store)[anna.id].spellings
    assert store.check() == []
