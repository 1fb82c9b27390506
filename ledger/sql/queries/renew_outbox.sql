-- They are still in hand.
SELECT forthwith.renew_outbox($1, $2)
