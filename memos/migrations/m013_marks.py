"""Words beside the text that find what its own do not: grouped numbers, times, other letters, C++, emoji."""

# `marks` is made by memos.search_marks whenever a text is stored; here, of the memos that are there, by way of a
# function that the migration is given (memos.schema). `reach` leads from a contact, whose number or address was
# looked for, to what is about them. Both begin with a character for private use.
SQL = """
ALTER TABLE memos ADD COLUMN marks TEXT;
ALTER TABLE memos ADD COLUMN heard_marks TEXT;
UPDATE memos SET marks = marks_of(text), heard_marks = marks_of(heard);

DROP TRIGGER memos_fts_after_insert;
DROP TRIGGER memos_fts_before_delete;
DROP TRIGGER memos_fts_before_update;
DROP TRIGGER memos_fts_after_update;
DROP TRIGGER memos_fts_before_rename;
DROP TRIGGER memos_fts_after_rename;
DROP TABLE memos_fts;
DROP VIEW memo_texts;

CREATE VIEW memo_texts AS
    SELECT memos.number, memos.text, memos.heard, contacts.name AS contact, contacts.company,
        memos.marks, memos.heard_marks, char(57344) || 'k' || memos.contact_id AS reach
    FROM memos LEFT JOIN contacts ON contacts.id = memos.contact_id;

CREATE VIRTUAL TABLE memos_fts USING fts5 (
    text, heard, contact, company, marks, heard_marks, reach,
    content='memo_texts', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2', prefix='1 2'
);
INSERT INTO memos_fts (memos_fts, rank) VALUES ('rank', 'bm25(4.0, 0.5, 2.0, 2.0, 4.0, 0.5, 2.0)');
INSERT INTO memos_fts (memos_fts) VALUES ('rebuild');

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
"""
