-- Every checkpoint that was published: how many events, the root over them, and the signed note as it went out. What a
-- publisher may sign next is not decided from here but from its own state, which no database administrator can change.
CREATE TABLE forthwith.checkpoints (
    size bigint PRIMARY KEY CHECK (size > 0),
    root bytea NOT NULL CHECK (octet_length(root) = 32),
    note text NOT NULL CHECK (note <> ''),
    published timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- A checkpoint once published stays as it was.
CREATE TRIGGER checkpoints_are_permanent BEFORE UPDATE OR DELETE OR TRUNCATE ON forthwith.checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION forthwith.refuse_change();
ALTER TABLE forthwith.checkpoints ENABLE ALWAYS TRIGGER checkpoints_are_permanent;

-- Keeps a checkpoint. One that is there already is left alone; another root for its size, a smaller size than before, or
-- one that the log has not reached is refused: two publishers with different states would do that.
CREATE FUNCTION forthwith.publish_checkpoint(new_size bigint, new_root bytea, new_note text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    newest bigint;
BEGIN
    LOCK TABLE forthwith.checkpoints IN SHARE ROW EXCLUSIVE MODE;
    IF EXISTS (SELECT FROM forthwith.checkpoints WHERE size = new_size AND root = new_root) THEN
        RETURN;
    END IF;
    SELECT max(size) INTO newest FROM forthwith.checkpoints;
    IF newest >= new_size THEN
        RAISE EXCEPTION 'A checkpoint of size % was published before one of size % with another root.', newest, new_size
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM forthwith.head WHERE size >= new_size) THEN
        RAISE EXCEPTION 'The log does not hold % events.', new_size
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    INSERT INTO forthwith.checkpoints (size, root, note) VALUES (new_size, new_root, new_note);
END
$$;
REVOKE ALL ON FUNCTION forthwith.publish_checkpoint FROM PUBLIC;
