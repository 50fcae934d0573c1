"""What the rep was offered as the next call of a memo, and which of it they took."""

# `offered_json` is a list of {date, time, heard}, the first one first; `chosen` counts from 1, and is null where
# another day was typed or none was set, which the memo itself tells. Memos of earlier versions have no row.
SQL = """
CREATE TABLE call_readings (
    memo_id TEXT PRIMARY KEY REFERENCES memos (id) ON DELETE CASCADE,
    offered_json TEXT NOT NULL,
    doubtful INTEGER NOT NULL CHECK (doubtful IN (0, 1)),
    chosen INTEGER CHECK (chosen >= 1)
);
"""
