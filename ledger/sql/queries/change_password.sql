-- Exchanges one password for another and ends the other sessions.
SELECT forthwith.change_password($1, $2, $3, $4) AS changed
