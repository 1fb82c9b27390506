-- Who may sign in with a password, and whom the operator has shut out. Outside the record, because it must be erasable.
-- `person` is the identifier that notices use, `roles` are those that no notice gives. `link` is the SHA-256 digest of a
-- link with which a password can be set once, until `link_until`. A password is kept as its argon2id digest.
CREATE TABLE forthwith.accounts (
    person text COLLATE "C" PRIMARY KEY CHECK (person <> ''),
    login text COLLATE "C" NOT NULL UNIQUE CHECK (login <> '' AND login = lower(login)),
    name text NOT NULL CHECK (name <> ''),
    roles text[] NOT NULL DEFAULT '{}',
    password text CHECK (password LIKE '$argon2id$%'),
    password_set timestamptz,
    link bytea UNIQUE CHECK (octet_length(link) = 32),
    link_until timestamptz,
    disabled boolean NOT NULL DEFAULT false,
    created timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK ((link IS NULL) = (link_until IS NULL))
);

-- Who sits at the desk. `digest` is the SHA-256 of what the cookie carries, so that whoever reads this table can sit down
-- as nobody. `id_token`, `subject` and `provider_session` are what an OpenID provider needs to sign the person out.
CREATE TABLE forthwith.sessions (
    digest bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
    person text COLLATE "C" NOT NULL CHECK (person <> ''),
    name text NOT NULL,
    roles text[] NOT NULL,
    way text NOT NULL CHECK (way IN ('password', 'provider')),
    device text NOT NULL,
    opened timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen timestamptz NOT NULL DEFAULT clock_timestamp(),
    flashes jsonb NOT NULL DEFAULT '[]',
    id_token text,
    subject text,
    provider_session text
);
CREATE INDEX sessions_by_person ON forthwith.sessions (person);

-- A new account with a link to set its password. False where the person or the login is taken already.
CREATE FUNCTION forthwith.add_account(
    of_person text, new_login text, full_name text, new_roles text[], new_link bytea, valid_seconds double precision
) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    WITH added AS (
        INSERT INTO forthwith.accounts (person, login, name, roles, link, link_until)
        VALUES (of_person, new_login, full_name, new_roles, new_link,
            clock_timestamp() + make_interval(secs => valid_seconds))
        ON CONFLICT DO NOTHING RETURNING person
    )
    SELECT EXISTS (SELECT FROM added)
        -- The same request, sent again after its answer was lost.
        OR EXISTS (SELECT FROM forthwith.accounts WHERE person = of_person AND link = new_link)
$$;
REVOKE ALL ON FUNCTION forthwith.add_account FROM PUBLIC;

-- A new link in the place of an old one, and of the password too; whoever sits at the desk with it has to leave. It opens
-- what was disabled. False where there is no such account.
CREATE FUNCTION forthwith.reset_account(of_person text, new_link bytea, valid_seconds double precision) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE forthwith.accounts
    SET link = new_link, link_until = clock_timestamp() + make_interval(secs => valid_seconds),
        password = NULL, password_set = NULL, disabled = false
    WHERE person = of_person;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM forthwith.sessions WHERE person = of_person;
    RETURN true;
END
$$;
REVOKE ALL ON FUNCTION forthwith.reset_account FROM PUBLIC;

-- Shuts a person out, whichever way they sign in, and ends their sessions. Somebody without an account gets one that
-- says nothing else. Returns how many sessions were ended.
CREATE FUNCTION forthwith.disable_account(of_person text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    ended integer;
BEGIN
    INSERT INTO forthwith.accounts (person, login, name, disabled) VALUES (of_person, lower(of_person), of_person, true)
    ON CONFLICT (person) DO UPDATE SET disabled = true, link = NULL, link_until = NULL;
    DELETE FROM forthwith.sessions WHERE person = of_person;
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END
$$;
REVOKE ALL ON FUNCTION forthwith.disable_account FROM PUBLIC;

-- Forgets a person: their account and their sessions. Whoever was shut out is so no longer.
CREATE FUNCTION forthwith.remove_account(of_person text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM forthwith.sessions WHERE person = of_person;
    DELETE FROM forthwith.accounts WHERE person = of_person;
    RETURN FOUND;
END
$$;
REVOKE ALL ON FUNCTION forthwith.remove_account FROM PUBLIC;

-- Uses a link up and ends every session that was begun with the password before. Null where the link is worth nothing.
CREATE FUNCTION forthwith.set_password(used_link bytea, new_password text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    whose text;
BEGIN
    UPDATE forthwith.accounts
    SET password = new_password, password_set = clock_timestamp(), link = NULL, link_until = NULL
    WHERE link = used_link AND link_until > clock_timestamp() AND NOT disabled
    RETURNING person INTO whose;
    IF whose IS NULL THEN
        -- The same request, sent again after its answer was lost: no two digests of a password are equal.
        SELECT person INTO whose FROM forthwith.accounts WHERE password = new_password AND NOT disabled;
    ELSE
        DELETE FROM forthwith.sessions WHERE person = whose;
    END IF;
    RETURN whose;
END
$$;
REVOKE ALL ON FUNCTION forthwith.set_password FROM PUBLIC;

-- The same password with today's cost, unless it was changed meanwhile.
CREATE FUNCTION forthwith.strengthen_password(of_person text, old_password text, new_password text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    UPDATE forthwith.accounts SET password = new_password WHERE person = of_person AND password = old_password
$$;
REVOKE ALL ON FUNCTION forthwith.strengthen_password FROM PUBLIC;

-- Begins a session, and sweeps away those that are over. False where the person was shut out: the row is locked, so that
-- nobody slips in while they are being disabled.
CREATE FUNCTION forthwith.open_session(
    new_digest bytea, of_person text, full_name text, their_roles text[], by_way text, on_device text, token text,
    token_subject text, token_session text, idle_seconds double precision, life_seconds double precision
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    shut_out boolean;
BEGIN
    SELECT disabled INTO shut_out FROM forthwith.accounts WHERE person = of_person FOR SHARE;
    IF shut_out THEN
        RETURN false;
    END IF;
    DELETE FROM forthwith.sessions
    WHERE seen <= clock_timestamp() - make_interval(secs => idle_seconds)
        OR opened <= clock_timestamp() - make_interval(secs => life_seconds);
    INSERT INTO forthwith.sessions
        (digest, person, name, roles, way, device, id_token, subject, provider_session)
    VALUES
        (new_digest, of_person, full_name, their_roles, by_way, on_device, token, token_subject, token_session)
    ON CONFLICT (digest) DO NOTHING;
    RETURN true;
END
$$;
REVOKE ALL ON FUNCTION forthwith.open_session FROM PUBLIC;

-- The session behind a cookie, if it is not over; that it was seen is written down once a minute.
CREATE FUNCTION forthwith.use_session(of_digest bytea, idle_seconds double precision, life_seconds double precision)
RETURNS SETOF forthwith.sessions
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE forthwith.sessions SET seen = clock_timestamp()
    WHERE digest = of_digest AND seen <= clock_timestamp() - interval '1 minute'
        AND seen > clock_timestamp() - make_interval(secs => idle_seconds)
        AND opened > clock_timestamp() - make_interval(secs => life_seconds);
    RETURN QUERY
    SELECT * FROM forthwith.sessions
    WHERE digest = of_digest
        AND seen > clock_timestamp() - make_interval(secs => idle_seconds)
        AND opened > clock_timestamp() - make_interval(secs => life_seconds);
END
$$;
REVOKE ALL ON FUNCTION forthwith.use_session FROM PUBLIC;

-- The messages that the next page shows.
CREATE FUNCTION forthwith.set_flashes(of_digest bytea, new_flashes jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    UPDATE forthwith.sessions SET flashes = new_flashes WHERE digest = of_digest
$$;
REVOKE ALL ON FUNCTION forthwith.set_flashes FROM PUBLIC;

-- Ends sessions: those of a person, those whose digest begins so, those of a subject or a session at the provider; each
-- that is null says nothing, and all that are given must hold. `but` is spared. Returns how many were ended.
CREATE FUNCTION forthwith.end_sessions(
    of_person text, beginning bytea, but bytea, of_subject text, of_provider_session text
) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    ended integer;
BEGIN
    IF num_nonnulls(of_person, beginning, of_subject, of_provider_session) = 0 THEN
        RAISE EXCEPTION 'Say which sessions are to be ended.';
    END IF;
    DELETE FROM forthwith.sessions
    WHERE (of_person IS NULL OR person = of_person)
        AND (beginning IS NULL OR substring(digest FROM 1 FOR octet_length(beginning)) = beginning)
        AND (of_subject IS NULL OR subject = of_subject)
        AND (of_provider_session IS NULL OR provider_session = of_provider_session)
        AND digest IS DISTINCT FROM but;
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END
$$;
REVOKE ALL ON FUNCTION forthwith.end_sessions FROM PUBLIC;

-- Whoever is erased cannot sign in any more, and nothing is left of their account.
CREATE FUNCTION forthwith.forget_account() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    erased text := CASE WHEN TG_TABLE_NAME = 'directory' THEN to_jsonb(OLD) ->> 'person'
        ELSE substring(to_jsonb(OLD) ->> 'subject' FROM 8) END;
BEGIN
    DELETE FROM forthwith.sessions WHERE person = erased;
    DELETE FROM forthwith.accounts WHERE person = erased;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION forthwith.forget_account FROM PUBLIC;
CREATE TRIGGER erasing_forgets_the_account AFTER DELETE ON forthwith.subject_keys
    FOR EACH ROW WHEN (OLD.subject LIKE 'person/%') EXECUTE FUNCTION forthwith.forget_account();
CREATE TRIGGER erasing_forgets_the_account AFTER DELETE ON forthwith.directory
    FOR EACH ROW EXECUTE FUNCTION forthwith.forget_account();
