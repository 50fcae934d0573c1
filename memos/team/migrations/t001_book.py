"""The book, who is in the team, and who may do what."""

# What a member may do goes through row-level security; what keeps the tables that follow from the book, and what
# deletes, are functions of the owner. A login is in the team while its row in `members` has no `left_at`: that is
# looked at in every statement, so that whoever leaves is locked out at once, in connections that are open as well.
#
# `session_user`, not `current_user`: it stays the login within functions of the owner, and nobody can set it.
#
# A stemmer without stop words, since at home "to" and "not" are found as well.
SQL = r"""
CREATE TABLE aftercall.members (
    login text PRIMARY KEY,
    called text NOT NULL,
    joined_at timestamptz NOT NULL DEFAULT now(),
    left_at timestamptz
);

CREATE TABLE aftercall.devices (
    device text PRIMARY KEY,
    login text NOT NULL REFERENCES aftercall.members,
    head bigint NOT NULL DEFAULT 0,
    head_stamp text NOT NULL DEFAULT ''
);

CREATE TABLE aftercall.entries (
    key text COLLATE "C" PRIMARY KEY,
    kind text NOT NULL,
    subject text COLLATE "C" NOT NULL,
    about text COLLATE "C",
    author text NOT NULL,
    device text NOT NULL REFERENCES aftercall.devices,
    n bigint NOT NULL,
    stamp text COLLATE "C" NOT NULL,
    body jsonb NOT NULL
);
CREATE INDEX entries_device_n ON aftercall.entries (device, n);
CREATE INDEX entries_subject ON aftercall.entries (subject);

CREATE TABLE aftercall.contacts (
    uid text COLLATE "C" PRIMARY KEY,
    name text NOT NULL DEFAULT '',
    company text NOT NULL DEFAULT ''
);

CREATE TABLE aftercall.memos (
    id text COLLATE "C" PRIMARY KEY,
    author text NOT NULL,
    contact text COLLATE "C",
    spoken_at text NOT NULL,
    moment timestamptz NOT NULL,
    outcome text,
    next_call boolean NOT NULL,
    version integer NOT NULL DEFAULT 1,
    text text NOT NULL,
    called text NOT NULL DEFAULT '',
    company text NOT NULL DEFAULT '',
    words tsvector NOT NULL
);
CREATE INDEX memos_moment ON aftercall.memos (moment);
CREATE INDEX memos_contact ON aftercall.memos (contact);
CREATE INDEX memos_author ON aftercall.memos (author);

CREATE TEXT SEARCH DICTIONARY aftercall.stem (TEMPLATE = pg_catalog.snowball, Language = english);
CREATE TEXT SEARCH CONFIGURATION aftercall.words (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION aftercall.words
    ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part WITH aftercall.stem;

-- Accents do not matter, as at home: letters are taken apart, and the marks dropped.
CREATE FUNCTION aftercall.plain(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT CASE WHEN octet_length($1) = char_length($1) THEN $1
        ELSE regexp_replace(normalize($1, NFKD), U&'[\0300-\036F]', '', 'g') END $$;

CREATE FUNCTION aftercall.words_of(words text, called text, company text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('aftercall.words', aftercall.plain(words || E'\n' || called || E'\n' || company)) $$;

CREATE INDEX memos_words ON aftercall.memos USING gin (words);

CREATE FUNCTION aftercall.is_member() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM aftercall.members WHERE login = session_user AND left_at IS NULL) $$;

CREATE FUNCTION aftercall.standing() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT CASE WHEN left_at IS NULL THEN 'member' ELSE 'left' END
        FROM aftercall.members WHERE login = session_user), 'none') $$;

CREATE FUNCTION aftercall.enter(who text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO aftercall.members (login, called) VALUES (session_user, who)
        ON CONFLICT (login) DO UPDATE SET called = excluded.called WHERE members.left_at IS NULL;
    RETURN aftercall.standing();
END $$;

CREATE FUNCTION aftercall.leave() RETURNS void LANGUAGE sql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    UPDATE aftercall.members SET left_at = now() WHERE login = session_user AND left_at IS NULL $$;

-- For the administrator: nobody else may run these two.
CREATE FUNCTION aftercall.lock_out(who text) RETURNS void LANGUAGE sql
    SET search_path = pg_catalog, pg_temp AS $$
    UPDATE aftercall.members SET left_at = coalesce(left_at, now()) WHERE login = who $$;

CREATE FUNCTION aftercall.let_in(who text) RETURNS void LANGUAGE sql
    SET search_path = pg_catalog, pg_temp AS $$ UPDATE aftercall.members SET left_at = NULL WHERE login = who $$;

-- Only the author corrects or deletes a memo; it goes with the person whom it is about as well. Volatile, so that it
-- sees what the same statement has added before.
CREATE FUNCTION aftercall.may_say(what text, whose text) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF what = 'version' THEN
        RETURN EXISTS (SELECT 1 FROM aftercall.memos WHERE id = whose AND author = session_user)
            OR EXISTS (SELECT 1 FROM aftercall.entries AS e WHERE e.key = 'gone_memo/' || whose);
    ELSIF what IN ('memo', 'gone_memo') THEN
        RETURN NOT EXISTS (SELECT 1 FROM aftercall.memos WHERE id = whose AND author <> session_user
            AND NOT (what = 'gone_memo'
                AND EXISTS (SELECT 1 FROM aftercall.entries AS e WHERE e.key = 'gone_contact/' || contact)));
    END IF;
    RETURN what IN ('change', 'task', 'contact', 'point', 'spelling', 'merged', 'fact', 'reading', 'rest',
        'gone_contact');
END $$;

CREATE FUNCTION aftercall.before_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF new.kind NOT IN ('gone_memo', 'gone_contact') AND EXISTS (SELECT 1 FROM aftercall.entries AS e WHERE e.key IN
        ('gone_memo/' || new.subject, 'gone_contact/' || new.subject, 'gone_contact/' || coalesce(new.about, ''))) THEN
        RETURN NULL;
    END IF;
    RETURN new;
END $$;

CREATE FUNCTION aftercall.after_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    who record;
    saying text := new.body ->> 'text';
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
        DELETE FROM aftercall.entries WHERE subject IN (SELECT id FROM aftercall.memos WHERE contact = new.subject)
            AND kind <> 'gone_memo';
        DELETE FROM aftercall.memos WHERE contact = new.subject;
        DELETE FROM aftercall.entries WHERE subject = new.subject AND kind <> 'gone_contact';
        DELETE FROM aftercall.contacts WHERE uid = new.subject;
    ELSE
        NULL;
    END CASE;
    RETURN NULL;
END $$;

CREATE TRIGGER before_entry BEFORE INSERT OR UPDATE ON aftercall.entries
    FOR EACH ROW EXECUTE FUNCTION aftercall.before_entry();
CREATE TRIGGER after_entry AFTER INSERT OR UPDATE ON aftercall.entries
    FOR EACH ROW EXECUTE FUNCTION aftercall.after_entry();

CREATE FUNCTION aftercall.tell() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_notify('aftercall', new.device);
    RETURN NULL;
END $$;
CREATE TRIGGER tell AFTER UPDATE ON aftercall.devices FOR EACH ROW EXECUTE FUNCTION aftercall.tell();

ALTER TABLE aftercall.migrations ENABLE ROW LEVEL SECURITY;
ALTER TABLE aftercall.members ENABLE ROW LEVEL SECURITY;
ALTER TABLE aftercall.devices ENABLE ROW LEVEL SECURITY;
ALTER TABLE aftercall.entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE aftercall.contacts ENABLE ROW LEVEL SECURITY;
ALTER TABLE aftercall.memos ENABLE ROW LEVEL SECURITY;

-- Which version the book is of says nothing of what is in it, and is asked before a login is in the team.
CREATE POLICY members_read ON aftercall.migrations FOR SELECT USING (true);
CREATE POLICY members_read ON aftercall.members FOR SELECT USING ((SELECT aftercall.is_member()));
CREATE POLICY members_read ON aftercall.devices FOR SELECT USING ((SELECT aftercall.is_member()));
CREATE POLICY members_read ON aftercall.entries FOR SELECT USING ((SELECT aftercall.is_member()));
CREATE POLICY members_read ON aftercall.contacts FOR SELECT USING ((SELECT aftercall.is_member()));
CREATE POLICY members_read ON aftercall.memos FOR SELECT USING ((SELECT aftercall.is_member()));

CREATE POLICY own_devices ON aftercall.devices FOR INSERT
    WITH CHECK (login = session_user AND (SELECT aftercall.is_member()));
CREATE POLICY own_heads ON aftercall.devices FOR UPDATE
    USING (login = session_user AND (SELECT aftercall.is_member())) WITH CHECK (login = session_user);
CREATE POLICY own_entries ON aftercall.entries FOR INSERT
    WITH CHECK (author = session_user AND (SELECT aftercall.is_member())
        AND device IN (SELECT d.device FROM aftercall.devices AS d WHERE d.login = session_user)
        AND aftercall.may_say(kind, subject));
CREATE POLICY later_entries ON aftercall.entries FOR UPDATE
    USING ((SELECT aftercall.is_member())
        AND (kind IN ('task', 'contact', 'point', 'spelling', 'merged', 'rest', 'gone_memo', 'gone_contact')
            OR kind = 'memo' AND author = session_user))
    WITH CHECK (author = session_user
        AND device IN (SELECT d.device FROM aftercall.devices AS d WHERE d.login = session_user));

GRANT USAGE ON SCHEMA aftercall TO aftercall_member;
GRANT SELECT ON ALL TABLES IN SCHEMA aftercall TO aftercall_member;
GRANT INSERT, UPDATE (head, head_stamp) ON aftercall.devices TO aftercall_member;
GRANT INSERT, UPDATE (author, about, device, n, stamp, body) ON aftercall.entries TO aftercall_member;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA aftercall FROM PUBLIC;
GRANT EXECUTE ON FUNCTION aftercall.is_member, aftercall.standing, aftercall.enter, aftercall.leave, aftercall.may_say,
    aftercall.plain, aftercall.words_of TO aftercall_member;
"""
