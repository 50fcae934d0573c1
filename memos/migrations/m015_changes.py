"""What the rep has made of a call by hand goes with the promise it was made of; and merges that are said to nobody."""

# A promise may be part of another call for a time: until the memo is given to somebody else, or who was merged is two
# people again, or the memo that opened the other call is deleted. `call` is the memo with the promise; `followup_id` is
# where the change is shown, and none while no call here has it.
#
# A merge with somebody private is said to no team; so that what the team says of either can be told from it, it is
# marked. What a team holds as merged was said before one of them became private.
SQL = """
DROP TRIGGER team_notices_shared_memos;
CREATE TABLE followup_events_by_call (
    id INTEGER PRIMARY KEY,
    followup_id INTEGER REFERENCES followups (id) ON DELETE SET NULL,
    call TEXT NOT NULL REFERENCES memos (id) ON DELETE CASCADE,
    what TEXT NOT NULL
        CHECK (what IN ('opened', 'put_off', 'moved', 'agreed', 'done', 'cancelled', 'reopened')),
    at TEXT NOT NULL,
    from_date TEXT,
    from_time TEXT,
    to_date TEXT,
    to_time TEXT,
    reason TEXT,
    memo_id TEXT REFERENCES memos (id) ON DELETE SET NULL,
    as_of TEXT,
    to_zone TEXT,
    uid TEXT,
    author TEXT
);
INSERT INTO followup_events_by_call (id, followup_id, call, what, at, from_date, from_time, to_date, to_time, reason,
        memo_id, as_of, to_zone, uid, author)
    SELECT events.id, followup_id, coalesce(
            (SELECT subject FROM team_entries JOIN memos ON memos.id = subject
                WHERE key = 'change/' || events.uid),
            followups.memo_id
        ), what, at, from_date, from_time, to_date, to_time, reason, events.memo_id, as_of, to_zone, uid, author
    FROM followup_events AS events JOIN followups ON followups.id = followup_id ORDER BY events.id;
DROP TABLE followup_events;
ALTER TABLE followup_events_by_call RENAME TO followup_events;
CREATE INDEX followup_events_followup_id ON followup_events (followup_id);
CREATE INDEX followup_events_call ON followup_events (call);
CREATE INDEX followup_events_memo_id ON followup_events (memo_id);
CREATE UNIQUE INDEX followup_events_uid ON followup_events (uid);

CREATE TRIGGER followup_events_get_a_uid AFTER INSERT ON followup_events WHEN new.uid IS NULL BEGIN
    UPDATE followup_events SET uid = lower(hex(randomblob(16))) WHERE rowid = new.rowid;
END;
CREATE TRIGGER team_notices_changes AFTER INSERT ON followup_events
    WHEN EXISTS (SELECT 1 FROM team) AND new.memo_id IS NULL AND new.what <> 'opened' BEGIN
    INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('change', new.id);
END;
CREATE TRIGGER team_notices_orphaned_changes AFTER UPDATE OF memo_id ON followup_events
    WHEN EXISTS (SELECT 1 FROM team) AND new.memo_id IS NULL AND new.what <> 'opened' BEGIN
    INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('change', new.id);
END;

ALTER TABLE contact_merges ADD COLUMN private INTEGER NOT NULL DEFAULT FALSE;
UPDATE contact_merges SET private = TRUE WHERE kind = 'merge'
    AND EXISTS (SELECT 1 FROM private_contacts JOIN contacts ON id = contact_id WHERE kept_id IN (id, merged_into))
    AND NOT EXISTS (SELECT 1 FROM team_entries JOIN contacts ON key = 'merged/' || uid
        WHERE contacts.id = merged_id AND json_extract(body, '$.into') IS NOT NULL);
CREATE TRIGGER team_notices_merges AFTER UPDATE OF merged_into ON contacts
    WHEN EXISTS (SELECT 1 FROM team) AND new.merged_into IS NOT old.merged_into BEGIN
    INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('merged', new.id);
END;
CREATE TRIGGER team_notices_shared_merges AFTER UPDATE OF private ON contact_merges
    WHEN EXISTS (SELECT 1 FROM team) AND old.private AND NOT new.private BEGIN
    INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('merged', new.merged_id);
END;
CREATE TRIGGER team_notices_shared_memos AFTER DELETE ON private_memos WHEN EXISTS (SELECT 1 FROM team) BEGIN
    INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('memo', old.memo_id);
    INSERT OR IGNORE INTO team_dirty (kind, key)
        SELECT 'change', id FROM followup_events WHERE call = old.memo_id AND memo_id IS NULL AND what <> 'opened';
    INSERT OR IGNORE INTO team_dirty (kind, key)
        SELECT 'task', memo_id || '.' || number FROM tasks WHERE memo_id = old.memo_id;
END;
"""
