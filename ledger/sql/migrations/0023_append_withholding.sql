-- Appends like `append`, and keeps the sealed values beside what was appended, in the same transaction. Commands
-- without such values never come here. A value names the command and the event that it belongs to.
--
-- The key of a person may be known to the writer from before (not fresh); it must still be the one that is kept: what is
-- sealed with another could never be opened, and one that was destroyed may not come back.
CREATE FUNCTION forthwith.append_withholding(
    command_ids uuid[], digests bytea[], told_times timestamptz[],
    claim_commands integer[], claim_streams text[], claim_versions integer[],
    event_claims integer[], event_ids uuid[], event_types text[], event_effective timestamptz[],
    event_notices text[], event_obligations text[], event_occurrences text[], event_rungs text[],
    event_actors text[], event_prefixes bytea[], event_suffixes bytea[],
    outbox_commands integer[], outbox_kinds text[], outbox_keys text[], outbox_payloads text[],
    value_commands integer[], value_events uuid[], value_digests bytea[], value_subjects text[], value_nonces bytea[],
    value_ciphertexts bytea[], key_commands integer[], key_subjects text[], key_contents bytea[], key_fresh boolean[]
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
    appended integer[] := '{}';
BEGIN
    FOR command, outcome, first_index, last_index, recorded, leaves, conflict_stream, expected, actual IN
    SELECT * FROM forthwith.append(
        command_ids, digests, told_times, claim_commands, claim_streams, claim_versions, event_claims, event_ids,
        event_types, event_effective, event_notices, event_obligations, event_occurrences, event_rungs, event_actors,
        event_prefixes, event_suffixes, outbox_commands, outbox_kinds, outbox_keys, outbox_payloads
    )
    LOOP
        IF outcome = 'appended' THEN
            appended := appended || command;
        END IF;
        RETURN NEXT;
    END LOOP;

    INSERT INTO forthwith.subject_keys (subject, key)
    SELECT given.subject, given.key
    FROM unnest(key_commands, key_subjects, key_contents, key_fresh) AS given (command, subject, key, fresh)
    WHERE given.command = ANY (appended) AND given.fresh
    ON CONFLICT (subject) DO NOTHING;
    IF EXISTS (
        SELECT FROM unnest(key_commands, key_subjects, key_contents) AS given (command, subject, key)
        LEFT JOIN forthwith.subject_keys ON subject_keys.subject = given.subject
        WHERE given.command = ANY (appended) AND subject_keys.key IS DISTINCT FROM given.key
    ) THEN
        RAISE EXCEPTION 'The key of a person is another by now.' USING ERRCODE = 'serialization_failure';
    END IF;

    INSERT INTO forthwith.personal_values (index, digest, subject, stream, version, nonce, ciphertext)
    SELECT events.index, given.digest, given.subject, events.stream, events.version, given.nonce, given.ciphertext
    FROM unnest(value_commands, value_events, value_digests, value_subjects, value_nonces, value_ciphertexts)
        AS given (command, event, digest, subject, nonce, ciphertext)
    JOIN forthwith.events ON events.event_id = given.event
    WHERE given.command = ANY (appended);
END
$$;
REVOKE ALL ON FUNCTION forthwith.append_withholding FROM PUBLIC;

-- Erases values, and the keys of those of whom nothing is left, together with the event that says so. `erased_people` are
-- the subjects erased whole; a value of theirs that was recorded since they were looked up stops it all.
CREATE FUNCTION forthwith.erase(
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
    UPDATE forthwith.outbox SET last_fault = NULL
    WHERE last_fault IS NOT NULL AND 'person/' || (payload ->> 'person') = ANY (erased_people);
    PERFORM pg_notify('forthwith', 'erased');
END
$$;
REVOKE ALL ON FUNCTION forthwith.erase FROM PUBLIC;
