-- Creates the roles that are missing and hands our schema to its owner. Names are filled in: {owner}, {migrator},
-- {application}, {projector}, {reader}, {desk}; {verifier} is the stored form of the application's password.
DO $$
DECLARE
    object record;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{owner}') THEN
        CREATE ROLE {owner} NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{migrator}') THEN
        CREATE ROLE {migrator} NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{application}') THEN
        CREATE ROLE {application} LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{projector}') THEN
        CREATE ROLE {projector} NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{reader}') THEN
        CREATE ROLE {reader} NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{desk}') THEN
        CREATE ROLE {desk} NOLOGIN;
    END IF;
    GRANT {owner} TO {migrator};
    GRANT {owner} TO CURRENT_USER;

    -- The owner must be able to create in the database while it is given the schema.
    EXECUTE format('GRANT CREATE ON DATABASE %I TO {owner}', current_database());
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO {application}, {migrator}', current_database());
    ALTER SCHEMA forthwith OWNER TO {owner};
    ALTER SCHEMA forthwith_read OWNER TO {owner};
    FOR object IN
        SELECT format('ALTER TABLE %s OWNER TO {owner}', oid::regclass) AS change
        FROM pg_class WHERE relnamespace = 'forthwith'::regnamespace AND relkind IN ('r', 'v', 'm', 'p')
        UNION ALL
        SELECT format('ALTER FUNCTION %s OWNER TO {owner}', oid::regprocedure)
        FROM pg_proc WHERE pronamespace = 'forthwith'::regnamespace
    LOOP
        EXECUTE object.change;
    END LOOP;
END
$$;
ALTER ROLE {application} LOGIN PASSWORD '{verifier}';
