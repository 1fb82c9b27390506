-- Who sees which rows. Written with the grants and not with the tables, because policies name roles; and all at once, so that
-- no table is ever walled without the policies that let the service through. {reader} is the group of logins that are bound
-- to a person, {desk} the role that the application takes while it reads in somebody's name; the other names are logins.
-- Not FORCE: the owner of the record is nobody's login and only its functions act as it, and the owner of the read models
-- is the projector, which writes them. A superuser is held by no policy.
DO $$
DECLARE
    -- Table, role, and which of its rows that role sees.
    policies CONSTANT text[][] := ARRAY[
        ['forthwith.events', '{application}, {projector}', 'true'],
        ['forthwith.events', '{reader}', $wall$index <= (SELECT forthwith.open_until()) AND CASE
            WHEN occurrence IS NOT NULL THEN occurrence IN (SELECT forthwith.open_occurrences())
            WHEN notice IS NULL THEN (SELECT forthwith.reads_everything())
                OR (type, stream) IN (SELECT of_record.type, of_record.stream FROM forthwith.open_record() AS of_record)
            ELSE notice IN (SELECT forthwith.open_notices()) AND (
                forthwith.names_obligation(canonical) IS NULL
                OR (notice, forthwith.names_obligation(canonical)) IN (
                    SELECT open.notice, open.obligation FROM forthwith.open_obligations() AS open
                )
            ) END$wall$],
        ['forthwith.receipts', '{application}', 'true'],
        ['forthwith.receipts', '{reader}', 'EXISTS (SELECT FROM forthwith.events WHERE events.index = first_index)'],
        ['forthwith.access_log', '{application}', 'true'],
        ['forthwith.access_log', '{reader}', '(SELECT forthwith.reads_everything())'],
        ['forthwith.feeds', '{application}', 'true'],
        ['forthwith.feeds', '{desk}', 'person = (SELECT forthwith.reads_for())'],
        ['forthwith.tokens', '{application}', 'true'],
        ['forthwith.tokens', '{desk}', 'person = (SELECT forthwith.reads_for())'],
        ['forthwith.sessions', '{application}', 'true'],
        ['forthwith.sessions', '{desk}', 'person = (SELECT forthwith.reads_for())'],
        ['forthwith.message_wishes', '{application}', 'true'],
        ['forthwith.message_wishes', '{desk}', 'person = (SELECT forthwith.reads_for())'],
        ['forthwith.directory', '{application}', 'true'],
        ['forthwith.report_drafts', '{desk}', 'person = (SELECT forthwith.reads_for())'],
        ['forthwith.notice_drafts', '{desk}', 'owner IN (SELECT forthwith.reads_as())'],
        ['forthwith.outside_links', '{application}', 'true'],
        ['forthwith.outside_links', '{desk}', 'notice IN (SELECT split_part(held, ''/'', 1) FROM forthwith.reads_as() AS held)'],
        ['forthwith.subject_keys', '{application}', 'true'],
        ['forthwith.subject_keys', '{desk}', 'subject = ''person/'' || (SELECT forthwith.reads_for())'],
        ['forthwith.accounts', '{application}', 'true'],
        ['forthwith_read.standing', '{reader}', 'occurrence IN (SELECT forthwith.open_occurrences())'],
        ['forthwith_read.tasks', '{reader}', 'occurrence IN (SELECT forthwith.open_occurrences())'],
        ['forthwith_read.deliveries', '{reader}', 'occurrence IN (SELECT forthwith.open_occurrences())'],
        ['forthwith_read.considerations', '{reader}', 'occurrence IN (SELECT forthwith.open_occurrences())'],
        ['forthwith_read.chronology', '{reader}', $wall$CASE
            WHEN occurrence IS NOT NULL THEN occurrence IN (SELECT forthwith.open_occurrences())
            ELSE notice IN (SELECT forthwith.open_notices()) AND (
                obligation IS NULL OR (notice, obligation) IN (
                    SELECT open.notice, open.obligation FROM forthwith.open_obligations() AS open
                )
            ) END$wall$],
        ['forthwith_read.positions', '{reader}', 'true']
    ];
    wall text[];
    walled regclass;
BEGIN
    FOR walled IN
        SELECT oid::regclass FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'forthwith_read'::regnamespace AND relname NOT LIKE '%\_next'
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', walled);
        EXECUTE format('DROP POLICY IF EXISTS {application} ON %s', walled);
        EXECUTE format('CREATE POLICY {application} ON %s FOR SELECT TO {application} USING (true)', walled);
    END LOOP;
    FOREACH wall SLICE 1 IN ARRAY policies LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', wall[1]);
        EXECUTE format('DROP POLICY IF EXISTS %I ON %s', split_part(wall[2], ',', 1), wall[1]);
        EXECUTE format(
            'CREATE POLICY %I ON %s FOR SELECT TO %s USING (%s)', split_part(wall[2], ',', 1), wall[1], wall[2], wall[3]
        );
    END LOOP;
END
$$;

-- What a reader may ask for at all. Of rights and secrecy they learn through the functions alone.
GRANT USAGE ON SCHEMA forthwith, forthwith_read TO {reader};
GRANT SELECT ON forthwith_read.standing, forthwith_read.tasks, forthwith_read.deliveries, forthwith_read.chronology,
    forthwith_read.considerations, forthwith_read.positions, forthwith.events, forthwith.receipts, forthwith.access_log
    TO {reader};
GRANT EXECUTE ON FUNCTION forthwith.reads_for, forthwith.reads_everything, forthwith.open_notices,
    forthwith.open_obligations, forthwith.open_occurrences, forthwith.open_record, forthwith.open_until, forthwith.names_obligation TO {reader};

-- The desk's role reads besides what belongs to whoever it reads for, and to the roles that they hold, without the secrets in it.
GRANT {reader} TO {desk};
GRANT SELECT (id, person, notice, made_at, revoked_at) ON forthwith.feeds TO {desk};
GRANT SELECT (id, person, label, scopes, notice, created, expires, revoked) ON forthwith.tokens TO {desk};
GRANT SELECT (digest, person, way, device, opened, seen) ON forthwith.sessions TO {desk};
GRANT SELECT ON forthwith.message_wishes, forthwith.report_drafts, forthwith.subject_keys, forthwith.notice_drafts TO {desk};
GRANT SELECT (id, person, act, notice, about, number, given_by, made, expires, revoked) ON forthwith.outside_links TO {desk};
GRANT EXECUTE ON FUNCTION forthwith.reads_as TO {desk};
GRANT EXECUTE ON FUNCTION forthwith.read_for TO {application};
GRANT EXECUTE ON FUNCTION forthwith.keep_request TO {application};
GRANT {desk} TO {application} WITH INHERIT FALSE, SET TRUE;
INSERT INTO forthwith.readers (login, speaks_through) VALUES ('{application}', '{desk}')
ON CONFLICT (login) DO UPDATE SET speaks_through = excluded.speaks_through, person = NULL, everything = false;
