-- The links that were given under a notice, newest first.
SELECT id, person, act, notice, about, number, given_by, made, expires, revoked
FROM forthwith.outside_links WHERE notice = $1 ORDER BY made DESC, id
