-- The account for which a link may set a password now.
SELECT person, login, name, roles, password, disabled FROM forthwith.accounts
WHERE link = $1 AND link_until > clock_timestamp() AND NOT disabled
