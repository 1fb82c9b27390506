-- A new account with a link to set its password.
SELECT forthwith.add_account($1, $2, $3, $4, $5, $6, $7, $8) AS added
