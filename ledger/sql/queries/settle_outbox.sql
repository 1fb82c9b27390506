-- They are done.
SELECT forthwith.settle_outbox($1)
