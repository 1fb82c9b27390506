-- Links for people without an account: each leads to one form, for one person, and is good once. Outside the record, because
-- they are taken back; of the secret there is only its SHA-256. Whether a link was used is known by the record, which
-- took its act under an id made of the link's.
CREATE TABLE forthwith.outside_links (
    id uuid PRIMARY KEY,
    digest bytea NOT NULL UNIQUE CHECK (octet_length(digest) = 32),
    person text COLLATE "C" NOT NULL CHECK (person <> ''),
    act text COLLATE "C" NOT NULL CHECK (act IN ('submit-report', 'answer-query', 'record-update', 'record-concern')),
    notice text COLLATE "C" NOT NULL CHECK (notice <> ''),
    about text COLLATE "C" NOT NULL CHECK (about <> ''),
    number integer CHECK (number > 0),
    given_by text COLLATE "C" NOT NULL CHECK (given_by <> ''),
    made timestamptz NOT NULL,
    expires timestamptz NOT NULL CHECK (expires > made),
    revoked timestamptz
);

-- Those of one notice are listed.
CREATE INDEX outside_links_by_notice ON forthwith.outside_links (notice, made);

CREATE FUNCTION forthwith.make_outside_link(
    of_id uuid, of_digest bytea, of_person text, of_act text, of_notice text, of_about text, of_number integer,
    by_person text, made_at timestamptz, expires_at timestamptz
) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO forthwith.outside_links (id, digest, person, act, notice, about, number, given_by, made, expires)
    VALUES (of_id, of_digest, of_person, of_act, of_notice, of_about, of_number, by_person, made_at, expires_at)
    ON CONFLICT (id) DO NOTHING
$$;
REVOKE ALL ON FUNCTION forthwith.make_outside_link FROM PUBLIC;

-- The first revocation stays the one that is told.
CREATE FUNCTION forthwith.revoke_outside_link(of_id uuid, revoked_at timestamptz) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    UPDATE forthwith.outside_links SET revoked = coalesce(revoked, revoked_at) WHERE id = of_id RETURNING true
$$;
REVOKE ALL ON FUNCTION forthwith.revoke_outside_link FROM PUBLIC;

-- The access log tells of links: who gave which to whom, who took it back, who came by it.
ALTER TABLE forthwith.access_log DROP CONSTRAINT access_log_kind_check,
    ADD CONSTRAINT access_log_kind_check CHECK (kind IN ('refused', 'hidden', 'opened', 'link'));

-- Reports that somebody is writing are sealed with the key of whoever writes them. `text` is what was kept before this
-- migration; it is sealed when it is next saved, and gone after the days for which a draft is kept.
ALTER TABLE forthwith.report_drafts
    ALTER COLUMN text DROP NOT NULL,
    ADD COLUMN nonce bytea CHECK (octet_length(nonce) = 12),
    ADD COLUMN ciphertext bytea,
    ADD CONSTRAINT report_drafts_sealed_check CHECK (
        num_nonnulls(text, ciphertext) = 1 AND (ciphertext IS NULL) = (nonce IS NULL)
    );

DROP FUNCTION forthwith.drafts_of, forthwith.keep_draft;

-- What somebody has written of one report, once whatever nobody has touched for so long is gone, whoever wrote it.
CREATE FUNCTION forthwith.drafts_of(of_person text, of_occurrence text, kept_for interval)
RETURNS TABLE (section text, text text, sealed bytea, key bytea, nil boolean, changed_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    DELETE FROM forthwith.report_drafts AS old WHERE old.changed_at < clock_timestamp() - kept_for;
    RETURN QUERY SELECT kept.section, kept.text, kept.nonce || kept.ciphertext, subject_keys.key, kept.nil, kept.changed_at
        FROM forthwith.report_drafts AS kept
        LEFT JOIN forthwith.subject_keys ON subject_keys.subject = 'person/' || kept.person
        WHERE kept.person = of_person AND kept.occurrence = of_occurrence;
END
$$;
REVOKE ALL ON FUNCTION forthwith.drafts_of FROM PUBLIC;

-- The newest words of a section win. What is sealed with another key than the one that is kept could never be opened:
-- false then, and nothing is kept. A key that was made for it is kept with it, where there is none.
CREATE FUNCTION forthwith.keep_draft(
    of_person text, of_occurrence text, of_section text, of_nonce bytea, of_ciphertext bytea, is_nil boolean,
    of_key bytea, is_fresh boolean
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF is_fresh THEN
        INSERT INTO forthwith.subject_keys (subject, key) VALUES ('person/' || of_person, of_key)
        ON CONFLICT (subject) DO NOTHING;
    END IF;
    -- Locked, so that an erasure that destroys the key waits, and then finds the draft.
    PERFORM FROM forthwith.subject_keys WHERE subject = 'person/' || of_person AND key = of_key FOR KEY SHARE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO forthwith.report_drafts (person, occurrence, section, nonce, ciphertext, nil)
    VALUES (of_person, of_occurrence, of_section, of_nonce, of_ciphertext, is_nil)
    ON CONFLICT (person, occurrence, section)
    DO UPDATE SET text = NULL, nonce = excluded.nonce, ciphertext = excluded.ciphertext, nil = excluded.nil,
        changed_at = clock_timestamp();
    RETURN true;
END
$$;
REVOKE ALL ON FUNCTION forthwith.keep_draft FROM PUBLIC;

-- How many sections somebody has written and not sent: an erasure has to know that there is something.
CREATE FUNCTION forthwith.count_drafts(of_person text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT count(*) FROM forthwith.report_drafts WHERE person = of_person
$$;
REVOKE ALL ON FUNCTION forthwith.count_drafts FROM PUBLIC;

-- What nobody has touched for so long, and what was written under notices that have ended, is disposed of; how many sections
-- that is. With `only_count` nothing is.
CREATE FUNCTION forthwith.dispose_of_drafts(kept_for interval, ended_notices text[], only_count boolean) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    found bigint;
BEGIN
    SELECT count(*) INTO found FROM forthwith.report_drafts
    WHERE changed_at < clock_timestamp() - kept_for OR split_part(occurrence, '/', 1) = ANY (ended_notices);
    IF NOT only_count THEN
        DELETE FROM forthwith.report_drafts
        WHERE changed_at < clock_timestamp() - kept_for OR split_part(occurrence, '/', 1) = ANY (ended_notices);
    END IF;
    RETURN found;
END
$$;
REVOKE ALL ON FUNCTION forthwith.dispose_of_drafts FROM PUBLIC;

-- Nothing is left of what somebody who is erased was writing, nor of links that were given to them.
CREATE FUNCTION forthwith.forget_what_was_begun() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    erased text := CASE WHEN TG_TABLE_NAME = 'directory' THEN to_jsonb(OLD) ->> 'person'
        ELSE substring(to_jsonb(OLD) ->> 'subject' FROM 8) END;
BEGIN
    DELETE FROM forthwith.report_drafts WHERE person = erased;
    DELETE FROM forthwith.outside_links WHERE person = erased;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION forthwith.forget_what_was_begun FROM PUBLIC;
CREATE TRIGGER erasing_forgets_what_was_begun AFTER DELETE ON forthwith.subject_keys
    FOR EACH ROW WHEN (OLD.subject LIKE 'person/%') EXECUTE FUNCTION forthwith.forget_what_was_begun();
CREATE TRIGGER erasing_forgets_what_was_begun AFTER DELETE ON forthwith.directory
    FOR EACH ROW EXECUTE FUNCTION forthwith.forget_what_was_begun();

-- A key that seals what somebody is writing is not idle.
CREATE OR REPLACE FUNCTION forthwith.destroy_idle_keys(erased_people text[])
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    destroyed bigint;
BEGIN
    PERFORM FROM forthwith.head FOR UPDATE;
    DELETE FROM forthwith.subject_keys
    WHERE (subject LIKE 'event/%' OR subject = ANY (erased_people))
        AND NOT EXISTS (SELECT FROM forthwith.personal_values WHERE personal_values.subject = subject_keys.subject)
        AND NOT EXISTS (SELECT FROM forthwith.report_drafts WHERE 'person/' || person = subject_keys.subject);
    GET DIAGNOSTICS destroyed = ROW_COUNT;
    RETURN destroyed;
END
$$;
