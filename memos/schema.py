"""The tables, as migrations: each is recorded in the database in the transaction that makes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils.migrations import Migrations

_SET = "memos"

# A table whose rows are to be found again by number needs an INTEGER PRIMARY KEY: VACUUM renumbers others.
_TABLES = """
CREATE TABLE contacts (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    company TEXT,
    phone TEXT,
    email TEXT
);
CREATE INDEX contacts_phone ON contacts (phone);

CREATE TABLE contact_spellings (
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    spelling TEXT NOT NULL,
    PRIMARY KEY (contact_id, spelling)
);

CREATE TABLE memos (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    contact_id INTEGER REFERENCES contacts (id),
    spoken_at TEXT NOT NULL,
    spoken_at_utc TEXT NOT NULL,
    duration REAL NOT NULL,
    source TEXT NOT NULL,
    language TEXT NOT NULL,
    engine TEXT NOT NULL,
    model TEXT NOT NULL,
    weights_sha256 TEXT NOT NULL,
    confirmed_by TEXT NOT NULL,
    confirmed_at TEXT NOT NULL,
    reading_seconds REAL NOT NULL,
    next_call_date TEXT,
    next_call_time TEXT,
    next_call_zone TEXT,
    next_call_heard TEXT,
    no_next_call_reason TEXT,
    text TEXT NOT NULL,
    heard TEXT NOT NULL,
    transcript_json TEXT NOT NULL,
    CHECK ((next_call_date IS NULL) <> (no_next_call_reason IS NULL))
);
CREATE INDEX memos_spoken_at_utc ON memos (spoken_at_utc);
CREATE INDEX memos_contact_id ON memos (contact_id);

CREATE TABLE memo_sentences (
    memo_id TEXT NOT NULL REFERENCES memos (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    heard TEXT NOT NULL,
    text TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('keep', 'edit', 'strike')),
    seconds REAL NOT NULL,
    PRIMARY KEY (memo_id, position)
);

CREATE TABLE followups (
    id INTEGER PRIMARY KEY,
    memo_id TEXT NOT NULL UNIQUE REFERENCES memos (id) ON DELETE CASCADE,
    contact_id INTEGER REFERENCES contacts (id),
    due_date TEXT NOT NULL,
    due_time TEXT,
    due_zone TEXT,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'cancelled')),
    times_put_off INTEGER NOT NULL DEFAULT 0,
    calendar_uid TEXT NOT NULL UNIQUE,
    sequence INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    closed_at TEXT,
    closed_by_memo_id TEXT REFERENCES memos (id) ON DELETE SET NULL
);
CREATE INDEX followups_state_due_date ON followups (state, due_date);
CREATE INDEX followups_contact_id ON followups (contact_id);
CREATE INDEX followups_closed_by_memo_id ON followups (closed_by_memo_id);
"""

# The index keeps no copy of the words: it reads them through the view. A row must be taken out of it with
# the words it was put in with, hence each pair of triggers before and after a change.
#
# bm25's weights: the confirmed text counts most, then whom it is about; what was heard mostly repeats the
# text, and is there so that a word that was corrected away still leads to its memo.
_SEARCH = """
CREATE VIEW memo_texts AS
    SELECT memos.number, memos.text, memos.heard, contacts.name AS contact, contacts.company
    FROM memos LEFT JOIN contacts ON contacts.id = memos.contact_id;

CREATE VIRTUAL TABLE memos_fts USING fts5 (
    text, heard, contact, company,
    content='memo_texts', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2'
);
INSERT INTO memos_fts (memos_fts, rank) VALUES ('rank', 'bm25(4.0, 0.5, 2.0, 2.0)');
INSERT INTO memos_fts (memos_fts) VALUES ('rebuild');

CREATE TRIGGER memos_fts_after_insert AFTER INSERT ON memos BEGIN
    INSERT INTO memos_fts (rowid, text, heard, contact, company)
        SELECT number, text, heard, contact, company FROM memo_texts WHERE number = new.number;
END;
CREATE TRIGGER memos_fts_before_delete BEFORE DELETE ON memos BEGIN
    INSERT INTO memos_fts (memos_fts, rowid, text, heard, contact, company)
        SELECT 'delete', number, text, heard, contact, company FROM memo_texts WHERE number = old.number;
END;
CREATE TRIGGER memos_fts_before_update BEFORE UPDATE OF number, text, heard, contact_id ON memos BEGIN
    INSERT INTO memos_fts (memos_fts, rowid, text, heard, contact, company)
        SELECT 'delete', number, text, heard, contact, company FROM memo_texts WHERE number = old.number;
END;
CREATE TRIGGER memos_fts_after_update AFTER UPDATE OF number, text, heard, contact_id ON memos BEGIN
    INSERT INTO memos_fts (rowid, text, heard, contact, company)
        SELECT number, text, heard, contact, company FROM memo_texts WHERE number = new.number;
END;
CREATE TRIGGER memos_fts_before_rename BEFORE UPDATE OF name, company ON contacts BEGIN
    INSERT INTO memos_fts (memos_fts, rowid, text, heard, contact, company)
        SELECT 'delete', number, text, heard, old.name, old.company FROM memos WHERE contact_id = old.id;
END;
CREATE TRIGGER memos_fts_after_rename AFTER UPDATE OF name, company ON contacts BEGIN
    INSERT INTO memos_fts (rowid, text, heard, contact, company)
        SELECT number, text, heard, new.name, new.company FROM memos WHERE contact_id = new.id;
END;
"""

_MIGRATIONS = {"m001_tables": _TABLES, "m002_search": _SEARCH}

NAMES: Sequence[str] = tuple(_MIGRATIONS)


def migrations() -> Migrations:
    """The set of migrations, in order; sqlite-utils runs each and records it in one transaction."""
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    made = Migrations(_SET)
    for name, sql in _MIGRATIONS.items():

        def run(db: Database, sql: str = sql) -> None:
            db.executescript(sql)

        made(name=name)(run)
    return made


def migrate(conn: sqlite3.Connection) -> None:
    """Run what has not been run on this database yet."""
    from sqlite_utils import Database

    migrations().apply(Database(conn, execute_plugins=False))


def applied(conn: sqlite3.Connection, tables: Collection[str]) -> Sequence[str]:
    """The names of the migrations that this database has been through, in order.

    Read without sqlite-utils, which takes 0.15 s to import: a store that is up to date needs none of it.
    """
    if "_sqlite_migrations" not in tables:
        return []
    found = conn.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY rowid", [_SET])
    return [name for (name,) in found]
