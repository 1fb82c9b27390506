-- Ends sessions of others, and notes who did.
SELECT forthwith.put_out($1, $2, $3, $4) AS ended
