-- From here to the end of the transaction, in somebody's name and in their roles.
SELECT forthwith.read_for($1, $2, $3, $4)
