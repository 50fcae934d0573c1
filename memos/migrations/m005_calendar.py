"""What was last written to calendars, and what was found changed there."""

# No table here refers to followups: an event is still to be taken out of a calendar when its memo is gone. None holds
# words of a memo either; `written` and `there` are digests.
SQL = """
CREATE TABLE calendar_events (
    uid TEXT PRIMARY KEY,
    due TEXT NOT NULL,
    zone TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    changed_at TEXT NOT NULL
);

CREATE TABLE calendar_copies (
    place TEXT NOT NULL,
    uid TEXT NOT NULL,
    name TEXT NOT NULL,
    etag TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    written TEXT NOT NULL,
    there TEXT NOT NULL,
    question TEXT CHECK (question IN ('gone', 'cancelled', 'moved', 'edited', 'unreadable')),
    theirs TEXT,
    PRIMARY KEY (place, uid)
);

CREATE TABLE calendar_places (
    place TEXT PRIMARY KEY,
    synced_at TEXT,
    failing_since TEXT,
    failure TEXT
);
"""
