PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO _sqlite_migrations VALUES(1,'memos','m001_tables','2026-11-22 02:40:11.943672+00:00');
CREATE TABLE contacts (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    company TEXT,
    phone TEXT,
    email TEXT
);
INSERT INTO contacts VALUES(1,'Anna Lee','Acme','+12125550123','anna@example.com');
INSERT INTO contacts VALUES(2,'Jan Kowalski',NULL,NULL,NULL);
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
    transcript_json TEXT NOT NULL,
    CHECK ((next_call_date IS NULL) <> (no_next_call_reason IS NULL))
);
INSERT INTO memos VALUES(1,'20261121-164005-0001',1,'2026-11-21T11:40:05-05:00','2026-11-21T16:40:05.000000+00:00',36.5,'microphone: Headset','en','faster-whisper','base','d0','rep','2026-11-21T11:42:05-05:00',12.0,'2026-12-01','14:30','America/New_York','Tuesday',NULL,'Anna wants the offer by Friday.','Ana wants the offer by Friday.','{"segments": []}');
INSERT INTO memos VALUES(7,'20261122-090000-0002',2,'2026-11-22T09:00:00+00:00','2026-11-22T09:00:00.000000+00:00',9.0,'microphone: Headset','en','faster-whisper','base','d0','rep','2026-11-22T09:01:00+00:00',4.0,NULL,NULL,NULL,NULL,'they went with a rival','The zebra clause.','The zebra clause.','{"segments": []}');
INSERT INTO memos VALUES(9,'20261123-100000-0003',NULL,'2026-11-23T10:00:00+00:00','2026-11-23T10:00:00.000000+00:00',5.0,'typed','en','typed','typed','','rep','2026-11-23T10:01:00+00:00',2.0,'2026-12-24',NULL,NULL,'Christmas Eve',NULL,'Café Zürich, call back.','Café Zürich, call back.','{"segments": []}');
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
);
INSERT INTO followups VALUES(1,'20261121-164005-0001',1,'2026-12-01','14:30','America/New_York','open',0,'aftercall-20261121-164005-0001',0,'2026-11-21T16:42:05+00:00',NULL,NULL);
INSERT INTO followups VALUES(2,'20261123-100000-0003',NULL,'2026-12-24',NULL,NULL,'cancelled',0,'aftercall-20261123-100000-0003',0,'2026-11-23T10:01:00+00:00',NULL,NULL);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX contacts_phone ON contacts (phone);
CREATE INDEX memos_spoken_at_utc ON memos (spoken_at_utc);
CREATE INDEX memos_contact_id ON memos (contact_id);
CREATE INDEX followups_state_due_date ON followups (state, due_date);
CREATE INDEX followups_contact_id ON followups (contact_id);
CREATE INDEX followups_closed_by_memo_id ON followups (closed_by_memo_id);
COMMIT;
