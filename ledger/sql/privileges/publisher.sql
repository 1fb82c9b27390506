-- The publisher's login: it reads events, and keeps checkpoints through their function. {publisher} is its name,
-- {verifier} the stored form of its password.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{publisher}') THEN
        CREATE ROLE {publisher} LOGIN;
    END IF;
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO {publisher}', current_database());
END
$$;
ALTER ROLE {publisher} LOGIN PASSWORD '{verifier}';
GRANT USAGE ON SCHEMA forthwith TO {publisher};
GRANT SELECT ON forthwith.events, forthwith.checkpoints TO {publisher};
-- What whoever waits for news looks at.
GRANT SELECT (size) ON forthwith.head TO {publisher};
GRANT SELECT (stream, version) ON forthwith.streams TO {publisher};
GRANT EXECUTE ON FUNCTION forthwith.publish_checkpoint TO {publisher};
-- It signs over every event: a wall that it could not see through would make it sign over none, and say nothing.
DROP POLICY IF EXISTS {publisher} ON forthwith.events;
CREATE POLICY {publisher} ON forthwith.events FOR SELECT TO {publisher} USING (true);
