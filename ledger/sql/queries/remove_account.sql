-- Forgets a person.
SELECT forthwith.remove_account($1) AS removed
