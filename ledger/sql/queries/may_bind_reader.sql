-- Whether a name is free for a reader's login, or is one's already: nobody else's login may be taken over by binding it.
SELECT NOT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)
    OR EXISTS (SELECT FROM forthwith.readers WHERE login = $1 AND person IS NOT NULL)
    OR EXISTS (
        SELECT FROM pg_roles AS login JOIN pg_auth_members AS member ON member.member = login.oid
        JOIN pg_roles AS reader ON reader.oid = member.roleid AND reader.rolname = $2
        WHERE login.rolname = $1 AND NOT login.rolsuper AND NOT login.rolcreaterole AND login.rolconnlimit = 10
    )
