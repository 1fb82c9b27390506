-- The token of a secret, while it is good.
SELECT id, person, label, scopes, notice, created, expires, revoked FROM forthwith.tokens
WHERE digest = $1 AND revoked IS NULL AND expires > now()
