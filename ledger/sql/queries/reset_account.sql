-- A new link for an account.
SELECT forthwith.reset_account($1, $2, $3, $4, $5) AS reset
