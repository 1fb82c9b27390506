-- Destroys keys that seal nothing: those of events, and those of the people named. An erasure leaves none, so that such keys come
-- from an older copy of the table; they would open what somebody has kept an old copy of.
--
-- Nobody may append meanwhile: a value that is being sealed with a key is not seen here before it is committed.
CREATE FUNCTION forthwith.destroy_idle_keys(erased_people text[])
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    destroyed bigint;
BEGIN
    PERFORM FROM forthwith.head FOR UPDATE;
    DELETE FROM forthwith.subject_keys
    WHERE (subject LIKE 'event/%' OR subject = ANY (erased_people))
        AND NOT EXISTS (SELECT FROM forthwith.personal_values WHERE personal_values.subject = subject_keys.subject);
    GET DIAGNOSTICS destroyed = ROW_COUNT;
    RETURN destroyed;
END
$$;
REVOKE ALL ON FUNCTION forthwith.destroy_idle_keys FROM PUBLIC;
