-- A login that reads for nobody any more goes; where another database of the server still knows it, only from this one.
DO $$
BEGIN
    EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM {login}', current_database());
    DROP ROLE {login};
EXCEPTION WHEN dependent_objects_still_exist THEN
    EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM {login}', current_database());
END
$$
