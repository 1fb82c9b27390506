-- Ends sessions.
SELECT forthwith.end_sessions($1, $2, $3, $4, $5) AS ended
