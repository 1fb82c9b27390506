-- The address in force whose secret has this digest.
SELECT id, person, notice, made_at FROM forthwith.feeds WHERE digest = $1 AND revoked_at IS NULL
