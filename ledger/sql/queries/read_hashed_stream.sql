-- The same of one stream.
SELECT index, canonical, leaf FROM forthwith.events WHERE stream = $1 ORDER BY version
