-- A login that reads the read models as one person may. {login} is its name, {reader} the group of such logins, {verifier} the
-- stored form of its password. It changes nothing, and a question that it asks may take half a minute.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{login}') THEN
        CREATE ROLE {login} LOGIN;
    END IF;
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO {login}', current_database());
END
$$;
ALTER ROLE {login} LOGIN PASSWORD '{verifier}' CONNECTION LIMIT 10;
ALTER ROLE {login} SET default_transaction_read_only = on;
ALTER ROLE {login} SET statement_timeout = '30s';
GRANT {reader} TO {login};
