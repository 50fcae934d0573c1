"""What ties a store to a team's book: ids that mean one thing everywhere, what is private, and what was shared."""

# Nothing is noted in `team_dirty` while the store is in no team. What is in it names rows that may have changed; when
# the transaction ends, memos.team.noting compares them with what the team knows. So a change that another program
# makes is noticed, too, and one that came from the team is not sent back.
#
# `team_entries` holds the book: of every key the entry that holds. `team_memos` and `team_calls` follow from it. The
# tombstones in it hold no words.

_IN_A_TEAM = "EXISTS (SELECT 1 FROM team)"


def _noticing(name: str, on: str, kind: str, key: str, when: str = "TRUE") -> str:
    return (
        f"CREATE TRIGGER {name} AFTER {on} WHEN {_IN_A_TEAM} AND {when} BEGIN"  # noqa: S608 - our own names
        f" INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('{kind}', {key}); END;\n"
    )


def _getting_a_uid(table: str) -> str:
    # Of random bytes: no clock and no counter of one laptop in it.
    return (
        f"ALTER TABLE {table} ADD COLUMN uid TEXT;\n"  # noqa: S608 - our own names
        f"UPDATE {table} SET uid = lower(hex(randomblob(16)));\n"
        f"CREATE UNIQUE INDEX {table}_uid ON {table} (uid);\n"
        f"CREATE TRIGGER {table}_get_a_uid AFTER INSERT ON {table} WHEN new.uid IS NULL BEGIN"
        f" UPDATE {table} SET uid = lower(hex(randomblob(16))) WHERE rowid = new.rowid; END;\n"
    )


_BY_HAND = "new.memo_id IS NULL AND new.what <> 'opened'"

_TABLES = """
CREATE TABLE team (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    address TEXT NOT NULL,
    login TEXT NOT NULL,
    device TEXT NOT NULL,
    joined_at TEXT NOT NULL,
    last_n INTEGER NOT NULL DEFAULT 0,
    pushed_n INTEGER NOT NULL DEFAULT 0,
    clock TEXT NOT NULL DEFAULT '',
    synced_at TEXT,
    failing_since TEXT,
    failure TEXT
);

CREATE TABLE team_people (
    login TEXT PRIMARY KEY,
    called TEXT NOT NULL
);

CREATE TABLE team_heads (
    device TEXT PRIMARY KEY,
    n INTEGER NOT NULL
);

CREATE TABLE team_dirty (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (kind, key)
);

CREATE TABLE team_entries (
    key TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    author TEXT NOT NULL,
    device TEXT NOT NULL,
    n INTEGER NOT NULL,
    stamp TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX team_entries_subject ON team_entries (subject, kind);
CREATE INDEX team_entries_device_n ON team_entries (device, n);
CREATE INDEX team_entries_merged ON team_entries (kind, stamp) WHERE kind = 'merged';

CREATE TABLE team_memos (
    id TEXT PRIMARY KEY,
    author TEXT NOT NULL,
    about TEXT,
    contact_id INTEGER REFERENCES contacts (id) ON DELETE CASCADE,
    spoken_at TEXT NOT NULL,
    spoken_at_utc TEXT NOT NULL,
    outcome TEXT,
    next_call_date TEXT,
    next_call_time TEXT,
    next_call_zone TEXT,
    next_call_heard TEXT
);
CREATE INDEX team_memos_contact_id ON team_memos (contact_id, spoken_at_utc);
CREATE INDEX team_memos_about ON team_memos (about);

CREATE TABLE team_calls (
    memo_id TEXT PRIMARY KEY REFERENCES team_memos (id) ON DELETE CASCADE,
    due_date TEXT NOT NULL,
    due_time TEXT,
    due_zone TEXT,
    agreed_date TEXT,
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'cancelled')),
    times_put_off INTEGER NOT NULL,
    held_on TEXT,
    closed_by TEXT,
    changed_by TEXT
);
CREATE INDEX team_calls_state_due_date ON team_calls (state, due_date);

CREATE TABLE private_memos (
    memo_id TEXT PRIMARY KEY REFERENCES memos (id) ON DELETE CASCADE
);

CREATE TABLE private_contacts (
    contact_id INTEGER PRIMARY KEY REFERENCES contacts (id) ON DELETE CASCADE
);

"""

SQL = (
    _TABLES  # noqa: S608 - our own names
    + "".join(map(_getting_a_uid, ("contacts", "followup_events", "contact_facts", "brief_readings")))
    + """
ALTER TABLE followup_events ADD COLUMN author TEXT;
ALTER TABLE contact_facts ADD COLUMN author TEXT;
ALTER TABLE contact_facts ADD COLUMN stamp TEXT;

"""
    + _noticing("team_notices_new_memos", "INSERT ON memos", "memo", "new.id")
    + _noticing("team_notices_changed_memos", "UPDATE OF text, contact_id ON memos", "memo", "new.id")
    + _noticing("team_notices_deleted_memos", "DELETE ON memos", "memo", "old.id")
    + _noticing("team_notices_new_contacts", "INSERT ON contacts", "contact", "new.id")
    + _noticing(
        "team_notices_changed_contacts",
        "UPDATE OF name, company, phone, email, role, note, merged_into ON contacts",
        "contact",
        "new.id",
    )
    + _noticing(
        "team_notices_deleted_contacts",
        "DELETE ON contacts",
        "gone",
        "old.uid",
        "EXISTS (SELECT 1 FROM team_entries WHERE subject = old.uid)",
    )
    + _noticing("team_notices_new_points", "INSERT ON contact_points", "contact", "new.contact_id")
    + _noticing("team_notices_changed_points", "UPDATE ON contact_points", "contact", "new.contact_id")
    + _noticing("team_notices_lost_points", "DELETE ON contact_points", "contact", "old.contact_id")
    + _noticing("team_notices_new_spellings", "INSERT ON contact_spellings", "contact", "new.contact_id")
    + _noticing("team_notices_lost_spellings", "DELETE ON contact_spellings", "contact", "old.contact_id")
    + _noticing("team_notices_new_facts", "INSERT ON contact_facts", "fact", "new.id")
    + _noticing("team_notices_changes", "INSERT ON followup_events", "change", "new.id", _BY_HAND)
    + _noticing("team_notices_orphaned_changes", "UPDATE OF memo_id ON followup_events", "change", "new.id", _BY_HAND)
    + _noticing("team_notices_readings", "INSERT ON brief_readings", "reading", "new.id")
    + _noticing("team_notices_new_rests", "INSERT ON contacts_at_rest", "rest", "new.contact_id")
    + _noticing("team_notices_new_tasks", "INSERT ON tasks", "task", "new.memo_id || '.' || new.number")
    + _noticing("team_notices_changed_tasks", "UPDATE ON tasks", "task", "new.memo_id || '.' || new.number")
    + """
CREATE TRIGGER team_notices_shared_memos AFTER DELETE ON private_memos WHEN EXISTS (SELECT 1 FROM team) BEGIN
    INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('memo', old.memo_id);
    INSERT OR IGNORE INTO team_dirty (kind, key)
        SELECT 'change', events.id FROM followup_events AS events JOIN followups ON followups.id = followup_id
        WHERE followups.memo_id = old.memo_id AND events.memo_id IS NULL AND what <> 'opened';
    INSERT OR IGNORE INTO team_dirty (kind, key)
        SELECT 'task', memo_id || '.' || number FROM tasks WHERE memo_id = old.memo_id;
END;
CREATE TRIGGER team_notices_shared_contacts AFTER DELETE ON private_contacts WHEN EXISTS (SELECT 1 FROM team) BEGIN
    INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('contact', old.contact_id), ('rest', old.contact_id);
    INSERT OR IGNORE INTO team_dirty (kind, key)
        SELECT 'fact', id FROM contact_facts WHERE contact_id = old.contact_id;
END;
CREATE TRIGGER team_memos_take_their_words AFTER DELETE ON team_memos BEGIN
    DELETE FROM team_entries WHERE subject = old.id AND kind NOT IN ('gone_memo', 'gone_contact');
    INSERT OR IGNORE INTO team_dirty (kind, key) SELECT 'gone_memo', old.id WHERE EXISTS (SELECT 1 FROM team);
END;
"""
)
