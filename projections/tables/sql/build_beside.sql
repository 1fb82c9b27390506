-- An empty table like the live one, to be filled beside it, with the same owner, walls and readers. {table} is its name.
DROP TABLE IF EXISTS forthwith_read.{table}_next;
CREATE TABLE forthwith_read.{table}_next (LIKE forthwith_read.{table} INCLUDING ALL);
DO $$
DECLARE
    live CONSTANT pg_class NOT NULL := (SELECT c FROM pg_class AS c WHERE oid = 'forthwith_read.{table}'::regclass);
    wall record;
BEGIN
    EXECUTE format('ALTER TABLE forthwith_read.{table}_next OWNER TO %s', live.relowner::regrole);
    IF live.relrowsecurity THEN
        ALTER TABLE forthwith_read.{table}_next ENABLE ROW LEVEL SECURITY;
    END IF;
    FOR wall IN SELECT * FROM pg_policies WHERE schemaname = 'forthwith_read' AND tablename = '{table}' LOOP
        EXECUTE format(
            'CREATE POLICY %I ON forthwith_read.{table}_next AS %s FOR %s TO %s USING (%s)', wall.policyname,
            wall.permissive, wall.cmd, (SELECT string_agg(quote_ident(each), ', ') FROM unnest(wall.roles) AS each),
            wall.qual
        );
    END LOOP;
    FOR wall IN
        SELECT grantee::regrole AS role FROM aclexplode(live.relacl)
        WHERE privilege_type = 'SELECT' AND grantee NOT IN (0, live.relowner)
    LOOP
        EXECUTE format('GRANT SELECT ON forthwith_read.{table}_next TO %s', wall.role);
    END LOOP;
END
$$
