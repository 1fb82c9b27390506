-- The hashed bytes of the events after a position, in order, and nothing else: whoever signs them sees no personal value.
SELECT index, canonical, leaf FROM forthwith.events WHERE index > $1 ORDER BY index LIMIT $2
