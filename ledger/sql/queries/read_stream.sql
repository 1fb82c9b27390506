-- The events of one stream after a version, in order.
SELECT index, canonical, leaf FROM forthwith.events WHERE stream = $1 AND version > $2 ORDER BY version
