-- The newest address wins, however late an older change arrives.
CREATE FUNCTION forthwith.set_address(of_person text, new_address text, at_time timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO forthwith.directory (person, address, changed_at) VALUES (of_person, new_address, at_time)
    ON CONFLICT (person) DO UPDATE SET address = excluded.address, changed_at = excluded.changed_at
    WHERE directory.changed_at <= excluded.changed_at
$$;
REVOKE ALL ON FUNCTION forthwith.set_address FROM PUBLIC;
