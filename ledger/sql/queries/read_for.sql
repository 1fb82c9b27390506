-- From here to the end of the transaction, in somebody's name.
SELECT forthwith.read_for($1, $2, $3)
