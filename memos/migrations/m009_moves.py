"""What each memo taught of a contact, and memos and contacts that were given to somebody else or split."""

# `kept_id` is who a memo was given to, or who was split off, and `merged_id` whom it was taken from: what is undone in
# each case is that rows went from the one to the other. With the memo goes the note of where it went.
SQL = """
ALTER TABLE contact_merges ADD COLUMN kind TEXT NOT NULL DEFAULT 'merge' CHECK (kind IN ('merge', 'move', 'split'));
ALTER TABLE contact_merges ADD COLUMN memo_id TEXT REFERENCES memos (id) ON DELETE CASCADE;
CREATE INDEX contact_merges_memo_id ON contact_merges (memo_id);

CREATE TABLE memo_lessons (
    memo_id TEXT PRIMARY KEY REFERENCES memos (id) ON DELETE CASCADE,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    taught_json TEXT NOT NULL
);
CREATE INDEX memo_lessons_contact_id ON memo_lessons (contact_id);
"""
