-- Secret addresses at which somebody's dates are read without signing in: all that are theirs, or those of one notice. Of
-- the secret only its SHA-256 digest is kept. Outside the record, because it is about access and must be erasable.
CREATE TABLE forthwith.feeds (
    id uuid PRIMARY KEY,
    digest bytea NOT NULL UNIQUE CHECK (octet_length(digest) = 32),
    person text NOT NULL CHECK (person <> ''),
    notice text CHECK (notice <> ''),
    made_at timestamptz NOT NULL,
    revoked_at timestamptz
);

-- A person has one address at a time for each thing that they follow.
CREATE UNIQUE INDEX feeds_in_force ON forthwith.feeds (person, coalesce(notice, '')) WHERE revoked_at IS NULL;

-- Makes an address, in place of the one that is named; false, and nothing is changed, where another is in force. Asking
-- again with the same words changes nothing.
CREATE FUNCTION forthwith.make_feed(
    new_id uuid, new_digest bytea, of_person text, of_notice text, at_time timestamptz, replacing uuid
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE forthwith.feeds SET revoked_at = at_time
    WHERE id = replacing AND person = of_person AND notice IS NOT DISTINCT FROM of_notice AND revoked_at IS NULL;
    INSERT INTO forthwith.feeds (id, digest, person, notice, made_at)
    VALUES (new_id, new_digest, of_person, of_notice, at_time)
    ON CONFLICT DO NOTHING;
    RETURN EXISTS (SELECT FROM forthwith.feeds WHERE id = new_id AND digest = new_digest AND revoked_at IS NULL);
END
$$;
REVOKE ALL ON FUNCTION forthwith.make_feed FROM PUBLIC;

-- Ends an address for good; only the person whose it is can be named.
CREATE FUNCTION forthwith.revoke_feed(of_person text, feed uuid, at_time timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    UPDATE forthwith.feeds SET revoked_at = at_time
    WHERE id = feed AND person = of_person AND revoked_at IS NULL
$$;
REVOKE ALL ON FUNCTION forthwith.revoke_feed FROM PUBLIC;

-- Whoever is erased has no address left, not even a revoked one.
CREATE FUNCTION forthwith.forget_feeds() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF TG_TABLE_NAME = 'directory' THEN
        DELETE FROM forthwith.feeds WHERE person = OLD.person;
    ELSE
        DELETE FROM forthwith.feeds WHERE 'person/' || person = OLD.subject;
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION forthwith.forget_feeds FROM PUBLIC;
CREATE TRIGGER erasing_forgets_feeds AFTER DELETE ON forthwith.subject_keys
    FOR EACH ROW WHEN (OLD.subject LIKE 'person/%') EXECUTE FUNCTION forthwith.forget_feeds();
CREATE TRIGGER erasing_forgets_feeds AFTER DELETE ON forthwith.directory
    FOR EACH ROW EXECUTE FUNCTION forthwith.forget_feeds();
