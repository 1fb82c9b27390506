-- The bytes of the events after a position, in order, for whoever replays what they mean.
SELECT index, canonical FROM forthwith.events WHERE index > $1 ORDER BY index LIMIT $2
