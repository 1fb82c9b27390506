-- Uses a link up to set a password.
SELECT forthwith.set_password($1, $2) AS person
