"""What the rep undertook in a memo besides the next call, each with a state of its own."""

# Whose it is, is whose the memo is: what moves, merges or deletes memos needs to know nothing of it.
#
# A calendar may hold no to-dos; what it said of that is kept, so that nothing waits for it. And a to-do can be ticked
# off there, which is one more thing to ask about.
SQL = """
CREATE TABLE tasks (
    memo_id TEXT NOT NULL REFERENCES memos (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    sentence TEXT NOT NULL,
    by_date TEXT,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'cancelled')),
    calendar_uid TEXT NOT NULL UNIQUE,
    sequence INTEGER NOT NULL DEFAULT 0,
    closed_at TEXT,
    PRIMARY KEY (memo_id, number)
);
CREATE INDEX tasks_state_by_date ON tasks (state, by_date);

ALTER TABLE calendar_places ADD COLUMN takes_tasks INTEGER;

CREATE TABLE calendar_copies_with_tasks (
    place TEXT NOT NULL,
    uid TEXT NOT NULL,
    name TEXT NOT NULL,
    etag TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    written TEXT NOT NULL,
    there TEXT NOT NULL,
    question TEXT CHECK (question IN ('gone', 'cancelled', 'done', 'moved', 'edited', 'unreadable')),
    theirs TEXT,
    PRIMARY KEY (place, uid)
);
INSERT INTO calendar_copies_with_tasks
    SELECT place, uid, name, etag, fingerprint, written, there, question, theirs FROM calendar_copies;
DROP TABLE calendar_copies;
ALTER TABLE calendar_copies_with_tasks RENAME TO calendar_copies;
"""
