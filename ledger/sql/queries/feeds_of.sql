-- The addresses of a person that are in force, the one for everything first.
SELECT id, person, notice, made_at FROM forthwith.feeds WHERE person = $1 AND revoked_at IS NULL
ORDER BY notice NULLS FIRST
