-- Who reads through which login. A login of a person (an analyst's, a dashboard's) is bound to them here, and nothing that it
-- says changes that. `speaks_through`: the login of the desk, which names in each transaction for whom it reads, and takes
-- that role for it. A login that stands in no row reads nothing where a policy asks.
CREATE TABLE forthwith.readers (
    login text COLLATE "C" PRIMARY KEY CHECK (login <> ''),
    person text COLLATE "C" CHECK (person <> ''),
    everything boolean NOT NULL DEFAULT false,
    speaks_through text COLLATE "C" CHECK (speaks_through <> ''),
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK ((person IS NULL) <> (speaks_through IS NULL)),
    CHECK (speaks_through IS NULL OR NOT everything)
);

-- Whoever is erased reads nothing any more: their logins are bound to nobody.
CREATE FUNCTION forthwith.forget_readers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM forthwith.readers WHERE person = CASE WHEN TG_TABLE_NAME = 'directory' THEN to_jsonb(OLD) ->> 'person'
        ELSE substring(to_jsonb(OLD) ->> 'subject' FROM 8) END;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION forthwith.forget_readers FROM PUBLIC;
CREATE TRIGGER erasing_forgets_readers AFTER DELETE ON forthwith.subject_keys
    FOR EACH ROW WHEN (OLD.subject LIKE 'person/%') EXECUTE FUNCTION forthwith.forget_readers();
CREATE TRIGGER erasing_forgets_readers AFTER DELETE ON forthwith.directory
    FOR EACH ROW EXECUTE FUNCTION forthwith.forget_readers();

-- What the walls know, kept by the projector like every read model, and read through the functions below alone. One row for
-- each notice: from which day until which (inclusive; null: for ever) somebody acts for which parties, and from which
-- parties each obligation is hidden. What time can change is told as days, so that nothing depends on when it was written.
CREATE TABLE forthwith_read.rights (
    notice text COLLATE "C" PRIMARY KEY,
    zone text NOT NULL,
    people text[] NOT NULL,
    holdings jsonb NOT NULL,
    obligations jsonb NOT NULL
);
CREATE INDEX rights_by_person ON forthwith_read.rights USING gin (people);

-- Every occurrence, with the parties from which it is hidden, by its obligation or by itself.
CREATE TABLE forthwith_read.secrecy (
    occurrence text COLLATE "C" PRIMARY KEY,
    notice text COLLATE "C" NOT NULL,
    hidden_from text[] NOT NULL
);
CREATE INDEX secrecy_by_notice ON forthwith_read.secrecy (notice);
INSERT INTO forthwith_read.positions (projection) VALUES ('rights');

-- Which obligation an event is about; of what happened to a notice itself, only where it names one.
ALTER TABLE forthwith_read.chronology ADD COLUMN obligation text;
UPDATE forthwith_read.chronology SET obligation = coalesce(
    events.obligation,
    CASE WHEN jsonb_typeof(convert_from(events.canonical, 'UTF8')::jsonb #> '{data,obligation}') = 'string'
        THEN convert_from(events.canonical, 'UTF8')::jsonb #>> '{data,obligation}' END
)
FROM forthwith.events WHERE events.index = chronology.index;

-- For whom this session reads: the person to whom its login is bound; for the desk, whoever it has named. Otherwise nobody.
CREATE FUNCTION forthwith.reads_for() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN speaks_through IS NULL THEN person ELSE nullif(current_setting('forthwith.person', true), '') END
    FROM forthwith.readers WHERE login = session_user
$$;
REVOKE ALL ON FUNCTION forthwith.reads_for FROM PUBLIC;

-- Whether that is somebody who audits, from whom nothing is hidden.
CREATE FUNCTION forthwith.reads_everything() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(bool_or(
        CASE WHEN speaks_through IS NULL THEN everything ELSE current_setting('forthwith.everything', true) = 'on' END
    ), false)
    FROM forthwith.readers WHERE login = session_user
$$;
REVOKE ALL ON FUNCTION forthwith.reads_everything FROM PUBLIC;

-- The moment by whose day roles are judged: now; in a simulated store the one that the desk names, or that of the newest
-- event, because its clock is not the database's.
CREATE FUNCTION forthwith.reads_at() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE
        WHEN instance.mode = 'live' THEN statement_timestamp()
        WHEN EXISTS (SELECT FROM forthwith.readers WHERE login = session_user AND speaks_through IS NOT NULL)
            THEN coalesce(nullif(current_setting('forthwith.now', true), '')::timestamptz, head.recorded)
        ELSE head.recorded
    END
    FROM forthwith.instance AS instance, forthwith.head AS head
$$;
REVOKE ALL ON FUNCTION forthwith.reads_at FROM PUBLIC;

-- The notices that are open to whoever reads, each with the parties for which they act under it today. One of which an event
-- could not be taken is open to nobody: it might have been the end of somebody's role.
CREATE FUNCTION forthwith.held_parties() RETURNS TABLE (notice text, parties text[], obligations jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT rights.notice, held.parties, rights.obligations
    FROM forthwith_read.rights AS rights, LATERAL (
        SELECT array_agg(DISTINCT party) AS parties
        FROM jsonb_to_recordset(rights.holdings) AS holding (person text, since date, until date, parties text[]),
            unnest(holding.parties) AS party
        WHERE holding.person = forthwith.reads_for()
            AND (forthwith.reads_at() AT TIME ZONE rights.zone)::date
                BETWEEN holding.since AND coalesce(holding.until, 'infinity'::date)
    ) AS held
    WHERE rights.people @> ARRAY[forthwith.reads_for()] AND held.parties IS NOT NULL
        AND NOT EXISTS (
            SELECT FROM forthwith_read.parked WHERE projection = 'rights' AND stream = 'notice/' || rights.notice
        )
$$;
REVOKE ALL ON FUNCTION forthwith.held_parties FROM PUBLIC;

-- Whether somebody acts for a party from which it is not hidden.
CREATE FUNCTION forthwith.is_outside(parties text[], hidden_from text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
    SELECT cardinality(hidden_from) = 0 OR EXISTS (SELECT unnest(parties) EXCEPT SELECT unnest(hidden_from))
$$;
REVOKE ALL ON FUNCTION forthwith.is_outside FROM PUBLIC;

-- The notices that are open to whoever reads.
CREATE FUNCTION forthwith.open_notices() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT notice FROM forthwith_read.rights WHERE forthwith.reads_everything()
    UNION SELECT notice FROM forthwith.held_parties()
$$;
REVOKE ALL ON FUNCTION forthwith.open_notices FROM PUBLIC;

-- The obligations that are, as the name of the notice and their own.
CREATE FUNCTION forthwith.open_obligations() RETURNS TABLE (notice text, obligation text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT rights.notice, each.key
    FROM forthwith_read.rights AS rights, jsonb_each(rights.obligations) AS each
    WHERE forthwith.reads_everything()
    UNION
    SELECT held.notice, each.key
    FROM forthwith.held_parties() AS held, jsonb_each(held.obligations) AS each
    WHERE forthwith.is_outside(held.parties, ARRAY(SELECT jsonb_array_elements_text(each.value)))
$$;
REVOKE ALL ON FUNCTION forthwith.open_obligations FROM PUBLIC;

-- The occurrences that are. One of which the walls have not heard yet is open to nobody.
CREATE FUNCTION forthwith.open_occurrences() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT occurrence FROM forthwith_read.secrecy WHERE forthwith.reads_everything()
    UNION ALL
    SELECT secrecy.occurrence
    FROM forthwith.held_parties() AS held JOIN forthwith_read.secrecy AS secrecy ON secrecy.notice = held.notice
    WHERE NOT forthwith.reads_everything() AND forthwith.is_outside(held.parties, secrecy.hidden_from)
        AND NOT EXISTS (
            SELECT FROM forthwith_read.parked WHERE projection = 'rights' AND stream = 'occ/' || secrecy.occurrence
        )
$$;
REVOKE ALL ON FUNCTION forthwith.open_occurrences FROM PUBLIC;

-- What happens to the record itself, its keys and what is erased, is for everybody; `domain/events/of_the_record.py` has the
-- same list, and a test holds the two together.
CREATE FUNCTION forthwith.open_record() RETURNS TABLE (type text, stream text)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
    VALUES ('log-key-rotated.v1', 'log/keys'), ('personal-data-erased.v1', 'privacy/erasures'),
        ('retention-rule-set.v1', 'privacy/retention'), ('legal-hold-placed.v1', 'privacy/retention'),
        ('legal-hold-lifted.v1', 'privacy/retention')
$$;
REVOKE ALL ON FUNCTION forthwith.open_record FROM PUBLIC;

-- Up to which event the walls know who may see what. What came after it is open to nobody yet.
CREATE FUNCTION forthwith.open_until() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT position FROM forthwith_read.positions WHERE projection = 'rights'
$$;
REVOKE ALL ON FUNCTION forthwith.open_until FROM PUBLIC;

-- Which obligation the words of an event name, null where they name none.
CREATE FUNCTION forthwith.names_obligation(canonical bytea) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN jsonb_typeof(told.data) = 'string' THEN told.data #>> '{}' END
    FROM (SELECT convert_from(canonical, 'UTF8')::jsonb #> '{data,obligation}') AS told (data)
$$;
REVOKE ALL ON FUNCTION forthwith.names_obligation FROM PUBLIC;

-- From here to the end of the transaction this session reads in somebody's name, through the role that is bound to its login.
CREATE FUNCTION forthwith.read_for(of_person text, of_everything boolean, at_time timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    through text;
BEGIN
    SELECT speaks_through INTO through FROM forthwith.readers WHERE login = session_user;
    IF through IS NULL THEN
        RAISE EXCEPTION 'The login % reads in nobody''s name.', session_user USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('forthwith.person', of_person, true),
        set_config('forthwith.everything', CASE WHEN of_everything THEN 'on' ELSE 'off' END, true),
        set_config('forthwith.now', coalesce(at_time::text, ''), true),
        set_config('role', through, true);
END
$$;
REVOKE ALL ON FUNCTION forthwith.read_for FROM PUBLIC;

-- What was sent with a key of a program, as a keyed digest with which no guess can be tried. The record knows a command by
-- its id alone; this says whether the same id is used again for something else.
CREATE TABLE forthwith.requests (
    command_id uuid PRIMARY KEY,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    done boolean NOT NULL,
    sent timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Says what a key stands for, and returns what it does. Until something was done under it the newest words count; after
-- that the first do, unless `done_now` says that these are the ones that led to it. A receipt is as good as having said so.
CREATE FUNCTION forthwith.keep_request(of_command uuid, of_digest bytea, done_now boolean) RETURNS bytea
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO forthwith.requests (command_id, digest, done) VALUES (of_command, of_digest, done_now)
    ON CONFLICT (command_id) DO UPDATE SET
        digest = CASE
            WHEN done_now
                OR NOT (requests.done OR EXISTS (SELECT FROM forthwith.receipts WHERE command_id = of_command))
            THEN excluded.digest ELSE requests.digest END,
        done = requests.done OR done_now
    RETURNING digest
$$;
REVOKE ALL ON FUNCTION forthwith.keep_request FROM PUBLIC;

-- What somebody is writing is read through the walls now.
DROP FUNCTION forthwith.drafts_of;
