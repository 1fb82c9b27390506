-- What an operator does to the accounts and sessions of others stands in the access log, written by the function that does it,
-- so that neither is ever without the other. `by_person` is who does it; `note_id` makes a request that is sent again one
-- line. A line names people by their identifiers alone, because it is never removed.
ALTER TABLE forthwith.access_log DROP CONSTRAINT access_log_kind_check,
    ADD CONSTRAINT access_log_kind_check CHECK (kind IN ('refused', 'hidden', 'opened', 'link', 'account'));

DROP FUNCTION forthwith.add_account, forthwith.reset_account, forthwith.disable_account, forthwith.remove_account;

-- For the functions below alone.
CREATE FUNCTION forthwith.note_account(note_id uuid, by_person text, of_person text, in_words text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp
AS $$
    SELECT forthwith.note_access(note_id, clock_timestamp(), by_person, 'account', 'manage-people', NULL, of_person, in_words)
$$;
REVOKE ALL ON FUNCTION forthwith.note_account FROM PUBLIC;

-- A new account with a link to set its password. False where the person or the login is taken already.
CREATE FUNCTION forthwith.add_account(
    of_person text, new_login text, full_name text, new_roles text[], new_link bytea, valid_seconds double precision,
    by_person text, note_id uuid
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO forthwith.accounts (person, login, name, roles, link, link_until)
    VALUES (of_person, new_login, full_name, new_roles, new_link,
        clock_timestamp() + make_interval(secs => valid_seconds))
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        -- The same request, sent again after its answer was lost.
        RETURN EXISTS (SELECT FROM forthwith.accounts WHERE person = of_person AND link = new_link);
    END IF;
    PERFORM forthwith.note_account(note_id, by_person, of_person, format(
        'Added an account for %s%s, and gave out a link with which its password is set.', of_person,
        CASE WHEN cardinality(new_roles) > 0 THEN ' as ' || array_to_string(new_roles, ' and ') ELSE '' END
    ));
    RETURN true;
END
$$;
REVOKE ALL ON FUNCTION forthwith.add_account FROM PUBLIC;

-- A new link in the place of an old one, and of the password too; whoever sits at the desk with it has to leave. It opens
-- what was disabled. False where there is no such account.
CREATE FUNCTION forthwith.reset_account(
    of_person text, new_link bytea, valid_seconds double precision, by_person text, note_id uuid
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    was_shut_out boolean;
    ended integer;
BEGIN
    SELECT disabled INTO was_shut_out FROM forthwith.accounts WHERE person = of_person FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE forthwith.accounts
    SET link = new_link, link_until = clock_timestamp() + make_interval(secs => valid_seconds),
        password = NULL, password_set = NULL, disabled = false
    WHERE person = of_person;
    DELETE FROM forthwith.sessions WHERE person = of_person;
    GET DIAGNOSTICS ended = ROW_COUNT;
    PERFORM forthwith.note_account(note_id, by_person, of_person, format(
        'Gave out a link with which %s sets a new password%s; sessions ended: %s.', of_person,
        CASE WHEN was_shut_out THEN ', and let them in again after they had been shut out' ELSE '' END, ended
    ));
    RETURN true;
END
$$;
REVOKE ALL ON FUNCTION forthwith.reset_account FROM PUBLIC;

-- Shuts a person out, whichever way they sign in, and ends their sessions. Somebody without an account gets one that
-- says nothing else. Returns how many sessions were ended.
CREATE FUNCTION forthwith.disable_account(of_person text, by_person text, note_id uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    ended integer;
BEGIN
    INSERT INTO forthwith.accounts (person, login, name, disabled) VALUES (of_person, lower(of_person), of_person, true)
    ON CONFLICT (person) DO UPDATE SET disabled = true, link = NULL, link_until = NULL;
    DELETE FROM forthwith.sessions WHERE person = of_person;
    GET DIAGNOSTICS ended = ROW_COUNT;
    PERFORM forthwith.note_account(
        note_id, by_person, of_person, format('Shut %s out; sessions ended: %s.', of_person, ended)
    );
    RETURN ended;
END
$$;
REVOKE ALL ON FUNCTION forthwith.disable_account FROM PUBLIC;

-- Forgets a person: their account and their sessions. Whoever was shut out is so no longer.
CREATE FUNCTION forthwith.remove_account(of_person text, by_person text, note_id uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    was_shut_out boolean;
    removed boolean;
    ended integer;
BEGIN
    DELETE FROM forthwith.sessions WHERE person = of_person;
    GET DIAGNOSTICS ended = ROW_COUNT;
    DELETE FROM forthwith.accounts WHERE person = of_person RETURNING disabled INTO was_shut_out;
    removed := FOUND;
    IF removed OR ended > 0 THEN
        PERFORM forthwith.note_account(note_id, by_person, of_person, format(
            'Removed %s%s; sessions ended: %s.', CASE WHEN removed THEN 'the account of ' || of_person
                ELSE 'nothing but the sessions of ' || of_person || ', of whom there is no account' END,
            CASE WHEN was_shut_out THEN ', who had been shut out and is so no longer' ELSE '' END, ended
        ));
    END IF;
    RETURN removed;
END
$$;
REVOKE ALL ON FUNCTION forthwith.remove_account FROM PUBLIC;

-- An operator ends sessions of others: those of a person, or those whose digest begins so; where both are given, both must
-- hold. Returns how many were ended. Of people who end their own, and of a provider that signs somebody out, nothing is noted.
CREATE FUNCTION forthwith.put_out(of_person text, beginning bytea, by_person text, note_id uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    ended integer;
    whose text;
BEGIN
    IF num_nonnulls(of_person, beginning) = 0 THEN
        RAISE EXCEPTION 'Say which sessions are to be ended.';
    END IF;
    WITH gone AS (
        DELETE FROM forthwith.sessions
        WHERE (of_person IS NULL OR person = of_person)
            AND (beginning IS NULL OR substring(digest FROM 1 FOR octet_length(beginning)) = beginning)
        RETURNING person
    )
    SELECT count(*), string_agg(DISTINCT person, ', ') INTO ended, whose FROM gone;
    IF ended > 0 THEN
        PERFORM forthwith.note_account(note_id, by_person, whose, format(
            'Ended %s of %s.', CASE ended WHEN 1 THEN 'a session' ELSE ended || ' sessions' END, whose
        ));
    END IF;
    RETURN ended;
END
$$;
REVOKE ALL ON FUNCTION forthwith.put_out FROM PUBLIC;
