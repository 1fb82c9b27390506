-- The bytes of the events of one stream after a version, in order.
SELECT index, canonical FROM forthwith.events WHERE stream = $1 AND version > $2 ORDER BY version
