"""What went out to other programs, so that nothing goes out twice."""

# A memo has at most one follow-up, so its id names both. `fingerprint` is a digest of what a change of which makes the
# row go out again: no words of a memo.
SQL = """
CREATE TABLE exports (
    target TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('note', 'task')),
    memo_id TEXT NOT NULL REFERENCES memos (id) ON DELETE CASCADE,
    fingerprint TEXT NOT NULL,
    exported_at TEXT NOT NULL,
    PRIMARY KEY (target, kind, memo_id)
);
CREATE INDEX exports_memo_id ON exports (memo_id);
"""
