-- A message that waits to be put into one mail with others says into whose. It is lent with them, and not by itself.
ALTER TABLE forthwith.outbox ADD COLUMN bundle text CHECK (bundle <> '');
CREATE INDEX outbox_bundles ON forthwith.outbox (bundle, due) WHERE settled_at IS NULL AND bundle IS NOT NULL;

CREATE OR REPLACE FUNCTION forthwith.claim_outbox(
    wanted_kind text, at_most integer, lease_seconds double precision
)
RETURNS TABLE (id bigint, index bigint, kind text, key text, payload jsonb, attempts integer, queued timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    WITH chosen AS MATERIALIZED (
        SELECT waiting.id FROM forthwith.outbox AS waiting
        WHERE waiting.kind = wanted_kind AND waiting.settled_at IS NULL AND waiting.due <= clock_timestamp()
            AND waiting.bundle IS NULL
            AND (waiting.leased_until IS NULL OR waiting.leased_until <= clock_timestamp())
        ORDER BY waiting.due, waiting.id
        LIMIT at_most
        FOR UPDATE SKIP LOCKED
    ), lent AS (
        UPDATE forthwith.outbox AS item
        SET attempts = item.attempts + 1, leased_until = clock_timestamp() + make_interval(secs => lease_seconds)
        FROM chosen WHERE item.id = chosen.id
        RETURNING item.id, item.index, item.kind, item.key, item.payload, item.attempts, item.queued, item.due
    )
    SELECT lent.id, lent.index, lent.kind, lent.key, lent.payload, lent.attempts, lent.queued
    FROM lent ORDER BY lent.due, lent.id
$$;

-- Lends everything of one bundle that is due. One at a time: two workers that each got a part would send two mails.
CREATE FUNCTION forthwith.claim_bundle(at_most integer, lease_seconds double precision)
RETURNS TABLE (id bigint, index bigint, kind text, key text, payload jsonb, attempts integer, queued timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    wanted text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('forthwith.claim_bundle'));
    SELECT waiting.bundle INTO wanted FROM forthwith.outbox AS waiting
    WHERE waiting.bundle IS NOT NULL AND waiting.settled_at IS NULL AND waiting.due <= clock_timestamp()
        AND (waiting.leased_until IS NULL OR waiting.leased_until <= clock_timestamp())
    ORDER BY waiting.due, waiting.id LIMIT 1;
    RETURN QUERY
    WITH chosen AS MATERIALIZED (
        SELECT waiting.id FROM forthwith.outbox AS waiting
        WHERE waiting.bundle = wanted AND waiting.settled_at IS NULL AND waiting.due <= clock_timestamp()
            AND (waiting.leased_until IS NULL OR waiting.leased_until <= clock_timestamp())
        ORDER BY waiting.id LIMIT at_most
    ), lent AS (
        UPDATE forthwith.outbox AS item
        SET attempts = item.attempts + 1, leased_until = clock_timestamp() + make_interval(secs => lease_seconds)
        FROM chosen WHERE item.id = chosen.id
        RETURNING item.id, item.index, item.kind, item.key, item.payload, item.attempts, item.queued
    )
    SELECT lent.id, lent.index, lent.kind, lent.key, lent.payload, lent.attempts, lent.queued
    FROM lent ORDER BY lent.id;
END
$$;
REVOKE ALL ON FUNCTION forthwith.claim_bundle FROM PUBLIC;

-- Not to be sent yet. Nothing was tried, so it does not count as a try.
CREATE FUNCTION forthwith.hold_outbox(item_id bigint, wait_seconds double precision, into_bundle text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    UPDATE forthwith.outbox
    SET due = clock_timestamp() + make_interval(secs => wait_seconds), leased_until = NULL, bundle = into_bundle,
        attempts = greatest(attempts - 1, 0)
    WHERE id = item_id AND settled_at IS NULL
$$;
REVOKE ALL ON FUNCTION forthwith.hold_outbox FROM PUBLIC;

-- How people like to get their messages. Outside the record, because it is about a person and must be erasable.
CREATE TABLE forthwith.message_wishes (
    person text PRIMARY KEY CHECK (person <> ''),
    digest boolean NOT NULL,
    changed_at timestamptz NOT NULL
);

-- The newest wish wins, however late an older one arrives.
CREATE FUNCTION forthwith.set_message_wish(of_person text, one_mail_a_day boolean, at_time timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO forthwith.message_wishes (person, digest, changed_at)
    VALUES (of_person, one_mail_a_day, at_time)
    ON CONFLICT (person) DO UPDATE SET digest = excluded.digest, changed_at = excluded.changed_at
    WHERE message_wishes.changed_at <= excluded.changed_at
$$;
REVOKE ALL ON FUNCTION forthwith.set_message_wish FROM PUBLIC;

-- How far each webhook has been told what the record holds, and what went wrong with the one it is at.
CREATE TABLE forthwith.webhooks (
    name text PRIMARY KEY CHECK (name <> ''),
    told bigint NOT NULL CHECK (told >= 0),
    tries integer NOT NULL DEFAULT 0,
    failing_since timestamptz,
    passed_over bigint NOT NULL DEFAULT 0,
    closed_at timestamptz,
    fault text,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- A webhook is never told less than it was, so that a slower process cannot have it told everything again.
CREATE FUNCTION forthwith.keep_webhook(
    of_name text, told_until bigint, made_tries integer, since timestamptz, skipped bigint, closed timestamptz,
    last_fault text
) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO forthwith.webhooks (name, told, tries, failing_since, passed_over, closed_at, fault)
    VALUES (of_name, told_until, made_tries, since, skipped, closed, last_fault)
    ON CONFLICT (name) DO UPDATE SET told = excluded.told, tries = excluded.tries,
        failing_since = excluded.failing_since, passed_over = excluded.passed_over,
        closed_at = excluded.closed_at, fault = excluded.fault, changed_at = clock_timestamp()
    WHERE webhooks.told <= excluded.told
$$;
REVOKE ALL ON FUNCTION forthwith.keep_webhook FROM PUBLIC;

-- As before, and how a person likes to get messages goes with their address.
CREATE OR REPLACE FUNCTION forthwith.erase(
    command_ids uuid[], digests bytea[], told_times timestamptz[],
    claim_commands integer[], claim_streams text[], claim_versions integer[],
    event_claims integer[], event_ids uuid[], event_types text[], event_effective timestamptz[],
    event_notices text[], event_obligations text[], event_occurrences text[], event_rungs text[],
    event_actors text[], event_prefixes bytea[], event_suffixes bytea[],
    outbox_commands integer[], outbox_kinds text[], outbox_keys text[], outbox_payloads text[],
    erased_indexes bigint[], erased_digests bytea[], erased_people text[]
)
RETURNS TABLE (
    command integer, outcome text, first_index bigint, last_index bigint, recorded timestamptz, leaves bytea[],
    conflict_stream text, expected integer, actual integer
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
    touched text[];
BEGIN
    FOR command, outcome, first_index, last_index, recorded, leaves, conflict_stream, expected, actual IN
    SELECT * FROM forthwith.append(
        command_ids, digests, told_times, claim_commands, claim_streams, claim_versions, event_claims, event_ids,
        event_types, event_effective, event_notices, event_obligations, event_occurrences, event_rungs, event_actors,
        event_prefixes, event_suffixes, outbox_commands, outbox_kinds, outbox_keys, outbox_payloads
    )
    LOOP
        RETURN NEXT;
    END LOOP;
    IF outcome <> 'appended' THEN
        RETURN;
    END IF;

    WITH gone AS (
        DELETE FROM forthwith.personal_values USING unnest(erased_indexes, erased_digests) AS given (index, digest)
        WHERE personal_values.index = given.index AND personal_values.digest = given.digest
        RETURNING personal_values.subject
    )
    SELECT array_agg(DISTINCT subject) INTO touched FROM gone;
    IF EXISTS (SELECT FROM forthwith.personal_values WHERE subject = ANY (erased_people) AND subject LIKE 'person/%') THEN
        RAISE EXCEPTION 'More was recorded of them meanwhile.' USING ERRCODE = 'serialization_failure';
    END IF;
    DELETE FROM forthwith.subject_keys
    WHERE subject = ANY (erased_people)
        OR (subject = ANY (touched) AND subject LIKE 'event/%' AND NOT EXISTS (
            SELECT FROM forthwith.personal_values WHERE personal_values.subject = subject_keys.subject
                AND personal_values.index = ANY (erased_indexes)
        ));
    DELETE FROM forthwith.directory WHERE 'person/' || person = ANY (erased_people);
    DELETE FROM forthwith.message_wishes WHERE 'person/' || person = ANY (erased_people);
    UPDATE forthwith.outbox SET last_fault = NULL
    WHERE last_fault IS NOT NULL AND 'person/' || (payload ->> 'person') = ANY (erased_people);
    PERFORM pg_notify('forthwith', 'erased');
END
$$;
