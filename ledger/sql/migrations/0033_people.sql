-- Tries at passwords, counted for all engines together. `about` is the SHA-256 digest of a sign-in name or of a place, so
-- that nobody reads here who tried from where. Outside the record, and gone when the window of counting has passed.
CREATE TABLE forthwith.guesses (
    about bytea NOT NULL CHECK (octet_length(about) = 32),
    tried timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX guesses_by_about ON forthwith.guesses (about, tried);
CREATE INDEX guesses_by_time ON forthwith.guesses (tried);

-- Counts a try, unless there were too many in the window. One at a time for each name and place, so that many at the
-- same moment cannot all pass. What is older than the window is swept away, by whoever comes first.
CREATE FUNCTION forthwith.count_guess(of_about bytea, at_most integer, window_seconds double precision) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    begins timestamptz := clock_timestamp() - make_interval(secs => window_seconds);
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('forthwith.count_guess ' || encode(of_about, 'hex'), 0));
    DELETE FROM forthwith.guesses WHERE ctid IN (
        SELECT ctid FROM forthwith.guesses WHERE tried <= begins LIMIT 1000 FOR UPDATE SKIP LOCKED
    );
    IF (SELECT count(*) FROM forthwith.guesses WHERE about = of_about AND tried > begins) >= at_most THEN
        RETURN false;
    END IF;
    INSERT INTO forthwith.guesses (about) VALUES (of_about);
    RETURN true;
END
$$;
REVOKE ALL ON FUNCTION forthwith.count_guess FROM PUBLIC;

-- The tries of somebody who has come in were their own.
CREATE FUNCTION forthwith.forget_guesses(of_about bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    DELETE FROM forthwith.guesses WHERE about = of_about
$$;
REVOKE ALL ON FUNCTION forthwith.forget_guesses FROM PUBLIC;

-- Another password in the place of the one that was known, and the end of every session but the one in hand. False where
-- it was changed or taken away meanwhile.
CREATE FUNCTION forthwith.change_password(
    of_person text, old_password text, new_password text, but bytea
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE forthwith.accounts SET password = new_password, password_set = clock_timestamp(), link = NULL, link_until = NULL
    WHERE person = of_person AND password = old_password AND NOT disabled;
    IF NOT FOUND THEN
        -- The same request, sent again after its answer was lost: no two digests of a password are equal.
        RETURN EXISTS (SELECT FROM forthwith.accounts WHERE person = of_person AND password = new_password);
    END IF;
    DELETE FROM forthwith.sessions WHERE person = of_person AND digest IS DISTINCT FROM but;
    RETURN true;
END
$$;
REVOKE ALL ON FUNCTION forthwith.change_password FROM PUBLIC;

-- Where else a person is reached: tried when their address does not take a message. It goes with their address.
CREATE TABLE forthwith.other_addresses (
    person text PRIMARY KEY CHECK (person <> ''),
    address text NOT NULL,
    changed_at timestamptz NOT NULL
);

-- The newest one wins, however late an older change arrives; an empty one is none.
CREATE FUNCTION forthwith.set_other_address(of_person text, new_address text, at_time timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO forthwith.other_addresses (person, address, changed_at) VALUES (of_person, new_address, at_time)
    ON CONFLICT (person) DO UPDATE SET address = excluded.address, changed_at = excluded.changed_at
    WHERE other_addresses.changed_at <= excluded.changed_at
$$;
REVOKE ALL ON FUNCTION forthwith.set_other_address FROM PUBLIC;

-- Whoever is erased is reached nowhere any more.
CREATE FUNCTION forthwith.forget_other_address() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM forthwith.other_addresses WHERE person = CASE WHEN TG_TABLE_NAME = 'directory'
        THEN to_jsonb(OLD) ->> 'person' ELSE substring(to_jsonb(OLD) ->> 'subject' FROM 8) END;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION forthwith.forget_other_address FROM PUBLIC;
CREATE TRIGGER erasing_forgets_the_other_address AFTER DELETE ON forthwith.subject_keys
    FOR EACH ROW WHEN (OLD.subject LIKE 'person/%') EXECUTE FUNCTION forthwith.forget_other_address();
CREATE TRIGGER erasing_forgets_the_other_address AFTER DELETE ON forthwith.directory
    FOR EACH ROW EXECUTE FUNCTION forthwith.forget_other_address();
