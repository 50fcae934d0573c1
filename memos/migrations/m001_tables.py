"""The tables of the first version."""

# A table whose rows are to be found again by number needs an INTEGER PRIMARY KEY: VACUUM renumbers others.
SQL = """
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
