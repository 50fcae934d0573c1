"""Earlier versions of memos that were corrected after they had been confirmed."""

# The version in force stays where it was, in memos and memo_sentences: what only reads memos need not know of others.
SQL = """
CREATE TABLE memo_versions (
    memo_id TEXT NOT NULL REFERENCES memos (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    text TEXT NOT NULL,
    confirmed_by TEXT NOT NULL,
    confirmed_at TEXT NOT NULL,
    reading_seconds REAL NOT NULL,
    PRIMARY KEY (memo_id, version)
);

CREATE TABLE memo_version_sentences (
    memo_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL,
    heard TEXT NOT NULL,
    text TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('keep', 'edit', 'strike')),
    seconds REAL NOT NULL,
    PRIMARY KEY (memo_id, version, position),
    FOREIGN KEY (memo_id, version) REFERENCES memo_versions (memo_id, version) ON DELETE CASCADE
);
"""
