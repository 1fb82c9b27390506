-- What the projector's login may do: read the events, and everything with the read models, which it owns so that it can
-- build new ones beside them and swap. {projector} and {application} are logins, {owner} owns the record.
GRANT {projector} TO {owner};
GRANT {projector} TO CURRENT_USER;
GRANT USAGE ON SCHEMA forthwith TO {projector};
GRANT SELECT ON forthwith.events, forthwith.head TO {projector};
GRANT USAGE, CREATE ON SCHEMA forthwith_read TO {projector};
DO $$
DECLARE
    object record;
BEGIN
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO {projector}', current_database());
    FOR object IN
        SELECT format('ALTER TABLE %s OWNER TO {projector}', oid::regclass) AS change
        FROM pg_class WHERE relnamespace = 'forthwith_read'::regnamespace AND relkind = 'r'
    LOOP
        EXECUTE object.change;
    END LOOP;
END
$$;
GRANT USAGE ON SCHEMA forthwith_read TO {application};
GRANT SELECT ON ALL TABLES IN SCHEMA forthwith_read TO {application};
-- Tables that are swapped in are new ones.
ALTER DEFAULT PRIVILEGES FOR ROLE {projector} IN SCHEMA forthwith_read GRANT SELECT ON TABLES TO {application};
