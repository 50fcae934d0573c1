"""What became of each promised call, what is known of a contact, and which briefs were read."""

# The follow-ups of earlier versions were never put off, so that opening and closing is all their history.
#
# The longer index on memos finds the last talk with every contact without looking at a memo; it serves where the
# shorter one did.
SQL = """
CREATE TABLE followup_events (
    id INTEGER PRIMARY KEY,
    followup_id INTEGER NOT NULL REFERENCES followups (id) ON DELETE CASCADE,
    what TEXT NOT NULL
        CHECK (what IN ('opened', 'put_off', 'moved', 'agreed', 'done', 'cancelled', 'reopened')),
    at TEXT NOT NULL,
    from_date TEXT,
    from_time TEXT,
    to_date TEXT,
    to_time TEXT,
    reason TEXT
);
CREATE INDEX followup_events_followup_id ON followup_events (followup_id);
INSERT INTO followup_events (followup_id, what, at, to_date, to_time)
    SELECT id, 'opened', created_at, due_date, due_time FROM followups ORDER BY id;
INSERT INTO followup_events (followup_id, what, at, from_date, from_time)
    SELECT id, state, closed_at, due_date, due_time FROM followups WHERE closed_at IS NOT NULL ORDER BY id;

CREATE TABLE contact_facts (
    id INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    topic TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_at TEXT NOT NULL
);
CREATE INDEX contact_facts_contact_id ON contact_facts (contact_id);

CREATE TABLE brief_readings (
    id INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    memo_id TEXT REFERENCES memos (id) ON DELETE SET NULL,
    read_at TEXT NOT NULL
);
CREATE INDEX brief_readings_contact_id ON brief_readings (contact_id);
CREATE INDEX brief_readings_memo_id ON brief_readings (memo_id);

CREATE TABLE contacts_at_rest (
    contact_id INTEGER PRIMARY KEY REFERENCES contacts (id) ON DELETE CASCADE,
    since TEXT NOT NULL,
    reason TEXT
);

DROP INDEX memos_contact_id;
"""
