-- A store that holds a single event keeps its world: a simulated notice can never turn up in a live one.
CREATE FUNCTION forthwith.refuse_new_world() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM forthwith.head WHERE size > 0) THEN
        RAISE EXCEPTION 'This store already holds events, so it stays as it is: live or simulated, by its own clock.'
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION forthwith.refuse_new_world() FROM PUBLIC;

-- Asked before every change of the instance row.
CREATE TRIGGER instance_is_settled BEFORE UPDATE ON forthwith.instance
    FOR EACH ROW EXECUTE FUNCTION forthwith.refuse_new_world();
ALTER TABLE forthwith.instance ENABLE ALWAYS TRIGGER instance_is_settled;
