-- Every account, and how many sessions its person has begun and not ended.
SELECT account.person, account.login, account.name, account.roles, account.disabled, account.created, account.password_set,
    account.link_until,
    (SELECT count(*) FROM forthwith.sessions AS session WHERE session.person = account.person
        AND seen > clock_timestamp() - make_interval(secs => $1)
        AND opened > clock_timestamp() - make_interval(secs => $2)) AS sessions
FROM forthwith.accounts AS account ORDER BY account.person
