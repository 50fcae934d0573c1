"""A memo that goes with a person goes for everybody, and the book says so; memos about a contact are found by day."""

# A laptop that has given the memo to somebody else meanwhile would bring it back, without what was deleted with it. So
# the book leaves tombstones, too, as a device of nobody's, and all hear of them as of any other.
#
# Such a device counts by the clock: restored from a copy, it must not give a number twice.
SQL = r"""
ALTER TABLE aftercall.devices ALTER COLUMN login DROP NOT NULL;
INSERT INTO aftercall.devices (device) VALUES ('server');

CREATE OR REPLACE FUNCTION aftercall.after_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    who record;
    saying text := new.body ->> 'text';
    number bigint;
BEGIN
    CASE new.kind
    WHEN 'memo' THEN
        SELECT name, company INTO who FROM aftercall.contacts WHERE uid = new.about;
        INSERT INTO aftercall.memos
                (id, author, contact, spoken_at, moment, outcome, next_call, text, called, company, words)
            VALUES (new.subject, new.author, new.about, new.body ->> 'spoken_at',
                (new.body ->> 'spoken_at')::timestamptz, new.body ->> 'outcome',
                new.body #>> '{next_call,0}' IS NOT NULL, saying, coalesce(who.name, ''), coalesce(who.company, ''),
                aftercall.words_of(saying, coalesce(who.name, ''), coalesce(who.company, '')))
            ON CONFLICT (id) DO UPDATE SET contact = excluded.contact, called = excluded.called,
                company = excluded.company,
                words = aftercall.words_of(memos.text, excluded.called, excluded.company);
    WHEN 'version' THEN
        UPDATE aftercall.memos SET text = saying, version = split_part(new.key, '/', 3)::integer,
            words = aftercall.words_of(saying, called, company)
            WHERE id = new.subject AND version < split_part(new.key, '/', 3)::integer;
    WHEN 'contact' THEN
        IF new.body ->> 'field' IN ('name', 'company') THEN
            INSERT INTO aftercall.contacts (uid) VALUES (new.subject) ON CONFLICT DO NOTHING;
            UPDATE aftercall.contacts SET
                name = CASE WHEN new.body ->> 'field' = 'name' THEN coalesce(new.body ->> 'value', '') ELSE name END,
                company = CASE WHEN new.body ->> 'field' = 'company' THEN coalesce(new.body ->> 'value', '')
                    ELSE company END
                WHERE uid = new.subject RETURNING name, company INTO who;
            UPDATE aftercall.memos SET called = who.name, company = who.company,
                words = aftercall.words_of(text, who.name, who.company) WHERE contact = new.subject;
        END IF;
    WHEN 'gone_memo' THEN
        DELETE FROM aftercall.entries WHERE subject = new.subject AND kind <> 'gone_memo';
        DELETE FROM aftercall.memos WHERE id = new.subject;
    WHEN 'gone_contact' THEN
        UPDATE aftercall.devices SET head_stamp = new.stamp, head = greatest(
                head + (SELECT count(*) FROM aftercall.memos WHERE contact = new.subject),
                (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
            WHERE device = 'server' RETURNING head INTO number;
        INSERT INTO aftercall.entries (key, kind, subject, author, device, n, stamp, body)
            SELECT 'gone_memo/' || id, 'gone_memo', id, new.author, 'server', number + 1 - row_number() OVER (),
                new.stamp, '{}'
            FROM aftercall.memos WHERE contact = new.subject ON CONFLICT (key) DO NOTHING;
        DELETE FROM aftercall.entries WHERE subject = new.subject AND kind <> 'gone_contact';
        DELETE FROM aftercall.contacts WHERE uid = new.subject;
    ELSE
        NULL;
    END CASE;
    RETURN NULL;
END $$;

-- What a piece of a name is looked for in: once for each contact, not for each search.
ALTER TABLE aftercall.contacts
    ADD COLUMN plain_name text GENERATED ALWAYS AS (lower(aftercall.plain(name))) STORED,
    ADD COLUMN plain_company text GENERATED ALWAYS AS (lower(aftercall.plain(company))) STORED;
CREATE INDEX memos_contact_moment ON aftercall.memos (contact, moment);
DROP INDEX aftercall.memos_contact;
"""
