-- Appends a flush of which everything is new and every stream is where its writer expects it, in a live store: nearly
-- every flush is so. Nothing is judged beforehand. The rows themselves say whether it held: a stream that is elsewhere is
-- not moved; a receipt, an event or an errand that is there already cannot be there twice. Then all of it is undone, the
-- answer is NULL, and `append` has to judge each command. It costs two thirds of what `append` does.
--
-- Positions: event_claims names the claim of each event, claim_commands the command of each claim; claim_begins and
-- command_begins say how many events of the flush stand before it. A claim without events is a guard.
CREATE FUNCTION forthwith.append_expected(
    command_ids uuid[], digests bytea[], command_begins integer[],
    claim_commands integer[], claim_streams text[], claim_versions integer[], claim_begins integer[],
    event_claims integer[], event_ids uuid[], event_types text[], event_effective timestamptz[],
    event_notices text[], event_obligations text[], event_occurrences text[], event_rungs text[],
    event_actors text[], event_prefixes bytea[], event_suffixes bytea[],
    outbox_commands integer[], outbox_kinds text[], outbox_keys text[], outbox_payloads text[],
    OUT first_index bigint, OUT recorded timestamptz
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
-- A plan is kept for the session: one made while a table was small must never come to reading all of it.
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
#variable_conflict use_column
DECLARE
    total CONSTANT integer := cardinality(event_ids);
    old_size bigint;
    simulated boolean;
    stamp bytea;
    queued_at timestamptz;
    now_under_lock timestamptz;
    advanced integer := 0;
    opened integer := 0;
BEGIN
    -- The head is locked by this, so the clock is read when everybody before has finished.
    UPDATE forthwith.head SET size = head.size + total, recorded = greatest(head.recorded, clock_timestamp())
    RETURNING head.size - total, head.recorded, (SELECT instance.mode = 'simulated' FROM forthwith.instance)
    INTO STRICT old_size, now_under_lock, simulated;
    IF simulated THEN
        RAISE EXCEPTION USING ERRCODE = 'FW001';
    END IF;
    stamp := convert_to(to_char(now_under_lock AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'UTF8');

    INSERT INTO forthwith.events (
        index, stream, version, type, recorded, effective, notice, obligation, occurrence, rung, actor,
        command_id, event_id, canonical, leaf
    )
    SELECT old_size + given.place, claim_streams[given.claim],
        claim_versions[given.claim] + given.place - claim_begins[given.claim], given.type,
        now_under_lock, given.effective, given.notice, given.obligation, given.occurrence, given.rung,
        given.actor, command_ids[claim_commands[given.claim]], given.event_id, given.prefix || stamp || given.suffix,
        sha256('\x00'::bytea || given.prefix || stamp || given.suffix)
    FROM unnest(
        event_claims, event_ids, event_types, event_effective, event_notices, event_obligations,
        event_occurrences, event_rungs, event_actors, event_prefixes, event_suffixes
    ) WITH ORDINALITY AS given (
        claim, event_id, type, effective, notice, obligation, occurrence, rung, actor, prefix, suffix, place
    );

    IF 0 < ANY (claim_versions) THEN
        UPDATE forthwith.streams SET version = claim.reached
        FROM (
            SELECT held.stream, held.expected,
                held.expected + coalesce(claim_begins[held.place + 1], total) - held.begins AS reached
            FROM unnest(claim_streams, claim_versions, claim_begins) WITH ORDINALITY
                AS held (stream, expected, begins, place)
        ) AS claim
        WHERE streams.stream = claim.stream AND streams.version = claim.expected AND claim.reached > claim.expected;
        GET DIAGNOSTICS advanced = ROW_COUNT;
    END IF;
    IF 0 = ANY (claim_versions) THEN
        INSERT INTO forthwith.streams (stream, version)
        SELECT claim.stream, claim.reached
        FROM (
            SELECT held.stream, held.expected, coalesce(claim_begins[held.place + 1], total) - held.begins AS reached
            FROM unnest(claim_streams, claim_versions, claim_begins) WITH ORDINALITY
                AS held (stream, expected, begins, place)
        ) AS claim
        WHERE claim.expected = 0 AND claim.reached > 0;
        GET DIAGNOSTICS opened = ROW_COUNT;
    END IF;
    -- Fewer than there are claims: some of them are guards, or somewhere a stream was not where it was expected.
    IF advanced + opened < cardinality(claim_streams) AND EXISTS (
        SELECT FROM unnest(claim_streams, claim_versions, claim_begins) WITH ORDINALITY
            AS held (stream, expected, begins, place)
        WHERE held.expected + coalesce(claim_begins[held.place + 1], total) - held.begins <> coalesce(
            (SELECT streams.version FROM forthwith.streams WHERE streams.stream = held.stream), 0
        )
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'FW001';
    END IF;

    INSERT INTO forthwith.receipts (command_id, digest, first_index, last_index, recorded)
    SELECT given.id, given.digest, old_size + given.begins + 1,
        old_size + coalesce(command_begins[given.place + 1], total), now_under_lock
    FROM unnest(command_ids, digests, command_begins) WITH ORDINALITY AS given (id, digest, begins, place);

    IF cardinality(outbox_keys) > 0 THEN
        queued_at := clock_timestamp();
        INSERT INTO forthwith.outbox (index, kind, key, payload, queued, due)
        SELECT old_size + coalesce(command_begins[item.command + 1], total), item.kind, item.key,
            item.payload::jsonb, queued_at, queued_at
        FROM unnest(outbox_commands, outbox_kinds, outbox_keys, outbox_payloads) AS item (command, kind, key, payload);
    END IF;

    -- One wake-up per flush: one per transaction of each writer would undo what committing together gains.
    PERFORM pg_notify('forthwith', '');
    first_index := old_size + 1;
    recorded := now_under_lock;
EXCEPTION
    WHEN unique_violation OR SQLSTATE 'FW001' THEN
        first_index := NULL;
        recorded := NULL;
END
$$;
REVOKE ALL ON FUNCTION forthwith.append_expected FROM PUBLIC;

-- Every check is read afresh in every statement. What the functions compute themselves, and what the ledger has refused
-- long before (empty names), need not be proved to the table again.
ALTER TABLE forthwith.events
    DROP CONSTRAINT events_index_check, DROP CONSTRAINT events_version_check, DROP CONSTRAINT events_leaf_check,
    DROP CONSTRAINT events_stream_check, DROP CONSTRAINT events_type_check, DROP CONSTRAINT events_actor_check;
ALTER TABLE forthwith.receipts DROP CONSTRAINT receipts_check, DROP CONSTRAINT receipts_digest_check;
ALTER TABLE forthwith.streams DROP CONSTRAINT streams_version_check, DROP CONSTRAINT streams_stream_check;

-- Two keys are told apart by the key, hardly ever by the kind, and never by how a language sorts.
ALTER TABLE forthwith.outbox ALTER COLUMN kind TYPE text COLLATE "C", ALTER COLUMN key TYPE text COLLATE "C";
ALTER TABLE forthwith.outbox DROP CONSTRAINT outbox_kind_key_key, DROP CONSTRAINT outbox_key_check;
ALTER TABLE forthwith.outbox ADD CONSTRAINT outbox_key_kind_key UNIQUE (key, kind);

-- What only people may record is said once.
ALTER TABLE forthwith.events DROP CONSTRAINT people_decide, DROP CONSTRAINT people_erase;
ALTER TABLE forthwith.events ADD CONSTRAINT people_decide CHECK (
    starts_with(actor, 'person:')
    OR type !~ '^(decision-(proposed|made|issued|published)|notice-(varied|lifted|superseded)|obligation-released|event-corrected|personal-data-erased|retention-rule-set|legal-hold-(placed|lifted))\.v'
);
