-- Try again after a while.
SELECT forthwith.put_back_outbox($1, $2, $3)
