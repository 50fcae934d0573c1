"""The full-text index over confirmed memos, and the triggers that keep it."""

# The index keeps no copy of the words: it reads them through the view. A row must be taken out of it with
# the words it was put in with, hence each pair of triggers before and after a change.
#
# bm25's weights: the confirmed text counts most, then whom it is about; what was heard mostly repeats the
# text, and is there so that a word that was corrected away still leads to its memo.
SQL = """
CREATE VIEW memo_texts AS
    SELECT memos.number, memos.text, memos.heard, contacts.name AS contact, contacts.company
    FROM memos LEFT JOIN contacts ON contacts.id = memos.contact_id;

CREATE VIRTUAL TABLE memos_fts USING fts5 (
    text, heard, contact, company,
    content='memo_texts', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2'
);
INSERT INTO memos_fts (memos_fts, rank) VALUES ('rank', 'bm25(4.0, 0.5, 2.0, 2.0)');
INSERT INTO memos_fts (memos_fts) VALUES ('rebuild');

CREATE TRIGGER memos_fts_after_insert AFTER INSERT ON memos BEGIN
    INSERT INTO memos_fts (rowid, text, heard, contact, company)
        SELECT number, text, heard, contact, company FROM memo_texts WHERE number = new.number;
END;
CREATE TRIGGER memos_fts_before_delete BEFORE DELETE ON memos BEGIN
    INSERT INTO memos_fts (memos_fts, rowid, text, heard, contact, company)
        SELECT 'delete', number, text, heard, contact, company FROM memo_texts WHERE number = old.number;
END;
CREATE TRIGGER memos_fts_before_update BEFORE UPDATE OF number, text, heard, contact_id ON memos BEGIN
    INSERT INTO memos_fts (memos_fts, rowid, text, heard, contact, company)
        SELECT 'delete', number, text, heard, contact, company FROM memo_texts WHERE number = old.number;
END;
CREATE TRIGGER memos_fts_after_update AFTER UPDATE OF number, text, heard, contact_id ON memos BEGIN
    INSERT INTO memos_fts (rowid, text, heard, contact, company)
        SELECT number, text, heard, contact, company FROM memo_texts WHERE number = new.number;
END;
CREATE TRIGGER memos_fts_before_rename BEFORE UPDATE OF name, company ON contacts BEGIN
    INSERT INTO memos_fts (memos_fts, rowid, text, heard, contact, company)
        SELECT 'delete', number, text, heard, old.name, old.company FROM memos WHERE contact_id = old.id;
END;
CREATE TRIGGER memos_fts_after_rename AFTER UPDATE OF name, company ON contacts BEGIN
    INSERT INTO memos_fts (rowid, text, heard, contact, company)
        SELECT number, text, heard, new.name, new.company FROM memos WHERE contact_id = new.id;
END;
"""
