-- Shuts a person out.
SELECT forthwith.disable_account($1) AS ended
