PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO _sqlite_migrations VALUES(1,'memos','m001_tables','2026-11-29 15:39:37.795333+00:00');
INSERT INTO _sqlite_migrations VALUES(2,'memos','m002_search','2026-11-29 15:39:37.956217+00:00');
INSERT INTO _sqlite_migrations VALUES(3,'memos','m003_contacts','2026-11-29 15:39:37.987001+00:00');
INSERT INTO _sqlite_migrations VALUES(4,'memos','m004_followups','2026-11-29 15:39:38.024268+00:00');
INSERT INTO _sqlite_migrations VALUES(5,'memos','m005_calendar','2026-11-29 15:39:38.044518+00:00');
INSERT INTO _sqlite_migrations VALUES(6,'memos','m006_upkeep','2026-11-29 15:39:38.068015+00:00');
INSERT INTO _sqlite_migrations VALUES(7,'memos','m007_versions','2026-11-29 15:39:38.102238+00:00');
INSERT INTO _sqlite_migrations VALUES(8,'memos','m008_exports','2026-11-29 15:39:38.119949+00:00');
INSERT INTO _sqlite_migrations VALUES(9,'memos','m009_moves','2026-11-29 15:39:38.142581+00:00');
INSERT INTO _sqlite_migrations VALUES(10,'memos','m010_outcomes','2026-11-29 15:39:38.175998+00:00');
INSERT INTO _sqlite_migrations VALUES(11,'memos','m011_tasks','2026-11-29 15:39:38.208942+00:00');
INSERT INTO _sqlite_migrations VALUES(12,'memos','m012_call_readings','2026-11-29 15:39:38.225041+00:00');
INSERT INTO _sqlite_migrations VALUES(13,'memos','m013_marks','2026-11-29 15:39:38.249018+00:00');
INSERT INTO _sqlite_migrations VALUES(14,'memos','m014_team','2026-11-29 15:39:38.308886+00:00');
INSERT INTO _sqlite_migrations VALUES(15,'memos','m015_changes','2026-11-29 15:39:38.360678+00:00');
INSERT INTO _sqlite_migrations VALUES(16,'memos','m016_merges','2026-11-29 15:39:38.401982+00:00');
CREATE TABLE contacts (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    company TEXT,
    phone TEXT,
    email TEXT
, role TEXT, note TEXT, merged_into INTEGER REFERENCES contacts (id) ON DELETE CASCADE, uid TEXT);
INSERT INTO contacts VALUES(1,'Anna Lee','Acme','+12125550123','anna@example.com',NULL,NULL,NULL,'231b65f5f7fbcd4b98256e6c59a4d776');
INSERT INTO contacts VALUES(2,'Jan Kowalski',NULL,NULL,NULL,NULL,NULL,NULL,'4dcbfa948f7dde5169032b2e31d0072f');
CREATE TABLE contact_spellings (
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    spelling TEXT NOT NULL,
    PRIMARY KEY (contact_id, spelling)
);
INSERT INTO contact_spellings VALUES(2,'Yan Kovalsky');
CREATE TABLE memos (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    contact_id INTEGER REFERENCES contacts (id),
    spoken_at TEXT NOT NULL,
    spoken_at_utc TEXT NOT NULL,
    duration REAL NOT NULL,
    source TEXT NOT NULL,
    language TEXT NOT NULL,
    engine TEXT NOT NULL,
    model TEXT NOT NULL,
    weights_sha256 TEXT NOT NULL,
    confirmed_by TEXT NOT NULL,
    confirmed_at TEXT NOT NULL,
    reading_seconds REAL NOT NULL,
    next_call_date TEXT,
    next_call_time TEXT,
    next_call_zone TEXT,
    next_call_heard TEXT,
    no_next_call_reason TEXT,
    text TEXT NOT NULL,
    heard TEXT NOT NULL,
    transcript_json TEXT NOT NULL, outcome TEXT CHECK (outcome IN (
    'reached', 'they_called', 'voicemail', 'no_answer', 'gatekeeper', 'wrong_number', 'no_call'
)), marks TEXT, heard_marks TEXT,
    CHECK ((next_call_date IS NULL) <> (no_next_call_reason IS NULL))
);
INSERT INTO memos VALUES(1,'20261121-164005-0001',1,'2026-11-21T11:40:05-05:00','2026-11-21T16:40:05.000000+00:00',36.5,'microphone: Headset','en','faster-whisper','base','d0','rep','2026-11-21T11:42:05-05:00',12.0,'2026-12-01','14:30','America/New_York','Tuesday',NULL,'Anna wants the offer by Friday.','Ana wants the offer by Friday.','{"segments": []}',NULL,'','');
INSERT INTO memos VALUES(7,'20261122-090000-0002',2,'2026-11-22T09:00:00+00:00','2026-11-22T09:00:00.000000+00:00',9.0,'microphone: Headset','en','faster-whisper','base','d0','rep','2026-11-22T09:01:00+00:00',4.0,NULL,NULL,NULL,NULL,'they went with a rival','The zebra clause.','The zebra clause.','{"segments": []}',NULL,'','');
INSERT INTO memos VALUES(9,'20261123-100000-0003',NULL,'2026-11-23T10:00:00+00:00','2026-11-23T10:00:00.000000+00:00',5.0,'typed','en','typed','typed','','rep','2026-11-23T10:01:00+00:00',2.0,'2026-12-24',NULL,NULL,'Christmas Eve',NULL,'Café Zürich, call back.','Café Zürich, call back.','{"segments": []}',NULL,'zuerich','zuerich');
CREATE TABLE memo_sentences (
    memo_id TEXT NOT NULL REFERENCES memos (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    heard TEXT NOT NULL,
    text TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('keep', 'edit', 'strike')),
    seconds REAL NOT NULL,
    PRIMARY KEY (memo_id, position)
);
INSERT INTO memo_sentences VALUES('20261121-164005-0001',0,'Ana wants the offer by Friday.','Anna wants the offer by Friday.','edit',12.0);
CREATE TABLE followups (
    id INTEGER PRIMARY KEY,
    memo_id TEXT NOT NULL UNIQUE REFERENCES memos (id) ON DELETE CASCADE,
    contact_id INTEGER REFERENCES contacts (id),
    due_date TEXT NOT NULL,
    due_time TEXT,
    due_zone TEXT,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'cancelled')),
    times_put_off INTEGER NOT NULL DEFAULT 0,
    calendar_uid TEXT NOT NULL UNIQUE,
    sequence INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    closed_at TEXT,
    closed_by_memo_id TEXT REFERENCES memos (id) ON DELETE SET NULL
, agreed_date TEXT, held_on TEXT);
INSERT INTO followups VALUES(1,'20261121-164005-0001',1,'2026-12-01','14:30','America/New_York','open',0,'aftercall-20261121-164005-0001',0,'2026-11-21T16:42:05+00:00',NULL,NULL,'2026-12-01',NULL);
INSERT INTO followups VALUES(2,'20261123-100000-0003',NULL,'2026-12-24',NULL,NULL,'cancelled',0,'aftercall-20261123-100000-0003',0,'2026-11-23T10:01:00+00:00',NULL,NULL,'2026-12-24',NULL);
CREATE TABLE contact_points (
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('phone', 'email')),
    value TEXT NOT NULL,
    label TEXT,
    PRIMARY KEY (contact_id, kind, value)
);
CREATE TABLE contact_merges (
    id INTEGER PRIMARY KEY,
    kept_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    merged_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    merged_at TEXT NOT NULL,
    undone_at TEXT,
    changes_json TEXT NOT NULL
, kind TEXT NOT NULL DEFAULT 'merge' CHECK (kind IN ('merge', 'move', 'split')), memo_id TEXT REFERENCES memos (id) ON DELETE CASCADE, private INTEGER NOT NULL DEFAULT FALSE, author TEXT);
CREATE TABLE contact_imports (
    entry_sha256 TEXT PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    imported_at TEXT NOT NULL
);
CREATE TABLE contact_facts (
    id INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    topic TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_at TEXT NOT NULL
, uid TEXT, author TEXT, stamp TEXT);
CREATE TABLE brief_readings (
    id INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    memo_id TEXT REFERENCES memos (id) ON DELETE SET NULL,
    read_at TEXT NOT NULL
, uid TEXT);
CREATE TABLE contacts_at_rest (
    contact_id INTEGER PRIMARY KEY REFERENCES contacts (id) ON DELETE CASCADE,
    since TEXT NOT NULL,
    reason TEXT
);
CREATE TABLE calendar_events (
    uid TEXT PRIMARY KEY,
    due TEXT NOT NULL,
    zone TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    changed_at TEXT NOT NULL
);
CREATE TABLE calendar_places (
    place TEXT PRIMARY KEY,
    synced_at TEXT,
    failing_since TEXT,
    failure TEXT
, takes_tasks INTEGER);
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','memo_words','memo_words',0,'CREATE VIRTUAL TABLE memo_words USING fts5 (
    text, contact, company,
    content=''memo_texts'', content_rowid=''number'', tokenize=''unicode61 remove_diacritics 2'', detail=none, columnsize=0
)');
CREATE TABLE IF NOT EXISTS 'memo_words_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO memo_words_data VALUES(1,X'030d0401');
INSERT INTO memo_words_data VALUES(10,X'000000000101010001010101');
INSERT INTO memo_words_data VALUES(137438953473,X'00000077053061636d650102036e6e610101046261636b09020179010104636166650903026c6c0902056c617573650701066672696461790101036a616e0701086b6f77616c736b690701036c65650101056f666665720101037468650106010577616e74730101057a65627261070205757269636809040706070407050809060b0608070808');
CREATE TABLE IF NOT EXISTS 'memo_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO memo_words_idx VALUES(1,X'',2);
CREATE TABLE IF NOT EXISTS 'memo_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO memo_words_config VALUES('version',4);
CREATE TABLE lost_and_found (
    id INTEGER PRIMARY KEY,
    found_at TEXT NOT NULL,
    table_name TEXT NOT NULL,
    content TEXT NOT NULL
);
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
CREATE TABLE exports (
    target TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('note', 'task')),
    memo_id TEXT NOT NULL REFERENCES memos (id) ON DELETE CASCADE,
    fingerprint TEXT NOT NULL,
    exported_at TEXT NOT NULL,
    PRIMARY KEY (target, kind, memo_id)
);
CREATE TABLE memo_lessons (
    memo_id TEXT PRIMARY KEY REFERENCES memos (id) ON DELETE CASCADE,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    taught_json TEXT NOT NULL
);
CREATE TABLE wrong_numbers (
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    value TEXT NOT NULL,
    memo_id TEXT NOT NULL REFERENCES memos (id) ON DELETE CASCADE,
    PRIMARY KEY (contact_id, value, memo_id)
);
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
CREATE TABLE IF NOT EXISTS "calendar_copies" (
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
CREATE TABLE call_readings (
    memo_id TEXT PRIMARY KEY REFERENCES memos (id) ON DELETE CASCADE,
    offered_json TEXT NOT NULL,
    doubtful INTEGER NOT NULL CHECK (doubtful IN (0, 1)),
    chosen INTEGER CHECK (chosen >= 1)
);
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','memos_fts','memos_fts',0,'CREATE VIRTUAL TABLE memos_fts USING fts5 (
    text, heard, contact, company, marks, heard_marks, reach,
    content=''memo_texts'', content_rowid=''number'', tokenize=''porter unicode61 remove_diacritics 2'', prefix=''1 2''
)');
CREATE TABLE IF NOT EXISTS 'memos_fts_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO memos_fts_data VALUES(1,X'030d0d0401010102');
INSERT INTO memos_fts_data VALUES(10,X'000000010101010001010101');
INSERT INTO memos_fts_data VALUES(137438953473,X'00000236043061636d010601030202026e61010601010203026e6101080201020201046261636b09080501010502017901080601010601046361666509080201010203026c6c09080401010402046c617573070804010104010666726964616901080701010701036a616e070601020201086b6f77616c736b69070601020301036c6565010601020301056f666665720108050101050103746865010804010104060802010102010477616e7401080301010301057a656272610708030101030206756572696368090c0104020105020304726963680908030101030105ee80806b310106010602050132070601060200023161011402010102010202010302010162010806010106080805010105010163070804010104020c02040101020401016601080701010701016a070601020201016b070601020301016c010601020301016f01080501010501017401080401010406080201010201017701080301010301017a0708030101030214030101030104020105020103ee8080010601060206060106020003326163010601030202016e010e020101020102020102626109080501010502017901080601010601026361090c02040101020402016c0708040101040102667201080701010701026a61070601020201026b6f070601020301026c65010601020301026f66010805010105010274680108040101040608020101020102776101080301010301027a650708030101030201750914030101030104020105020104ee80806b01060106020606010602040a090a0c090c0a0c0e0a0f0a0d110c0d100c0c08100f1109080808090f09150f0a0c0a090c090a0909090a100a0a0f');
CREATE TABLE IF NOT EXISTS 'memos_fts_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO memos_fts_idx VALUES(1,X'',2);
CREATE TABLE IF NOT EXISTS 'memos_fts_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO memos_fts_docsize VALUES(1,X'06060201000001');
INSERT INTO memos_fts_docsize VALUES(7,X'03030200000001');
INSERT INTO memos_fts_docsize VALUES(9,X'04040000010100');
CREATE TABLE IF NOT EXISTS 'memos_fts_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO memos_fts_config VALUES('rank','bm25(4.0, 0.5, 2.0, 2.0, 4.0, 0.5, 2.0)');
INSERT INTO memos_fts_config VALUES('version',4);
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
CREATE TABLE private_memos (
    memo_id TEXT PRIMARY KEY REFERENCES memos (id) ON DELETE CASCADE
);
CREATE TABLE private_contacts (
    contact_id INTEGER PRIMARY KEY REFERENCES contacts (id) ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS "followup_events" (
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
INSERT INTO followup_events VALUES(1,1,'20261121-164005-0001','opened','2026-11-21T16:42:05+00:00',NULL,NULL,'2026-12-01','14:30',NULL,'20261121-164005-0001',NULL,'America/New_York','75b6051c37b39e369efe75e8a3b63d1d',NULL);
INSERT INTO followup_events VALUES(2,2,'20261123-100000-0003','opened','2026-11-23T10:01:00+00:00',NULL,NULL,'2026-12-24',NULL,NULL,'20261123-100000-0003',NULL,NULL,'2abdca4159065cfd0654b968382ec582',NULL);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX contacts_phone ON contacts (phone);
CREATE INDEX memos_spoken_at_utc ON memos (spoken_at_utc);
CREATE INDEX followups_state_due_date ON followups (state, due_date);
CREATE INDEX followups_contact_id ON followups (contact_id);
CREATE INDEX followups_closed_by_memo_id ON followups (closed_by_memo_id);
CREATE INDEX contacts_merged_into ON contacts (merged_into);
CREATE INDEX contact_points_value ON contact_points (value);
CREATE INDEX contact_merges_kept_id ON contact_merges (kept_id);
CREATE INDEX contact_merges_merged_id ON contact_merges (merged_id);
CREATE INDEX contact_imports_contact_id ON contact_imports (contact_id);
CREATE INDEX contact_facts_contact_id ON contact_facts (contact_id);
CREATE INDEX brief_readings_contact_id ON brief_readings (contact_id);
CREATE INDEX brief_readings_memo_id ON brief_readings (memo_id);
CREATE TRIGGER memo_words_after_insert AFTER INSERT ON memos BEGIN
    INSERT INTO memo_words (rowid, text, contact, company)
        SELECT number, text, contact, company FROM memo_texts WHERE number = new.number;
END;
CREATE TRIGGER memo_words_before_delete BEFORE DELETE ON memos BEGIN
    INSERT INTO memo_words (memo_words, rowid, text, contact, company)
        SELECT 'delete', number, text, contact, company FROM memo_texts WHERE number = old.number;
END;
CREATE TRIGGER memo_words_before_update BEFORE UPDATE OF number, text, contact_id ON memos BEGIN
    INSERT INTO memo_words (memo_words, rowid, text, contact, company)
        SELECT 'delete', number, text, contact, company FROM memo_texts WHERE number = old.number;
END;
CREATE TRIGGER memo_words_after_update AFTER UPDATE OF number, text, contact_id ON memos BEGIN
    INSERT INTO memo_words (rowid, text, contact, company)
        SELECT number, text, contact, company FROM memo_texts WHERE number = new.number;
END;
CREATE TRIGGER memo_words_before_rename BEFORE UPDATE OF name, company ON contacts BEGIN
    INSERT INTO memo_words (memo_words, rowid, text, contact, company)
        SELECT 'delete', number, text, old.name, old.company FROM memos WHERE contact_id = old.id;
END;
CREATE TRIGGER memo_words_after_rename AFTER UPDATE OF name, company ON contacts BEGIN
    INSERT INTO memo_words (rowid, text, contact, company)
        SELECT number, text, new.name, new.company FROM memos WHERE contact_id = new.id;
END;
CREATE INDEX exports_memo_id ON exports (memo_id);
CREATE INDEX contact_merges_memo_id ON contact_merges (memo_id);
CREATE INDEX memo_lessons_contact_id ON memo_lessons (contact_id);
CREATE INDEX memos_contact_id_spoken_at ON memos (contact_id, spoken_at_utc, spoken_at, outcome);
CREATE INDEX memos_spoken_at_outcome ON memos (spoken_at_utc, spoken_at, outcome);
CREATE INDEX wrong_numbers_memo_id ON wrong_numbers (memo_id);
CREATE INDEX tasks_state_by_date ON tasks (state, by_date);
CREATE VIEW memo_texts AS
    SELECT memos.number, memos.text, memos.heard, contacts.name AS contact, contacts.company,
        memos.marks, memos.heard_marks, char(57344) || 'k' || memos.contact_id AS reach
    FROM memos LEFT JOIN contacts ON contacts.id = memos.contact_id;
CREATE TRIGGER memos_fts_after_insert AFTER INSERT ON memos BEGIN
    INSERT INTO memos_fts (rowid, text, heard, contact, company, marks, heard_marks, reach)
        SELECT number, text, heard, contact, company, marks, heard_marks, reach
        FROM memo_texts WHERE number = new.number;
END;
CREATE TRIGGER memos_fts_before_delete BEFORE DELETE ON memos BEGIN
    INSERT INTO memos_fts (memos_fts, rowid, text, heard, contact, company, marks, heard_marks, reach)
        SELECT 'delete', number, text, heard, contact, company, marks, heard_marks, reach
        FROM memo_texts WHERE number = old.number;
END;
CREATE TRIGGER memos_fts_before_update
BEFORE UPDATE OF number, text, heard, contact_id, marks, heard_marks ON memos BEGIN
    INSERT INTO memos_fts (memos_fts, rowid, text, heard, contact, company, marks, heard_marks, reach)
        SELECT 'delete', number, text, heard, contact, company, marks, heard_marks, reach
        FROM memo_texts WHERE number = old.number;
END;
CREATE TRIGGER memos_fts_after_update
AFTER UPDATE OF number, text, heard, contact_id, marks, heard_marks ON memos BEGIN
    INSERT INTO memos_fts (rowid, text, heard, contact, company, marks, heard_marks, reach)
        SELECT number, text, heard, contact, company, marks, heard_marks, reach
        FROM memo_texts WHERE number = new.number;
END;
CREATE TRIGGER memos_fts_before_rename BEFORE UPDATE OF name, company ON contacts BEGIN
    INSERT INTO memos_fts (memos_fts, rowid, text, heard, contact, company, marks, heard_marks, reach)
        SELECT 'delete', number, text, heard, old.name, old.company, marks, heard_marks,
            char(57344) || 'k' || contact_id
        FROM memos WHERE contact_id = old.id;
END;
CREATE TRIGGER memos_fts_after_rename AFTER UPDATE OF name, company ON contacts BEGIN
    INSERT INTO memos_fts (rowid, text, heard, contact, company, marks, heard_marks, reach)
        SELECT number, text, heard, new.name, new.company, marks, heard_marks, char(57344) || 'k' || contact_id
        FROM memos WHERE contact_id = new.id;
END;
CREATE INDEX team_entries_subject ON team_entries (subject, kind);
CREATE INDEX team_entries_device_n ON team_entries (device, n);
CREATE INDEX team_entries_merged ON team_entries (kind, stamp) WHERE kind = 'merged';
CREATE INDEX team_memos_contact_id ON team_memos (contact_id, spoken_at_utc);
CREATE INDEX team_memos_about ON team_memos (about);
CREATE INDEX team_calls_state_due_date ON team_calls (state, due_date);
CREATE UNIQUE INDEX contacts_uid ON contacts (uid);
CREATE TRIGGER contacts_get_a_uid AFTER INSERT ON contacts WHEN new.uid IS NULL BEGIN UPDATE contacts SET uid = lower(hex(randomblob(16))) WHERE rowid = new.rowid; END;
CREATE UNIQUE INDEX contact_facts_uid ON contact_facts (uid);
CREATE TRIGGER contact_facts_get_a_uid AFTER INSERT ON contact_facts WHEN new.uid IS NULL BEGIN UPDATE contact_facts SET uid = lower(hex(randomblob(16))) WHERE rowid = new.rowid; END;
CREATE UNIQUE INDEX brief_readings_uid ON brief_readings (uid);
CREATE TRIGGER brief_readings_get_a_uid AFTER INSERT ON brief_readings WHEN new.uid IS NULL BEGIN UPDATE brief_readings SET uid = lower(hex(randomblob(16))) WHERE rowid = new.rowid; END;
CREATE TRIGGER team_notices_new_memos AFTER INSERT ON memos WHEN EXISTS (SELECT 1 FROM team) AND TRUE BEGIN INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('memo', new.id); END;
CREATE TRIGGER team_notices_changed_memos AFTER UPDATE OF text, contact_id ON memos WHEN EXISTS (SELECT 1 FROM team) AND TRUE BEGIN INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('memo', new.id); END;
CREATE TRIGGER team_notices_deleted_memos AFTER DELETE ON memos WHEN EXISTS (SELECT 1 FROM team) AND TRUE BEGIN INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('memo', old.id); END;
CREATE TRIGGER team_notices_new_contacts AFTER INSERT ON contacts WHEN EXISTS (SELECT 1 FROM team) AND TRUE BEGIN INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('contact', new.id); END;
CREATE TRIGGER team_notices_changed_contacts AFTER UPDATE OF name, company, phone, email, role, note, merged_into ON contacts WHEN EXISTS (SELECT 1 FROM team) AND TRUE BEGIN INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('contact', new.id); END;
CREATE TRIGGER team_notices_deleted_contacts AFTER DELETE ON contacts WHEN EXISTS (SELECT 1 FROM team) AND EXISTS (SELECT 1 FROM team_entries WHERE subject = old.uid) BEGIN INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('gone', old.uid); END;
CREATE TRIGGER team_notices_new_points AFTER INSERT ON contact_points WHEN EXISTS (SELECT 1 FROM team) AND TRUE BEGIN INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('contact', new.contact_id); END;
CREATE TRIGGER team_notices_changed_points AFTER UPDATE ON contact_points WHEN EXISTS (SELECT 1 FROM team) AND TRUE BEGIN INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('contact', new.contact_id); END;
CREATE TRIGGER team_notices_lost_points AFTER DELETE ON contact_points WHEN EXISTS (SELECT 1 FROM team) AND TRUE BEGIN INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('contact', old.contact_id); END;
CREATE TRIGGER team_notices_new_spellings AFTER INSERT ON contact_spellings WHEN EXISTS (SELECT 1 FROM team) AND TRUE BEGIN INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('contact', new.contact_id); END;
CREATE TRIGGER team_notices_lost_spellings AFTER DELETE ON contact_spellings WHEN EXISTS (SELECT 1 FROM team) AND TRUE BEGIN INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('contact', old.contact_id); END;
CREATE TRIGGER team_notices_new_facts AFTER INSERT ON contact_facts WHEN EXISTS (SELECT 1 FROM team) AND TRUE BEGIN INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('fact', new.id); END;
CREATE TRIGGER team_notices_readings AFTER INSERT ON brief_readings WHEN EXISTS (SELECT 1 FROM team) AND TRUE BEGIN INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('reading', new.id); END;
CREATE TRIGGER team_notices_new_rests AFTER INSERT ON contacts_at_rest WHEN EXISTS (SELECT 1 FROM team) AND TRUE BEGIN INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('rest', new.contact_id); END;
CREATE TRIGGER team_notices_new_tasks AFTER INSERT ON tasks WHEN EXISTS (SELECT 1 FROM team) AND TRUE BEGIN INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('task', new.memo_id || '.' || new.number); END;
CREATE TRIGGER team_notices_changed_tasks AFTER UPDATE ON tasks WHEN EXISTS (SELECT 1 FROM team) AND TRUE BEGIN INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('task', new.memo_id || '.' || new.number); END;
CREATE TRIGGER team_notices_shared_contacts AFTER DELETE ON private_contacts WHEN EXISTS (SELECT 1 FROM team) BEGIN
    INSERT OR IGNORE INTO team_dirty (kind, key) VALUES ('contact', old.contact_id), ('rest', old.contact_id);
    INSERT OR IGNORE INTO team_dirty (kind, key)
        SELECT 'fact', id FROM contact_facts WHERE contact_id = old.contact_id;
END;
CREATE TRIGGER team_memos_take_their_words AFTER DELETE ON team_memos BEGIN
    DELETE FROM team_entries WHERE subject = old.id AND kind NOT IN ('gone_memo', 'gone_contact');
    INSERT OR IGNORE INTO team_dirty (kind, key) SELECT 'gone_memo', old.id WHERE EXISTS (SELECT 1 FROM team);
END;
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
PRAGMA writable_schema=OFF;
COMMIT;
