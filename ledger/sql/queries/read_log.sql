-- The events after a position, in order. Complete by construction: positions are given under the head's lock.
SELECT index, canonical, leaf FROM forthwith.events WHERE index > $1 ORDER BY index LIMIT $2
