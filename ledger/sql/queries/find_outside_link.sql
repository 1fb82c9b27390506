-- The link of a secret, whatever has become of it.
SELECT id, person, act, notice, about, number, given_by, made, expires, revoked
FROM forthwith.outside_links WHERE digest = $1
