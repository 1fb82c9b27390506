-- Forgets a person.
SELECT forthwith.remove_account($1, $2, $3) AS removed
