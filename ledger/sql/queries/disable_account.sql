-- Shuts a person out.
SELECT forthwith.disable_account($1, $2, $3) AS ended
