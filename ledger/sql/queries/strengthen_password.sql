-- The same password with today's cost.
SELECT forthwith.strengthen_password($1, $2, $3)
