"""The index of beginnings of words, the vocabulary that misspelt words are corrected from, and lost and found."""

# prefix='1 2': a* and pr* are looked up like words; longer beginnings are few enough to be put together.
#
# The vocabulary is a second index, since the first holds stems and a correction must be a word that was written.
# It knows confirmed words only: what was misheard is nothing to correct to. It keeps neither places (detail=none)
# nor lengths, and stays a sixth of the size.
#
# What a repair finds and cannot put back is kept as JSON in lost_and_found.
SQL = """
DROP TABLE memos_fts;
CREATE VIRTUAL TABLE memos_fts USING fts5 (
    text, heard, contact, company,
    content='memo_texts', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2', prefix='1 2'
);
INSERT INTO memos_fts (memos_fts, rank) VALUES ('rank', 'bm25(4.0, 0.5, 2.0, 2.0)');
INSERT INTO memos_fts (memos_fts) VALUES ('rebuild');

CREATE VIRTUAL TABLE memo_words USING fts5 (
    text, contact, company,
    content='memo_texts', content_rowid='number', tokenize='unicode61 remove_diacritics 2', detail=none, columnsize=0
);
INSERT INTO memo_words (memo_words) VALUES ('rebuild');

CREATE TABLE lost_and_found (
    id INTEGER PRIMARY KEY,
    found_at TEXT NOT NULL,
    table_name TEXT NOT NULL,
    content TEXT NOT NULL
);

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
"""
