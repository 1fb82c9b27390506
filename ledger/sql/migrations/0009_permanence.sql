-- Refuses whatever it is attached to, in words.
CREATE FUNCTION forthwith.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'The record is permanent: % on forthwith.% is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
REVOKE ALL ON FUNCTION forthwith.refuse_change() FROM PUBLIC;

-- What was recorded is never changed or removed. ALWAYS, because a session in replication mode skips other triggers.
CREATE TRIGGER events_are_permanent BEFORE UPDATE OR DELETE OR TRUNCATE ON forthwith.events
    FOR EACH STATEMENT EXECUTE FUNCTION forthwith.refuse_change();
ALTER TABLE forthwith.events ENABLE ALWAYS TRIGGER events_are_permanent;

-- A receipt once given stays as it was given.
CREATE TRIGGER receipts_are_permanent BEFORE UPDATE OR DELETE OR TRUNCATE ON forthwith.receipts
    FOR EACH STATEMENT EXECUTE FUNCTION forthwith.refuse_change();
ALTER TABLE forthwith.receipts ENABLE ALWAYS TRIGGER receipts_are_permanent;

-- A forgotten stream version would let two different histories grow under one name.
CREATE TRIGGER streams_are_kept BEFORE DELETE OR TRUNCATE ON forthwith.streams
    FOR EACH STATEMENT EXECUTE FUNCTION forthwith.refuse_change();
ALTER TABLE forthwith.streams ENABLE ALWAYS TRIGGER streams_are_kept;

-- Without its head the log would start again at one.
CREATE TRIGGER head_is_kept BEFORE DELETE OR TRUNCATE ON forthwith.head
    FOR EACH STATEMENT EXECUTE FUNCTION forthwith.refuse_change();
ALTER TABLE forthwith.head ENABLE ALWAYS TRIGGER head_is_kept;

-- An instance never stops being live or simulated.
CREATE TRIGGER instance_is_kept BEFORE DELETE OR TRUNCATE ON forthwith.instance
    FOR EACH STATEMENT EXECUTE FUNCTION forthwith.refuse_change();
ALTER TABLE forthwith.instance ENABLE ALWAYS TRIGGER instance_is_kept;
