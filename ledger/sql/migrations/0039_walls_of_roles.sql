-- What belongs to a role, or to those who act under a notice, is read through the walls too: drafts of notices, and links for
-- people without an account. A desk without read models knows roles from the record alone, so it names them beside the
-- person for whom it reads.
DROP FUNCTION forthwith.read_for, forthwith.notice_drafts_of, forthwith.notice_draft;

-- In which roles this session reads, each written notice/role: those that the desk has named; for anybody else none.
CREATE FUNCTION forthwith.reads_as() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT unnest(nullif(current_setting('forthwith.roles', true), '')::text[])
    FROM forthwith.readers WHERE login = session_user AND speaks_through IS NOT NULL
$$;
REVOKE ALL ON FUNCTION forthwith.reads_as FROM PUBLIC;

-- From here to the end of the transaction this session reads in somebody's name, through the role that is bound to its login.
CREATE FUNCTION forthwith.read_for(of_person text, of_everything boolean, at_time timestamptz, in_roles text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    through text;
BEGIN
    SELECT speaks_through INTO through FROM forthwith.readers WHERE login = session_user;
    IF through IS NULL THEN
        RAISE EXCEPTION 'The login % reads in nobody''s name.', session_user USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('forthwith.person', of_person, true),
        set_config('forthwith.everything', CASE WHEN of_everything THEN 'on' ELSE 'off' END, true),
        set_config('forthwith.now', coalesce(at_time::text, ''), true),
        set_config('forthwith.roles', in_roles::text, true),
        set_config('role', through, true);
END
$$;
REVOKE ALL ON FUNCTION forthwith.read_for FROM PUBLIC;

-- Drafts of notices that nobody has touched for so long are forgotten, whosever they were.
CREATE FUNCTION forthwith.dispose_of_notice_drafts(kept_for interval) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    DELETE FROM forthwith.notice_drafts WHERE changed_at < clock_timestamp() - kept_for
$$;
REVOKE ALL ON FUNCTION forthwith.dispose_of_notice_drafts FROM PUBLIC;
