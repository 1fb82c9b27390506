-- Not to be sent yet.
SELECT forthwith.hold_outbox($1, $2, $3)
