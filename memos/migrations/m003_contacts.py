"""More about a contact: role, note, further numbers and addresses; merges, and what was taken from address books."""

# The index on memos holds all that is asked for the last talk with each contact: without it, 100,000 memos are read.
#
# A contact that was merged into another stays as a row that points to it: its id is never given to somebody else,
# undoing needs no copy of it, and an address book that still has both leads to the one that was kept.
SQL = """
ALTER TABLE contacts ADD COLUMN role TEXT;
ALTER TABLE contacts ADD COLUMN note TEXT;
ALTER TABLE contacts ADD COLUMN merged_into INTEGER REFERENCES contacts (id) ON DELETE CASCADE;
CREATE INDEX contacts_merged_into ON contacts (merged_into);

CREATE TABLE contact_points (
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('phone', 'email')),
    value TEXT NOT NULL,
    label TEXT,
    PRIMARY KEY (contact_id, kind, value)
);
CREATE INDEX contact_points_value ON contact_points (value);

CREATE TABLE contact_merges (
    id INTEGER PRIMARY KEY,
    kept_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    merged_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    merged_at TEXT NOT NULL,
    undone_at TEXT,
    changes_json TEXT NOT NULL
);
CREATE INDEX contact_merges_kept_id ON contact_merges (kept_id);
CREATE INDEX contact_merges_merged_id ON contact_merges (merged_id);

CREATE TABLE contact_imports (
    entry_sha256 TEXT PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    imported_at TEXT NOT NULL
);
CREATE INDEX contact_imports_contact_id ON contact_imports (contact_id);

CREATE INDEX memos_contact_id_spoken_at ON memos (contact_id, spoken_at_utc, spoken_at);
"""
